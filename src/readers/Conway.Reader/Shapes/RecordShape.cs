using System.Collections.Concurrent;
using System.Reflection;
using Conway.Model;

namespace Conway.Reader.Shapes;

/// <summary>A record of the model: fixed keys, each with its own shape.</summary>
internal sealed class RecordShape : Shape
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Known = new();
    private readonly Dictionary<string, PropertyShape> _byKey;
    private readonly ConstructorInfo _constructor;

    private RecordShape(Type type)
        : base(type)
    {
        _constructor = type.GetConstructor(Type.EmptyTypes) ?? throw new NotSupportedException($"{type} has no constructor without parameters.");
        var defaults = New();
        Properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .OrderBy(p => p.MetadataToken)
            .Select(p => new PropertyShape(p, defaults))];
        _byKey = Properties.ToDictionary(p => p.Key, StringComparer.Ordinal);
        ShortForm = type.GetCustomAttribute<ShortFormAttribute>() is { } form ? Named(form.Property) : null;
        ExactlyOne = type.GetCustomAttribute<ExactlyOneAttribute>() is { } one ? [.. one.Properties.Select(Named)] : [];
    }

    /// <summary>Every key, in the order in which the record declares it.</summary>
    public IReadOnlyList<PropertyShape> Properties { get; }

    /// <summary>The property that a bare scalar sets; null when the record has no short form.</summary>
    public PropertyShape? ShortForm { get; }

    /// <summary>Of these exactly one must be written; empty when there is no such rule.</summary>
    public IReadOnlyList<PropertyShape> ExactlyOne { get; }

    /// <summary>The shape of the whole model.</summary>
    public static RecordShape Root => Of(typeof(SystemModel));

    // Records of the model do not hold themselves, so this recursion ends.
    public static new RecordShape Of(Type type) => Known.TryGetValue(type, out var known) ? known : Known.GetOrAdd(type, new RecordShape(type));

    public PropertyShape? Property(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>A record with every default.</summary>
    public object New() => _constructor.Invoke(null);

    private PropertyShape Named(string property) => Properties.First(p => p.Info.Name == property);
}
