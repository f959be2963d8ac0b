using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>That what is written is something that the API knows.</summary>
internal static class FieldRules
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("unknown-field", Severity.Error, "Each field of a kind of Kubernetes itself is one that it has", "The API refuses the object, or drops the field, and what it should do is not done.",
            "Leave it out, or put it where the API has it: 'kubectl explain KIND.spec'.", "KL:schema-validation",
            InObjects(static (o, _) => FieldTable.Of(o) is { } fields ? Unknown(o.Root, fields, "") : [])),
    ];

    private static IEnumerable<Wrong> Unknown(Part part, ObjectFields fields, string way)
    {
        foreach (var (key, value) in part.Entries)
        {
            if (!fields.Fields.TryGetValue(key, out var known))
            {
                var near = fields.Near(key);
                yield return new Wrong($"has the field '{way}{key}', which {fields.Name[(fields.Name.LastIndexOf('.') + 1)..]} does not have{(near is null ? "" : $", but '{near}'")}", value, $"{way}{key}")
                {
                    Mend = near is null ? null : $"Did you mean '{near}'? Write that.",
                };
            }
            else if (known.Inside is { } inside)
            {
                foreach (var (name, at) in known.IsMap ? value.Entries.Select(e => ($"{way}{key}.{e.Key}.", e.Value)) : value.Items.Count > 0 ? value.Items.Select((item, index) => ($"{way}{key}[{index}].", item)) : [($"{way}{key}.", value)])
                {
                    foreach (var wrong in Unknown(at, inside, name))
                    {
                        yield return wrong;
                    }
                }
            }
        }
    }
}
