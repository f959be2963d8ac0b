namespace Conway.Telemetry.Otlp;

/// <summary>What is to be known of a point to read it. The numbers are the file format.</summary>
[Flags]
internal enum MetricFlags : byte
{
    None = 0,

    /// <summary>Counted since the point before, not since the start.</summary>
    Delta = 1,

    /// <summary>A sum that never falls but when its sender begins anew.</summary>
    Monotonic = 2,

    HasSum = 4,

    /// <summary>There is a least and a greatest value.</summary>
    HasRange = 8,

    /// <summary>The value is an integer, not a double.</summary>
    IsInteger = 16,

    /// <summary>The sender says that the series has no value any more. Such a point is not kept.</summary>
    HasNoValue = 32,
}
