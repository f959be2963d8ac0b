using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using Conway.Model;

namespace Conway.Review.Leaves;

/// <summary>A model as a list of values by path, read from its records by reflection: a key that is added to the model is compared without a line here.</summary>
/// <remarks>Values that are the default are left out, so that writing a default down is no difference. Lists whose order means nothing are keyed
/// by what is in them; the order of sagas, journeys and layers is a value of its own.</remarks>
internal static class ModelLeaves
{
    private static readonly string[] NotArchitecture = [nameof(SystemModel.Include), nameof(SystemModel.Conway)];

    /// <summary>All of them, in the order of the model.</summary>
    public static IReadOnlyList<Leaf> Of(SystemModel model)
    {
        var found = new List<Leaf>();
        var names = DeclaredNames.Of(model);
        Record(model, new At([], "", ""), found, names);
        return found;
    }

    /// <summary>How a value stands in a model, on one line.</summary>
    public static string Text(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        TimeSpan duration => UnitText.Format(duration),
        JsonText json => json.Json,
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        Enum choice => Kebab(choice.ToString()),
        int number => number.ToString(CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    internal static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            text.Append(char.IsAsciiLetterUpper(name[i]) && i > 0 ? "-" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    internal static string KeyOf(PropertyInfo property) => property.GetCustomAttribute<KeyAttribute>()?.Name ?? Kebab(property.Name);

    /// <summary>Keys of a record, in the order in which it declares them.</summary>
    internal static IEnumerable<PropertyInfo> Properties(Type type) => KeysOf(type).Select(k => k.Property);

    // Asked for each record of a model again, and attributes are slow to find.
    private static readonly ConcurrentDictionary<Type, KeyShape[]> Known = new();

    /// <summary>What a key of a record is called, what it names, and what it is when nothing is written.</summary>
    private sealed record KeyShape(PropertyInfo Property, string Key, string? Kind, object? Default);

    private static KeyShape[] KeysOf(Type type) => Known.GetOrAdd(type, static of =>
    {
        var defaults = Activator.CreateInstance(of)!;
        return [.. Declared(of).Select(p => new KeyShape(
            p, KeyOf(p), p.GetCustomAttribute<DeclaresAttribute>()?.Kind ?? p.GetCustomAttribute<RefersAttribute>()?.Kind, p.GetValue(defaults)))];
    });

    private static IEnumerable<PropertyInfo> Declared(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && !(type == typeof(SystemModel) && NotArchitecture.Contains(p.Name))).OrderBy(p => p.MetadataToken);

    internal static bool IsRecord(Type type) =>
        type.IsClass && type != typeof(string) && type != typeof(JsonText) && !type.IsGenericType;

    private static void Record(object record, At at, List<Leaf> found, DeclaredNames names)
    {
        foreach (var key in KeysOf(record.GetType()))
        {
            var value = key.Property.GetValue(record);
            if (value is not null && !Equals(value, key.Default))
            {
                Value(value, key, at.Key(key.Key), found, names);
            }
        }
    }

    private static void Value(object value, KeyShape key, At at, List<Leaf> found, DeclaredNames names)
    {
        var type = value.GetType();
        var (property, kind) = (key.Property, key.Kind);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(NameMap<>))
        {
            foreach (var entry in (IEnumerable)value)
            {
                var (name, one) = Entry(entry);
                One(one, at.Name(name, kind), found, names, isNamed: true);
            }
        }
        else if (type.IsGenericType)
        {
            List([.. ((IEnumerable)value).Cast<object>()], property, kind, at, found, names);
        }
        else if (IsRecord(type))
        {
            found.Add(new Leaf(at.Keys, at.Pattern, at.Path, []));
            Record(value, at, found, names);
        }
        else
        {
            found.Add(new Leaf(at.Keys, at.Pattern, at.Path, names.Pieces(property, kind, Text(value))));
        }
    }

    private static readonly ConcurrentDictionary<Type, (PropertyInfo Key, PropertyInfo Value)> Entries = new();

    private static (string Name, object Value) Entry(object entry)
    {
        var (key, value) = Entries.GetOrAdd(entry.GetType(), static of => (of.GetProperty("Key")!, of.GetProperty("Value")!));
        return ((string)key.GetValue(entry)!, value.GetValue(entry)!);
    }

    private static void One(object value, At at, List<Leaf> found, DeclaredNames names, bool isNamed)
    {
        if (IsRecord(value.GetType()))
        {
            found.Add(new Leaf(at.Keys, at.Pattern, at.Path, []));
            Record(value, at, found, names);
        }
        else
        {
            found.Add(new Leaf(at.Keys, at.Pattern, at.Path, isNamed ? [new Piece(Text(value))] : []));
        }
    }

    private static void List(IReadOnlyList<object> items, PropertyInfo property, string? kind, At at, List<Leaf> found, DeclaredNames names)
    {
        var order = new List<Piece>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, item) in items.Index())
        {
            var identity = ListIdentity.Of(item, property, kind, names);
            var text = string.Concat(identity.Select(p => p.Text));
            var times = seen[text] = seen.GetValueOrDefault(text) + 1;
            if (times > 1)
            {
                identity = [.. identity, new Piece(string.Create(CultureInfo.InvariantCulture, $" #{times}"))];
            }

            order.AddRange(order.Count == 0 ? identity : [new Piece(", "), .. identity]);
            One(item, at.Item(identity, index), found, names, isNamed: false);
        }

        if (ListIdentity.HasOrder(property))
        {
            found.Add(new Leaf([.. at.Keys, new Piece("#order")], at.Pattern + "#order", at.Path, order));
        }
    }

    /// <summary>A place while walking.</summary>
    private sealed record At(IReadOnlyList<Piece> Keys, string Pattern, string Path)
    {
        public At Key(string key) => new(
            [.. Keys, new Piece(Keys.Count == 0 ? key : "." + key)], Pattern.Length == 0 ? key : $"{Pattern}.{key}", Path.Length == 0 ? key : $"{Path}.{key}");

        public At Name(string name, string? kind) => new([.. Keys, new Piece("."), new Piece(name, kind)], Pattern + ".*", $"{Path}.{name}");

        public At Item(IReadOnlyList<Piece> identity, int index) => new(
            [.. Keys, new Piece("{"), .. identity, new Piece("}")], Pattern + "[]", string.Create(CultureInfo.InvariantCulture, $"{Path}[{index}]"));
    }
}
