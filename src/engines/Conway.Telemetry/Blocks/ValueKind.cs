namespace Conway.Telemetry.Blocks;

/// <summary>The first byte of a value in a record. The numbers are the file format.</summary>
internal enum ValueKind : byte
{
    /// <summary>An attribute without a value.</summary>
    None = 0,

    /// <summary>Varint: number of a text of the block.</summary>
    TextNumber = 1,

    /// <summary>Varint length, then UTF-8.</summary>
    Text = 2,

    /// <summary>Nothing follows.</summary>
    True = 3,

    /// <summary>Nothing follows.</summary>
    False = 4,

    /// <summary>Zigzag varint.</summary>
    Integer = 5,

    /// <summary>Eight bytes.</summary>
    Double = 6,

    /// <summary>Varint length, then bytes.</summary>
    Bytes = 7,

    /// <summary>Values, then <see cref="End"/>.</summary>
    List = 8,

    /// <summary>Attributes, then a zero.</summary>
    Map = 9,

    /// <summary>Ends a list.</summary>
    End = 255,
}
