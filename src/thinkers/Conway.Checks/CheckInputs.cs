namespace Conway.Checks;

/// <summary>What a check can look at.</summary>
[Flags]
public enum CheckInputs
{
    None = 0,

    /// <summary>The model; always there.</summary>
    Model = 1,

    /// <summary>Traffic that was observed in a run.</summary>
    Traces = 2,

    /// <summary>The history of the repository.</summary>
    Git = 4,

    /// <summary>Facts read from the source of the services.</summary>
    Code = 8,

    /// <summary>Compose files and Kubernetes manifests.</summary>
    Manifests = 16,

    /// <summary>What the source of the services names, whatever the language.</summary>
    Addresses = 32,
}

/// <summary>Inputs in words.</summary>
public static class CheckInputsText
{
    private static readonly CheckInputs[] All = [CheckInputs.Model, CheckInputs.Traces, CheckInputs.Git, CheckInputs.Code, CheckInputs.Manifests, CheckInputs.Addresses];

    /// <summary>Each of them as a word: <c>traces</c>, <c>git</c>.</summary>
    public static IReadOnlyList<string> Words(this CheckInputs inputs) =>
        [.. All.Where(i => (inputs & i) != 0).Select(Word).Distinct(StringComparer.Ordinal)];

    // Both are read from the source, and by the same option: one word for one thing.
    private static string Word(CheckInputs input) => (input == CheckInputs.Addresses ? CheckInputs.Code : input).ToString().ToLowerInvariant();
}
