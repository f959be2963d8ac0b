using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Observability;

/// <summary>One thing that a service promises its users.</summary>
/// <param name="Service">Who promises.</param>
/// <param name="Name">As its label says: <c>availability</c>, <c>latency-p99</c>.</param>
/// <param name="Title">As the names of its alerts begin.</param>
/// <param name="Part">Below the service: <c>slo.availability</c>.</param>
/// <param name="Percent">Of the requests that must be good.</param>
/// <param name="Within">For answers: how long they may take. Null: they must succeed.</param>
internal sealed record Objective(ServicePlan Service, string Name, string Title, string Part, decimal Percent, TimeSpan? Within)
{
    // Seconds; HTTP metrics of the semantic conventions of OpenTelemetry, and of every SDK that follows them.
    private static readonly decimal[] Bounds = [0.005m, 0.01m, 0.025m, 0.05m, 0.075m, 0.1m, 0.25m, 0.5m, 0.75m, 1, 2.5m, 5, 7.5m, 10];

    public string Path => $"{Service.Path}.{Part}";

    /// <summary>Share of requests that may fail.</summary>
    public decimal Budget => (100 - Percent) / 100;

    public TimeSpan Period => Service.Service.Slo!.Window;

    public int PeriodMinutes => (int)Math.Round(Period.TotalMinutes);

    /// <summary>The bound of the histogram that answers are counted at, in seconds.</summary>
    public decimal Bound => Bounds.First(bound => bound >= Seconds);

    /// <summary>What is promised, in words.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"{PromText.Number(Percent)} % of the {(Within is null ? "requests succeed" : $"answers take at most {PromText.Number(Bound * 1000)} ms")}, over {PromText.Duration(PeriodMinutes)}");

    /// <summary>Its alerts: those that can fire.</summary>
    /// <remarks>Above a share of 1 nothing can be: then even when every request fails the budget burns more slowly than that.</remarks>
    public IReadOnlyList<BurnWindow> Windows => Budget == 0 ? [] : [.. BurnWindow.Of(Period).Where(window => window.Factor * Budget < 1)];

    private decimal Seconds => (decimal)Within!.Value.Ticks / TimeSpan.TicksPerSecond;

    public Origin Because(ArtifactRule rule) => Service.Because(rule, Part);

    /// <summary>What is watched of a service, and findings for what cannot be, or not as it is written.</summary>
    public static IReadOnlyList<Objective> Of(SystemPlan system, ServicePlan service, List<Finding> findings)
    {
        if (service.Service.Slo is not { } slo)
        {
            return [];
        }

        var written = new List<Objective>();
        if (slo.Availability is { } availability)
        {
            written.Add(new(service, "availability", "Availability", "slo.availability", (decimal)availability.Percent, null));
        }

        foreach (var (name, title, percent, within) in new[] { ("p50", "LatencyP50", 50, slo.Latency?.P50), ("p90", "LatencyP90", 90, slo.Latency?.P90), ("p99", "LatencyP99", 99, slo.Latency?.P99) })
        {
            if (within is not null)
            {
                written.Add(new(service, $"latency-{name}", title, $"slo.latency.{name}", percent, within));
            }
        }

        var watched = written.Where(objective => objective.IsMeasured(findings)).ToArray();
        foreach (var objective in watched)
        {
            objective.Check(system, findings);
        }

        return watched;
    }

    private bool IsMeasured(List<Finding> findings)
    {
        if (Within is null || Seconds <= Bounds[^1])
        {
            return true;
        }

        Tell(findings, $"'{Service.Name}' promises answers within {Milliseconds} ms, and the histogram of requests ends at {PromText.Number(Bounds[^1] * 1000)} ms; the objective is not watched.", "Promise less time, or watch it by a metric of your own.");
        return false;
    }

    private void Check(SystemPlan system, List<Finding> findings)
    {
        if (Within is not null && Bound != Seconds)
        {
            var below = Bounds.LastOrDefault(bound => bound < Seconds);
            Tell(findings, $"'{Service.Name}' promises answers within {Milliseconds} ms, and is watched at {PromText.Number(Bound * 1000)} ms, the next bound of the histogram.",
                $"Write a bound of the histogram: {(below == 0 ? "" : $"{PromText.Number(below * 1000)} ms or ")}{PromText.Number(Bound * 1000)} ms.");
        }

        if (Budget == 0)
        {
            Tell(findings, $"'{Service.Name}' promises 100 %, which leaves no budget that could burn; nobody is alerted.", "Promise what users would miss: 99.9 %.");
        }
        else if (Period < BurnWindow.PeriodMin)
        {
            Tell(findings, $"'{Service.Name}' counts its objective over less than a day, too short for windows that tell a burst from a break; nobody is alerted.", "Write 'window: 1d' or more; 30 days are usual.");
        }

        if (system.Model.Services.Values.SelectMany(caller => caller.Calls).Any(call => call.Key == Service.Name && call.Value.Protocol == CallProtocol.Grpc))
        {
            Tell(findings, $"'{Service.Name}' is called by gRPC, which answers 200 also when a call fails; such failures are not counted.", "Watch them by a metric of the service's own, beside these rules.");
        }

        if (Service.Service.Load?.Requests?.PerSecond is { } rate && Windows.FirstOrDefault(window => rate * window.Long * 60 * (double)(window.Factor * Budget) < 1) is { } sensitive)
        {
            findings.Add(new Finding
            {
                Rule = ArtifactFindings.FewRequests,
                Message = string.Create(CultureInfo.InvariantCulture, $"One bad request of '{Service.Name}' sets off {Title}Budget{sensitive.Name}: {PromText.Duration(sensitive.Long)} have about {Math.Round(rate * sensitive.Long * 60, 1)} requests, and fewer than {Math.Ceiling(1 / (sensitive.Factor * Budget))} are too few for {PromText.Number(Percent)} %."),
                Mend = "Promise less, count over a longer 'slo.window', or let journeys of your own add requests.",
                ModelPath = Path,
            });
        }
    }

    private string Milliseconds => PromText.Number(Seconds * 1000);

    private void Tell(List<Finding> findings, string message, string mend) => findings.Add(new Finding { Rule = ArtifactFindings.NotWatched, Message = message, Mend = mend, ModelPath = Path });
}
