using System.Reflection;
using Conway.Model;

namespace Conway.Review.Leaves;

/// <summary>The names that a model declares, and where they stand in texts.</summary>
internal sealed class DeclaredNames
{
    private readonly HashSet<string> _services;

    private DeclaredNames(IEnumerable<string> services) => _services = services.ToHashSet(StringComparer.Ordinal);

    public static DeclaredNames Of(SystemModel model) => new(model.Services.Keys);

    /// <summary>A value cut at the names in it.</summary>
    public IReadOnlyList<Piece> Pieces(PropertyInfo property, string? kind, string text) =>
        kind == "operation" ? Operation(text)
        : kind is not null ? [new Piece(text, kind)]
        : property.DeclaringType == typeof(ServiceSelection) && property.Name == nameof(ServiceSelection.Name) && _services.Contains(text) ? [new Piece(text, "service")]
        : property.DeclaringType == typeof(Suppression) && property.Name == nameof(Suppression.At) ? InPath(text)
        : [new Piece(text)];

    /// <summary><c>inventory.reserve</c>: a service, and one of its operations.</summary>
    public static IReadOnlyList<Piece> Operation(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? [new Piece(text, "service")] : [new Piece(text[..dot], "service"), new Piece(text[dot..])];
    }

    /// <summary>A path of the model, <c>services.orders.calls.catalog</c>, cut at the names in it.</summary>
    public IReadOnlyList<Piece> InPath(string path)
    {
        var pieces = new List<Piece>();
        var parts = path.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            var kind = i == 1 ? KindOf(parts[0]) : i == 3 && parts[0] == "services" ? KindOf(parts[2]) : null;
            pieces.Add(new Piece(i == 0 ? "" : "."));
            pieces.Add(new Piece(parts[i], parts[i] == "*" ? null : kind));
        }

        return pieces;
    }

    public static string? KindOf(string collection) => collection switch
    {
        "services" or "calls" => "service",
        "capabilities" => "capability",
        "contexts" => "context",
        "teams" => "team",
        "jobs" => "job",
        "journeys" => "journey",
        "sagas" => "saga",
        "externals" => "external",
        "rules" => "rule",
        "owns" => "store",
        "publishes" => "event",
        _ => null,
    };
}
