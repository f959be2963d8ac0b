using Conway.Findings;
using Conway.ManifestLint.Manifests;

namespace Conway.ManifestLint;

/// <summary>Manifests to findings.</summary>
/// <remarks>Pure; never throws for what is written. Memory is bounded by <see cref="ManifestTexts.PartsMax"/> for each file and <see cref="FindingsMax"/> for each rule.</remarks>
public static class ManifestLinter
{
    /// <summary>Most findings of one rule that are told; the last says how many more there are.</summary>
    public const int FindingsMax = 2_000;

    /// <summary>Judges manifests.</summary>
    /// <param name="files">Names as people would type them, and texts.</param>
    /// <param name="options">What to judge.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static LintReport Lint(IEnumerable<(string File, string Text)> files, LintOptions options, CancellationToken cancellationToken)
    {
        var texts = ManifestTexts.Read(files, options.Namespace, cancellationToken);
        var set = new ManifestSet(texts.Objects, options, cancellationToken);
        var rules = RuleCatalog.All.Where(options.Wants).ToArray();
        var (findings, suppressed, undecided) = (new List<Finding>(), new List<SuppressedFinding>(), new List<NotEvaluated>());
        foreach (var problem in texts.Problems.Where(p => rules.Any(r => r.Id == p.Code)))
        {
            findings.Add(problem);
        }

        foreach (var rule in rules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (told, ignored) = (0, 0);
            foreach (var hit in rule.Judge(set))
            {
                // Counted apart: however many are suppressed, what is not is told.
                if (Ignoring.Reason(rule, hit) is { } reason)
                {
                    if (++ignored <= FindingsMax)
                    {
                        suppressed.Add(new SuppressedFinding(Of(rule, hit, texts), reason, null));
                    }
                }
                else if (++told > FindingsMax)
                {
                    findings[^1] = findings[^1] with { Message = $"{findings[^1].Message} There are more of this rule, which are not told." };
                    break;
                }
                else
                {
                    findings.Add(Of(rule, hit, texts));
                }
            }

            if (!options.IsComplete && References.Undecided(rule, set) is { Count: > 0 } names)
            {
                undecided.Add(new NotEvaluated(rule.Rule, ["other manifests"], $"{string.Join(", ", names.Take(3))}{(names.Count > 3 ? $" and {names.Count - 3} more" : "")} may exist elsewhere; --complete says that they do not"));
            }
        }

        return new LintReport
        {
            Findings = [.. findings.OrderBy(f => f.Place ?? default).ThenBy(f => f.Code, StringComparer.Ordinal)],
            Suppressed = [.. suppressed.OrderBy(f => f.Finding.Place ?? default)],
            Evaluated = [.. rules.Select(r => r.Rule)],
            NotEvaluated = undecided,
            Files = texts.Files,
            Kinds = texts.Objects.GroupBy(o => o.Kind, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            Ignored = texts.Ignored,
        };
    }

    private static Finding Of(LintRule rule, Hit hit, ManifestTexts texts) => new()
    {
        Rule = rule.Rule,
        Message = $"{hit.On.Title}: {hit.Says}.",
        Mend = hit.Mend ?? rule.Fix,
        Place = hit.At.Place,
        SourceLine = texts.Line(hit.At.Place),
        Measure = hit.Measure,
        Weight = hit.Weight,
        Subject = $"{hit.On.Kind} {hit.On.Namespace}/{hit.On.Name}{(hit.Detail.Length == 0 ? "" : " " + hit.Detail)}",
    };
}
