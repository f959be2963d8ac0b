using Conway.Findings;

namespace Conway.Decisions;

/// <summary>All decisions of a system, by number.</summary>
/// <param name="Decisions">In order of number, then of file.</param>
/// <param name="Findings">What is wrong with single ones.</param>
public sealed record DecisionLog(IReadOnlyList<Decision> Decisions, IReadOnlyList<Finding> Findings)
{
    public static DecisionLog Empty { get; } = new([], []);

    /// <param name="files">Paths as they are shown to people, and texts. Those that are no decisions by their name are left out.</param>
    public static DecisionLog Read(IEnumerable<(string File, string Text)> files)
    {
        var findings = new List<Finding>();
        var decisions = files.Where(one => DecisionReader.IsDecision(one.File[(one.File.LastIndexOf('/') + 1)..])).Select(one => DecisionReader.Read(one.File, one.Text, findings)).ToArray();
        return new DecisionLog([.. decisions.OrderBy(one => one.Number).ThenBy(one => one.File, StringComparer.Ordinal)], findings);
    }

    /// <summary>What is wrong between decisions, and between them and the model, beside <see cref="Findings"/>.</summary>
    /// <param name="isDeclared">Whether a path stands in the model.</param>
    public IEnumerable<Finding> Judge(Func<string, bool> isDeclared)
    {
        foreach (var same in Decisions.GroupBy(one => one.Number).Where(same => same.Count() > 1))
        {
            foreach (var one in same.Skip(1))
            {
                yield return At(DecisionFindings.SameNumber, one.Place, one.File, $"{one.File} and {same.First().File} are both decision {one.Number}.", $"Give one of them the next free number, {Decisions[^1].Number + 1}.");
            }
        }

        var byNumber = Decisions.GroupBy(one => one.Number).ToDictionary(same => same.Key, same => same.First());
        foreach (var one in Decisions)
        {
            foreach (var (path, place) in one.Decides.Where(decided => !isDeclared(decided.Path)))
            {
                yield return At(DecisionFindings.OfNothing, place, $"{one.File} {path}", $"Decision {one.Number} decides '{path}', which is not in the model.", "Write the path that it has now, or take it away when it is gone; 'conway explain PATH' tells whether there is one.");
            }

            foreach (var finding in Torn(one, byNumber))
            {
                yield return finding;
            }
        }

        foreach (var decided in Decisions.SelectMany(one => one.Decides.Select(at => (at.Path, at.Place, Decision: one))).GroupBy(at => at.Path, StringComparer.Ordinal).Where(group => isDeclared(group.Key)))
        {
            if (decided.All(at => at.Decision.Status is DecisionStatus.Deprecated or DecisionStatus.Superseded))
            {
                var last = decided.Last();
                yield return At(DecisionFindings.Outdated, last.Place, decided.Key, $"'{decided.Key}' stands in the model, and decision {last.Decision.Number}, which decides it, holds no longer.", "Name it under 'decides' in the decision that holds now, or change the model.");
            }
        }
    }

    private static IEnumerable<Finding> Torn(Decision one, Dictionary<int, Decision> byNumber)
    {
        if (one.SupersededBy is { } by && (!byNumber.TryGetValue(by.Number, out var newer) || newer.Supersedes.All(other => other.Number != one.Number)))
        {
            yield return At(DecisionFindings.Torn, by.Place, $"{one.File} by {by.Number}",
                newer is null ? $"Decision {one.Number} is superseded by {by.Number}, which is not there." : $"Decision {one.Number} is superseded by {by.Number}, which does not say so.",
                newer is null ? "Write the number of the one that took its place." : $"Write 'supersedes: [{one.Number}]' into {newer.File}.");
        }

        foreach (var (number, place) in one.Supersedes)
        {
            var older = byNumber.GetValueOrDefault(number);
            if (older is null || (older.SupersededBy?.Number != one.Number && one.Status is not (DecisionStatus.Proposed or DecisionStatus.Rejected)))
            {
                yield return At(DecisionFindings.Torn, place, $"{one.File} over {number}",
                    older is null ? $"Decision {one.Number} supersedes {number}, which is not there." : $"Decision {one.Number} supersedes {number}, which is told as {older.Status.ToString().ToLowerInvariant()}.",
                    older is null ? "Write the number of the one that it takes the place of." : $"Write 'status: superseded by {one.Number}' into {older.File}.");
            }
        }
    }

    private static Finding At(FindingRule rule, SourceSpan place, string subject, string message, string mend) => new() { Rule = rule, Message = message, Mend = mend, Place = place, Subject = subject };
}
