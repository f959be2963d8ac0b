using Conway.Findings;

namespace Conway.Node.Tests;

public sealed class FindingLedgerTests
{
    private static readonly FindingRule Rule = new("CW7204", Severity.Info, "Old telemetry removed", "Why.");
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly FindingLedger _ledger = new();

    [Fact]
    public void A_finding_keeps_its_first_time_while_its_numbers_change()
    {
        Assert.Equal([Noon], Note(0, ("orders", 5)));
        Assert.Equal([Noon, Noon.AddMinutes(1)], Note(1, ("orders", 9), ("catalog", 1)));
    }

    [Fact]
    public void What_was_mended_and_comes_back_counts_from_then()
    {
        Note(0, ("orders", 5));
        Assert.Empty(Note(1));
        Assert.Equal([Noon.AddMinutes(2)], Note(2, ("orders", 5)));
    }

    [Fact]
    public void News_is_what_came_or_went_and_not_what_changed_its_number()
    {
        Note(0, ("orders", 5));
        Assert.True(_ledger.TakeNews());
        Note(1, ("orders", 6));
        Assert.False(_ledger.TakeNews());
        Note(2, ("orders", 6), ("orders", 7));
        Assert.True(_ledger.TakeNews());
        Note(3);
        Note(4);
        Assert.True(_ledger.TakeNews());
        Assert.False(_ledger.TakeNews());
    }

    private DateTimeOffset[] Note(int minute, params (string Service, int Number)[] findings) =>
        [.. _ledger.Note(
            () => [.. findings.Select(one => new Finding { Rule = Rule, Subject = one.Service, Message = $"{one.Number} of '{one.Service}'.", Mend = "Nothing." })],
            Noon.AddMinutes(minute)).Select(seen => seen.Since)];
}
