using System.Reflection;
using Conway.Model;

namespace Conway.Reader.Shapes;

/// <summary>A list of values of one shape.</summary>
internal sealed class ListShape : Shape
{
    private readonly Func<IReadOnlyList<object>, object> _make;

    public ListShape(Type type)
        : base(type)
    {
        var item = type.GetGenericArguments()[0];
        Item = Of(item);
        _make = typeof(ListShape).GetMethod(nameof(MakeList), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(item).CreateDelegate<Func<IReadOnlyList<object>, object>>();
    }

    public Shape Item { get; }

    public object Make(IReadOnlyList<object> items) => _make(items);

    private static object MakeList<T>(IReadOnlyList<object> items) => items.Count == 0 ? ValueList<T>.Empty : new ValueList<T>(items.Cast<T>());
}

/// <summary>Values of one shape by name.</summary>
internal sealed class MapShape : Shape
{
    private readonly Func<IReadOnlyList<KeyValuePair<string, object>>, object> _make;

    public MapShape(Type type)
        : base(type)
    {
        var value = type.GetGenericArguments()[0];
        Value = Of(value);
        _make = typeof(MapShape).GetMethod(nameof(MakeMap), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(value).CreateDelegate<Func<IReadOnlyList<KeyValuePair<string, object>>, object>>();
    }

    public Shape Value { get; }

    public object Make(IReadOnlyList<KeyValuePair<string, object>> items) => _make(items);

    private static object MakeMap<T>(IReadOnlyList<KeyValuePair<string, object>> items) =>
        items.Count == 0 ? NameMap<T>.Empty : new NameMap<T>(items.Select(i => KeyValuePair.Create(i.Key, (T)i.Value)));
}
