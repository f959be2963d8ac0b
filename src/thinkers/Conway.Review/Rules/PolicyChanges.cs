using Conway.Findings;

namespace Conway.Review.Rules;

/// <summary>Rules for the whole system: policies, limits of checks, the team's own rules, suppressions, platform.</summary>
internal static class PolicyChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        var (before, after) = (subject.Base.Policies, subject.Head.Policies);
        if (subject.TakeAt("policies.mtls") is { Count: > 0 } mtls)
        {
            yield return subject.Change(
                after.Mtls < before.Mtls ? ChangeCatalog.PolicyLoosened : ChangeCatalog.PolicyTightened,
                $"TLS between services is {Word(after.Mtls)} now; it was {Word(before.Mtls)}.", mtls, Decider.Architects);
        }

        if (subject.TakeAt("policies.default-deny") is { Count: > 0 } deny)
        {
            yield return subject.Change(
                after.DefaultDeny ? ChangeCatalog.PolicyTightened : ChangeCatalog.PolicyLoosened,
                after.DefaultDeny ? "Only declared calls are allowed now." : "Calls that nobody declared are allowed now.", deny, Decider.Architects);
        }

        foreach (var mask in subject.TakeAt("policies.pii").Where(m => m.Pattern.EndsWith("[]", StringComparison.Ordinal)))
        {
            yield return subject.Change(
                mask.After is null ? ChangeCatalog.PolicyLoosened : ChangeCatalog.PolicyTightened,
                $"'{mask.Leaf.Key[^2].Text}' is {(mask.After is null ? "no longer" : "now")} masked in logs and traces.", [mask], Decider.Architects);
        }

        subject.Take(d => d.Key == "policies");
        foreach (var (key, kind, says) in new[]
        {
            ("checks", ChangeCatalog.LimitsChanged, "Limits of checks"),
            ("broker", ChangeCatalog.PlatformChanged, "Where events go"),
            ("database", ChangeCatalog.PlatformChanged, "Stores without an engine of their own"),
            ("mesh", ChangeCatalog.PlatformChanged, "The mesh"),
            ("secrets", ChangeCatalog.PlatformChanged, "Where secrets come from"),
        })
        {
            if (subject.TakeAt(key) is { Count: > 0 } taken)
            {
                yield return subject.Change(kind, $"{says}: {Shown.Settings(taken, key)}.", taken, Decider.Architects);
            }
        }

        foreach (var name in subject.Base.Rules.Keys.Union(subject.Head.Rules.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (subject.TakeAt($"rules.{name}") is { Count: > 0 } taken)
            {
                var (was, now) = (subject.Base.Rules.ContainsKey(name), subject.Head.Rules.ContainsKey(name));
                yield return subject.Change(
                    ChangeCatalog.RuleChanged, !now ? $"The rule '{name}' is gone: {subject.Base.Rules[name].Because}." : !was ? $"The rule '{name}' is new: {subject.Head.Rules[name].Because}." : $"The rule '{name}': {Shown.Settings(taken, $"rules.{name}")}.",
                    taken, Decider.Architects) with
                { Weight = was ? null : Severity.Info };
            }
        }

        foreach (var group in subject.Take(d => d.Pattern.StartsWith("suppress[]", StringComparison.Ordinal)).GroupBy(d => d.Key[..(d.Key.LastIndexOf('}') + 1)], StringComparer.Ordinal))
        {
            var all = group.ToArray();
            var what = group.Key["suppress{".Length..^1].Trim();
            var whole = all.FirstOrDefault(d => d.Key == group.Key);
            yield return subject.Change(
                whole is { After: null } ? ChangeCatalog.SuppressionRemoved : ChangeCatalog.SuppressionAdded,
                whole is { After: null } ? $"{what} is told again." : whole is null ? $"The suppression of {what}: {Shown.Settings(all, group.Key)}." : $"{what} is no longer told{Because(all)}.", all, Decider.Architects);
        }
    }

    private static string Because(Leaves.LeafDifference[] all) =>
        all.FirstOrDefault(d => d.Pattern.EndsWith(".reason", StringComparison.Ordinal))?.After is { } reason ? $": {reason.ValueText}" : "";

    private static string Word(Model.MtlsMode mode) => Leaves.ModelLeaves.Kebab(mode.ToString());
}
