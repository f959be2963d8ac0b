using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW6101: logs that stay where they were written.</summary>
/// <remarks>By the packages of a service's projects: one that writes files, and none that sends anywhere. What is printed is collected by whoever runs the service.</remarks>
public sealed class LocalLogging : ICheck
{
    private static readonly string[] ToFiles = ["Serilog.Sinks.File", "Serilog.Sinks.RollingFile", "NLog", "log4net", "NReco.Logging.File", "Karambolo.Extensions.Logging.File"];

    private static readonly string[] ToCollectors =
    [
        "OpenTelemetry", "Conway.Service", "Serilog.Sinks.OpenTelemetry", "Serilog.Sinks.Seq", "Serilog.Sinks.Elasticsearch", "Elastic.Serilog.Sinks", "Serilog.Sinks.Grafana.Loki",
        "Serilog.Sinks.ApplicationInsights", "Serilog.Sinks.Http", "Serilog.Sinks.Console", "Serilog.Sinks.Splunk", "Serilog.Sinks.Datadog.Logs", "Microsoft.ApplicationInsights",
        "NLog.Targets.Seq", "NLog.Targets.Loki", "NLog.Targets.OpenTelemetryProtocol", "NLog.Targets.ElasticSearch", "Seq.Extensions.Logging", "Gelf.Extensions.Logging", "AWS.Logger",
    ];

    public FindingRule Rule { get; } = new(
        "CW6101", Severity.Warning, "Logs that stay on the machine",
        "They are gone with the replica that wrote them, and nobody can read those of ten replicas side by side.")
    {
        Unless = "an agent on the machine ships the files",
    };

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Code;

    public string? Lacks(CheckSubject subject) => subject.Sources.Lack();

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from service in subject.Sources.Services
        let packages = subject.Sources.ProjectsOf(service).Concat(subject.Sources.SharedProjectsOf(service)).SelectMany(p => p.Packages).ToArray()
        let files = packages.FirstOrDefault(p => ToFiles.Contains(p, StringComparer.OrdinalIgnoreCase))
        where files is not null && !packages.Any(IsCollector)
        select new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{service}",
            Message = $"'{service}' writes its logs to files ({files}) and sends them nowhere.",
            Mend = $"Send them by OpenTelemetry to OTEL_EXPORTER_OTLP_ENDPOINT, or print them; remove {files}.",
        };

    // OpenTelemetry.Exporter.OpenTelemetryProtocol is of the family OpenTelemetry.
    private static bool IsCollector(string package) =>
        ToCollectors.Any(c => package.Equals(c, StringComparison.OrdinalIgnoreCase) || package.StartsWith(c + ".", StringComparison.OrdinalIgnoreCase));
}
