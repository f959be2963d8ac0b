using System.Collections;
using System.Globalization;
using Conway.Findings;
using Conway.Reader.Shapes;

namespace Conway.Reader;

/// <summary>Explains a place in a model: what it means, what may stand there, what stands there now.</summary>
public static class ModelExplainer
{
    /// <summary>Explains a path.</summary>
    /// <param name="path"><c>services.orders.calls.catalog.timeout</c>, <c>gateway.routes[0].to</c>, or for the schema alone
    /// <c>services.*.replicas</c> (any name) and <c>gateway.routes[].to</c> (any item).</param>
    /// <param name="read">The model to look the value up in; null for the schema alone.</param>
    /// <returns>The explanation; or null and, when one is close, the path that was probably meant.</returns>
    public static (Explanation? Explanation, string? Meant) Explain(string path, ReadResult? read)
    {
        var at = new Walk(RecordShape.Root, null, read?.Model);
        var steps = Steps(path);
        for (var i = 0; i < steps.Count; i++)
        {
            if (at.Step(steps[i]) is { } next)
            {
                at = next;
                continue;
            }

            var meant = DidYouMean.Closest(steps[i], at.Candidates());
            return (null, meant is null ? null : Text([.. steps.Take(i), meant, .. steps.Skip(i + 1)]));
        }

        return (Of(path, at, read), null);
    }

    private static Explanation Of(string path, Walk at, ReadResult? read)
    {
        var property = at.Property;
        var isOwn = property is not null && property.Shape == at.Shape;
        var place = read?.Map.Find(path);
        var isWritten = place is not null && (path.Length == 0 || read!.Map.IsWritten(path));
        var value = at.Value is null || at.Shape is RecordShape or MapShape ? null : ValueText.Of(at.Value);
        return new Explanation(path.Length == 0 ? "(the model)" : path, isOwn ? property!.About.Text + (property.About.Unset is { } unset ? $" Unset: {unset}." : "") : About(at), isOwn ? ModelPage.Type(property!) : "a map")
        {
            IsRequired = isOwn && property!.Must,
            Default = isOwn && !property!.Must && property.Shape is ScalarShape && property.Default is not null ? ValueText.Of(property.Default) : null,
            Bounds = isOwn ? ModelPage.Bounds(property!) : null,
            Example = isOwn ? property!.About.Example : null,
            Value = value is null && isWritten ? "written" : value is "" ? null : value,
            Place = isWritten ? place : null,
            Parts = [.. at.Parts()],
        };
    }

    private static string About(Walk at) =>
        at.Property is null ? "The whole model."
        : at.Property.Shape is ListShape ? $"One item of '{at.Property.Key}'. {at.Property.About.Text}"
        : $"One of '{at.Property.Key}'. {at.Property.About.Text}";

    private static List<string> Steps(string path) => [.. path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries)];

    private static string Text(IEnumerable<string> steps) => string.Join('.', steps).Replace(".[", "[", StringComparison.Ordinal);

    /// <summary>A place on the way.</summary>
    private sealed record Walk(Shape Shape, PropertyShape? Property, object? Value)
    {
        public Walk? Step(string step) =>
            Shape switch
            {
                RecordShape record when record.Property(step) is { } property => new Walk(property.Shape, property, Value is null ? null : property.Info.GetValue(Value)),
                MapShape map when step is "*" or "NAME" => new Walk(map.Value, Property, null),
                MapShape map when Value is null => new Walk(map.Value, Property, null),
                MapShape map when Names().Contains(step) => new Walk(map.Value, Property, Named(step)),
                ListShape list when step is "[]" or "[*]" => new Walk(list.Item, Property, null),
                ListShape list when step.StartsWith('[') && int.TryParse(step.Trim('[', ']'), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && ((IEnumerable?)Value)?.Cast<object>().ElementAtOrDefault(index) is { } item => new Walk(list.Item, Property, item),
                _ => null,
            };

        public IEnumerable<string> Candidates() => Shape switch { RecordShape record => record.Properties.Select(p => p.Key), MapShape => Names(), _ => [] };

        public IEnumerable<(string, string)> Parts() =>
            Shape switch
            {
                RecordShape record => record.Properties.Select(p => (p.Key, p.About.Text)),
                MapShape { Value: RecordShape record } when Value is null || Names().Count == 0 => record.Properties.Select(p => ("*." + p.Key, p.About.Text)),
                MapShape => Names().Select(n => (n, "")),
                ListShape { Item: RecordShape record } => record.Properties.Select(p => ("[]." + p.Key, p.About.Text)),
                ScalarShape { Kind: ScalarKind.Choice } choice => choice.Choices.Select(c => (c.Name, c.About)),
                _ => [],
            };

        private List<string> Names() => Value is null ? [] : [.. ((IEnumerable<string>)Value.GetType().GetProperty("Keys")!.GetValue(Value)!)];

        private object? Named(string name) => Value!.GetType().GetProperty("Item")!.GetValue(Value, [name]);
    }
}
