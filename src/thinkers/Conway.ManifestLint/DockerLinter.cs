using Conway.Findings;
using Conway.ManifestLint.Dockerfiles;

namespace Conway.ManifestLint;

/// <summary>Dockerfiles to findings.</summary>
/// <remarks>Pure; never throws for what is written. Memory is bounded by the size of the files, of which one has at most 1 MiB, and <see cref="ManifestLinter.FindingsMax"/> for each rule.</remarks>
public static class DockerLinter
{
    /// <summary>Judges Dockerfiles.</summary>
    /// <param name="files">Names as people would type them, and texts.</param>
    /// <param name="options">What to judge.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static LintReport Lint(IEnumerable<DockerText> files, LintOptions options, CancellationToken cancellationToken)
    {
        var rules = DockerCatalog.All.Where(options.Wants).ToArray();
        var (findings, suppressed, names, kinds) = (new List<Finding>(), new List<SuppressedFinding>(), new List<string>(), new SortedDictionary<string, int>(StringComparer.Ordinal));
        var counts = new Dictionary<LintRule, int>();
        foreach (var given in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = Dockerfile.Read(given);
            names.Add(given.File);
            foreach (var kind in file.Instructions.GroupBy(i => i.Keyword))
            {
                kinds[kind.Key] = kinds.GetValueOrDefault(kind.Key) + kind.Count();
            }

            foreach (var rule in rules)
            {
                foreach (var hit in rule.JudgeFile(file, options))
                {
                    var silenced = hit.By is null ? null : Silence.Reason(rule, hit.By.Ignored);
                    if ((silenced ?? Silence.Reason(rule, file.Ignored)) is { } reason)
                    {
                        suppressed.Add(new SuppressedFinding(Of(rule, hit, file), reason, null));
                        continue;
                    }

                    // The last that is told says that there are more.
                    counts[rule] = counts.GetValueOrDefault(rule) + 1;
                    if (counts[rule] > ManifestLinter.FindingsMax)
                    {
                        var last = findings.FindLastIndex(f => f.Code == rule.Id);
                        findings[last] = findings[last] with { Message = $"{findings[last].Message} There are more of this rule, which are not told." };
                        break;
                    }

                    findings.Add(Of(rule, hit, file));
                }
            }
        }

        return new LintReport
        {
            Findings = [.. findings.OrderBy(f => f.Place ?? default).ThenBy(f => f.Code, StringComparer.Ordinal)],
            Suppressed = [.. suppressed.OrderBy(f => f.Finding.Place ?? default)],
            Evaluated = [.. rules.Select(r => r.Rule)],
            NotEvaluated = [],
            Files = names,
            Kinds = kinds,
            Ignored = 0,
        };
    }

    private static Finding Of(LintRule rule, DockerHit hit, Dockerfile file) => new()
    {
        Rule = rule.Rule,
        Message = $"{hit.Says}.",
        Mend = rule.Fix,
        Place = hit.At,
        SourceLine = file.Line(hit.At),
        Subject = $"{file.File}{(hit.Detail.Length == 0 ? "" : " " + hit.Detail)}",
    };
}
