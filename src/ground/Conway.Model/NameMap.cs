using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Conway.Model;

/// <summary>Things by name, in the order in which they were declared.</summary>
/// <remarks>Immutable; two maps are equal when they hold equal things under equal names, whatever their order.</remarks>
public sealed class NameMap<T> : IReadOnlyDictionary<string, T>, IEquatable<NameMap<T>>
{
    /// <summary>No things.</summary>
    public static NameMap<T> Empty { get; } = new([]);

    private readonly KeyValuePair<string, T>[] _items;
    private readonly Dictionary<string, int> _index;

    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public NameMap(IEnumerable<KeyValuePair<string, T>> items)
    {
        _items = [.. items];
        _index = new Dictionary<string, int>(_items.Length, StringComparer.Ordinal);
        for (var i = 0; i < _items.Length; i++)
        {
            _index.Add(_items[i].Key, i);
        }
    }

    public int Count => _items.Length;

    public IEnumerable<string> Keys => _items.Select(i => i.Key);

    public IEnumerable<T> Values => _items.Select(i => i.Value);

    public T this[string key] => _items[_index[key]].Value;

    public bool ContainsKey(string key) => _index.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        if (_index.TryGetValue(key, out var at))
        {
            value = _items[at].Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The same map with one thing more, or another in its place.</summary>
    public NameMap<T> With(string name, T value) =>
        new(_index.TryGetValue(name, out var at)
            ? _items.Select((item, i) => i == at ? KeyValuePair.Create(name, value) : item)
            : _items.Append(KeyValuePair.Create(name, value)));

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, T>>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(NameMap<T>? other) =>
        other is not null && Count == other.Count
        && _items.All(i => other.TryGetValue(i.Key, out var theirs) && EqualityComparer<T>.Default.Equals(i.Value, theirs));

    public override bool Equals(object? obj) => Equals(obj as NameMap<T>);

    public override int GetHashCode() => _items.Aggregate(Count, (hash, item) => hash ^ HashCode.Combine(item.Key, item.Value));
}
