using System.Globalization;
using Conway.Model;
using Conway.Review.Graph;
using Conway.Review.Leaves;

namespace Conway.Review.Rules;

/// <summary>Calls that come, go, or are made otherwise, with what that does to the ways of users.</summary>
internal static class CallChanges
{
    // More ways than this say the same again.
    private const int WaysMax = 3;

    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        foreach (var (caller, before, after) in subject.Kept)
        {
            foreach (var callee in after.Calls.Keys.Where(c => !before.Calls.ContainsKey(c)).Order(StringComparer.Ordinal))
            {
                yield return Added(subject, caller, callee, after.Calls[callee]);
            }

            foreach (var callee in before.Calls.Keys.Where(c => !after.Calls.ContainsKey(c)).Order(StringComparer.Ordinal))
            {
                var taken = subject.TakeAt($"services.{caller}.calls.{callee}");
                var ways = subject.BaseWays.Through(caller).Select(w => w.Name).ToArray();
                yield return subject.Change(ChangeCatalog.CallRemoved, $"'{caller}' no longer calls '{callee}'.", taken, subject.OwnerOf(caller)) with
                {
                    Figures = [.. Figures(subject, ways)],
                };
            }

            foreach (var callee in after.Calls.Keys.Where(before.Calls.ContainsKey).Order(StringComparer.Ordinal))
            {
                foreach (var change in Changed(subject, caller, callee, before.Calls[callee], after.Calls[callee]))
                {
                    yield return change;
                }
            }
        }
    }

    private static ArchitectureChange Added(ReviewSubject subject, string caller, string callee, Call call)
    {
        var taken = subject.TakeAt($"services.{caller}.calls.{callee}");
        var ways = subject.HeadWays.Through(caller).Select(w => w.Name).ToArray();
        var needs = call.Required ? "cannot answer without it" : "can answer without it";
        if (ways.Length == 0)
        {
            return subject.Change(ChangeCatalog.CallAdded, $"'{caller}' calls '{callee}' and {needs}.", taken, subject.OwnerOf(caller));
        }

        var (path, owners) = ($"services.{caller}.calls.{callee}", new[] { subject.OwnerOf(caller), subject.OwnerOf(callee) });
        return subject.Change(
            ChangeCatalog.CriticalPathHop, path, $"'{caller}' waits for '{callee}' on {Ways(ways)}, and {needs}.", null, path, owners, taken) with
        {
            // What can be done without changes no promise; another change did.
            Figures = [.. Wait(subject, caller, callee), .. Figures(subject, ways).Where(f => f.Unit != "%" || call.Required)],
        };
    }

    private static IEnumerable<ArchitectureChange> Changed(ReviewSubject subject, string caller, string callee, Call before, Call after)
    {
        var path = $"services.{caller}.calls.{callee}";
        var taken = subject.TakeAt(path);
        if (taken.Count == 0)
        {
            yield break;
        }

        Decider[] both = [subject.OwnerOf(caller), subject.OwnerOf(callee)];
        var (loose, tight, other) = (new List<LeafDifference>(), new List<LeafDifference>(), new List<LeafDifference>());
        foreach (var one in taken.Where(t => !ReviewSubject.IsOnlyAround(t, taken)))
        {
            (Direction(one, path, before, after) switch { > 0 => loose, < 0 => tight, _ => other }).Add(one);
        }

        Figure[] figures = [.. Wait(subject, caller, callee), .. before.Required != after.Required ? Figures(subject, [.. subject.HeadWays.Through(caller).Select(w => w.Name)]) : []];
        if (loose.Count > 0)
        {
            yield return subject.Change(ChangeCatalog.ResilienceLoosened, $"'{caller}' -> '{callee}': {Shown.Settings(loose, path)}.", loose, both) with { Figures = figures };
        }

        if (tight.Count > 0)
        {
            yield return subject.Change(ChangeCatalog.ResilienceTightened, $"'{caller}' -> '{callee}': {Shown.Settings(tight, path)}.", tight, subject.OwnerOf(caller)) with { Figures = figures };
        }

        if (other.Count > 0)
        {
            yield return subject.Change(ChangeCatalog.CallChanged, $"'{caller}' -> '{callee}': {Shown.Settings(other, path)}.", other, subject.OwnerOf(caller));
        }
    }

    /// <summary>More than 0: looser; less: tighter; 0: neither.</summary>
    private static int Direction(LeafDifference one, string path, Call before, Call after)
    {
        static int Longer(TimeSpan? was, TimeSpan? now) => (now ?? TimeSpan.MaxValue).CompareTo(was ?? TimeSpan.MaxValue);
        return one.Key[path.Length..] switch
        {
            ".timeout" => Longer(before.Timeout, after.Timeout),
            ".budget" => Longer(before.Budget, after.Budget),
            ".retries" => after.Retries.CompareTo(before.Retries),
            ".required" => after.Required.CompareTo(before.Required),

            // 0 turns ejection off, so it is the loosest.
            ".outlier.consecutive-5xx" => Never(after.Outlier.Consecutive5xx).CompareTo(Never(before.Outlier.Consecutive5xx)),
            ".outlier.base-ejection" => before.Outlier.BaseEjection.CompareTo(after.Outlier.BaseEjection),
            ".outlier.max-ejected" => before.Outlier.MaxEjected.CompareTo(after.Outlier.MaxEjected),
            _ => 0,
        };

        static int Never(int failures) => failures == 0 ? int.MaxValue : failures;
    }

    /// <summary>How long the caller may wait for one call, against what it has for a whole request.</summary>
    private static IEnumerable<Figure> Wait(ReviewSubject subject, string caller, string callee)
    {
        var (was, now) = (WaitOf(subject.Base, caller, callee), WaitOf(subject.Head, caller, callee));
        if (was.Text != now.Text)
        {
            yield return new Figure($"wait of '{caller}' for '{callee}'", "ms", was.Ms, now.Ms, was.Text, now.Text);
        }
    }

    private static (double? Ms, string Text) WaitOf(SystemModel model, string caller, string callee)
    {
        if (!model.Services.TryGetValue(caller, out var service) || !service.Calls.TryGetValue(callee, out var call))
        {
            return (null, "none");
        }

        var has = service.Api.Budget is { } own ? $", of its budget of {UnitText.Format(own)}" : "";
        if (call.Timeout is not { } timeout)
        {
            return call.Budget is { } only ? (only.TotalMilliseconds, $"up to {UnitText.Format(only)} in all{has}") : (null, $"no limit of its own{has}");
        }

        var all = timeout * (call.Retries + 1);
        var least = call.Budget is { } budget && budget < all ? budget : all;
        var sum = call.Retries == 0 ? UnitText.Format(timeout) : string.Create(CultureInfo.InvariantCulture, $"{UnitText.Format(timeout)} x {call.Retries + 1}");
        return (least.TotalMilliseconds, least < all ? $"{UnitText.Format(least)}, its budget, below {sum}{has}" : call.Retries == 0 ? $"{sum}{has}" : $"{UnitText.Format(all)} = {sum}{has}");
    }

    /// <summary>Rows of calls and promises of the ways that differ.</summary>
    public static IEnumerable<Figure> Figures(ReviewSubject subject, IEnumerable<string> ways)
    {
        foreach (var name in ways.Where(w => subject.BaseWays.Find(w) is not null && subject.HeadWays.Find(w) is not null).Take(WaysMax))
        {
            var (was, now) = (subject.BaseWays.Find(name)!, subject.HeadWays.Find(name)!);
            var (rowWas, rowNow) = (subject.BaseWays.LongestOf(was), subject.HeadWays.LongestOf(now));
            if (rowWas.Count != rowNow.Count)
            {
                yield return new Figure($"calls in a row, {name}", "calls", rowWas.Count - 1, rowNow.Count - 1, Row(rowWas), Row(rowNow));
            }

            var (allWas, allNow) = (subject.BaseWays.ReachOf(was).Count, subject.HeadWays.ReachOf(now).Count);
            if (allWas != allNow)
            {
                yield return new Figure($"services behind {name}", "services", allWas, allNow, allWas.ToString(CultureInfo.InvariantCulture), allNow.ToString(CultureInfo.InvariantCulture));
            }

            var (promiseWas, promiseNow) = (subject.BaseWays.PromiseOf(was), subject.HeadWays.PromiseOf(now));
            if (!promiseWas.IsSameAs(promiseNow))
            {
                yield return new Figure($"availability of {name}", "%", Percent(promiseWas), Percent(promiseNow), promiseWas.Arithmetic, promiseNow.Arithmetic);
            }
        }
    }

    public static string Ways(IReadOnlyList<string> ways) =>
        string.Join(", ", ways.Take(WaysMax)) + (ways.Count > WaysMax ? $" and {Shown.Count(ways.Count - WaysMax, "other way")}" : "");

    private static double? Percent(Promise promise) => promise.Fraction is { } fraction ? Math.Round(fraction * 100, 6) : null;

    private static string Row(IReadOnlyList<string> row) => row.Count == 1 ? "0" : $"{row.Count - 1}: {Shown.Chain(row)}";
}
