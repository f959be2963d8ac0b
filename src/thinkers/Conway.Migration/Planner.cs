using Conway.CodeFacts;
using Conway.Migration.Plans;
using Conway.Migration.Planning;

namespace Conway.Migration;

/// <summary>Makes the plan by which a monolith becomes the services of a cut, one at a time. Pure.</summary>
public static class Planner
{
    /// <param name="subject">The cut.</param>
    /// <param name="weights">What the order goes by; those of an earlier plan, so that a person's changes hold.</param>
    /// <param name="cancellation">Ends the work between two slices.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static MigrationPlan Make(MigrationSubject subject, OrderWeights weights, CancellationToken cancellation)
    {
        (subject, var libraries) = Libraries.Apart(subject);
        var crossings = new Crossings(subject);
        var order = new SliceOrder(subject, crossings, weights);
        var phases = new List<Phase> { FirstPhases.Baseline(subject), FirstPhases.Facade(), FirstPhases.Modularise(subject, crossings) };
        var left = new HashSet<int>();
        var done = new WorkDone();
        foreach (var service in order.Slices)
        {
            cancellation.ThrowIfCancellationRequested();
            var slice = new SlicePlanner(subject, crossings, service, left).Make();
            left.Add(service);
            done = Add(done, slice, subject.Services[service].CodeLines);
            phases.Add(PhaseOf(subject, order, service, slice, phases.Count, done, left));
        }

        return new MigrationPlan
        {
            System = subject.Code.Name,
            Cut = subject.Cut,
            Weights = weights,
            Libraries = [.. libraries],
            NotKnown = [.. order.NotKnown],
            SharedTables = [.. Shared(subject, crossings)],
            Phases = [.. phases],
        };
    }

    private static Phase PhaseOf(MigrationSubject subject, SliceOrder order, int service, Slice slice, int number, WorkDone done, HashSet<int> left)
    {
        var name = subject.Services[service].Name;
        var needs = order.Need[service].Select(subject.NameOf).ToArray();
        return new Phase
        {
            Id = name,
            Number = number,
            Title = $"Take {name} out: {Words.Count(slice.Counts.Routes, "route")}, {Words.Count(slice.Counts.Tables, "table")}, {Words.Count(subject.Services[service].CodeLines, "line")}",
            Needs = [.. needs],
            Order = order.Figure[service] with { Because = [.. order.Reasons[service]] },
            Entry = ["phase 2 is done", .. needs.Select(n => $"{n} is out"), "at most one other slice is under way", "the error budget is not spent"],
            Slice = slice,
            Steps = SliceSteps.Of(name, slice),
            Exit = ["every gate held for one cycle of the business at 100 %", "what is on its list of leftovers is gone", "each anti-corruption layer has an owner and an end"],
            CostSoFar = done,
            StopPoint = StopPoint(subject, left),
        };
    }

    private static string StopPoint(MigrationSubject subject, HashSet<int> left)
    {
        var rest = Enumerable.Range(0, subject.Services.Length).Where(s => !left.Contains(s)).Select(subject.NameOf).ToArray();
        var out_ = Words.Count(left.Count, "service");
        return rest.Length switch
        {
            0 => $"{out_}; of the monolith only what is shared is left, as libraries.",
            1 => $"{out_}, and what is left of the monolith is {rest[0]} with what is shared: it may stay and be called so, instead of being moved.",
            _ => $"{out_}, and a smaller monolith with {Words.List(rest)}.",
        };
    }

    private static WorkDone Add(WorkDone done, Slice slice, int lines) => done with
    {
        CallSites = done.CallSites + slice.CallsIn.Concat(slice.CallsOut).Sum(c => c.At.Count),
        Tables = done.Tables + slice.Counts.Tables,
        Accesses = done.Accesses + slice.Readers.Sum(r => r.At.Count),
        Keys = done.Keys + slice.Counts.Keys,
        Joins = done.Joins + slice.Counts.Joins,
        Transactions = done.Transactions + slice.Counts.Transactions,
        Routes = done.Routes + slice.Counts.Routes,
        CodeLines = done.CodeLines + lines,
    };

    private static IEnumerable<SharedTable> Shared(MigrationSubject subject, Crossings crossings) =>
        from table in subject.Code.Tables
        where subject.ServiceOfTable[table.Id] == MigrationSubject.None && table.Kind != StoreTableKind.View
        select new SharedTable
        {
            Table = table.ToString(),
            Decision = subject.Replicated.Contains(table.Id) ? DataDecision.Replicate : DataDecision.Stay,
            UsedBy = [.. crossings.Accesses.Where(a => a.Table == table.Id).Select(a => subject.NameOf(a.By)).Distinct()],
        };
}
