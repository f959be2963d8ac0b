namespace Conway.Checks.Tests.Seeded;

/// <summary>How to make a system that just breaks a rule, and one that just does not, in ever other shapes.</summary>
/// <param name="Code">The rule.</param>
/// <param name="Over">Adds the mistake to a healthy system; the number says which of the shapes.</param>
/// <param name="Under">Adds what is nearly the mistake.</param>
internal sealed record SeededCase(string Code, Action<Sys, int> Over, Action<Sys, int> Under);
