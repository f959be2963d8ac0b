namespace Conway.Artifacts.Plans;

/// <summary>A variable of a service's environment.</summary>
/// <param name="Name">As the process sees it.</param>
/// <param name="Value">Its value; null for one that comes from outside.</param>
/// <param name="Secret">What it is called outside, where it has no value here: the secret's name, or the variable's.</param>
/// <param name="What">What the value is, in words, for the sentence that says it is missing.</param>
/// <param name="Origin">Why it is there.</param>
internal sealed record Variable(string Name, string? Value, string? Secret, string What, Origin Origin);
