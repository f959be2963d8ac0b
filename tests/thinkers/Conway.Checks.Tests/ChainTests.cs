using static Conway.Checks.Tests.Checking;

namespace Conway.Checks.Tests;

public sealed class ChainTests
{
    [Fact]
    public void Retries_along_a_chain_are_multiplied_and_the_chain_is_named() => Check(
        """
        services:
          a: { calls: { b: { timeout: 9s, retries: 2 } } }
          b: { calls: { c: { timeout: 9s, retries: 2 } } }
          c: { calls: { d: { timeout: 9s, retries: 2 } } }
          d: {}
        """,
        "4:35 CW2105 One request to 'a' can become 27 requests to 'd' when it fails: a -> b x3 -> c x3 -> d x3.");

    [Fact]
    public void Eight_requests_for_one_are_borne_and_nine_are_not()
    {
        CheckHasNo("CW2105", Chain(1, 1, 1));
        Assert.Single(Found(Chain(2, 2)), f => f.Code == "CW2105");

        static string Chain(params int[] retries) =>
            "services:\n" + string.Join('\n', retries.Select((r, i) => $"  s{i}: {{ calls: {{ s{i + 1}: {{ timeout: 9s, retries: {r} }} }} }}")) + $"\n  s{retries.Length}: {{}}";
    }

    [Fact]
    public void A_routes_retries_are_the_first_layer() => Check(
        """
        services:
          a: { calls: { b: { timeout: 9s, retries: 2 } } }
          b: {}
        gateway: { routes: [{ to: a, retries: 3 }] }
        """,
        "2:35 CW2105 One request to 'a' can become 12 requests to 'b' when it fails: gateway -> a x4 -> b x3.");

    [Fact]
    public void Many_retries_in_one_place_do_not_multiply() => CheckHasNo("CW2105",
        """
        services:
          a: { calls: { b: { timeout: 9s, retries: 10 } } }
          b: { calls: { c: 9s } }
          c: {}
        """);

    [Fact]
    public void The_worst_of_several_ways_is_told_once() => Check(
        """
        services:
          a: { calls: { b: { timeout: 9s, retries: 1 }, c: { timeout: 9s, retries: 3 } } }
          b: { calls: { d: { timeout: 9s, retries: 2 } } }
          c: { calls: { d: { timeout: 9s, retries: 2 } } }
          d: {}
        """,
        "4:35 CW2105 One request to 'a' can become 12 requests to 'd' when it fails: a -> c x4 -> d x3.");

    [Fact]
    public void A_row_of_five_calls_is_one_too_many() => Check(
        """
        services:
          a: { calls: { b: 9s } }
          b: { calls: { c: 9s } }
          c: { calls: { d: 9s } }
          d: { calls: { e: 9s } }
          e: { calls: { f: 9s } }
          f: {}
        """,
        "6:17 CW2106 A request to 'a' may wait for 5 calls in a row, 4 are the most advised: a -> b -> c -> d -> e -> f.");

    [Fact]
    public void A_row_of_four_calls_is_not() => CheckHasNo("CW2106",
        """
        services:
          a: { calls: { b: 9s } }
          b: { calls: { c: 9s } }
          c: { calls: { d: 9s } }
          d: { calls: { e: 9s } }
          e: {}
        """);

    [Fact]
    public void A_cycle_does_not_count_as_an_endless_row()
    {
        var codes = Found(
            """
            services:
              a: { calls: { b: { timeout: 9s, retries: 9 } } }
              b: { calls: { a: { timeout: 9s, retries: 9 } } }
            """).Select(f => f.Code).ToArray();
        Assert.Contains("CW2101", codes);
        Assert.DoesNotContain("CW2105", codes);
        Assert.DoesNotContain("CW2106", codes);
    }

    [Fact]
    public void A_chain_of_ten_thousand_services_is_checked_in_a_moment_and_told_in_one_line()
    {
        const int Length = 10_000;
        var services = Enumerable.Range(0, Length).Select(i => KeyValuePair.Create(
            $"s{i}",
            new Conway.Model.Service { Calls = i + 1 == Length ? Conway.Model.NameMap<Conway.Model.Call>.Empty : new([new($"s{i + 1}", new Conway.Model.Call { Retries = 10 })]) }));
        var model = new Conway.Model.SystemModel { Services = new(services) };

        var found = CheckCatalog.Check(model).ToArray();

        Assert.Contains("over a billion requests to 's9999'", Assert.Single(found, f => f.Code == "CW2105").Message, StringComparison.Ordinal);
        Assert.Contains("wait for 9999 calls in a row", Assert.Single(found, f => f.Code == "CW2106").Message, StringComparison.Ordinal);
        Assert.All(found.Where(f => f.Code is "CW2105" or "CW2106"), f => Assert.InRange(f.Message.Length, 1, 400));
    }
}
