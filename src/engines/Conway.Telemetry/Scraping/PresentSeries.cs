using System.Buffers;

namespace Conway.Telemetry.Scraping;

/// <summary>The series of one scrape, in a rented array. One owner.</summary>
internal sealed class PresentSeries : IDisposable
{
    private static readonly Comparer<Entry> ByNameAndLabels = Comparer<Entry>.Create(static (one, other) =>
    {
        var order = string.CompareOrdinal(one.Series.Family.Name, other.Series.Family.Name);
        order = order != 0 ? order : string.CompareOrdinal(one.Series.Labels, other.Series.Labels);
        return order != 0 ? order : one.Place.CompareTo(other.Place);
    });

    private Entry[] _entries = ArrayPool<Entry>.Shared.Rent(256);
    private int _count;
    private int _places;

    /// <summary>In the order of families, and of labels in a family, once they are sorted.</summary>
    public ReadOnlySpan<Entry> All => _entries.AsSpan(0, _count);

    public void Add(ScrapeShelf shelf, Dictionary<(string Family, string Labels), ScrapedSeries>.ValueCollection all)
    {
        if (_entries.Length < _count + all.Count)
        {
            var larger = ArrayPool<Entry>.Shared.Rent(Math.Max(_count + all.Count, 2 * _entries.Length));
            All.CopyTo(larger);
            ArrayPool<Entry>.Shared.Return(_entries, clearArray: true);
            _entries = larger;
        }

        foreach (var series in all)
        {
            _entries[_count++] = new(shelf, series, _places);
        }

        _places++;
    }

    public void Sort() => Array.Sort(_entries, 0, _count, ByNameAndLabels);

    public void Dispose()
    {
        ArrayPool<Entry>.Shared.Return(_entries, clearArray: true);
        (_entries, _count) = ([], 0);
    }

    /// <summary>A series, its shelf, and which place the shelf has among all.</summary>
    public readonly record struct Entry(ScrapeShelf Shelf, ScrapedSeries Series, int Place);
}
