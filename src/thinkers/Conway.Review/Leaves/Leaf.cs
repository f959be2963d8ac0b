namespace Conway.Review.Leaves;

/// <summary>A piece of a path or of a value: plain text, or the name of something that is declared.</summary>
/// <param name="Text">As written.</param>
/// <param name="Kind">What it names (<c>service</c>, <c>team</c>, <c>event</c>, …); null for plain text.</param>
internal readonly record struct Piece(string Text, string? Kind = null);

/// <summary>One value of a model, or that something is there.</summary>
/// <param name="Key">Where it is, by names and never by index, so that order does not matter.</param>
/// <param name="Pattern">The same with <c>*</c> for what a person chose: <c>services.*.calls.*.timeout</c>.</param>
/// <param name="Path">Where it is in the text: <c>gateway.routes[0].to</c>.</param>
/// <param name="Value">What it is; empty for something that is only there.</param>
internal sealed record Leaf(IReadOnlyList<Piece> Key, string Pattern, string Path, IReadOnlyList<Piece> Value)
{
    /// <summary><see cref="Key"/> as one text.</summary>
    public string KeyText { get; } = string.Concat(Key.Select(p => p.Text));

    /// <summary><see cref="Value"/> as one text.</summary>
    public string ValueText { get; } = string.Concat(Value.Select(p => p.Text));
}

/// <summary>A value that differs.</summary>
/// <param name="Before">Null: it was not there.</param>
/// <param name="After">Null: it is not there any more.</param>
internal sealed record LeafDifference(Leaf? Before, Leaf? After)
{
    /// <summary>The one that is there; the later one if both are.</summary>
    public Leaf Leaf => (After ?? Before)!;

    public string Key => Leaf.KeyText;

    public string Pattern => Leaf.Pattern;

    /// <summary>The names in the path, outermost first.</summary>
    public IReadOnlyList<string> Names => [.. Leaf.Key.Where(p => p.Kind is not null).Select(p => p.Text)];
}
