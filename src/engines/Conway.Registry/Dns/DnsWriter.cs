using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Conway.Registry.Dns;

/// <summary>Writes a reply into a packet of limited size. Answers that do not fit are left out and the TC bit says so; then the asker comes again over TCP.</summary>
/// <remarks>Names are compressed (RFC 1035 section 4.1.4). One writer per packet.</remarks>
internal sealed class DnsWriter
{
    private const int OptBytes = 11;
    private const ushort ClassInternet = 1;
    private const ushort OurUdpBytesMax = 4096;

    /// <summary>No record is larger: three names of 255 bytes and 40 of numbers. A record is written first and taken back when it went over the limit.</summary>
    private const int RecordBytesMax = 1024;

    private readonly byte[] _buffer;
    private readonly int _bytesMax;
    private readonly Dictionary<string, int> _names = new(StringComparer.OrdinalIgnoreCase);
    private int _at = DnsQuery.HeaderBytes;

    private DnsWriter(int bytesMax) => (_bytesMax, _buffer) = (bytesMax, new byte[bytesMax + RecordBytesMax]);

    public static byte[] Write(DnsQuery query, DnsReply reply, int bytesMax) => new DnsWriter(bytesMax).Whole(query, reply);

    private byte[] Whole(DnsQuery query, DnsReply reply)
    {
        if (query.Raw.Length > 0)
        {
            query.Raw.CopyTo(_buffer, _at);
            Remember(query.Labels, DnsQuery.HeaderBytes);
            _at += query.Raw.Length;
        }
        var room = _bytesMax - (query.Edns ? OptBytes : 0);
        var answers = Section(reply.Answers, room);
        var authority = reply.Authority is { } soa ? Section([soa], room) : 0;
        var truncated = answers < reply.Answers.Count || authority < (reply.Authority is null ? 0 : 1);
        // Additional records are a kindness; without them the asker only has to ask again.
        var additional = truncated ? 0 : Section(reply.Additional, room);
        if (query.Edns)
        {
            Opt(reply.Code);
            additional++;
        }

        var header = _buffer.AsSpan();
        BinaryPrimitives.WriteUInt16BigEndian(header, query.Id);
        var authoritative = reply.Code is DnsCode.Success or DnsCode.NoName;
        header[2] = (byte)(0x80 | (query.Opcode << 3) | (authoritative ? 4 : 0) | (truncated ? 2 : 0) | (query.RecursionDesired ? 1 : 0));
        header[3] = (byte)((int)reply.Code & 15);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)(query.Raw.Length > 0 ? 1 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)answers);
        BinaryPrimitives.WriteUInt16BigEndian(header[8..], (ushort)authority);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], (ushort)additional);
        return _buffer[.._at];
    }

    private int Section(IReadOnlyList<DnsRecord> records, int room)
    {
        var count = 0;
        foreach (var record in records)
        {
            var start = _at;
            if (count < ushort.MaxValue) Record(record);
            if (count == ushort.MaxValue || _at > room)
            {
                _at = start;
                foreach (var (name, offset) in _names)
                    if (offset >= start) _names.Remove(name);
                break;
            }
            count++;
        }
        return count;
    }

    private void Record(DnsRecord record)
    {
        Name(record.Name);
        var type = record switch
        {
            DnsRecord.Address { Ip.AddressFamily: AddressFamily.InterNetwork } => DnsType.A,
            DnsRecord.Address => DnsType.Aaaa,
            DnsRecord.Alias => DnsType.Cname,
            DnsRecord.Service => DnsType.Srv,
            DnsRecord.NameServer => DnsType.Ns,
            _ => DnsType.Soa,
        };
        Short((ushort)type);
        Short(ClassInternet);
        Long(0);
        var lengthAt = _at;
        Short(0);
        switch (record)
        {
            case DnsRecord.Address address:
                address.Ip.TryWriteBytes(_buffer.AsSpan(_at), out var count);
                _at += count;
                break;
            case DnsRecord.Alias alias:
                Name(alias.Target);
                break;
            case DnsRecord.NameServer server:
                Name(server.Target);
                break;
            case DnsRecord.Service service:
                Short(1);
                Short(service.Weight);
                Short(service.Port);
                // RFC 2782: the target of SRV is not to be compressed.
                Name(service.Target, compress: false);
                break;
            case DnsRecord.Authority authority:
                Name(["ns", .. authority.Name]);
                Name(["hostmaster", .. authority.Name]);
                Long(authority.Serial);
                Long(3600);
                Long(600);
                Long(86400);
                Long(0);
                break;
            default:
                throw new InvalidOperationException("Registry: a DNS record of an unknown kind.");
        }
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(lengthAt), (ushort)(_at - lengthAt - 2));
    }

    private void Opt(DnsCode code)
    {
        _buffer[_at++] = 0;
        Short((ushort)DnsType.Opt);
        Short(OurUdpBytesMax);
        _buffer[_at++] = (byte)((int)code >> 4);
        _buffer[_at++] = 0;
        Short(0);
        Short(0);
    }

    private void Name(string[] labels, bool compress = true)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            var suffix = string.Join('.', labels, i, labels.Length - i);
            if (compress && _names.TryGetValue(suffix, out var offset))
            {
                Short((ushort)(0xC000 | offset));
                return;
            }
            if (_at < 0x4000) _names.TryAdd(suffix, _at);
            _buffer[_at++] = (byte)labels[i].Length;
            _at += Encoding.Latin1.GetBytes(labels[i], _buffer.AsSpan(_at));
        }
        _buffer[_at++] = 0;
    }

    private void Remember(string[] labels, int at)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            _names.TryAdd(string.Join('.', labels, i, labels.Length - i), at);
            at += labels[i].Length + 1;
        }
    }

    private void Short(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(_at), value);
        _at += 2;
    }

    private void Long(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(_at), value);
        _at += 4;
    }
}
