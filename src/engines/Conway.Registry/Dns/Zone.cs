using System.Net;
using System.Net.Sockets;
using Conway.Registry.World;

namespace Conway.Registry.Dns;

/// <summary>Answers questions about <c>*.consul</c> from a world. Pure but for the dice that shuffle.</summary>
/// <remarks>
/// <code>
/// [tag.]orders.service[.dc1].consul     A, AAAA, SRV      instances that are not critical
/// _orders._tcp.service.consul           SRV               RFC 2782; another word than tcp or udp is a tag
/// conway.node[.dc1].consul              A, AAAA           a node
/// 7f000001.addr.dc1.consul              A                 an address written as a name, which SRV points to
/// </code>
/// </remarks>
internal sealed class Zone(string datacenter, Random random)
{
    private const string Domain = "consul";

    public DnsReply Answer(WorldState world, DnsQuery query)
    {
        var labels = query.Labels;
        if (labels.Length == 0 || !Same(labels[^1], Domain)) return DnsReply.Fault(DnsCode.Refused);
        var authority = new DnsRecord.Authority([Domain], (uint)world.Index);
        var reply = Find(world, labels[..^1], query, authority);
        return reply.Answers.Count == 0 ? reply with { Authority = authority } : reply;
    }

    private DnsReply Find(WorldState world, string[] labels, DnsQuery query, DnsRecord.Authority authority)
    {
        if (labels.Length == 0) return Apex(query, authority);
        if (!TryKind(labels, out var kind, out var subject)) return NoName;
        return kind switch
        {
            "service" => Service(world, subject, query),
            "node" => Node(world, subject, query),
            _ => Address(subject, query),
        };
    }

    private static DnsReply NoName => DnsReply.Fault(DnsCode.NoName);

    private static DnsReply Apex(DnsQuery query, DnsRecord.Authority authority) => new(DnsCode.Success, query.Type switch
    {
        DnsType.Soa or DnsType.Any => [authority],
        DnsType.Ns => [new DnsRecord.NameServer(query.Labels, ["ns", Domain])],
        _ => [],
    }, []);

    /// <summary><c>subject.kind</c>, <c>subject.kind.dc1</c> or <c>subject.kind.dc1.dc</c>.</summary>
    private bool TryKind(string[] labels, out string kind, out string[] subject)
    {
        var end = labels.Length;
        if (end >= 3 && Same(labels[end - 1], "dc") && Same(labels[end - 2], datacenter)) end -= 2;
        else if (end >= 2 && Same(labels[end - 1], datacenter) && labels[end - 2].ToLowerInvariant() is "service" or "node" or "addr") end--;
        kind = labels[end - 1].ToLowerInvariant();
        subject = labels[..(end - 1)];
        return kind is "service" or "node" or "addr" && subject.Length > 0;
    }

    private DnsReply Service(WorldState world, string[] subject, DnsQuery query)
    {
        var (name, tag) = subject is [['_', .. var service], ['_', .. var protocol]]
            ? (service, protocol.ToLowerInvariant() is "tcp" or "udp" ? "" : protocol)
            : (subject[^1], string.Join('.', subject[..^1]));
        var found = world.Catalog.InstancesOf(name)
            .Where(one => tag.Length == 0 || one.Service.Record.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
            .Select(one => new Target(one.Node, one.Service.Record, Health.Worst(one.Node.Checks.Values.Concat(one.Service.Checks.Values))))
            .Where(one => one.Health != InstanceHealth.Critical)
            .ToArray();
        // Consul: a name with no instance to call does not exist.
        if (found.Length == 0) return NoName;
        random.Shuffle(found);
        return query.Type == DnsType.Srv ? ServiceRecords(found, query) : Addresses(query.Labels, found.Select(one => one.Address), query);
    }

    private DnsReply ServiceRecords(Target[] found, DnsQuery query)
    {
        var answers = new List<DnsRecord>();
        var additional = new Dictionary<string, DnsRecord>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in found)
        {
            string[] target;
            if (one.Record.Address.Length == 0) target = [.. one.Node.Record.Name.Split('.'), "node", datacenter, Domain];
            else if (IPAddress.TryParse(one.Address, out var ip)) target = [Convert.ToHexStringLower(ip.GetAddressBytes()), "addr", datacenter, Domain];
            else target = one.Address.TrimEnd('.').Split('.');
            if (!IsName(target)) continue;
            answers.Add(new DnsRecord.Service(query.Labels, (ushort)one.Weight, (ushort)one.Record.Port, target));
            if (IPAddress.TryParse(one.Address, out var known)) additional[string.Join('.', target)] = new DnsRecord.Address(target, known);
        }
        return new DnsReply(DnsCode.Success, answers, [.. additional.Values]);
    }

    private static DnsReply Node(WorldState world, string[] subject, DnsQuery query) =>
        world.Catalog.Node(string.Join('.', subject)) is { } node ? Addresses(query.Labels, [node.Record.Address], query) : NoName;

    private static DnsReply Address(string[] subject, DnsQuery query)
    {
        var hex = subject[0];
        if (subject.Length != 1 || hex.Length is not (8 or 32) || !hex.All(char.IsAsciiHexDigit)) return NoName;
        return Addresses(query.Labels, [new IPAddress(Convert.FromHexString(hex)).ToString()], query);
    }

    private static DnsReply Addresses(string[] name, IEnumerable<string> addresses, DnsQuery query)
    {
        var answers = new List<DnsRecord>();
        foreach (var address in addresses.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(address, out var ip))
            {
                var type = ip.AddressFamily == AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa;
                if (query.Type == type || query.Type == DnsType.Any) answers.Add(new DnsRecord.Address(name, ip));
            }
            else if (query.Type is DnsType.A or DnsType.Aaaa or DnsType.Cname or DnsType.Any && address.TrimEnd('.').Split('.') is var target && IsName(target))
            {
                // A name can have one alias only, and nothing beside it.
                return new DnsReply(DnsCode.Success, [new DnsRecord.Alias(name, target)], []);
            }
        }
        return new DnsReply(DnsCode.Success, answers, []);
    }

    private static bool IsName(string[] labels) =>
        labels.All(static label => label.Length is > 0 and < 64 && label.All(char.IsAscii)) && labels.Sum(static label => label.Length + 1) < 255;

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private sealed record Target(NodeEntry Node, ServiceRecord Record, InstanceHealth Health)
    {
        public string Address => Record.Address.Length > 0 ? Record.Address : Node.Record.Address;

        public int Weight => Health == InstanceHealth.Passing ? Record.WeightPassing : Record.WeightWarning;
    }
}
