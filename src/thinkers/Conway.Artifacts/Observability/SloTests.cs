using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Observability;

/// <summary>Unit tests of a service's alerts, for <c>promtool test rules</c>: counters in, alerts out.</summary>
/// <remarks>
/// For each window there is a file of its own, because the step of evaluation belongs to the file and a window of days asks for a longer one. Failures begin after a whole window without any,
/// at twice the share that the alert asks for, so that it fires in the middle of its window.
/// </remarks>
internal static class SloTests
{
    private const int StepsOfLong = 36;

    // Requests between two samples: so many that every share is told exactly.
    private const decimal Requests = 1_000_000;
    private const string Instance = "promtool-1";

    /// <summary>The tests of all alerts with the same long window, or of those that tell that nothing is counted (0).</summary>
    public static IEnumerable<(string Name, YamlMap File)> Files(SystemPlan system, ServicePlan service, IReadOnlyList<Objective> objectives, string rules)
    {
        var origin = service.Because(ArtifactRules.SloTest, "slo");
        foreach (var windows in objectives.SelectMany(objective => objective.Windows.Select(window => (Objective: objective, Window: window))).GroupBy(one => one.Window.Long).OrderBy(group => group.Key))
        {
            var step = Math.Max(1, windows.Key / StepsOfLong);
            yield return (PromText.Duration(windows.Key), File(origin, rules, objectives, step, windows.Select(one => Burns(new SloQueries(system, service), one.Objective, one.Window, step))));
        }

        if (service.Service.Replicas > 0)
        {
            yield return ("missing", File(origin, rules, objectives, BurnWindow.Base, objectives.Select(objective => Missing(new SloQueries(system, service), objective))));
        }
    }

    private static YamlMap File(Origin origin, string rules, IReadOnlyList<Objective> objectives, int step, IEnumerable<YamlMap> tests) => new YamlMap { Origin = origin }
        .Set("rule_files", new YamlList(rules))

        // Without it, promtool takes the groups in any order.
        .Set("group_eval_order", YamlList.Of(SloRules.GroupNames(objectives)))
        .Set("evaluation_interval", PromText.Duration(step))
        .Set("tests", new YamlList([.. tests]));

    private static YamlMap Burns(SloQueries queries, Objective objective, BurnWindow window, int step)
    {
        var threshold = window.Factor * objective.Budget;
        var share = Math.Min(1, 2 * threshold);

        // The window before must be whole, and its last evaluation clean.
        var begins = Up(window.Long, step) + (2 * step);
        var detected = begins + window.DetectedAfter(objective.Budget, share);
        var silent = Down(detected - (BurnWindow.Base / 2m), step) - step;
        var fires = Up(detected, step) + (2 * step);
        var ends = fires;
        var reset = Up(ends + window.Short + BurnWindow.Base, step) + (2 * step);

        // Soon after, failures are still more than half of what the short window holds.
        var still = share == 2 * threshold && window.Short >= 3 * step ? ends + step : fires;
        var sample = step % 2 == 0 ? 2 : 1;
        var alert = SloRules.AlertOf(objective, window);
        YamlMap Expect(int minutes, bool isFiring = false) => At(minutes, alert, !isFiring ? null : new YamlMap()
            .Set("exp_labels", Labels(queries, objective, window.IsPage))
            .Set("exp_annotations", SloRules.Annotations(queries.System, objective, window, PromText.Share(share), isTemplate: false)));
        return new YamlMap { Origin = objective.Because(ArtifactRules.SloTest) }
            .Set("name", $"{alert} comes {PromText.Number(Math.Round(detected - begins, 1))} minutes after {PromText.Duration(begins)}, when {PromText.Number(share * 100)} % begin to fail, and ends after {PromText.Duration(ends)}")
            .Set("interval", PromText.Duration(sample))
            .Set("input_series", Input(queries, objective, begins / sample, (Requests * share, (ends - begins) / sample), (0, ((reset - ends) / sample) + 1)))
            .Set("alert_rule_test", new YamlList(Expect(begins), Expect(silent), Expect(fires, isFiring: true), Expect(reset)))
            .Set("promql_expr_test", new YamlList(new YamlMap()
                .Set("expr", $"count(ALERTS{{alertname=\"{alert}\",alertstate=\"firing\"}})")
                .Set("eval_time", PromText.Duration(still))
                .Set("exp_samples", new YamlList(new YamlMap().Set("value", 1)))));
    }

