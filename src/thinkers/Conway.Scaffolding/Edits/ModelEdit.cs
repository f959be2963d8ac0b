namespace Conway.Scaffolding;

/// <summary>Something that the model is to say. What it says already at this path is left as it is.</summary>
/// <param name="Path"><c>services.orders.calls.catalog</c>; of a list, the list.</param>
/// <param name="Yaml">The value, on one line or several, not indented.</param>
public sealed record ModelEdit(string Path, string Yaml)
{
    /// <summary>The value is one more item of the list at the path.</summary>
    public bool IsItem { get; init; }

    /// <summary>What is like it: of several files that could say it, the one that says this does.</summary>
    public string? Near { get; init; }
}
