namespace Conway.Node.Tests;

public sealed class JourneyTests
{
    private const string Looking = Bench.TwoServices + "\n" + """
        journeys:
          look: { traffic: true, rate: 20/s, steps: [ { get: /front/a } ] }
          quiet: { rate: 20/s, steps: [ { get: /back/a } ] }
        """;

    [Fact]
    public async Task Traffic_flows_through_the_gateway_while_somebody_looks_and_not_before_all_is_healthy()
    {
        await using var bench = new Bench(Looking);
        var host = await bench.StartAsync();
        host.Watched = true;
        await bench.Until(() => host.Journeys[0].Succeeded > 3, "walks that succeed");
        Assert.Equal(SystemState.Running, host.System.State);
        Assert.Equal((0, null, false), (host.Journeys[0].Failed, host.Journeys[0].LastFailure, host.Journeys[1].Running));

        host.Watched = false;
        Assert.Equal((true, false), (host.JourneysPaused, host.Journeys[0].Running));
        Assert.Equal((true, false), (host.StartJourney("quiet"), host.StartJourney("nobody")));
        await bench.Until(() => host.Journeys[1].Succeeded > 3, "walks that were started by hand");
        Assert.True(host.StopJourney("quiet"));
    }

    [Fact]
    public async Task A_changed_journey_is_taken_over_and_one_that_cannot_be_walked_is_told_and_stands_still()
    {
        await using var bench = new Bench(Looking);
        var host = await bench.StartHealthyAsync();
        host.Watched = true;
        bench.Write("conway.yaml", Looking.Replace("/front/a", "/nowhere", StringComparison.Ordinal));
        await bench.Until(() => host.Journeys[0].LastFailure?.Detail == "expected 2xx, got 404", "the changed journey");

        bench.Write("conway.yaml", Looking.Replace("/front/a", "\"/front/${nothing}\"", StringComparison.Ordinal));
        await bench.Until(() => host.Findings.Any(f => f.Code == "CW1302") && !host.Journeys[0].Running, "the finding");
        Assert.Equal(11, host.Findings.Single(f => f.Code == "CW1302").Place?.Line);
        Assert.False(host.StartJourney("look"));
        Assert.True(host.StartJourney("quiet"));
    }
}
