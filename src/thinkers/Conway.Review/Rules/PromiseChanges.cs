using Conway.Review.Leaves;

namespace Conway.Review.Rules;

/// <summary>What services promise: availability, latency, the time for a whole request; versions and contracts of their APIs.</summary>
internal static class PromiseChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        foreach (var (name, before, after) in subject.Kept)
        {
            var path = $"services.{name}";
            var callers = subject.Head.Services.Where(s => s.Value.Calls.ContainsKey(name)).Select(s => subject.OwnerOf(s.Key)).ToArray();
            var taken = subject.Take(d => ReviewSubject.IsAt(d.Key, $"{path}.slo") || d.Key == $"{path}.api.budget");
            var loose = taken.Where(t => IsLooser(t, $"{path}.", before, after)).ToArray();
            var tight = taken.Except(loose).ToArray();
            Figure[] figures = [.. CallChanges.Figures(subject, subject.HeadWays.Through(name).Select(w => w.Name)).Where(f => f.Unit == "%")];
            var hasAvailability = (LeafDifference[] of) => of.Any(t => t.Key.EndsWith(".availability", StringComparison.Ordinal));
            if (loose.Length > 0)
            {
                yield return subject.Change(ChangeCatalog.SloLoosened, $"'{name}' promises less: {Shown.Settings(loose, path)}.", loose, [subject.OwnerOf(name), .. callers]) with { Figures = hasAvailability(loose) ? figures : [] };
            }

            if (tight.Length > 0)
            {
                yield return subject.Change(ChangeCatalog.SloTightened, $"'{name}' promises more: {Shown.Settings(tight, path)}.", tight, subject.OwnerOf(name)) with { Figures = hasAvailability(tight) ? figures : [] };
            }

            foreach (var change in Api(subject, name, callers))
            {
                yield return change;
            }
        }

        foreach (var change in ContractChanges.OfApis(subject))
        {
            yield return change;
        }
    }

    private static bool IsLooser(LeafDifference one, string path, Model.Service before, Model.Service after)
    {
        // What is not promised is the loosest; a longer time is looser, and so is a lower share. A longer window averages more away.
        static bool Longer(TimeSpan? was, TimeSpan? now) => (now ?? TimeSpan.MaxValue) > (was ?? TimeSpan.MaxValue);
        return one.Key[path.Length..] switch
        {
            "slo.availability" => (after.Slo?.Availability?.Percent ?? -1) < (before.Slo?.Availability?.Percent ?? -1),
            "slo.latency.p50" => Longer(before.Slo?.Latency?.P50, after.Slo?.Latency?.P50),
            "slo.latency.p90" => Longer(before.Slo?.Latency?.P90, after.Slo?.Latency?.P90),
            "slo.latency.p99" => Longer(before.Slo?.Latency?.P99, after.Slo?.Latency?.P99),
            "slo.window" => (after.Slo?.Window ?? TimeSpan.Zero) > (before.Slo?.Window ?? TimeSpan.Zero) == (after.Slo is not null),
            "api.budget" => Longer(before.Api.Budget, after.Api.Budget),
            _ => one.After is null,
        };
    }

    private static IEnumerable<ArchitectureChange> Api(ReviewSubject subject, string name, Decider[] callers)
    {
        var path = $"services.{name}.api";
        foreach (var one in subject.Take(d => ReviewSubject.IsAt(d.Key, $"{path}.versions") || d.Key == $"{path}.rest" || d.Key == $"{path}.grpc"))
        {
            var what = one.Pattern.EndsWith("[]", StringComparison.Ordinal) ? $"version {one.Leaf.Key[^2].Text}" : $"{one.Key[(path.Length + 1)..]} contract {one.Leaf.ValueText}";
            yield return (one.Before, one.After) switch
            {
                (_, null) => subject.Change(ChangeCatalog.ApiBroken, $"'{name}' no longer offers {what}.", [one], [subject.OwnerOf(name), .. callers]),
                (null, _) => subject.Change(ChangeCatalog.ApiExtended, $"'{name}' offers {what}.", [one], subject.OwnerOf(name)),
                _ => subject.Change(ChangeCatalog.RunChanged, $"The contract of '{name}' lies elsewhere: {one.Before!.ValueText} -> {one.After!.ValueText}.", [one], subject.OwnerOf(name)),
            };
        }

        // That there is an API with nothing left or new in it says no more than its values.
        subject.Take(d => d.Key == path);
    }
}
