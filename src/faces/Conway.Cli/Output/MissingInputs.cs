using Conway.Findings;

namespace Conway.Cli;

/// <summary>How one gives <c>check</c> what a rule is missing.</summary>
internal static class MissingInputs
{
    /// <summary>The option, as it is typed; null for an input that this version cannot be given.</summary>
    public static string? Option(string input) => input switch
    {
        "traces" => "--observed",
        "traces or code" => "--observed, --with code",
        "code" => "--with code",
        "git" => "--with git",
        "manifests" => "--with manifests",
        "other manifests" => "--complete",
        _ => null,
    };

    /// <summary>Options that would give what rules are missing, those that can be given, each once.</summary>
    public static IEnumerable<string> Options(IEnumerable<NotEvaluated> rules) =>
        rules.SelectMany(r => r.Needs).GroupBy(n => n, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => Option(g.Key)).OfType<string>().Distinct();

    /// <summary><c>not evaluated  CW2301 and CW2302 need traces: conway check --observed</c>, one line for each input and reason, most rules first.</summary>
    public static IEnumerable<string> Lines(CheckOutcome outcome) =>
        from rule in outcome.NotEvaluated
        let needs = string.Join(" and ", rule.Needs)
        group rule by (Needs: needs, rule.Detail) into same
        orderby same.Count() descending, same.Key.Needs, same.Key.Detail
        let codes = same.Select(r => r.Rule.Code).Order(StringComparer.Ordinal)
        let options = same.First().Needs.Select(Option).OfType<string>().Distinct().ToArray()

        // What was given and tells too little is not asked for again.
        let how = same.Key.Detail is { } detail ? $": {detail}" : options.Length == 0 ? "" : $" ({string.Join(' ', options)})"
        select $"{string.Join(' ', codes)} {(same.Count() == 1 ? "needs" : "need")} {same.Key.Needs}{how}";
}
