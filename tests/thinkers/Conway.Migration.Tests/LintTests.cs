using System.Text;
using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.Migration.Linting;
using Conway.Migration.Plans;
using Conway.Reader;

namespace Conway.Migration.Tests;

/// <summary>Each rule on a good plan, and on the same plan after somebody edited its text.</summary>
public sealed partial class LintTests
{
    private static readonly string Text = DocumentWriter.Write(Some.Plan(Some.Shop()));

    private static readonly HashSet<string> Codes = [.. typeof(MigrationFindings).GetProperties().Select(p => ((Findings.FindingRule)p.GetValue(null)!).Code)];

    public static TheoryData<string> Pages => [.. Directory.GetFiles(System.IO.Path.Combine(RepositoryFolder.Root, "docs", "reference", "findings"), "CW18*.md").Select(f => System.IO.Path.GetFileNameWithoutExtension(f)!).Where(c => c != "CW1801" && Codes.Contains(c)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_plan_as_it_is_made_has_no_finding(ulong seed) =>
        Assert.Empty(Lint(seed == 0 ? Text : DocumentWriter.Write(Some.Plan(Some.Planted(seed)))).Select(f => f.ToString()));

    // The code, what is replaced by what, the line that begins so is told (its last part), and what is said.
    [Theory]
    [InlineData("CW1802", "decision: move, owner: stock", "decision: move, owner: orders", "Items, decision: move, owner: orders", "The table 'Items' moves with 'stock', and its owner is 'orders'.")]
    [InlineData("CW1802", "table: Items, decision: move, owner: stock", "table: Orders, decision: move, owner: stock", "table: Orders", "moves to 'orders' already.|moves to 'stock' already.")]
    [InlineData("CW1802", "id: stock.data.e", "id: stock.data.x", "steps:", "No step says who owns 'Items' at state e.")]
    [InlineData("CW1802", "        tables: [Items]\n        owner: monolith", "        tables: [Items]\n        owner: elsewhere", "owner: elsewhere", "the owner is 'elsewhere', and until the write flip the monolith owns what moves.")]
    [InlineData("CW1802", "        tables: [Items]\n        owner", "        tables: [Items, Ghosts]\n        owner", "tables: [Items, Ghosts]", "is about 'Ghosts', which does not move with 'stock'.")]
    [InlineData("CW1802", "        tables: [Items]\n        owner: monolith\n", "        tables: [Items]\n", "- id: ", "does not say who owns its tables.")]
    [InlineData("CW1803", "roll-back: delete them", "roll-back: \"\"", "id: baseline.tests", "The step 'baseline.tests' has no way back.")]
    [InlineData("CW1803", "loss: nothing", "loss: \" \"", "id: baseline.traces", "The way back from the step 'baseline.traces' does not say what is lost.")]
    [InlineData("CW1804", "instead: \"the id of the User alone, without foreign key\"", "instead: \"\"", "from: Order.User", "Nothing replaces the key Order.User -> User.")]
    [InlineData("CW1804", "check: \"daily: ids of User in Order that users does not know, at most 0\"", "check: \"\"", "from: Order.User", "Nothing checks the ids that replace the key Order.User -> User.")]
    [InlineData("CW1804", "instead: two questions put together by whoever asks; a read model when that is too slow or filters on both", "instead: \"\"", "in: OrderService.ListAsync", "Nothing replaces the join of Orders and Users in OrderService.ListAsync.")]
    [InlineData("CW1804", "keys: 1", "keys: 2", "keys:", "The code shows 2 entries of 'keys', and 1 is listed.")]
    [InlineData("CW1805", ", pivot: true", "", "id: post-orders", "The saga 'post-orders' has 0 pivots.")]
    [InlineData("CW1805", "handling: saga", "handling: together", "id: post-orders", "The transaction 'post-orders' is to be kept together, and it writes Orders of orders and Items of stock.")]
    [InlineData("CW1805", "service: stock, tables", "service: orders, tables", "id: post-orders", "The saga 'post-orders' does not say what is written where.")]
    [InlineData("CW1806", "by: reports\n", "by: nobody\n", "table: Orders", "'reports' uses the table 'Orders', and is not among the readers of 'orders'.")]
    [InlineData("CW1806", "instead: \"it left before: its copy, or its question, gets another source\"", "instead: \"\"", "table: Orders", "It is not said what NightlyReport of 'reports' does when it can no longer read 'Orders'.")]
    [InlineData("CW1806", "calls-in: 1", "calls-in: 3", "calls-in:", "The code shows 3 entries of 'calls-in', and 1 is listed.")]
    [InlineData("CW1807", "path: \"/stock/{id}\"", "path: /orders", "path: /orders", "The route GET /orders goes to 'stock', and to 'orders' already.|The route GET /orders goes to 'orders', and to 'stock' already.")]
    [InlineData("CW1807", "{ step: stock.data.g.5, reads: 5, writes: 0 }", "{ step: stock.data.g.5, reads: 5, writes: 5 }", "step: stock.data.g.5", "5 percent of what writes go to 'stock' while its tables have one owner.|The shares go from 5/5 to 25/0 percent of reads/writes.")]
    [InlineData("CW1807", "{ step: stock.data.g.25, reads: 25, writes: 0 }", "{ step: stock.data.g.25, reads: 2, writes: 0 }", "step: stock.data.g.25", "The shares go from 5/0 to 2/0 percent of reads/writes.")]
    [InlineData("CW1807", "{ step: stock.data.h, reads: 100, writes: 100 }", "{ step: stock.data.k, reads: 100, writes: 0 }", "cut-over:", "The last share of 'stock' is 100/0 percent of reads/writes, so the monolith answers for ever.")]
    [InlineData("CW1807", "{ step: stock.data.g.25,", "{ step: stock.data.q,", "step: stock.data.q", "No step 'stock.data.q' sets this share.")]
    [InlineData("CW1808", "needs: [orders]", "needs: [others]", "needs: [others]", "The phase 'users' needs 'others', and there is no such phase.")]
    [InlineData("CW1808", "    number: 1\n", "    number: 1\n    needs: [users]\n", "needs: [users]", "The phase 'facade' (1) needs 'users', which comes later (")]
    [InlineData("CW1808", "needs: [orders]", "needs: [users]", "needs: [users]", "Phases wait for each other: users -> users.")]
    [InlineData("CW1810", "id: stock.seam", "id: stock.service", "id: stock.service", "Two steps have the id 'stock.service'.")]
    [InlineData("CW1810", "id: stock.seam", "id: seam", "id: seam", "The step 'seam' stands in the phase 'stock'.")]
    public void An_edit_that_breaks_a_rule_is_told_at_its_line(string code, string from, string to, string line, string said)
    {
        Assert.Contains(from, Text, StringComparison.Ordinal);
        var at = Text.IndexOf(from, StringComparison.Ordinal);
        var edited = Text[..at] + to + Text[(at + from.Length)..];
        var found = Lint(edited);
        var finding = found.FirstOrDefault(f => f.Code == code && said.Split('|').Any(s => f.Message.Contains(s, StringComparison.Ordinal)));
        Assert.True(finding is not null, string.Join('\n', found));
        Assert.Contains(line, edited.Split('\n')[finding.Place!.Value.Line - 1], StringComparison.Ordinal);
        Assert.NotEqual("", finding.Mend);

        // A table that moves twice has users twice; any other edit breaks one rule.
        Assert.All(found, f => Assert.True(f.Code == code || (from.StartsWith("table: Items, decision", StringComparison.Ordinal) && f.Code == "CW1806"), f.ToString()));
    }

    [Fact]
    public void A_layer_without_an_end_is_told_and_a_day_is_an_end()
    {
        var plan = Some.Plan(Some.Shop());
        MigrationPlan With(string ends, DateOnly? on) => plan with
        {
            Phases = [.. plan.Phases.Select(p => p.Slice is null ? p : p with { Slice = p.Slice with { Acl = [.. p.Slice.Acl.Select(a => a with { Ends = ends, EndsOn = on })] } })],
        };
        var layers = plan.Phases.Sum(p => p.Slice?.Acl.Count ?? 0);
        Assert.NotEqual(0, layers);
        Assert.Equal(Enumerable.Repeat("CW1809", layers), PlanLints.Of(With("", null)).Select(f => f.Code));
        Assert.Empty(PlanLints.Of(With("", new DateOnly(2027, 1, 1))));
    }

    [Theory]
    [InlineData(StepState.Pending, null, 0)]
    [InlineData(StepState.Doing, null, 1)]
    [InlineData(StepState.Done, null, 1)]
    [InlineData(StepState.Doing, "Cancel", 0)]
    public void What_undoes_a_step_is_asked_for_when_the_sagas_are_being_built(StepState state, string? undo, int count)
    {
        var plan = Some.Plan(Some.Shop());
        var found = PlanLints.Of(plan with
        {
            Phases = [.. plan.Phases.Select(p => p with
            {
                Steps = [.. p.Steps.Select(s => s.Id.EndsWith(".sagas", StringComparison.Ordinal) ? s with { State = state } : s)],
                Slice = p.Slice is null ? null : p.Slice with { Transactions = [.. p.Slice.Transactions.Select(t => t with { Steps = [.. t.Steps.Select(s => s with { Undo = undo })] })] },
            })],
        });
        Assert.Equal(count, found.Count);
        Assert.All(found, f => Assert.Equal("CW1811", f.Code));
    }

    [Fact]
    public void A_circle_over_three_phases_is_told_with_its_way()
    {
        Phase Of(string id, int number, string need) => new() { Id = id, Number = number, Title = id, StopPoint = id, Needs = [need] };
        var found = PlanLints.Of(new MigrationPlan { Phases = [Of("a", 0, "c"), Of("b", 1, "a"), Of("c", 2, "b")] });
        Assert.Equal(["Phases wait for each other: a -> c -> b -> a.", "Phases wait for each other: b -> a -> c -> b.", "Phases wait for each other: c -> b -> a -> c."], found.Select(f => f.Message));
    }

    [Fact]
    public void A_line_that_was_deleted_from_any_list_is_missed()
    {
        var plan = Some.Plan(Some.Shop());
        string[] Codes(Func<Slice, Slice> change) => [.. PlanLints.Of(plan with { Phases = [.. plan.Phases.Select(p => p.Slice is null ? p : p with { Slice = change(p.Slice) })] }).Select(f => f.Code).Distinct()];
        Assert.Contains("CW1804", Codes(s => s with { Keys = [] }));
        Assert.Contains("CW1804", Codes(s => s with { Joins = [] }));
        Assert.Contains("CW1805", Codes(s => s with { Transactions = [] }));
        Assert.Contains("CW1806", Codes(s => s with { Readers = [] }));
        Assert.Contains("CW1806", Codes(s => s with { CallsIn = [] }));
        Assert.Contains("CW1807", Codes(s => s with { Routes = [] }));
        Assert.Contains("CW1802", Codes(s => s with { Data = [] }));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_example_of_a_page_gives_the_finding_that_it_shows(string code)
    {
        var page = File.ReadAllText(System.IO.Path.Combine(RepositoryFolder.Root, "docs", "reference", "findings", code + ".md"));
        Assert.Contains(Finding().Match(page).Groups[1].Value, Lint(Yaml().Match(page).Groups[1].Value).Select(f => $"{f.Code} {f.Message}"));
    }

    private static IReadOnlyList<Finding> Lint(string text)
    {
        var read = DocumentReader.Read<MigrationPlan>("plan.yaml", Encoding.UTF8.GetBytes(text), "the plan");
        Assert.Empty(read.Findings.Select(f => f.ToString()));
        return read.Map.Place(PlanLints.Of(read.Value));
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex("```finding\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Finding();
}
