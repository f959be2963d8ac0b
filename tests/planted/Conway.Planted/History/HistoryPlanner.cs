using System.Globalization;
using Conway.Planted.Code;
using Conway.Planted.Design;

namespace Conway.Planted.History;

/// <summary>Who changed what together: mostly along references within a module, sometimes over its border, seldom everywhere.</summary>
internal static class HistoryPlanner
{
    private const int FilesMax = 9;
    private const int SweepPercent = 1;

    private static readonly DateTime Start = new(2023, 1, 2, 8, 0, 0, DateTimeKind.Utc);

    public static IReadOnlyList<PlantedCommit> Plan(Blueprint blueprint, IReadOnlyList<PlantedFile> files, SplitMix random)
    {
        var at = Start;
        var commits = new List<PlantedCommit> { new(at, "founder", "Begin", [.. files.Select(f => f.Path)]) };
        var types = blueprint.Types.Where(t => t.Module is not null && t.Outer is null).ToList();
        var partners = Partners(types);
        for (var i = 0; i < blueprint.Settings.Commits; i++)
        {
            at = at.AddMinutes(20 + random.Below(600));
            var first = random.Pick(types);
            var touched = random.Percent(SweepPercent)
                ? [.. types.Where(_ => random.Percent(40)).Append(first)]
                : Walk(first, partners, random.Percent(blueprint.Settings.CommitNoise), random);
            var author = $"{first.Module!.Service}-{random.Below(3) + 1}";
            var message = string.Create(CultureInfo.InvariantCulture, $"Change {first.Noun} ({i + 1})");
            commits.Add(new PlantedCommit(at, author, message, [.. touched.Select(SourceTree.PathOf).Distinct().Order(StringComparer.Ordinal)]));
        }

        return commits;
    }

    // Both directions: whoever changes a service changes its callers.
    private static Dictionary<PlannedType, List<PlannedType>> Partners(List<PlannedType> types)
    {
        var partners = types.ToDictionary(t => t, _ => new List<PlannedType>());
        foreach (var type in types)
        {
            foreach (var (target, _) in type.References)
            {
                if (target.Outer is not null || !partners.TryGetValue(target, out var back))
                    continue;
                partners[type].Add(target);
                back.Add(type);
            }
        }

        return partners;
    }

    private static HashSet<PlannedType> Walk(PlannedType first, Dictionary<PlannedType, List<PlannedType>> partners, bool mayLeave, SplitMix random)
    {
        HashSet<PlannedType> touched = [first];
        var present = first;
        var size = 1 + random.Below(FilesMax);
        for (var step = 0; step < 3 * FilesMax && touched.Count < size; step++)
        {
            var next = partners[present].Where(p => mayLeave || p.Module == first.Module).ToList();
            if (next.Count == 0)
                break;
            present = random.Pick(next);
            touched.Add(present);
        }

        return touched;
    }
}
