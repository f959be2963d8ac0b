using Conway.Findings;
using Conway.Model;
using Conway.Testing.Queries;

namespace Conway.Testing.Steps;

/// <summary>Reads what is written in one step, and tells what cannot be read. Used once for each step.</summary>
/// <param name="known">Names that earlier steps keep; those of this step are added.</param>
internal sealed class StepCompiler(string journey, string modelPath, HashSet<string> known, List<Finding> findings)
{
    public CompiledStep Compile(Step step)
    {
        var (method, path) = Verb(step);
        var compiled = new CompiledStep
        {
            Name = step.Name ?? (method is null ? $"wait {UnitText.Format(step.Wait ?? TimeSpan.Zero)}" : $"{method} {path}"),
            Method = method,
            Path = new TextTemplate(path),
            Wait = step.Wait ?? TimeSpan.Zero,
            Headers = [.. step.Headers.Select(h => KeyValuePair.Create(h.Key, new TextTemplate(h.Value)))],
            Body = step.Body is null ? null : new JsonTemplate(step.Body),
            Status = StatusRule.Of(step.Expect.Status),
            Expect = Conditions(step.Expect.Json, "expect.json"),
            Until = Conditions(step.Until, "until"),
            Capture = Queries(step.Capture, "capture", isPick: false),
            Pick = Queries(step.Pick, "pick", isPick: true),
            Within = step.Within,
            When = step.When,
            Weight = step.Weight,
        };

        Refer(compiled.Path.References, method is null ? "wait" : method.Method.ToLowerInvariant());
        Refer(compiled.Headers.SelectMany(h => h.Value.References), "headers");
        Refer(compiled.Body?.References ?? [], "body");
        Refer(compiled.Expect.SelectMany(c => c.References), "expect");
        Refer(compiled.Until.SelectMany(c => c.References), "until");
        Refer(step.When is null ? [] : [step.When], "when");
        known.UnionWith(step.Capture.Keys);
        known.UnionWith(step.Pick.Keys);
        return compiled;
    }

    // None at all is a finding of whoever read the model; here it waits no time.
    private static (HttpMethod? Method, string Path) Verb(Step step) =>
        step.Get is { } get ? (HttpMethod.Get, get)
        : step.Post is { } post ? (HttpMethod.Post, post)
        : step.Put is { } put ? (HttpMethod.Put, put)
        : step.Patch is { } patch ? (HttpMethod.Patch, patch)
        : step.Delete is { } delete ? (HttpMethod.Delete, delete)
        : (null, "/");

    private List<Condition> Conditions(NameMap<JsonText> written, string key)
    {
        var conditions = new List<Condition>();
        foreach (var (text, value) in written)
        {
            if (Query(text, $"{key}.{text}", isPick: false) is not { } query)
            {
                continue;
            }

            var (condition, message, mend) = ConditionReader.Read(query, value);
            if (condition is null)
            {
                Report(JourneyFindings.ConditionUnclear, $"{key}.{text}", message!, mend!);
            }
            else
            {
                conditions.Add(condition);
            }
        }

        return conditions;
    }

    private List<KeyValuePair<string, JsonQuery>> Queries(NameMap<string> written, string key, bool isPick) =>
    [
        .. from item in written
           let query = Query(item.Value, $"{key}.{item.Key}", isPick)
           where query is not null
           select KeyValuePair.Create(item.Key, query),
    ];

    private JsonQuery? Query(string text, string key, bool isPick)
    {
        if (!JsonQuery.TryParse(text, out var query, out var error))
        {
            Report(JourneyFindings.QueryUnreadable, key, $"'{text}' is not a query: {error.Message} (character {error.Position + 1}).", isPick ? "Write one such as $.items[*].id." : "Write one such as $.items[0].id.");
            return null;
        }

        if (query.HasWildcard && !isPick)
        {
            Report(JourneyFindings.QueryUnreadable, key, $"'{text}' may find several values, and one is looked at here.", "Write an index in the place of *, or draw one of the values with 'pick'.");
            return null;
        }

        return query;
    }

    private void Refer(IEnumerable<string> names, string key)
    {
        foreach (var name in names.Distinct().Where(n => n != Captures.Uuid && !known.Contains(n)))
        {
            var isSecret = name.StartsWith("secret:", StringComparison.Ordinal);
            Report(
                JourneyFindings.NothingKept,
                key,
                isSecret ? $"Secrets are not given to journeys, and '${{{name}}}' would be sent as it stands." : $"No earlier step of '{journey}' keeps '{name}'.",
                isSecret ? "Let a step fetch what it needs, or give a test value by ${env:NAME}."
                    : DidYouMean.Closest(name, known) is { } meant ? $"Write '{meant}'." : $"Keep it in an earlier step: capture: {{ {name}: $.{name} }}.");
        }
    }

    private void Report(FindingRule rule, string key, string message, string mend) =>
        findings.Add(new Finding { Rule = rule, Message = message, Mend = mend, ModelPath = $"{modelPath}.{key}" });
}
