namespace Conway.Supervision;

/// <summary>How the replacement of a service's processes ended.</summary>
/// <param name="Problem">Null when the new ones serve; else why not, in a sentence.</param>
/// <param name="OldServe">Whether, with a problem, the old ones serve on.</param>
/// <param name="GivenUp">Whether it was broken off on purpose, because something newer came.</param>
public sealed record Replacement(string? Problem, bool OldServe, bool GivenUp)
{
    internal static Replacement Done { get; } = new(null, false, false);
}
