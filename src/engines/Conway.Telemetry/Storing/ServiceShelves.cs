using System.Collections.Concurrent;
using System.Text;

namespace Conway.Telemetry.Storing;

/// <summary>The shelves of all services, by name. Bounded: past the limit everything new shares one shelf. Safe for concurrent use.</summary>
internal sealed class ServiceShelves(int servicesMax)
{
    public const string Other = "(other)";
    private const int NameBytesMax = 255;

    private readonly ConcurrentDictionary<string, ServiceShelf> _shelves = new(StringComparer.Ordinal);

    /// <summary>Whether a name had to be filed under <see cref="Other"/>.</summary>
    public bool IsFull { get; private set; }

    public IEnumerable<ServiceShelf> All => _shelves.Values;

    public ServiceShelf Of(ReadOnlySpan<byte> service)
    {
        service = Blocks.RecordLimits.Cut(service, NameBytesMax);
        Span<char> name = stackalloc char[NameBytesMax];
        var length = Encoding.UTF8.GetChars(service, name);
        return _shelves.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[..length], out var shelf) ? shelf : Add(name[..length].ToString());
    }

    public ServiceShelf Of(string service) => _shelves.TryGetValue(service, out var shelf) ? shelf : Of(Encoding.UTF8.GetBytes(service));

    private ServiceShelf Add(string name)
    {
        if (_shelves.Count >= servicesMax && name != Other)
        {
            IsFull = true;
            name = Other;
        }

        return _shelves.GetOrAdd(name, static key => new ServiceShelf(key));
    }
}
