namespace Conway.Reader.Shapes;

/// <summary>What a place in the model can hold, learnt from the records by reflection.</summary>
/// <remarks>The binder, the JSON Schema, the reference page and <c>conway explain</c> all read shapes, so that no key is known in two places.</remarks>
internal abstract class Shape(Type type)
{
    /// <summary>The .NET type of the value, without <see cref="Nullable{T}"/>.</summary>
    public Type Type { get; } = type;

    /// <summary>The shape of a type.</summary>
    /// <exception cref="NotSupportedException">The model uses a type that the reader was never taught.</exception>
    public static Shape Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ScalarShape.TryOf(type) is { } scalar)
        {
            return scalar;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Model.ValueList<>))
        {
            return new ListShape(type);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Model.NameMap<>))
        {
            return new MapShape(type);
        }

        return type == typeof(Model.JsonText) ? new JsonShape()
            : type.IsClass ? RecordShape.Of(type)
            : throw new NotSupportedException($"The model holds a {type}, which the reader cannot read.");
    }
}

/// <summary>Any JSON value.</summary>
internal sealed class JsonShape() : Shape(typeof(Model.JsonText));
