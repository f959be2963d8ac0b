using Conway.Migration.Plans;

namespace Conway.Migration.Planning;

/// <summary>The three phases before anything leaves: measure, stand in front of it, part it inside.</summary>
internal static class FirstPhases
{
    private const string Nothing = "nothing";

    public static Phase Baseline(MigrationSubject subject) => new()
    {
        Id = "baseline",
        Number = 0,
        Title = "Baseline: know how it is before it changes",
        Steps =
        [
            SliceSteps.Step("baseline.traces", "Send traces and metrics from the monolith; keep two weeks of them.", "switch them off", Nothing),
            SliceSteps.Step("baseline.tests", $"Write characterisation tests of the {Words.Count(subject.Code.UseCases.Length, "use case")}, those first that write.", "delete them", Nothing),
            SliceSteps.Step("baseline.objectives", "Write down latency and error objectives of each route, from what was measured.", "delete them", Nothing),
            SliceSteps.Step("baseline.pipeline", "Deploy the monolith by a pipeline, with the way back tried once.", "deploy as before", Nothing),
            SliceSteps.Step("baseline.switches", "Bring in switches that can be turned without a deployment.", "remove them", Nothing),
            SliceSteps.Step("baseline.budget", "Agree on an error budget: when it is spent, the migration waits.", "none is needed: nothing changed", Nothing),
        ],
        Exit = ["p95 and error rate of every route are known", "every writing use case has a test", "a deployment was taken back once on purpose"],
        StopPoint = "The monolith as it is, measured.",
    };

    public static Phase Facade() => new()
    {
        Id = "facade",
        Number = 1,
        Title = "Façade: everything passes through, nothing changes",
        Entry = ["phase 0 is done"],
        Steps =
        [
            SliceSteps.Step("facade.deploy", "Put a reverse proxy in front: one rule, 100 % to the monolith, no logic.", "point the name at the monolith again", Nothing),
            SliceSteps.Step("facade.measure", "Measure what it adds.", "point the name at the monolith again", Nothing),
            SliceSteps.Step("facade.buckets", "Let it put each caller into one of 100 buckets by a hash of user or tenant, as a header: shares will go by it.", "remove the header", Nothing),
        ],
        Exit = ["all requests pass through it", "it adds at most 5 ms at p95", "websockets, uploads and long requests pass"],
        StopPoint = "The monolith behind a proxy.",
    };

    public static Phase Modularise(MigrationSubject subject, Crossings crossings)
    {
        var code = subject.Code;
        var mixed = code.Contexts
            .Select(c => (Context: c, Services: c.Entities.Select(e => subject.ServiceOfTable[code.Entities[e].Table]).Where(s => s != MigrationSubject.None).Distinct().Order().ToArray()))
            .Where(c => c.Services.Length > 1).ToArray();
        var steps = new List<PlanStep>
        {
            SliceSteps.Step("modularise.projects", $"Give each of the {Words.Count(subject.Services.Length, "context")} a project of its own: {string.Join(", ", subject.Services.Select(s => s.Name))}.", "revert the commits", Nothing),
            SliceSteps.Step("modularise.interfaces", $"Give each an interface for the others; {Words.Count(crossings.Calls.Count(c => !c.IsEvent), "call")} go across today.", "revert the commits", Nothing),
            SliceSteps.Step("modularise.wall", "Forbid new references across: a test of the architecture that fails the build, with today's as its known list.", "remove the test", Nothing),
        };
        if (mixed.Length > 0)
        {
            steps.Add(SliceSteps.Step("modularise.contexts", $"Split {Words.Count(mixed.Length, "database context")} that {(mixed.Length == 1 ? "mixes" : "mix")} services.", "revert the commits: the tables are the same", Nothing) with
            {
                At = [.. mixed.Select(m => $"{code.Types[m.Context.Type].Name}: {string.Join(", ", m.Services.Select(subject.NameOf))} {code.At(m.Context.Place)}")],
            });
        }

        if (crossings.Keys.Length > 0)
        {
            steps.Add(SliceSteps.Step("modularise.navigations", $"Replace {Words.Count(crossings.Keys.Length, "navigation or key", "navigations and keys")} across by ids in the code; the foreign keys stay in the database until their slice.", "revert the commits", Nothing));
        }

        if (code.Tables.Length > 0)
        {
            steps.Add(SliceSteps.Step("modularise.schemas", "Give each context a schema in the same database, and a login that sees only it and what it still reads elsewhere.", "move the tables back into one schema, with one login", Nothing));
        }

        return new Phase
        {
            Id = "modularise",
            Number = 2,
            Title = "Modularise inside: part it where it will be cut, in one process",
            Entry = ["phase 1 is done"],
            Steps = [.. steps],
            Exit = ["the build fails when somebody reaches across", "no context maps a table of another", "every behaviour test of phase 0 passes"],
            StopPoint = "A modular monolith: one process, one deployment, parted inside. Who has no need to deploy or scale parts by themselves may stop here for good.",
        };
    }
}
