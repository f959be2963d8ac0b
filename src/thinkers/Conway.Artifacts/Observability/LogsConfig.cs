using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Observability;

/// <summary>A configuration of Fluent Bit: what containers of the system print, with service and team, goes to one place.</summary>
internal static class LogsConfig
{
    public const int Port = 2020;
    public const string State = "/var/lib/fluent-bit";
    private const string Tag = "kube.*";

    public static YamlMap Write(SystemPlan system, LogsPlan plan)
    {
        var space = KubeMetadata.NamespaceOf(system);
        return new YamlMap { Origin = new Origin(LogsPlan.Path, ArtifactRules.LogsWorkload) }
            .Set("service", new YamlMap()
                .Set("flush", 1)
                .Set("log_level", "info")
                .Set("http_server", "on")
                .Set("http_listen", "0.0.0.0")
                .Set("http_port", Port)
                .Set("health_check", "on"))
            .Set("pipeline", new YamlMap()
                .Set("inputs", new YamlList(
                    new YamlMap { Origin = new Origin("deploy.namespace", ArtifactRules.LogsInput) }
                        .Set("name", "tail")
                        .Set("tag", Tag)
                        .Set("path", $"/var/log/containers/*_{space}_*.log")
                        .Set("multiline.parser", "docker, cri")
                        .Set("db", $"{State}/tail.db")
                        .Set("db.locking", "on")
                        .Set("read_from_head", "on")
                        .Set("refresh_interval", 10)
                        .Set("skip_long_lines", "on")
                        .Set("mem_buf_limit", "32M"),
                    new YamlKeep("inputs") { Origin = new Origin(LogsPlan.Path, ArtifactRules.KeepRegion) }))
                .Set("filters", new YamlList(
                    new YamlMap { Origin = new Origin(LogsPlan.Path, ArtifactRules.LogsLabels) }
                        .Set("name", "kubernetes")
                        .Set("match", Tag)
                        .Set("kube_tag_prefix", "kube.var.log.containers.")
                        .Set("merge_log", "on")
                        // OTLP has a body of its own; elsewhere the fields of a line in JSON take its place.
                        .Set("keep_log", plan.To == "otlp" ? "on" : "off")
                        .Set("labels", "on")
                        .Set("annotations", "off")
                        .Set("buffer_size", "256k"),
                    new YamlMap { Origin = new Origin("services", ArtifactRules.LogsLabels) }
                        .Set("name", "lua")
                        .Set("match", Tag)
                        .Set("call", "name_service")
                        .Set("code", new YamlBlock(
                            "function name_service(tag, timestamp, record)",
                            "  local pod = record['kubernetes']",
                            "  if pod and pod['labels'] then",
                            $"    record['service_name'] = pod['labels']['{KubeMetadata.NameLabel}']",
                            "    record['team'] = pod['labels']['owner']",
                            "    pod['labels'] = nil",
                            "  end",
                            $"  record['system'] = '{system.Model.System}'",
                            "  return 2, timestamp, record",
                            "end")),
                    new YamlKeep("filters") { Origin = new Origin(LogsPlan.Path, ArtifactRules.KeepRegion) }))
                .Set("outputs", new YamlList(Output(system, plan), new YamlKeep("outputs") { Origin = new Origin(LogsPlan.Path, ArtifactRules.KeepRegion) })));
    }

    private static YamlMap Output(SystemPlan system, LogsPlan plan)
    {
        var path = plan.Address.AbsolutePath.TrimEnd('/');
        var output = new YamlMap { Origin = new Origin(LogsPlan.Path, ArtifactRules.LogsOutput) }
            .Set("name", plan.To switch { "otlp" => "opentelemetry", "elastic" => "es", _ => "loki" })
            .Set("match", Tag)
            .Set("host", plan.Address.Host.Trim('[', ']'))
            .Set("port", plan.Address.Port)
            .Set("tls", plan.Address.Scheme == "https" ? "on" : "off")
            .Set("retry_limit", "no_limits")
            .Set("compress", "gzip");
        if (plan.Address.Scheme == "https")
        {
            output.Set("tls.verify", "on").Set("tls.verify_hostname", "on");
        }

        if (system.Model.Deploy.Logs.Secret is not null)
        {
            output.Set("http_user", "${LOGS_USER}").Set("http_passwd", "${LOGS_PASSWORD}");
        }

        return plan.To switch
        {
            "otlp" => output
                .Set("logs_uri", $"{path}/v1/logs")
                .Set("logs_body_key", "$log")
                .Set("logs_body_key_attributes", "true")
                .Set("logs_trace_id_message_key", "$traceId")
                .Set("logs_span_id_message_key", "$spanId"),
            "elastic" => output
                .SetIf(path.Length > 0, "path", () => path)
                .Set("logstash_format", "on")
                .Set("logstash_prefix", ObjectNames.Label(system.Model.System))
                .Set("time_key_nanos", "on")
                .Set("suppress_type_name", "on")
                // What is sent a second time is the same document.
                .Set("generate_id", "on"),
            _ => output
                .SetIf(path.Length > 0, "uri", () => $"{path}/loki/api/v1/push")
                .Set("labels", string.Create(CultureInfo.InvariantCulture, $"system={system.Model.System}, service_name=$service_name, team=$team"))
                .Set("remove_keys", "system, service_name, team")
                .Set("line_format", "json"),
        };
    }
}
