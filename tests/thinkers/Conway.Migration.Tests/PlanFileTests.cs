using System.Text;
using Conway.Migration.Plans;
using Conway.Reader;

namespace Conway.Migration.Tests;

/// <summary>What is written is read again as the same, and what people wrote in it stays.</summary>
public sealed class PlanFileTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_plan_that_is_written_is_read_as_an_equal_one(ulong seed)
    {
        var plan = seed == 0 ? Some.Plan(Some.Shop()) : Some.Plan(Some.Planted(seed));
        var text = DocumentWriter.Write(plan);
        var read = Read(text);
        Assert.Empty(read.Findings);
        Assert.Equal(plan, read.Value);
        Assert.Equal(text, DocumentWriter.Write(read.Value));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("- a: [b], {c} # d")]
    [InlineData("true")]
    [InlineData("1e3")]
    [InlineData("${env:HOME}")]
    [InlineData("two\nlines\tand \"quotes\" \\")]
    [InlineData(" blanks ")]
    [InlineData("")]
    [InlineData("ends with:")]
    [InlineData("umlaut ä → ☃")]
    public void A_note_comes_back_as_it_was_whatever_is_in_it(string note)
    {
        var plan = new MigrationPlan { System = note, Phases = [new Phase { Id = "x", Title = note, StopPoint = note, Entry = [note, "b"], Steps = [new PlanStep { Id = "x.y", Do = note, Note = note.Length == 0 ? null : note }] }] };
        var read = Read(DocumentWriter.Write(plan));
        Assert.Equal(plan, read.Value);
    }

    [Fact]
    public void A_mistake_is_told_with_its_line_and_what_to_write()
    {
        var finding = Assert.Single(Read("migration: 1\nsystem: s\ncut: c\nphases:\n  - { id: x, number: 3, title: t, stop-point: p, steps: [{ id: x.a, do: d, stat: done, state: finished }] }\n").Findings, f => f.Code == "CW1107");
        Assert.Equal(5, finding.Place!.Value.Line);
        Assert.Contains("pending, doing, done, skipped, rolled-back", finding.Message + finding.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The file says nothing.")]
    [InlineData("[a, b]", "The plan is a map of keys and values, and this is a list.")]
    public void A_file_that_is_no_map_is_said_to_be_none(string text, string said) => Assert.Contains(said, Read(text).Findings.Select(f => f.Message));

    [Fact]
    public void Broken_text_is_told_with_its_place_and_the_rest_is_read()
    {
        var read = Read("migration: 1\nsystem: \"shop\ncut: medium\n");
        Assert.NotEmpty(read.Findings);
        Assert.All(read.Findings, f => Assert.NotNull(f.Place));
    }

    [Fact]
    public void What_people_wrote_is_kept_by_ids_and_what_has_gone_is_said()
    {
        var fresh = Some.Plan(Some.Shop());
        var earlier = Read(DocumentWriter.Write(fresh)
            .Replace("id: stock.seam", "id: stock.gone", StringComparison.Ordinal)).Value;
        earlier = earlier with
        {
            Weights = new OrderWeights { InDegree = 9 },
            Phases = [.. earlier.Phases.Select(p => p with
            {
                Steps = [.. p.Steps.Select(s => s.Id is "stock.gone" or "orders.contract" ? s with { State = StepState.Done, Note = "by Ann" } : s)],
                Slice = p.Slice is null ? null : p.Slice with
                {
                    Acl = [.. p.Slice.Acl.Select(a => a with { EndsOn = new DateOnly(2027, 3, 31), Ends = "in spring" })],
                    Gates = [.. p.Slice.Gates.Select(g => g with { AtMost = 7 })],
                    Transactions = [.. p.Slice.Transactions.Select(t => t with { Handling = TransactionHandling.Together, Steps = [.. t.Steps.Select(s => s with { Undo = s.Pivot ? null : "Release" })] })],
                },
            })],
        };
        var kept = OwnersPart.Keep(fresh, earlier);
        Assert.Equal(9, kept.Weights.InDegree);
        Assert.Equal((StepState.Done, "by Ann"), Assert.Single(kept.Phases.SelectMany(p => p.Steps).Where(s => s.Id == "orders.contract").Select(s => (s.State, s.Note!))));
        Assert.Equal(new GoneStep { Id = "stock.gone", State = StepState.Done, Note = "by Ann" }, Assert.Single(kept.Gone));
        Assert.Equal(["stock.gone"], OwnersPart.Removed(fresh, earlier));
        var slices = kept.Phases.Where(p => p.Slice is not null).Select(p => p.Slice!).ToArray();
        Assert.NotEmpty(slices.SelectMany(s => s.Acl));
        Assert.All(slices.SelectMany(s => s.Acl), a => Assert.Equal(("in spring", new DateOnly(2027, 3, 31)), (a.Ends, a.EndsOn)));
        Assert.All(slices.SelectMany(s => s.Gates), g => Assert.Equal(7, g.AtMost));
        var transaction = Assert.Single(slices.SelectMany(s => s.Transactions));
        Assert.Equal(TransactionHandling.Together, transaction.Handling);
        Assert.Equal(["Release", null], transaction.Steps.Select(s => s.Undo));
        Assert.Equal(OwnersPart.Without(fresh), OwnersPart.Without(kept));
    }

    [Fact]
    public void A_step_that_comes_back_has_its_state_again()
    {
        var fresh = Some.Plan(Some.Shop());
        var earlier = fresh with { Phases = [], Gone = [new GoneStep { Id = "stock.seam", State = StepState.Doing, Note = "n" }] };
        var kept = OwnersPart.Keep(fresh, earlier);
        Assert.Empty(kept.Gone);
        Assert.Equal(StepState.Doing, kept.Phases.SelectMany(p => p.Steps).Single(s => s.Id == "stock.seam").State);
    }

    private static DocumentResult<MigrationPlan> Read(string text) => DocumentReader.Read<MigrationPlan>("plan.yaml", Encoding.UTF8.GetBytes(text), "the plan");
}
