using System.Buffers.Binary;
using System.Text;

namespace Conway.Registry.Dns;

/// <summary>The types of record that are asked for or answered here.</summary>
internal enum DnsType : ushort
{
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Aaaa = 28,
    Srv = 33,
    Opt = 41,
    Any = 255,
}

/// <summary>How a question was answered.</summary>
internal enum DnsCode : byte
{
    Success = 0,

    /// <summary>FORMERR: the packet makes no sense.</summary>
    Malformed = 1,

    /// <summary>NXDOMAIN: there is no such name.</summary>
    NoName = 3,

    /// <summary>NOTIMP: not a query.</summary>
    NotImplemented = 4,

    /// <summary>REFUSED: the name is not ours to know.</summary>
    Refused = 5,

    /// <summary>BADVERS: a version of EDNS that does not exist yet.</summary>
    BadVersion = 16,
}

/// <summary>A question as it came over the wire. Source: RFC 1035 section 4, RFC 6891 for EDNS.</summary>
/// <param name="Fault">Success when it can be answered; otherwise what to answer without looking at it.</param>
/// <param name="Raw">The bytes of the question, to be sent back as they came: clients compare upper and lower case.</param>
/// <param name="UdpBytesMax">The largest answer that fits a datagram of the asker; 512 without EDNS.</param>
internal sealed record DnsQuery(
    ushort Id, bool RecursionDesired, DnsCode Fault, byte Opcode, string[] Labels, DnsType Type, byte[] Raw, bool Edns, int UdpBytesMax)
{
    public const int HeaderBytes = 12;
    private const int PlainBytesMax = 512;
    private const int EdnsBytesMax = 4096;
    private const int NameBytesMax = 255;
    private const ushort ClassInternet = 1;
    private const ushort ClassAny = 255;

    /// <returns>Null when it must not be answered at all: too short to have an ID, or itself an answer, to which answering would make a loop.</returns>
    public static DnsQuery? Read(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < HeaderBytes || (packet[2] & 0x80) != 0) return null;
        var query = new DnsQuery(
            BinaryPrimitives.ReadUInt16BigEndian(packet), (packet[2] & 1) != 0, DnsCode.Malformed, (byte)((packet[2] >> 3) & 15), [], 0, [], false, PlainBytesMax);
        if (query.Opcode != 0) return query with { Fault = DnsCode.NotImplemented };
        if (BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) != 1) return query;

        var at = HeaderBytes;
        if (!TryName(packet, ref at, out var labels) || at + 4 > packet.Length) return query;
        var type = (DnsType)BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
        var asked = BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 2)..]);
        at += 4;
        query = query with { Labels = labels, Type = type, Raw = packet[HeaderBytes..at].ToArray() };
        if (!TryEdns(packet, at, out var edns, out var size, out var version)) return query;
        return query with
        {
            Fault = version != 0 ? DnsCode.BadVersion : asked is ClassInternet or ClassAny ? DnsCode.Success : DnsCode.Refused,
            Edns = edns,
            UdpBytesMax = edns ? Math.Clamp((int)size, PlainBytesMax, EdnsBytesMax) : PlainBytesMax,
        };
    }

    /// <summary>A question has nothing before it that a compressed name could point to, so a pointer is a fault here.</summary>
    private static bool TryName(ReadOnlySpan<byte> packet, ref int at, out string[] labels)
    {
        var found = new List<string>();
        labels = [];
        var start = at;
        while (at < packet.Length)
        {
            int length = packet[at++];
            if (length == 0)
            {
                labels = [.. found];
                return true;
            }
            if (length > 63 || at + length > packet.Length || at + length - start > NameBytesMax) return false;
            found.Add(Encoding.Latin1.GetString(packet.Slice(at, length)));
            at += length;
        }
        return false;
    }

    /// <summary>Walks over the other records to the OPT pseudo-record, if there is one.</summary>
    private static bool TryEdns(ReadOnlySpan<byte> packet, int at, out bool edns, out ushort size, out byte version)
    {
        (edns, size, version) = (false, 0, 0);
        var records = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) + BinaryPrimitives.ReadUInt16BigEndian(packet[8..])
            + BinaryPrimitives.ReadUInt16BigEndian(packet[10..]);
        for (var i = 0; i < records; i++)
        {
            if (!TrySkipName(packet, ref at) || at + 10 > packet.Length) return false;
            if ((DnsType)BinaryPrimitives.ReadUInt16BigEndian(packet[at..]) == DnsType.Opt)
            {
                if (edns) return false;
                edns = true;
                size = BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 2)..]);
                version = packet[at + 5];
            }
            at += 10 + BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 8)..]);
            if (at > packet.Length) return false;
        }
        return true;
    }

    private static bool TrySkipName(ReadOnlySpan<byte> packet, ref int at)
    {
        while (at < packet.Length)
        {
            int length = packet[at++];
            if (length == 0) return true;
            if (length >= 0xC0) return ++at <= packet.Length;
            if (length > 63) return false;
            at += length;
        }
        return false;
    }
}