    private static YamlMap Missing(SloQueries queries, Objective objective)
    {
        const int Stops = 60;
        const int Begins = 120;
        var alert = SloRules.MissingOf(objective);
        YamlMap Expect(int minutes, bool isFiring = false) => At(minutes, alert, !isFiring ? null : new YamlMap()
            .Set("exp_labels", Labels(queries, objective, isPage: false))
            .Set("exp_annotations", SloRules.MissingAnnotations(queries.System, objective, isTemplate: false)));
        var values = $"0+{PromText.Number(Requests)}x{Stops} _x{Begins - Stops} 0+{PromText.Number(Requests)}x{2 * BurnWindow.Base}";
        var series = new List<YamlNode> { Series(queries, "count", "200", null, values) };
        if (objective.Within is not null)
        {
            series.Add(Series(queries, "bucket", "200", objective.Bound, values));
        }

        return new YamlMap { Origin = objective.Because(ArtifactRules.SloMissing) }
            .Set("name", $"{alert} comes {SloRules.MissingFor} minutes after the last count of {BurnWindow.Base} minutes")
            .Set("interval", "1m")
            .Set("input_series", new YamlList(series))
            .Set("alert_rule_test", new YamlList(
                Expect(Stops),
                Expect(Stops + SloRules.MissingFor),
                Expect(Stops + SloRules.MissingFor + (2 * BurnWindow.Base), isFiring: true),
                Expect(Begins + BurnWindow.Base)));
    }

    private static YamlMap At(int minutes, string alert, YamlMap? expected) => new YamlMap()
        .Set("eval_time", PromText.Duration(minutes))
        .Set("alertname", alert)
        .Set("exp_alerts", expected is null ? new YamlList() : new YamlList(expected));

    private static YamlMap Labels(SloQueries queries, Objective objective, bool isPage) =>
        SloRules.AlertLabels(objective, isPage).Set("system", queries.System.Model.System).Set("service", queries.Service.Name).Set("slo", objective.Name);

    // Clean for so many samples; then so many bad requests between two samples, for so many samples.
    private static YamlList Input(SloQueries queries, Objective objective, int clean, params (decimal Bad, int Samples)[] then)
    {
        var all = Values([(Requests, clean), .. then.Select(part => (Requests, part.Samples))]);
        var good = Values([(Requests, clean), .. then.Select(part => (Requests - part.Bad, part.Samples))]);

        // The counter of failures is not there before the first of them, as with every SDK.
        var bad = $"_x{clean} {Values([.. then.Select(part => (part.Bad, part.Samples))])}";
        return objective.Within is null
            ? new YamlList(Series(queries, "count", "200", null, good), Series(queries, "count", "503", null, bad))
            : new YamlList(Series(queries, "count", "200", null, all), Series(queries, "bucket", "200", objective.Bound, good));
    }

    private static YamlMap Series(SloQueries queries, string suffix, string status, decimal? bound, string values) => new YamlMap()
        .Set("series", $"{SloQueries.Metric}_{suffix}{{job={PromText.Quoted(queries.Job)},instance=\"{Instance}\",http_request_method=\"GET\",http_route=\"/\",http_response_status_code=\"{status}\"{(bound is { } le ? $",le=\"{PromText.Number(le)}\"" : "")}}}")
        .Set("values", values);

    // A counter that begins at 0, in the notation of promtool.
    private static string Values(IReadOnlyList<(decimal Each, int Samples)> parts)
    {
        var (texts, last) = (new List<string> { "0" }, 0m);
        foreach (var (each, samples) in parts.Where(part => part.Samples > 0))
        {
            texts.Add($"{PromText.Number(last + each)}+{PromText.Number(each)}x{samples - 1}");
            last += each * samples;
        }

        return string.Join(' ', texts);
    }

    private static int Up(decimal minutes, int step) => (int)Math.Ceiling(minutes / step) * step;

    private static int Down(decimal minutes, int step) => (int)Math.Floor(minutes / step) * step;
}
