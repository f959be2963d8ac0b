using Conway.Findings;
using static Conway.Checks.Tests.Checking;

namespace Conway.Checks.Tests;

public sealed class CallCycleTests
{
    [Fact]
    public void A_cycle_is_named_whole() => Check(
        """
        services:
          a: { calls: { b: 1s } }
          b: { calls: { c: 1s } }
          c: { calls: { a: 1s } }
        """,
        "4:17 CW2101 Services call each other in a circle: a -> b -> c -> a.");

    [Fact]
    public void The_call_that_is_not_required_is_the_one_to_cut()
    {
        var finding = Assert.Single(Found(
            """
            services:
              a: { calls: { b: { timeout: 1s } } }
              b: { calls: { a: { timeout: 1s, required: true } } }
            """), f => f.Code == "CW2101");
        Assert.Equal("services.a.calls.b", finding.ModelPath);
        Assert.StartsWith("Cut a -> b:", finding.Mend, StringComparison.Ordinal);
        Assert.Equal(Severity.Warning, finding.Severity);
    }

    [Fact]
    public void A_cycle_of_required_calls_is_an_error_because_nothing_ever_becomes_ready()
    {
        var finding = Assert.Single(Found(
            """
            services:
              a: { calls: { b: { timeout: 1s, required: true } } }
              b: { calls: { a: { timeout: 1s, required: true } } }
            """), f => f.Code == "CW2101");
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.EndsWith("none of them ever becomes ready.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_calls_itself_is_told_so() => Check(
        """
        services:
          a: { calls: { a: 1s } }
        """,
        "2:17 CW2101 'a' calls itself and waits for the answer.");

    [Fact]
    public void Two_separate_cycles_are_two_findings() => Check(
        """
        services:
          a: { calls: { b: 1s } }
          b: { calls: { a: 1s } }
          c: { calls: { d: 1s } }
          d: { calls: { c: 1s } }
        """,
        "3:17 CW2101 Services call each other in a circle: a -> b -> a.",
        "5:17 CW2101 Services call each other in a circle: c -> d -> c.");

    [Fact]
    public void A_diamond_is_no_cycle() => CheckHasNo("CW2101",
        """
        services:
          a: { calls: { b: 1s, c: 1s } }
          b: { calls: { d: 1s } }
          c: { calls: { d: 1s } }
          d: {}
        """);

    [Fact]
    public void Cutting_every_told_call_leaves_no_cycle()
    {
        var names = Enumerable.Range(0, 6).Select(i => $"s{i}").ToArray();
        var calls = (from a in names from b in names where a != b select (a, b)).ToList();
        var found = Found(Yaml(names, calls)).Where(f => f.Code == "CW2101").ToArray();
        foreach (var path in found.Select(f => f.ModelPath!.Split('.')))
        {
            calls.Remove((path[1], path[3]));
        }

        Assert.DoesNotContain(Found(Yaml(names, calls)), f => f.Code == "CW2101");

        static string Yaml(string[] names, List<(string A, string B)> calls) =>
            "services:\n" + string.Join('\n', names.Select(n => $"  {n}: {{ calls: {{ {string.Join(", ", calls.Where(c => c.A == n).Select(c => $"{c.B}: 1s"))} }} }}"));
    }

    [Fact]
    public void A_knot_of_very_many_cycles_is_told_in_part_and_says_so()
    {
        var names = Enumerable.Range(0, 40).Select(i => $"s{i}").ToArray();
        var yaml = "services:\n" + string.Join('\n', names.Select(n => $"  {n}: {{ calls: [{string.Join(", ", names.Where(m => m != n))}] }}"));
        var found = Found(yaml).Where(f => f.Code == "CW2101").ToArray();
        Assert.Equal(20, found.Length);
        Assert.Single(found, f => f.Message.EndsWith("(Only the first 20 cycles are told.)", StringComparison.Ordinal));
    }
}
