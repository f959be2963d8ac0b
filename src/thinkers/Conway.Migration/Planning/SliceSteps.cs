using System.Globalization;
using Conway.Migration.Plans;
using Conway.Model;

namespace Conway.Migration.Planning;

/// <summary>What is done for a slice, in its order, each with the way back.</summary>
internal static class SliceSteps
{
    private const string Nothing = "nothing";
    private const string Monolith = "monolith";

    public static ValueList<PlanStep> Of(string name, Slice slice)
    {
        var steps = new List<PlanStep>(Before(name, slice));
        ValueList<string> tables = [.. slice.Data.Where(d => d.Decision == DataDecision.Move).Select(d => d.Table)];
        var hasReads = slice.Routes.Any(r => !r.Writes);
        if (tables.Count > 0)
        {
            steps.AddRange(Data(name, slice, tables, hasReads));
        }
        else if (slice.Routes.Count > 0)
        {
            steps.AddRange(CutOver.Shares.Select(s => Step(CutOver.StepOf(name, s, false), $"Send {Percent(s)} of its requests to the service, and hold the gates.", "send them to the monolith again: one rule of the façade", Nothing)));
        }

        if (slice.Background.Count > 0)
        {
            var background = Step($"{name}.background", $"Move {Words.Count(slice.Background.Count, "job, consumer or other entry", "jobs, consumers and other entries")}: stopped in the monolith, then started in the service; never both.", "stop them in the service, start them in the monolith", "what was under way is done again: each must stand that") with { At = [.. slice.Background.Select(b => $"{b.Name} {b.At}")] };
            steps.Insert(steps.FindIndex(s => s.Id == $"{name}.data.i") is > -1 and var soak ? soak : steps.Count, background);
        }

        steps.Add(Step($"{name}.done", $"Delete what is left: code, switches, shares. {Leftover(slice)} Dashboard, runbook and owner are there; what it cost is booked.", "revert the commit; the data stays where it is", Nothing));
        return [.. steps];
    }

    private static IEnumerable<PlanStep> Before(string name, Slice slice)
    {
        var seam = slice.Interface?.Name ?? name;
        var calls = slice.CallsIn.Count(c => c.Becomes == "interface");
        var use = calls == 0 ? "whoever needs it from now on goes through it" : $"let {Words.Count(calls, "call")} from outside go through it";
        yield return Step($"{name}.seam", $"Put {seam} between it and the rest, and {use}; behind it the old code runs.", "revert the commits: behaviour is the same", Nothing);
        if (slice.Readers.Count > 0)
        {
            yield return Step($"{name}.readers", $"Take {Words.Count(slice.Readers.Count, "use", "uses")} of its tables from outside away: each asks {seam}, or reads a copy.", "revert the commits: they read the tables again", Nothing);
        }

        if (slice.Keys.Count > 0)
        {
            yield return Step($"{name}.keys", $"Replace {Words.Count(slice.Keys.Count, "foreign key or navigation", "foreign keys and navigations")} by ids, and start the jobs that check them.", "add the foreign keys again: the check says that they hold", Nothing);
        }

        if (slice.Joins.Count > 0)
        {
            yield return Step($"{name}.joins", $"Replace {Words.Count(slice.Joins.Count, "join")} by questions or read models.", "revert the commits: the queries join again", Nothing);
        }

        if (slice.Transactions.Count > 0)
        {
            yield return Step($"{name}.sagas", $"Take {Words.Count(slice.Transactions.Count, "transaction")} apart, still within the monolith: outbox, steps, and the undo of each step before the pivot, which its owners write.", "switch the saga off: the old transaction runs; sagas under way are finished first", "none committed; those under way wait");
        }

        if (slice.Contracts.Count > 0)
        {
            yield return Step($"{name}.contract", "Write the contracts and the tests of each consumer.", "delete them", Nothing);
        }

        if (slice.Acl.Count > 0)
        {
            yield return Step($"{name}.acl", $"Build {Words.Count(slice.Acl.Count, "anti-corruption layer")}, before anything moves.", "switch them off: the old types go through", Nothing);
        }

        yield return Step($"{name}.service", "Build and deploy the service: healthy, watched, and asked by nobody.", "remove it", Nothing);
    }

    private static IEnumerable<PlanStep> Data(string name, Slice slice, ValueList<string> tables, bool hasReads)
    {
        var lag = slice.Gates.FirstOrDefault(g => g.Id == "lag")?.AtMost ?? 5000;
        const string Route = "send reads to the monolith again: one rule of the façade";
        yield return One("a", "Make the new schema, empty, with a login of its own; the monolith owns the data.", Monolith, "drop the new schema", Nothing);
        yield return One("b", "Turn the stream of changes on (trigger within one server, else outbox or CDC), and note its position P.", Monolith, "turn the stream off, empty the new tables", Nothing);
        yield return One("c", "Copy what was there before P in ranges of the key, throttled; a row that is there already is newer and stays.", Monolith, "stop, empty the new tables", Nothing);
        yield return One("d", string.Create(CultureInfo.InvariantCulture, $"Catch up until the lag is at most {lag} ms."), Monolith, "stop, empty the new tables", Nothing);
        yield return One("e", "Verify: counts, checksums of ranges, sums of amounts, a sample field by field.", Monolith, "stop, empty the new tables", Nothing);
        yield return One("f", "Shadow reads: ask both, answer with the old, compare.", Monolith, "stop asking the new", Nothing);
        if (hasReads)
        {
            foreach (var share in CutOver.Shares)
            {
                yield return One(string.Create(CultureInfo.InvariantCulture, $"g.{share}"), $"Canary: the service answers {Percent(share)} of what only reads.{(share == 25 ? " The way back has been rehearsed before." : "")}", Monolith, Route, Nothing);
            }
        }
        else
        {
            yield return One("g", "Canary: no route only reads, so callers of the interface read from the service, one after the other.", Monolith, "let them read the old tables", Nothing);
        }

        yield return One("h", "Write flip, behind a switch: stop writes, wait until the lag is 0, let the service write, turn the stream round (new to old).", name, "stop writes, wait for the reverse stream, let the monolith write", "nothing once the reverse stream has caught up; else what was written within its lag");
        yield return One("i", "Soak: at least one cycle of the business, with the reverse stream on.", name, "as before: flip back, and replay the reverse stream", "nothing once the reverse stream has caught up; else what was written within its lag");
        yield return One("j", "Turn the reverse stream off.", name, "forward only: mend in the service. Until the old tables are dropped they hold what was so at this step", "everything written after it, for who goes back all the same") with { PointOfNoReturn = true };
        yield return One("k", "Take the monolith's rights away, then drop the old tables after a last backup.", name, "restore the backup beside it, for reading", "everything written after the backup");

        PlanStep One(string stage, string what, string owner, string rollBack, string loss) =>
            Step($"{name}.data.{stage}", what, rollBack, loss) with { Tables = tables, Owner = owner };
    }

    private static string Leftover(Slice slice) =>
        slice.Done.Code.Count == 0 ? "No file of the monolith is its alone." : $"{Words.Count(slice.Done.Code.Count, "file")} of the monolith go.";

    private static string Percent(int share) => string.Create(CultureInfo.InvariantCulture, $"{share} %");

    internal static PlanStep Step(string id, string what, string rollBack, string loss) => new() { Id = id, Do = what, RollBack = rollBack, Loss = loss };
}
