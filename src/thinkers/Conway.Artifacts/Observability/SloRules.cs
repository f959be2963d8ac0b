using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Observability;

/// <summary>The groups of rules of one service: what is counted, the shares of failures over each window, the budgets, the alerts.</summary>
internal static class SloRules
{
    /// <summary>How long nothing must have been counted before that is told, in minutes.</summary>
    public const int MissingFor = 30;

    public static YamlList Groups(SystemPlan system, ServicePlan service, IReadOnlyList<Objective> objectives)
    {
        var queries = new SloQueries(system, service);
        return new YamlList([
            Group($"{service.Name}-requests", service.Because(ArtifactRules.SloIndicator, "slo"), Counted(queries, objectives)),
            .. objectives.Select(objective => Group($"{service.Name}-{objective.Name}", objective.Because(ArtifactRules.SloWindow), [.. Recorded(queries, objective), .. Alerts(queries, objective)])),
            Group($"{service.Name}-budgets", service.Because(ArtifactRules.SloBudget, "slo"), objectives.SelectMany(objective => Budget(queries, objective)), "2m")]);
    }

    /// <summary>In the order in which each builds on those before it.</summary>
    public static IEnumerable<string> GroupNames(IReadOnlyList<Objective> objectives) =>
        [$"{objectives[0].Service.Name}-requests", .. objectives.Select(objective => $"{objective.Service.Name}-{objective.Name}"), $"{objectives[0].Service.Name}-budgets"];

    public static string AlertOf(Objective objective, BurnWindow window) => $"{objective.Title}Budget{window.Name}";

    public static string MissingOf(Objective objective) => $"{objective.Title}NotCounted";

    /// <summary>The labels that an alert has beside those of its objective.</summary>
    public static YamlMap AlertLabels(Objective objective, bool isPage) => new YamlMap().Set("severity", isPage ? "page" : "ticket")
        .SetIf(objective.Service.Team is not null, "team", () => new YamlText(objective.Service.Team!) { Origin = objective.Service.Because(ArtifactRules.Owner, objective.Service.Service.Team is null ? "context" : "team") });

    /// <summary>What an alert says.</summary>
    /// <param name="share">The share of failures, as a template or as text.</param>
    public static YamlMap Annotations(SystemPlan system, Objective objective, BurnWindow window, string share, bool isTemplate)
    {
        var budget = Math.Round(window.Factor * window.Long * 100 / (decimal)objective.Period.TotalMinutes, 1);
        return Say(system, objective, AlertOf(objective, window), isTemplate,
            $"{objective.Service.Name} uses up its budget: {objective.Words}.",
            $"{share} of the {(objective.Within is null ? "requests failed" : "answers were too slow")} in the last {PromText.Duration(window.Short)}, more than {PromText.Number(window.Factor * objective.Budget * 100)} % there and in the last {PromText.Duration(window.Long)}. A budget of {PromText.Duration(objective.PeriodMinutes)} loses {PromText.Number(budget)} % in {PromText.Duration(window.Long)} at this pace.");
    }

    /// <summary>What the alert says when nothing is counted.</summary>
    public static YamlMap MissingAnnotations(SystemPlan system, Objective objective, bool isTemplate) => Say(system, objective, MissingOf(objective), isTemplate,
        $"Nothing is counted for {objective.Service.Name}: {objective.Words}.",
        string.Create(CultureInfo.InvariantCulture, $"There is no {SloQueries.Metric} of the job for {MissingFor} minutes{(objective.Within is null ? "" : ", or none with this bound")}. Either the service does not run, or its metrics do not arrive."));

    private static YamlMap Say(SystemPlan system, Objective objective, string alert, bool isTemplate, string summary, string description)
    {
        var said = new YamlMap().Set("summary", summary).Set("description", description);
        var service = objective.Service;
        if (service.Service.Description is { Length: > 0 } about)
        {
            said.Set("service_description", isTemplate ? PromText.Literal(about) : about, ArtifactRules.Declared, $"{service.Path}.description");
        }

        if (service.Team is { } team && system.Model.Teams.TryGetValue(team, out var found) && found.Contact is { Length: > 0 } contact)
        {
            said.Set("contact", isTemplate ? PromText.Literal(contact) : contact, ArtifactRules.Owner, $"teams.{team}.contact");
        }

        if (system.Model.Deploy.Runbooks is { } pattern)
        {
            var address = pattern.Replace("{service}", service.Name, StringComparison.Ordinal).Replace("{alert}", alert, StringComparison.Ordinal);
            said.Set("runbook_url", isTemplate ? PromText.Literal(address) : address, ArtifactRules.AlertRunbook, "deploy.runbooks");
        }

        return said;
    }

    private static YamlMap Group(string name, Origin origin, IEnumerable<YamlMap> rules, string? interval = null) =>
        new YamlMap { Origin = origin }.Set("name", name).SetIf(interval is not null, "interval", () => interval!).Set("rules", new YamlList([.. rules]));

