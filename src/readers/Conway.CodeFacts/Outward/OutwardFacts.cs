namespace Conway.CodeFacts.Outward;

/// <summary>What one file says of the world around the program. One owner while the file is read.</summary>
internal sealed class OutwardFacts
{
    public List<ConfigurationUse> Configuration { get; } = [];

    public List<OutboundCall> Calls { get; } = [];

    public List<AddressUse> Addresses { get; } = [];

    /// <summary>Types that are bound to configuration.</summary>
    public List<int> Options { get; } = [];
}
