using System.Text.Json.Nodes;
using Conway.Findings;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>What reads the logs of the system's containers.</summary>
public sealed class LogsTests
{
    private const string Elastic = "{ to: elastic, address: \"https://elastic.data:9200/es/\", secret: writer }";
    private const string Loki = "{ to: loki, address: \"http://loki.observability:3100\" }";

    // The keys that Fluent Bit 4.2 documents for what is used of it, in lower case as it compares them.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["service"] = "flush grace log_level daemon http_server http_listen http_port health_check hc_errors_count hc_period hc_retry_failure_count storage.path storage.metrics scheduler.base scheduler.cap parsers_file",
        ["inputs tail"] = "name tag path path_key exclude_path offset_key read_from_head refresh_interval rotate_wait ignore_older skip_long_lines skip_empty_lines db db.sync db.locking db.journal_mode db.compare_filename mem_buf_limit buffer_chunk_size buffer_max_size multiline.parser parser key inotify_watcher tag_regex static_batch_size",
        ["filters kubernetes"] = "name match buffer_size kube_url kube_ca_file kube_ca_path kube_token_file kube_tag_prefix merge_log merge_log_key merge_log_trim merge_parser keep_log tls.debug tls.verify use_journal cache_use_docker_id regex_parser k8s-logging.parser k8s-logging.exclude labels annotations kube_meta_cache_ttl kube_token_ttl use_kubelet namespace_labels namespace_annotations owner_references use_tag_for_meta dns_retries dns_wait_time",
        ["filters lua"] = "name match script call type_int_key type_array_key protected_mode time_as_table code enable_flb_null",
        ["outputs opentelemetry"] = "name match host port tls tls.verify tls.verify_hostname http_user http_passwd compress retry_limit workers batch_size logs_uri metrics_uri traces_uri header logs_body_key logs_body_key_attributes logs_trace_id_message_key logs_span_id_message_key logs_severity_text_message_key logs_severity_number_message_key log_response_payload",
        ["outputs es"] = "name match host port path tls tls.verify tls.verify_hostname http_user http_passwd compress retry_limit workers buffer_size index type logstash_format logstash_prefix logstash_prefix_separator logstash_dateformat time_key time_key_format time_key_nanos suppress_type_name generate_id id_key write_operation replace_dots trace_error pipeline",
        ["outputs loki"] = "name match host port uri tls tls.verify tls.verify_hostname http_user http_passwd bearer_token compress retry_limit workers tenant_id labels label_keys label_map_path remove_keys drop_single_key line_format auto_kubernetes_labels tenant_id_key",
    };

    public static TheoryData<string, string> Places => new() { { "otlp", "opentelemetry" }, { Elastic, "es" }, { Loki, "loki" } };

    [Theory, MemberData(nameof(Places))]
    public async Task Every_plugin_is_given_only_keys_that_it_knows_and_every_line_has_a_way_out(string logs, string plugin)
    {
        var config = await (await ReadObservabilityAsync(Some.Model(Some.Logged(logs)))).ConfigAsync("fluent-bit-config", "fluent-bit.yaml");
        Assert.Equal([], Faults(config));
        Assert.Equal(plugin, config["pipeline"]!["outputs"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_key_that_a_plugin_does_not_know_and_a_line_without_a_way_out_are_seen()
    {
        var config = await (await ReadObservabilityAsync(Some.Model(Some.Logged(Loki)))).ConfigAsync("fluent-bit-config", "fluent-bit.yaml");
        config["pipeline"]!["outputs"]![0]!["lineformat"] = "json";
        config["pipeline"]!["filters"]![1]!["match"] = "other.*";
        config["pipeline"]!["filters"]![1]!["call"] = "nobody";
        Assert.Equal(["filters lua: 'other.*' matches nothing", "filters lua: there is no function nobody", "outputs loki: 'lineformat' is not known"], Faults(config));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Where_lines_go_stands_in_the_output(string logs, string plugin)
    {
        var objects = await ReadObservabilityAsync(Some.Model(Some.Logged(logs)));
        var output = (await objects.ConfigAsync("fluent-bit-config", "fluent-bit.yaml"))["pipeline"]!["outputs"]![0]!.AsObject();
        string Said(params string[] keys) => string.Join(' ', keys.Select(key => output[key]?.ToJsonString().Trim('"') ?? "-"));
        Assert.Equal(
            plugin switch
            {
                "opentelemetry" => "collector.shop-production-telemetry 4318 off - /v1/logs $log -",
                "es" => "elastic.data 9200 on on - - /es",
                _ => "loki.observability 3100 off - - - -",
            },
            Said("host", "port", "tls", "tls.verify", "logs_uri", "logs_body_key", "path"));
        Assert.Equal(plugin == "loki" ? "system=shop, service_name=$service_name, team=$team" : "-", Said("labels"));

        // The secret is asked for where one is named, and nowhere else.
        var variables = One(objects, "DaemonSet")["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]?.AsArray().Select(one => $"{one!["name"]} {one["valueFrom"]!["secretKeyRef"]!["name"]}/{one["valueFrom"]!["secretKeyRef"]!["key"]}");
        Assert.Equal(plugin == "es" ? ["LOGS_USER writer/user", "LOGS_PASSWORD writer/password"] : [], variables ?? []);
        Assert.Equal(plugin == "es" ? "${LOGS_USER} ${LOGS_PASSWORD}" : "- -", Said("http_user", "http_passwd"));
        var collector = objects.Of("NetworkPolicy").Single(one => Name(one) == "collector")["spec"]!["ingress"]![0]!["from"]!.AsArray();
        Assert.Equal(plugin == "opentelemetry" ? ["shop-production", "shop-production-logs"] : ["shop-production"], collector.Select(peer => peer!["namespaceSelector"]!["matchLabels"]!["kubernetes.io/metadata.name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task It_may_read_pods_of_the_system_by_name_and_reach_the_api_server_and_its_store()
    {
        var objects = await ReadObservabilityAsync(Some.Model(Some.Logged(Elastic)));
        Assert.Empty(objects.Of("ClusterRole", "ClusterRoleBinding"));
        var role = One(objects, "Role");
        Assert.Equal("""[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]""", role["rules"]!.ToJsonString());
        Assert.Equal("shop-production", role["metadata"]!["namespace"]!.GetValue<string>());
        var binding = One(objects, "RoleBinding");
        Assert.Equal((Name(role), "shop-production"), (binding["roleRef"]!["name"]!.GetValue<string>(), binding["metadata"]!["namespace"]!.GetValue<string>()));
        Assert.Equal("""[{"kind":"ServiceAccount","name":"fluent-bit","namespace":"shop-production-logs"}]""", binding["subjects"]!.ToJsonString());
        Assert.Equal("privileged", objects.Of("Namespace").Single(one => Name(one) == "shop-production-logs")["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"]!.GetValue<string>());
        var pod = One(objects, "DaemonSet")["spec"]!["template"]!["spec"]!;
        Assert.Equal(["/var/log"], pod["volumes"]!.AsArray().Select(volume => volume!["hostPath"]?["path"]!.GetValue<string>()).OfType<string>());
        var mounts = pod["containers"]![0]!["volumeMounts"]!.AsArray();
        Assert.Equal(["/etc/fluent-bit True", "/var/lib/fluent-bit False", "/var/log True"], mounts.Select(mount => $"{mount!["mountPath"]} {mount["readOnly"]?.GetValue<bool>() ?? false}"));
        Assert.Equal("""{"drop":["ALL"]}""", pod["containers"]![0]!["securityContext"]!["capabilities"]!.ToJsonString());
        var policy = objects.Of("NetworkPolicy").Single(one => Name(one) == "fluent-bit")["spec"]!;
        Assert.Equal(
            ["""{"ipBlock":{"cidr":"10.0.0.10/32"}} 6443""", """{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"data"}}} 9200"""],
            policy["egress"]!.AsArray().Skip(1).Select(rule => $"{rule!["to"]![0]!.ToJsonString()} {rule["ports"]![0]!["port"]}"));
        Assert.Equal("monitoring 2020", policy["ingress"]!.AsArray().Select(rule => $"{rule!["from"]![0]!["namespaceSelector"]!["matchLabels"]!["kubernetes.io/metadata.name"]} {rule["ports"]![0]!["port"]}").Single());
        Assert.True(Selects(One(objects, "PodMonitor")["spec"]!["selector"], Labels(One(objects, "DaemonSet")["spec"]!["template"]!["metadata"]!["labels"])));
    }

    [Fact]
    public async Task The_labels_that_lines_are_named_by_are_those_of_the_pods_of_services()
    {
        var config = await (await ReadObservabilityAsync(Some.Model(Some.Logged("otlp")))).ConfigAsync("fluent-bit-config", "fluent-bit.yaml");
        var code = config["pipeline"]!["filters"]![1]!["code"]!.GetValue<string>();
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("kubernetes", Some.Model(Some.Logged("otlp"))).Values);
        var pod = (await ReadFolderAsync(Path.Combine(folder.Path, "kubernetes"), validate: false)).Of("Deployment").Single(one => Name(one) == "orders")["spec"]!["template"]!;
        var labels = Labels(pod["metadata"]!["labels"]);
        var asked = System.Text.RegularExpressions.Regex.Matches(code, @"\['labels'\]\['([^']+)'\]").Select(match => labels[match.Groups[1].Value]);
        Assert.Equal(["orders", "checkout"], asked);

        // The container lies in the namespace whose files are read.
        Assert.Equal("/var/log/containers/*_shop-production_*.log", config["pipeline"]!["inputs"]![0]!["path"]!.GetValue<string>());
    }

    [Fact]
    public void Without_the_key_nothing_reads_logs_and_without_prometheus_nothing_scrapes_what_reads_them()
    {
        Assert.DoesNotContain(Some.Written("observability", Some.Model(Some.Watched)).Keys, path => path.Contains("logs", StringComparison.Ordinal));
        var model = Some.Model(Some.Logged(Elastic).Replace("run: own", "run: platform", StringComparison.Ordinal).Replace("  prometheus: monitoring\n", "", StringComparison.Ordinal));
        var files = Some.Written("observability", model);
        Assert.Contains("observability/kubernetes/1-logs.yaml", files.Keys);
        Assert.DoesNotContain("observability/kubernetes/2-logs-monitor.yaml", files.Keys);
        Assert.Contains("  ingress: []\n", files["observability/kubernetes/1-logs.yaml"].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ to: loki }", "", "CW1911 Nothing says where logs go.")]
    [InlineData("{ to: elastic, address: \"https://\" }", "", "CW1911 'https://' is no address.")]
    [InlineData("{ to: elastic, address: \"https://logs.example.com\" }", "", "CW1911 Logs go to 'logs.example.com', and nothing says where in the network that is.")]
    [InlineData("otlp", "kubernetes: \"10.0.0.10/32:6443\", ", "CW1911 Fluent Bit reads the labels of pods, and nothing says where in the network the API server is.")]
    [InlineData("{ to: otlp, image: \"a/b:latest\" }", "", "CW1914 'deploy.logs.image' says latest, which is another image tomorrow.")]
    public void What_is_missing_for_logs_is_told(string logs, string without, string said)
    {
        var text = Some.Logged(logs);
        var tree = ArtifactCatalog.Find("observability")!.Generate(Some.Model(without.Length == 0 ? text : text.Replace(without, "", StringComparison.Ordinal)), null, new BuildFacts());
        Assert.Equal([said], tree.Findings.Select(finding => finding.ToString()));
        Assert.All(tree.Findings, finding => Assert.Equal(Severity.Error, finding.Severity));
    }

    [Fact]
    public void Every_line_knows_its_part_of_the_model()
    {
        var files = Some.Written("observability", Some.Model(Some.Logged(Elastic)));
        Assert.All(files.Values.SelectMany(file => file.Origins), origin => Assert.Contains(origin!.Rule, ArtifactRules.All));
        Origin Of(string file, string line) => files[file].Origins[Array.FindIndex(files[file].Text.Split('\n'), one => one.Contains(line, StringComparison.Ordinal))]!;
        Assert.Equal(new Origin("deploy.collector.traces", ArtifactRules.CollectorAway), Of("observability/kubernetes/1-collector.yaml", "- name: TRACES_ENDPOINT"));
        Assert.Equal(new Origin("services.orders.slo.latency.p99", ArtifactRules.SamplingSlow), Of("observability/kubernetes/1-collector.yaml", "SPAN_KIND_SERVER"));
        Assert.Equal(new Origin("deploy.logs.secret", ArtifactRules.LogsOutput), Of("observability/kubernetes/1-logs.yaml", "name: LOGS_USER"));
        Assert.Equal(new Origin("deploy.prometheus", ArtifactRules.LogsNetwork), Of("observability/kubernetes/1-logs.yaml", "kubernetes.io/metadata.name: monitoring"));
    }

    [Fact]
    public void A_collector_does_not_lie_in_the_namespace_of_what_reads_logs()
    {
        var tree = ArtifactCatalog.Find("observability")!.Generate(Some.Model(Some.Logged(Elastic).Replace("shop-production-telemetry", "shop-production-logs", StringComparison.Ordinal)), null, new BuildFacts());
        Assert.Equal(["CW1911 'shop-production-logs' is the namespace of what reads logs, which is less confined than a collector."], tree.Findings.Select(finding => finding.ToString()));
    }

    private static List<string> Faults(JsonObject config)
    {
        var faults = new List<string>();
        void Check(string plugin, JsonObject keys) => faults.AddRange(keys.Select(key => key.Key).Where(key => !Known[plugin].Split(' ').Contains(key)).Select(key => $"{plugin}: '{key}' is not known"));
        Check("service", config["service"]!.AsObject());
        var tags = config["pipeline"]!["inputs"]!.AsArray().Select(input => input!["tag"]!.GetValue<string>()).ToArray();
        foreach (var kind in new[] { "inputs", "filters", "outputs" })
        {
            foreach (var plugin in config["pipeline"]![kind]!.AsArray().Select(plugin => plugin!.AsObject()))
            {
                var name = $"{kind} {plugin["name"]!.GetValue<string>()}";
                if (kind != "inputs" && !tags.Contains(plugin["match"]!.GetValue<string>()))
                {
                    faults.Add($"{name}: '{plugin["match"]}' matches nothing");
                }

                if (plugin["call"] is { } call && !plugin["code"]!.GetValue<string>().Contains($"function {call}(", StringComparison.Ordinal))
                {
                    faults.Add($"{name}: there is no function {call}");
                }

                Check(name, plugin);
            }
        }

        // The filter finds namespace and pod in what is left of the tag, and the tag is made of the path.
        var prefix = config["pipeline"]!["filters"]![0]!["kube_tag_prefix"]!.GetValue<string>();
        if (prefix != tags[0].Replace("*", Path.GetDirectoryName(config["pipeline"]!["inputs"]![0]!["path"]!.GetValue<string>())![1..].Replace('/', '.') + ".", StringComparison.Ordinal))
        {
            faults.Add($"'{prefix}' is not how tags begin");
        }

        return faults;
    }

    private static JsonObject One(KubeObjects objects, string kind) => objects.Of(kind).Single();
}
