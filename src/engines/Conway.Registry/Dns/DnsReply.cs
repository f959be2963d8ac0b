using System.Net;

namespace Conway.Registry.Dns;

/// <summary>One record of an answer. Time to live is always 0: what was well a second ago may be gone.</summary>
internal abstract record DnsRecord(string[] Name)
{
    /// <summary>A or AAAA, by the family of the address.</summary>
    internal sealed record Address(string[] Name, IPAddress Ip) : DnsRecord(Name);

    /// <summary>The name is another name.</summary>
    internal sealed record Alias(string[] Name, string[] Target) : DnsRecord(Name);

    /// <summary>Where a service listens. Source: RFC 2782.</summary>
    internal sealed record Service(string[] Name, ushort Weight, ushort Port, string[] Target) : DnsRecord(Name);

    /// <summary>Who answers for the zone.</summary>
    internal sealed record NameServer(string[] Name, string[] Target) : DnsRecord(Name);

    /// <summary>Start of authority: makes "no" an answer that resolvers believe, for 0 seconds. Source: RFC 2308.</summary>
    internal sealed record Authority(string[] Name, uint Serial) : DnsRecord(Name);
}

/// <summary>What is answered to a question. No answers and <see cref="DnsCode.Success"/> is NODATA: the name exists, but has no such record.</summary>
internal sealed record DnsReply(DnsCode Code, IReadOnlyList<DnsRecord> Answers, IReadOnlyList<DnsRecord> Additional)
{
    public DnsRecord.Authority? Authority { get; init; }

    public static DnsReply Fault(DnsCode code) => new(code, [], []);
}
