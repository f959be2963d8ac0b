namespace Conway.Cli;

/// <summary>How one gives <c>check</c> what a rule is missing.</summary>
internal static class MissingInputs
{
    /// <summary>The option, as it is typed; null for an input that this version cannot be given.</summary>
    public static string? Option(string input) => input switch
    {
        "traces" or "traces or code" => "--observed",
        "manifests" => "--with manifests",
        _ => null,
    };

    /// <summary><c>not evaluated  CW2301 and CW2302 need traces: conway check --observed</c>, one line for each input, most rules first.</summary>
    public static IEnumerable<string> Lines(CheckOutcome outcome) =>
        from rule in outcome.NotEvaluated
        let needs = string.Join(" and ", rule.Needs)
        group rule by needs into same
        orderby same.Count() descending, same.Key
        let codes = same.Select(r => r.Rule.Code).Order(StringComparer.Ordinal)
        let options = same.First().Needs.Select(Option).OfType<string>().Distinct().ToArray()
        select $"{string.Join(' ', codes)} {(same.Count() == 1 ? "needs" : "need")} {same.Key}{(options.Length == 0 ? "" : $" ({string.Join(' ', options)})")}";
}
