namespace Conway.Testing.Queries;

/// <summary>What one segment of a query selects.</summary>
internal enum SegmentKind
{
    /// <summary>The member of an object with a name: <c>.a</c>, <c>['a']</c>.</summary>
    Name,

    /// <summary>The element of an array at an index, from the end when negative: <c>[0]</c>, <c>[-1]</c>.</summary>
    Index,

    /// <summary>Every element of an array, every member's value of an object: <c>[*]</c>, <c>.*</c>.</summary>
    Wildcard,
}

/// <summary>One step down into a value.</summary>
/// <param name="Name">Set for <see cref="SegmentKind.Name"/>.</param>
/// <param name="Index">Set for <see cref="SegmentKind.Index"/>.</param>
internal readonly record struct QuerySegment(SegmentKind Kind, string Name = "", long Index = 0);
