namespace Conway.Checks.Sources;

/// <summary>What a service does to be watched, as its packages and its deployment tell.</summary>
internal static class Watching
{
    private static readonly string[] Both =
    [
        "OpenTelemetry", "Conway.Service", "Microsoft.ApplicationInsights", "Azure.Monitor.OpenTelemetry", "Elastic.Apm", "Elastic.OpenTelemetry", "Datadog.Trace", "NewRelic.Agent", "Grafana.OpenTelemetry",
        "Honeycomb.OpenTelemetry", "Dynatrace", "SkyAPM", "Splunk.OpenTelemetry", "AWS.Distro.OpenTelemetry", "Sentry", "App.Metrics.Reporting", "Steeltoe.Management",
    ];

    private static readonly string[] TracesOnly = ["OpenTracing", "Jaeger", "zipkin4net", "Zipkin", "AWSXRayRecorder", "Google.Cloud.Diagnostics", "Petabridge.Tracing", "SerilogTracing"];

    private static readonly string[] MetricsOnly = ["prometheus-net", "App.Metrics", "AppMetrics", "StatsdClient", "DogStatsD-CSharp-Client", "JustEat.StatsD", "Prometheus.Client", "InfluxDB.Collector"];

    // Set by whoever deploys an agent into the process.
    private static readonly string[] AgentVariables = ["CORECLR_PROFILER", "CORECLR_ENABLE_PROFILING", "DOTNET_STARTUP_HOOKS", "OTEL_DOTNET_AUTO_HOME", "DD_DOTNET_TRACER_HOME", "NEW_RELIC_LICENSE_KEY", "ELASTIC_APM_SERVER_URL"];

    /// <summary>Whether the projects of a service, and those that they share, have what sends traces and what gives metrics.</summary>
    /// <remarks>A project that leads out of what was read may hold anything, and is taken by its name.</remarks>
    public static (bool Traces, bool Metrics) Of(ServiceCode code, string service)
    {
        var packages = code.ProjectsOf(service).Concat(code.SharedProjectsOf(service)).SelectMany(p => p.Packages).ToArray();
        var both = packages.Any(p => Is(Both, p));
        return (both || packages.Any(p => Is(TracesOnly, p)), both || packages.Any(p => Is(MetricsOnly, p)));
    }

    /// <summary>Whether its model or its manifests put an agent into its process.</summary>
    public static bool ByAgent(CheckSubject subject, string service) =>
        subject.Model.Services[service].Environment.Keys.Any(AgentVariables.Contains)
        || (subject.Manifests?.Workloads.Any(w => subject.WorkloadService(w.Name) == service && w.Environment.Any(v => AgentVariables.Contains(v.Name))) ?? false);

    private static bool Is(string[] families, string package) =>
        families.Any(f => package.Equals(f, StringComparison.OrdinalIgnoreCase) || package.StartsWith(f + ".", StringComparison.OrdinalIgnoreCase));
}
