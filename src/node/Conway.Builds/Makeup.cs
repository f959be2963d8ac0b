namespace Conway.Builds;

/// <summary>What a program is made of: enough to tell whether starting it anew would start the very same program. A value.</summary>
/// <param name="Code">Digest of the inputs that only compiler and MSBuild read; null when not known.</param>
/// <param name="Rest">Digest of all other inputs, which the program may read itself while it runs: settings, pages, scripts; null when not known.</param>
/// <param name="Output">Digest of what the build made; null when nothing is built, or when not known.</param>
public sealed record Makeup(string? Code, string? Rest, string? Output)
{
    /// <summary>Nothing is known, so it is the same as nothing, itself included.</summary>
    public static Makeup Unknown { get; } = new(null, null, null);

    /// <summary>Whether both are the same program: from the same inputs, or from other code that came to the same output.</summary>
    public bool IsSameProgramAs(Makeup other) =>
        Rest is not null && Rest == other.Rest && ((Code is not null && Code == other.Code) || (Output is not null && Output == other.Output));
}
