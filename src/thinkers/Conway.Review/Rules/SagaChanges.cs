using Conway.Model;

namespace Conway.Review.Rules;

/// <summary>Sagas, their steps and what undoes them.</summary>
internal static class SagaChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        foreach (var name in subject.Base.Sagas.Keys.Union(subject.Head.Sagas.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (before, after) = (subject.Base.Sagas.GetValueOrDefault(name), subject.Head.Sagas.GetValueOrDefault(name));
            var path = $"sagas.{name}";
            if (before is null || after is null)
            {
                var (kind, saga) = before is null ? (ChangeCatalog.SagaAdded, after!) : (ChangeCatalog.SagaRemoved, before);
                yield return subject.Change(
                    kind, $"The saga '{name}' is {(before is null ? "new" : "gone")}: {Shown.Chain(saga.Steps.Select(s => s.Call))}.", subject.TakeAt(path), Teams(subject, saga));
                continue;
            }

            foreach (var change in Changed(subject, name, before, after))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<ArchitectureChange> Changed(ReviewSubject subject, string name, Saga before, Saga after)
    {
        var (path, owner) = ($"sagas.{name}", subject.OwnerOf(after.Owner));
        var isOrdered = before.Steps.Select(s => s.Call).Where(c => after.Steps.Any(s => s.Call == c))
            .SequenceEqual(after.Steps.Select(s => s.Call).Where(c => before.Steps.Any(s => s.Call == c)), StringComparer.Ordinal);
        if (isOrdered)
        {
            // The order differs because steps came or went, and that is told of each.
            subject.TakeAt($"{path}.steps#order");
        }

        foreach (var step in subject.Take(d => ReviewSubject.IsAt(d.Key, $"{path}.steps") && d.Pattern.StartsWith("sagas.*.steps[]", StringComparison.Ordinal))
            .GroupBy(d => d.Key[..(d.Key.IndexOf('}', StringComparison.Ordinal) + 1)], StringComparer.Ordinal))
        {
            var all = step.ToArray();
            var call = step.Key[(path.Length + ".steps{".Length)..^1];
            var team = subject.OwnerOf(call.Split('.')[0]);
            var whole = all.FirstOrDefault(d => d.Key == step.Key);
            if (whole is not null)
            {
                yield return whole.Before is null
                    ? subject.Change(ChangeCatalog.SagaStepAdded, $"The saga '{name}' has one step more, {call}{(all.Any(d => d.Pattern.EndsWith(".undo", StringComparison.Ordinal)) ? "" : ", which nothing undoes")}.", all, owner, team)
                    : subject.Change(ChangeCatalog.SagaStepRemoved, $"The saga '{name}' no longer has the step {call}.", all, owner, team);
                continue;
            }

            foreach (var undo in all.Where(d => d.Pattern.EndsWith(".undo", StringComparison.Ordinal)))
            {
                yield return undo.After is null
                    ? subject.Change(ChangeCatalog.CompensationLost, $"The saga '{name}' no longer undoes {call}; it was undone by {undo.Before!.ValueText}.", [undo], owner, team)
                    : undo.Before is null
                    ? subject.Change(ChangeCatalog.CompensationAdded, $"The saga '{name}' undoes {call} by {undo.After.ValueText} now.", [undo], owner, team)
                    : subject.Change(ChangeCatalog.SagaChanged, $"The saga '{name}' undoes {call} by {undo.After.ValueText} now, not by {undo.Before.ValueText}.", [undo], owner, team);
            }

            if (all.Where(d => !d.Pattern.EndsWith(".undo", StringComparison.Ordinal)).ToArray() is { Length: > 0 } rest)
            {
                yield return subject.Change(ChangeCatalog.SagaChanged, $"The step {call} of the saga '{name}': {Shown.Settings(rest, step.Key)}.", rest, owner, team);
            }
        }

        if (subject.TakeAt(path) is { Count: > 0 } others)
        {
            yield return subject.Change(ChangeCatalog.SagaChanged, $"The saga '{name}': {Shown.Settings(others, path)}.", others, owner, subject.OwnerOf(before.Owner));
        }
    }

    private static IEnumerable<Decider> Teams(ReviewSubject subject, Saga saga) =>
        saga.Steps.Select(s => s.Call.Split('.')[0]).Append(saga.Owner).Distinct(StringComparer.Ordinal).Select(subject.OwnerOf);
}