    private static IEnumerable<YamlMap> Counted(SloQueries queries, IReadOnlyList<Objective> objectives)
    {
        var labels = Labels(queries);
        yield return Record(SloQueries.Requests, labels, queries.Rate());
        if (objectives.Any(objective => objective.Within is null))
        {
            // Without the second line there would be no share at all before the first failure.
            yield return Record(SloQueries.Errors, labels, queries.Rate(more: SloQueries.Failed), $"or 0 * {queries.Rate()}");
        }

        if (objectives.Any(objective => objective.Within is not null))
        {
            yield return Record(SloQueries.Answers, labels, queries.Rate(more: SloQueries.NotFailed));
        }

        foreach (var objective in objectives.Where(objective => objective.Within is not null))
        {
            yield return Record(SloQueries.Slow, Labels(queries, objective), $"clamp_min({queries.Rate(more: SloQueries.NotFailed)}", $"- {queries.Rate("bucket", SloQueries.NotFailed + SloQueries.Bucket(objective.Bound))}, 0)") with { Origin = objective.Because(ArtifactRules.SloIndicator) };
        }
    }

    private static IEnumerable<YamlMap> Recorded(SloQueries queries, Objective objective)
    {
        var (bad, all) = Series(queries, objective);
        foreach (var minutes in objective.Windows.SelectMany(window => new[] { window.Short, window.Long }).Append(BurnWindow.Base).Distinct().Order())
        {
            yield return minutes == BurnWindow.Base
                ? Record(SloQueries.Ratio(minutes), Labels(queries, objective), $"sum({bad}) / sum({all})")
                : Record(SloQueries.Ratio(minutes), Labels(queries, objective), Average(bad, minutes), $"/ {Average(all, minutes)}");
        }
    }

    private static IEnumerable<YamlMap> Budget(SloQueries queries, Objective objective)
    {
        if (objective.Budget == 0)
        {
            yield break;
        }

        var (bad, all) = Series(queries, objective);
        var labels = Labels(queries, objective);
        var period = objective.PeriodMinutes;
        yield return Record("slo:objective:ratio", labels, $"vector({PromText.Number(objective.Percent / 100)})") with { Origin = objective.Because(ArtifactRules.SloBudget) };
        yield return Record("slo:current_burn_rate:ratio", labels, $"{SloQueries.Ratio(BurnWindow.Base)}{{{queries.Of(objective)}}} / {PromText.Number(objective.Budget)}") with { Origin = objective.Because(ArtifactRules.SloBudget) };
        yield return Record("slo:period_error_budget_remaining:ratio", labels, $"1 - {Average(bad, period)}", $"/ {Average(all, period)} / {PromText.Number(objective.Budget)}") with { Origin = objective.Because(ArtifactRules.SloBudget) };
    }

    private static IEnumerable<YamlMap> Alerts(SloQueries queries, Objective objective)
    {
        foreach (var window in objective.Windows)
        {
            var threshold = $"> {PromText.Number(window.Factor)} * {PromText.Number(objective.Budget)}";
            yield return new YamlMap { Origin = objective.Because(window.IsPage ? ArtifactRules.SloPage : ArtifactRules.SloTicket) }
                .Set("alert", AlertOf(objective, window))
                .Set("expr", new YamlBlock($"{SloQueries.Ratio(window.Short)}{{{queries.Of(objective)}}} {threshold}", $"and {SloQueries.Ratio(window.Long)}{{{queries.Of(objective)}}} {threshold}"))
                .Set("labels", AlertLabels(objective, window.IsPage))
                .Set("annotations", Annotations(queries.System, objective, window, "{{ $value | humanizePercentage }}", isTemplate: true));
        }

        if (objective.Service.Service.Replicas > 0)
        {
            yield return new YamlMap { Origin = objective.Because(ArtifactRules.SloMissing) }
                .Set("alert", MissingOf(objective))
                .Set("expr", new YamlBlock($"absent({SloQueries.Ratio(BurnWindow.Base)}{{{queries.Of(objective)}}})"))
                .Set("for", PromText.Duration(MissingFor))
                .Set("labels", AlertLabels(objective, isPage: false))
                .Set("annotations", MissingAnnotations(queries.System, objective, isTemplate: true));
        }
    }

    /// <summary>The series of failures and of all that is counted.</summary>
    public static (string Bad, string All) Series(SloQueries queries, Objective objective) => objective.Within is null
        ? ($"{SloQueries.Errors}{{{queries.Of()}}}", $"{SloQueries.Requests}{{{queries.Of()}}}")
        : ($"{SloQueries.Slow}{{{queries.Of(objective)}}}", $"{SloQueries.Answers}{{{queries.Of()}}}");

    // The mean of rates is the rate of the whole window: every request weighs the same.
    private static string Average(string series, int minutes) => $"sum(avg_over_time({series}[{PromText.Duration(minutes)}]))";

    private static YamlMap Labels(SloQueries queries, Objective? objective = null) => new YamlMap().Set("system", queries.System.Model.System).Set("service", queries.Service.Name)
        .SetIf(objective is not null, "slo", () => objective!.Name);

    private static YamlMap Record(string name, YamlMap labels, params string[] expression) => new YamlMap().Set("record", name).Set("expr", new YamlBlock(expression)).Set("labels", labels);
}
