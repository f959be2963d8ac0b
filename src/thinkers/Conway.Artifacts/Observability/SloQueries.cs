using System.Text.RegularExpressions;
using Conway.Artifacts.Plans;

namespace Conway.Artifacts.Observability;

/// <summary>What a service's metric is called in Prometheus, and the series that rules make of it.</summary>
/// <remarks><c>http.server.request.duration</c> in seconds, by the semantic conventions of OpenTelemetry and their mapping to Prometheus: <c>job</c> is <c>service.namespace/service.name</c>.</remarks>
internal sealed partial record SloQueries(SystemPlan System, ServicePlan Service)
{
    public const string Metric = "http_server_request_duration_seconds";
    public const string Requests = "service:http_server_requests:rate5m";
    public const string Errors = "service:http_server_errors:rate5m";
    public const string Answers = "service:http_server_answers:rate5m";
    public const string Slow = "service:http_server_slow:rate5m";

    /// <summary>How the service names itself, also where its own variables say something else than the model.</summary>
    public string Job
    {
        get
        {
            var attributes = Value("OTEL_RESOURCE_ATTRIBUTES") ?? "";
            var name = Value("OTEL_SERVICE_NAME") ?? Service.Name;
            var space = Attribute().Matches(attributes).FirstOrDefault(match => match.Groups[1].Value == "service.namespace")?.Groups[2].Value;
            return Value("OTEL_RESOURCE_ATTRIBUTES") is null ? $"{System.Model.System}/{name}" : space is null ? name : $"{Uri.UnescapeDataString(space)}/{name}";
        }
    }

    /// <summary>Labels that every series of the service's rules has.</summary>
    public string Of(Objective? objective = null) =>
        $"system={PromText.Quoted(System.Model.System)},service={PromText.Quoted(Service.Name)}{(objective is null ? "" : $",slo=\"{objective.Name}\"")}";

    /// <summary>Requests a second, by what is left after a matcher.</summary>
    public string Rate(string suffix = "count", string more = "") => $"sum(rate({Metric}_{suffix}{{{Job_}{more}}}[{PromText.Duration(BurnWindow.Base)}]))";

    public const string Failed = ",http_response_status_code=~\"5..\"";
    public const string NotFailed = ",http_response_status_code!~\"5..\"";

    /// <summary>The bucket of a bound. Prometheus 3 writes whole numbers with a zero behind a point.</summary>
    public static string Bucket(decimal bound) => decimal.IsInteger(bound) ? $",le=~\"{PromText.Number(bound)}(\\\\.0)?\"" : $",le=\"{PromText.Number(bound)}\"";

    /// <summary>Name of the share of failures over a window.</summary>
    public static string Ratio(int minutes) => $"slo:sli_error:ratio_rate{PromText.Duration(minutes)}";

    // The health path is asked by the cluster and not by users; .NET services do not count it.
    private string Job_ => $"job={PromText.Quoted(Job)}{(Service.Service.Health?.Path is { } path && Service.Service.Project is null ? $",http_route!={PromText.Quoted(path.Split('?')[0])}" : "")}";

    private string? Value(string variable) => Service.Variables.FirstOrDefault(one => one.Name == variable)?.Value;

    [GeneratedRegex("([^=,]+)=([^,]*)")]
    private static partial Regex Attribute();
}
