namespace Conway.Gateway;

/// <summary>A host name of a route: a full one, <c>*.example</c>, or any.</summary>
internal sealed class HostPattern : IComparable<HostPattern>
{
    private readonly string _name;
    private readonly int _rank;

    private HostPattern(string name, int rank)
    {
        _name = name;
        _rank = rank;
    }

    internal static HostPattern Any { get; } = new("", 2);

    internal static HostPattern Of(string host)
    {
        var name = host.Trim().TrimEnd('.');
        return name is "" or "*" ? Any : name.StartsWith("*.", StringComparison.Ordinal) ? new HostPattern(name[1..], 1) : new HostPattern(name, 0);
    }

    /// <summary>The one that says more comes first.</summary>
    public int CompareTo(HostPattern? other) =>
        other is null ? -1 : _rank != other._rank ? _rank.CompareTo(other._rank) : _rank == 0 ? 0 : other._name.Length.CompareTo(_name.Length);

    // "*.example" takes "a.example" and "a.b.example", but not "example".
    internal bool Matches(ReadOnlySpan<char> host) => _rank switch
    {
        0 => host.Equals(_name, StringComparison.OrdinalIgnoreCase),
        1 => host.Length > _name.Length && host.EndsWith(_name, StringComparison.OrdinalIgnoreCase),
        _ => true,
    };
}
