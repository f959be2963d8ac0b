namespace Conway.Planted.Truth;

/// <summary>How a system should be cut, as the one who knows it would write it down.</summary>
/// <remarks>The format is <c>docs/reference/truth-file.md</c>. Read with <see cref="TruthReader"/>, written with <see cref="TruthWriter"/>.</remarks>
/// <param name="System">What the system is called.</param>
/// <param name="Services">In the order of the file.</param>
/// <param name="Shared">Business types that every service may have a copy of.</param>
/// <param name="Technical">Types without any business.</param>
/// <param name="Contested">Types that more than one service may have.</param>
public sealed record TruthFile(
    string System, IReadOnlyList<TruthService> Services, IReadOnlyList<TypePattern> Shared, IReadOnlyList<TypePattern> Technical, IReadOnlyList<ContestedType> Contested);

/// <param name="Purpose">One line.</param>
public sealed record TruthService(string Name, string Purpose, IReadOnlyList<TypePattern> Types);

/// <param name="Services">Two or more; each is right.</param>
/// <param name="Why">What speaks for each; null when nothing was said.</param>
public sealed record ContestedType(TypePattern Type, IReadOnlyList<string> Services, string? Why);

/// <summary>Where a type belongs.</summary>
public enum TruthKind
{
    /// <summary>To exactly one service.</summary>
    Owned,

    /// <summary>To any one of several services.</summary>
    Contested,

    /// <summary>To all: a business type that is copied.</summary>
    Shared,

    /// <summary>To none: it has no business in it.</summary>
    Technical,
}

/// <summary>Where a type belongs according to a truth file.</summary>
/// <param name="Services">One for <see cref="TruthKind.Owned"/>, two or more for <see cref="TruthKind.Contested"/>, else none.</param>
public sealed record TruthPlace(TruthKind Kind, IReadOnlyList<string> Services)
{
    /// <summary>Compares what is said, not the list that says it.</summary>
    public bool Equals(TruthPlace? other) => other is not null && Kind == other.Kind && Services.SequenceEqual(other.Services);

    public override int GetHashCode() => HashCode.Combine(Kind, Services.Count);

    public override string ToString() => Services.Count == 0 ? Kind.ToString().ToLowerInvariant() : string.Join(" or ", Services);
}
