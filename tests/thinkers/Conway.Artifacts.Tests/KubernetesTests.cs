using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Conway.Artifacts.Tests.Mesh;
using Conway.Model;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>Plain manifests, read back and held to what a cluster and its linters ask.</summary>
public sealed partial class KubernetesTests
{
    public static TheoryData<string> Systems => ["cluster", "workloads", "rabbit", "scaled", "hard", "one", "large"];

    [Theory, MemberData(nameof(Systems))]
    public async Task Every_object_is_valid_and_has_a_name_that_a_cluster_takes(string system)
    {
        var objects = await ReadAsync(Model(system), validate: true);
        Assert.Equal([], objects.Problems);
        Assert.All(objects.All, one => Assert.Matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", Name(one)));
        Assert.All(objects.Of("StatefulSet", "CronJob"), one => Assert.InRange(Name(one).Length, 1, 52));
        Assert.Equal(objects.All.Count, objects.All.Select(one => $"{Kind(one)} {one["metadata"]!["namespace"]} {Name(one)}").Distinct().Count());
        Assert.All(objects.All.SelectMany(one => Labels(one["metadata"]!["labels"])), label => Assert.Matches("^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$", label.Value));
    }

    [Fact]
    public async Task A_field_that_is_not_known_is_seen_where_schemas_are_at_hand()
    {
        var objects = await ReadAsync(Some.Large(1), text => text.Replace("automountServiceAccountToken", "automountServiceAcountToken", StringComparison.Ordinal), validate: true);
        Assert.Equal(Schemas is not null, objects.Problems.Count > 0);
        Assert.NotEmpty(Careless(objects));
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Every_pod_keeps_to_the_restricted_standard_and_to_what_linters_ask(string system) => Assert.Equal([], Careless(await ReadAsync(Model(system))));

    [Theory]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false")]
    [InlineData("runAsGroup: 10001", "runAsGroup: 1000")]
    [InlineData("- ALL", "- NET_RAW")]
    [InlineData("type: RuntimeDefault", "type: Unconfined")]
    [InlineData("memory: \"384Mi\"", "memory: \"385Mi\"")]
    [InlineData("livenessProbe", "oldnessProbe")]
    [InlineData("maxUnavailable: 1", "maxUnavailable: 0")]
    [InlineData("imagePullPolicy: Always", "imagePullPolicy: Never")]
    [InlineData("automountServiceAccountToken: false", "automountServiceAccountToken: true")]
    public async Task What_a_linter_would_say_is_said_here_too(string text, string changed)
    {
        var found = false;
        var objects = await ReadAsync(Model("cluster"), file =>
        {
            found |= file.Contains(text, StringComparison.Ordinal) || text.StartsWith("memory", StringComparison.Ordinal);
            return text.StartsWith("memory", StringComparison.Ordinal) ? Memory().Replace(file, "memory: \"999Mi\"", 1) : file.Replace(text, changed, StringComparison.Ordinal);
        });
        Assert.True(found, $"'{text}' is in no file.");
        Assert.NotEmpty(Careless(objects));
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Selectors_select_ports_resolve_and_references_exist(string system) => Assert.Equal([], Dangling(await ReadAsync(Model(system))));

    [Fact]
    public async Task A_reference_to_nothing_is_found()
    {
        Assert.NotEmpty(Dangling(await ReadAsync(Model("cluster"), text => text.Replace("targetPort: http", "targetPort: web", StringComparison.Ordinal))));
        Assert.NotEmpty(Dangling(await ReadAsync(Model("cluster"), text => text.Replace("priorityClassName: ", "priorityClassName: no-", StringComparison.Ordinal))));
        Assert.NotEmpty(Dangling(await ReadAsync(Model("cluster"), text => Selector().Replace(text, "$1orders-x", 1))));
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task The_network_lets_through_what_is_declared_and_nothing_else(string system)
    {
        var model = Model(system);
        Assert.Equal([], Differences(model, new NetworkRules(await ReadAsync(model))));
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("cluster")]
    [InlineData("large")]
    public async Task Of_five_thousand_requests_the_network_lets_through_those_of_declared_callers_whatever_they_ask(string system)
    {
        var model = GatewayApiTests.Model(system);
        var objects = await ReadAsync(model);
        Assert.Equal([], Differences(model, new NetworkRules(objects)));
        Assert.Equal([], Sampled(model, new NetworkRules(objects)));
    }

    [Theory]
    [InlineData("\"port\":8080", "\"port\":8081")]
    [InlineData("\"app.kubernetes.io/name\":\"payments\"", "\"app.kubernetes.io/name\":\"alone\"")]
    [InlineData("\"kubernetes.io/metadata.name\":\"istio-ingress\"", "\"kubernetes.io/metadata.name\":\"elsewhere\"")]
    [InlineData("203.0.113.0/24", "192.0.2.0/24")]
    [InlineData("\"policyTypes\":[\"Ingress\",\"Egress\"]", "\"policyTypes\":[\"Egress\"]")]
    public async Task A_wrong_word_in_a_network_policy_is_seen(string text, string wrong)
    {
        var model = GatewayApiTests.Model("everything");
        var (objects, found) = (await ReadAsync(model), 0);
        var changed = objects with
        {
            All = [.. objects.All.Select(one =>
            {
                var written = one.ToJsonString();
                var isChanged = Kind(one) == "NetworkPolicy" && written.Contains(text, StringComparison.Ordinal);
                found += isChanged ? 1 : 0;
                return isChanged ? JsonNode.Parse(written.Replace(text, wrong, StringComparison.Ordinal))!.AsObject() : one;
            })],
        };
        Assert.True(found > 0, $"'{text}' is in no policy.");
        Assert.NotEmpty(Sampled(model, new NetworkRules(changed)));
    }

    [Fact]
    public async Task A_call_that_no_policy_lets_through_and_one_too_many_are_both_seen()
    {
        var model = Model("cluster");
        var objects = await ReadAsync(model);
        var removed = objects with { All = [.. objects.All.Where(one => Kind(one) != "NetworkPolicy")] };
        Assert.NotEmpty(Differences(model, new NetworkRules(removed)));
        var fewer = await ReadAsync(Some.Model(Some.Cluster.Replace("calls: { catalog: 300ms }", "calls: {}", StringComparison.Ordinal)));
        Assert.Contains("orders -> catalog:8080", Differences(model, new NetworkRules(fewer)));
    }

    [Fact]
    public async Task What_the_model_says_stands_in_the_objects()
    {
        var objects = await ReadAsync(Model("cluster"));
        JsonObject One(string kind, string name) => objects.Of(kind).Single(one => Name(one) == name);
        Assert.Null(One("Deployment", "orders")["spec"]!["replicas"]);
        Assert.Equal("3 9", $"{One("HorizontalPodAutoscaler", "orders")["spec"]!["minReplicas"]} {One("HorizontalPodAutoscaler", "orders")["spec"]!["maxReplicas"]}");
        Assert.Equal(1, One("StatefulSet", "basket")["spec"]!["replicas"]!.GetValue<int>());
        Assert.Equal("10737418240", One("StatefulSet", "basket")["spec"]!["volumeClaimTemplates"]![0]!["spec"]!["resources"]!["requests"]!["storage"]!.GetValue<string>());
        Assert.Equal(("0 2 * * *", "Europe/Paris", "Replace"), One("CronJob", "settle-job")["spec"] is var job ? (job!["schedule"]!.GetValue<string>(), job["timeZone"]!.GetValue<string>(), job["concurrencyPolicy"]!.GetValue<string>()) : default);

        // 300/s at three replicas: 100/s x 5 ms / 0.7 = 714, so 750; 256 + 100/s x 0.5 s x 64 KiB x 4 = 268.5, so 288.
        var resources = One("Deployment", "orders")["spec"]!["template"]!["spec"]!["containers"]![0]!["resources"]!;
        Assert.Equal(("750m", "288Mi", "3000m"), (resources["requests"]!["cpu"]!.GetValue<string>(), resources["requests"]!["memory"]!.GetValue<string>(), resources["limits"]!["cpu"]!.GetValue<string>()));
        Assert.Equal(("250m", "384Mi"), One("Deployment", "catalog")["spec"]!["template"]!["spec"]!["containers"]![0]!["resources"]!["requests"] is var asked ? (asked!["cpu"]!.GetValue<string>(), asked["memory"]!.GetValue<string>()) : default);

        var rules = One("HTTPRoute", "orders")["spec"]!["rules"]!.AsArray();
        Assert.Equal("{\"path\":{\"type\":\"PathPrefix\",\"value\":\"/api/orders\"},\"method\":\"GET\",\"headers\":[{\"type\":\"Exact\",\"name\":\"X-Version\",\"value\":\"v2\"}]}", rules[0]!["matches"]![0]!.ToJsonString());
        Assert.Equal("/orders", rules[0]!["filters"]![0]!["urlRewrite"]!["path"]!["replacePrefixMatch"]!.GetValue<string>());

        // A rule that replaces a beginning has one match, so each method has its own.
        Assert.Equal(["GET", "POST"], rules.Take(2).Select(rule => rule!["matches"]!.AsArray().Single()!["method"]!.GetValue<string>()));
        Assert.Equal("/a/[^/]+/b(/.*)?", rules[2]!["matches"]![0]!["path"]!["value"]!.GetValue<string>());
        var secret = One("ExternalSecret", "orders-secrets")["spec"]!;
        Assert.Equal(["API_KEY", "ORDERS_DB_CONNECTION", "ORDERS_DB_URL"], secret["data"]!.AsArray().Select(one => one!["secretKey"]!.GetValue<string>()));
        Assert.Equal("shop/orders/bank-key", secret["data"]![0]!["remoteRef"]!["key"]!.GetValue<string>());

        // The service 'orders-config' has that name; so the settings of 'orders' have another.
        Assert.Matches("^orders-[0-9a-f]{6}-config$", Name(objects.Of("ConfigMap").Single()));
        Assert.Equal("on", objects.Of("ConfigMap").Single()["data"]!["FEATURE_X"]!.GetValue<string>());
        Assert.DoesNotContain(objects.All, one => Kind(one) == "Secret");
    }

    [Fact]
    public async Task An_ingress_takes_the_place_of_routes_where_it_is_asked_for()
    {
        var model = Some.Model("""
            conway: 1
            system: shop
            deploy: { registry: ghcr.io/acme, version: "1", edge: { kind: ingress, class: nginx, host: shop.example.com, namespace: ingress } }
            services: { web: { command: node a.js } }
            gateway: { routes: [{ path: "/**", to: web }, { path: /b, to: web, host: other.example.com }] }
            """);
        var objects = await ReadAsync(model, validate: true);
        Assert.Equal([], objects.Problems);
        Assert.Empty(objects.Of("HTTPRoute", "Gateway"));
        Assert.Equal(["other.example.com", "shop.example.com"], objects.Of("Ingress").Select(one => one["spec"]!["tls"]![0]!["hosts"]![0]!.GetValue<string>()));
        Assert.Equal([], Dangling(objects));
    }

    [Theory]
    [InlineData("gateway: { routes: [{ path: /a, to: web }] }", "CW1911 The gateway has routes, and the model does not say which controller of the cluster serves them.", "CW1911 The gateway has routes, and the model does not say under which host.", "CW1911 The gateway has routes, and the model does not say in which namespace the controller's pods run, so that they can be let through.")]
    [InlineData("database: postgresql\nservices: { web: { command: a, image: \"a/b:1\", owns: [db] }, db: { command: a, image: \"a/b:1\", owns: [other] } }", "CW1911 'db' keeps 'other' in postgresql, and nothing says where in the network that is.")]
    [InlineData("database: postgresql\ndeploy: { reach: { postgresql: \"here\" } }\nservices: { web: { command: a, image: \"a/b:1\", owns: [db] } }", "CW1911 'here' is no place in the network.")]
    [InlineData("deploy: { namespace: default }", "CW1911 The namespace 'default' belongs to the cluster.")]
    [InlineData("jobs: { settle: { service: web, schedule: \"0 2 * * *\" } }", "CW1915 The job 'settle' is not deployed: it has no command, and what the service does at a time is not known to a cluster.")]
    [InlineData("services: { web: { command: a, image: \"a/b:1\", replicas: 2, owns: [db] } }", "CW1916 'web' has 2 replicas and keeps 'db' in a file, so only one replica is deployed.")]
    [InlineData("services: { web: { command: a, image: \"a/b:1\", environment: { DB_PASSWORD: x } } }", "CW1917 'DB_PASSWORD' looks like a secret, and its value stands in the model; it is written into a ConfigMap.")]
    public void What_is_missing_or_lost_is_told(string more, params string[] said)
    {
        var model = Some.Model($"conway: 1\nsystem: shop\n{(more.Contains("services:", StringComparison.Ordinal) ? "" : "services: { web: { command: a, image: \"a/b:1\" } }\n")}{more}");
        Assert.Equal(said, ArtifactCatalog.Find("kubernetes")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => finding.ToString()));
    }

    [Theory, MemberData(nameof(Systems))]
    public void The_same_model_gives_the_same_bytes_and_every_line_knows_its_rule(string system)
    {
        var files = Some.Written("kubernetes", Model(system));
        Assert.Equal(files.Select(file => file.Value.Text), Some.Written("kubernetes", Model(system)).Select(file => file.Value.Text));
        Assert.All(files.Values, file => Assert.Equal(file.Text.Count(c => c == '\n'), file.Origins.Count));
        Assert.All(files.Values.SelectMany(file => file.Origins), origin => Assert.Contains(origin!.Rule, ArtifactRules.All));
    }

    private static SystemModel Model(string system) => system switch
    {
        "cluster" => Some.Model(Some.Cluster),
        "workloads" => Some.Model(Some.Workloads),
        "rabbit" => Some.Model(Some.WorkloadsElsewhere),
        "scaled" => Some.Model(Some.WorkloadsPlain),
        "hard" => Some.Model(Some.Hard),
        "one" => Some.Large(1),
        _ => Some.Large(60),
    };

    /// <summary>What the usual linters would say, as far as it is about what is generated; their ids stand in the rules.</summary>
    private static List<string> Careless(KubeObjects objects)
    {
        var said = new List<string>();
        void Must(bool holds, JsonObject one, string what)
        {
            if (!holds)
            {
                said.Add($"{Kind(one)} {Name(one)}: {what}");
            }
        }

        foreach (var (owner, template) in objects.Templates())
        {
            var pod = template["spec"]!;
            var security = pod["securityContext"]!;
            var isJob = Kind(owner) is "CronJob" or "Job";
            Must(pod["automountServiceAccountToken"]?.GetValue<bool>() == false, owner, "a token");
            Must(security["runAsNonRoot"]!.GetValue<bool>() && security["runAsUser"]!.GetValue<int>() >= 10000 && security["runAsGroup"]!.GetValue<int>() >= 10000 && security["fsGroup"] is not null && security["fsGroupChangePolicy"] is not null, owner, "pod user");
            Must(security["seccompProfile"]!["type"]!.GetValue<string>() == "RuntimeDefault" && security["seLinuxOptions"]!["level"] is not null, owner, "pod profile");
            Must(pod["hostNetwork"] is null && pod["hostPID"] is null && pod["hostIPC"] is null && pod["serviceAccount"] is null, owner, "host");
            Must(pod["volumes"]!.AsArray().All(volume => volume!["emptyDir"] is not null || volume["secret"] is not null), owner, "volumes");
            Must(pod["restartPolicy"]!.GetValue<string>() == (isJob ? "Never" : "Always"), owner, "restart");
            Must(isJob || Kind(owner) == "DaemonSet" || (pod["topologySpreadConstraints"]!.AsArray().Count == 2 && pod["affinity"]!["podAntiAffinity"] is not null), owner, "spread");
            Must(objects.Of("NetworkPolicy").Any(policy => policy["spec"]!["podSelector"]!["matchLabels"] is not null && Selects(policy["spec"]!["podSelector"], Labels(template["metadata"]!["labels"])) && policy["spec"]!["policyTypes"]!.AsArray().Count == 2), owner, "isolated");
            Must(Kind(owner) == "Job" || Labels(owner["metadata"]!["labels"])["app.kubernetes.io/instance"] == Name(owner), owner, "instance");
            Must(Labels(owner["metadata"]!["labels"]).ContainsKey("app") && Labels(template["metadata"]!["labels"]).ContainsKey("app"), owner, "a label that kubescape asks for");
            foreach (var container in pod["containers"]!.AsArray())
            {
                var inner = container!["securityContext"]!;
                Must(!inner["allowPrivilegeEscalation"]!.GetValue<bool>() && !inner["privileged"]!.GetValue<bool>() && inner["readOnlyRootFilesystem"]!.GetValue<bool>() && inner["runAsNonRoot"]!.GetValue<bool>(), owner, "container rights");
                Must(inner["runAsUser"]!.GetValue<int>() >= 10000 && inner["runAsGroup"]!.GetValue<int>() >= 10000 && inner["seccompProfile"]!["type"]!.GetValue<string>() == "RuntimeDefault", owner, "container user");
                Must(inner["capabilities"]!.ToJsonString() == "{\"drop\":[\"ALL\"]}", owner, "capabilities");
                Must(container["imagePullPolicy"]!.GetValue<string>() == "Always" && Fixed().IsMatch(container["image"]!.GetValue<string>()), owner, "image");
                foreach (var part in new[] { "cpu", "memory", "ephemeral-storage" })
                {
                    Must(container["resources"]!["requests"]![part] is not null && container["resources"]!["limits"]![part] is not null, owner, part);
                }

                Must(container["resources"]!["requests"]!["memory"]!.ToJsonString() == container["resources"]!["limits"]!["memory"]!.ToJsonString(), owner, "memory");
                var probes = new[] { "startupProbe", "readinessProbe", "livenessProbe" }.Select(probe => container[probe]?.ToJsonString()).OfType<string>().ToArray();
                Must(isJob || (probes.Length == 3 && probes.Distinct().Count() == 3), owner, "probes");
                Must(isJob || container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]!.GetValue<int>() < pod["terminationGracePeriodSeconds"]!.GetValue<int>(), owner, "graceful");
                Must(container["ports"]?.AsArray().All(port => port!["containerPort"]!.GetValue<int>() > 1024 && port["hostPort"] is null) ?? isJob, owner, "port");
                var names = container["env"]!.AsArray().Select(variable => variable!["name"]!.GetValue<string>()).ToArray();
                Must(names.Distinct().Count() == names.Length && container["env"]!.AsArray().All(variable => variable!["valueFrom"]?["secretKeyRef"] is null), owner, "env");
            }
        }

        foreach (var one in objects.Of("Deployment", "StatefulSet"))
        {
            var scaled = objects.Of("HorizontalPodAutoscaler", "ScaledObject").SingleOrDefault(scaler => Name(scaler) == Name(one))?["spec"];
            Must((scaled is null) == (one["spec"]!["replicas"] is not null), one, "replicas beside an autoscaler, or neither");
            var (least, most) = ((scaled?["minReplicas"] ?? scaled?["minReplicaCount"])?.GetValue<int>(), (scaled?["maxReplicas"] ?? scaled?["maxReplicaCount"])?.GetValue<int>());
            Must(scaled is null || (least >= 2 && least < most), one, "autoscaler");
            var budget = objects.Of("PodDisruptionBudget").SingleOrDefault(budget => Name(budget) == Name(one));
            Must(one["spec"]!["replicas"]?.GetValue<int>() == 0 || (budget?["spec"]!["maxUnavailable"]!.GetValue<int>() > 0 && budget["spec"]!["unhealthyPodEvictionPolicy"]!.GetValue<string>() == "AlwaysAllow"), one, "disruption budget");
        }

        foreach (var one in objects.All.Where(one => Kind(one) is not ("Namespace" or "PriorityClass")))
        {
            Must(one["metadata"]!["namespace"]?.GetValue<string>() is not (null or "default"), one, "namespace");
        }

        foreach (var one in objects.Of("Service"))
        {
            Must(one["spec"]!["type"]?.GetValue<string>() is null or "ExternalName" || one["metadata"]!["annotations"]?["ignore.conway.dev/K8S-service-type"] is not null, one, "exposed");
        }

        foreach (var one in objects.Of("CronJob"))
        {
            Must(one["spec"]!["startingDeadlineSeconds"] is not null && one["spec"]!["jobTemplate"]!["spec"]!["ttlSecondsAfterFinished"] is null, one, "deadline");
        }

        foreach (var one in objects.Of("ServiceAccount"))
        {
            Must(one["automountServiceAccountToken"]?.GetValue<bool>() == false, one, "a token");
        }

        return said;
    }

    /// <summary>Every reference from one object to another that leads to nothing.</summary>
    private static List<string> Dangling(KubeObjects objects)
    {
        var said = new List<string>();
        void Must(bool holds, JsonObject one, string what)
        {
            if (!holds)
            {
                said.Add($"{Kind(one)} {Name(one)}: {what}");
            }
        }

        bool Is(string kind, string? name) => objects.Of(kind).Any(one => Name(one) == name);
        var templates = objects.Templates().ToArray();
        var pods = templates.Select(one => Labels(one.Template["metadata"]!["labels"])).ToArray();
        var secrets = objects.Of("ExternalSecret").Select(Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (owner, template) in templates)
        {
            var spec = template["spec"]!;
            Must(Is("ServiceAccount", spec["serviceAccountName"]!.GetValue<string>()) && Is("PriorityClass", spec["priorityClassName"]!.GetValue<string>()), owner, "account or class");
            Must(owner["spec"]!["selector"] is not { } selector || Selects(selector, Labels(template["metadata"]!["labels"])), owner, "own pods");
            var claims = owner["spec"]!["volumeClaimTemplates"]?.AsArray().Select(claim => claim!["metadata"]!["name"]!.GetValue<string>()) ?? [];
            var volumes = spec["volumes"]!.AsArray().Select(volume => volume!["name"]!.GetValue<string>()).Concat(claims).ToArray();
            Must(volumes.Distinct().Count() == volumes.Length, owner, "two volumes of one name");
            Must(objects.Of("ExternalSecret").Any() is false || spec["volumes"]!.AsArray().Select(volume => volume!["secret"]?["secretName"]?.GetValue<string>()).OfType<string>().All(secrets.Contains), owner, "secret");
            foreach (var container in spec["containers"]!.AsArray())
            {
                var mounts = container!["volumeMounts"]!.AsArray().ToArray();
                Must(mounts.Select(mount => mount!["name"]!.GetValue<string>()).ToHashSet().SetEquals(volumes) && mounts.Select(mount => mount!["mountPath"]!.GetValue<string>()).Distinct().Count() == mounts.Length, owner, "mounts");
                Must(container["envFrom"]?.AsArray().All(from => Is("ConfigMap", from!["configMapRef"]!["name"]!.GetValue<string>())) ?? true, owner, "config");
                var ports = container["ports"]?.AsArray().Select(port => port!["name"]!.GetValue<string>()).ToArray() ?? [];
                Must(new[] { "startupProbe", "readinessProbe", "livenessProbe" }.All(probe => container[probe] is null || ports.Contains((container[probe]!["httpGet"] ?? container[probe]!["tcpSocket"])!["port"]!.GetValue<string>())), owner, "probe port");
                foreach (var url in container["env"]!.AsArray().Where(variable => variable!["name"]!.GetValue<string>().EndsWith("_URL", StringComparison.Ordinal) && variable["value"]?.GetValue<string>().StartsWith("http:", StringComparison.Ordinal) == true).Select(variable => new Uri(variable!["value"]!.GetValue<string>())))
                {
                    Must(objects.Of("Service").Any(one => Name(one) == url.Host && (url.Port == 8080 || one["spec"]!["externalName"] is not null)), owner, url.ToString());
                }
            }
        }

        foreach (var one in objects.Of("Service").Where(one => one["spec"]!["externalName"] is null))
        {
            var selected = templates.Where(template => Selects(new JsonObject { ["matchLabels"] = one["spec"]!["selector"]!.DeepClone() }, Labels(template.Template["metadata"]!["labels"]))).ToArray();
            Must(selected.Length == 1, one, $"selects {selected.Length} workloads");
            Must(selected.All(template => one["spec"]!["ports"]!.AsArray().All(port => template.Template["spec"]!["containers"]![0]!["ports"]?.AsArray().Any(theirs => theirs!["name"]!.GetValue<string>() == port!["targetPort"]!.GetValue<string>()) == true)), one, "target port");
        }

        foreach (var one in objects.Of("StatefulSet"))
        {
            Must(objects.Of("Service").Any(service => Name(service) == one["spec"]!["serviceName"]!.GetValue<string>() && service["spec"]!["clusterIP"]?.GetValue<string>() == "None"), one, "headless service");
        }

        foreach (var one in objects.Of("HorizontalPodAutoscaler", "ScaledObject", "VerticalPodAutoscaler"))
        {
            var target = (one["spec"]!["scaleTargetRef"] ?? one["spec"]!["targetRef"])!;
            Must(Is(target["kind"]!.GetValue<string>(), target["name"]!.GetValue<string>()), one, "target");
        }

        foreach (var one in objects.Of("ScaledObject").Where(one => one["spec"]!["triggers"]!.AsArray().Any(trigger => trigger!["authenticationRef"] is not null)))
        {
            Must(objects.Of("TriggerAuthentication").Any(authentication => Name(authentication) == Name(one) && secrets.Contains(authentication["spec"]!["secretTargetRef"]![0]!["name"]!.GetValue<string>())), one, "authentication");
        }

        foreach (var one in objects.Of("RoleBinding"))
        {
            Must(Is("Role", one["roleRef"]!["name"]!.GetValue<string>()), one, "role");
        }

        foreach (var one in objects.Of("PodDisruptionBudget"))
        {
            Must(pods.Count(labels => Selects(one["spec"]!["selector"], labels)) == 1, one, "pods");
        }

        foreach (var one in objects.Of("NetworkPolicy"))
        {
            Must(pods.Any(labels => Selects(one["spec"]!["podSelector"], labels)), one, "pods");
            var peers = (one["spec"]!["ingress"]?.AsArray() ?? []).SelectMany(rule => rule!["from"]!.AsArray()).Concat((one["spec"]!["egress"]?.AsArray() ?? []).SelectMany(rule => rule!["to"]!.AsArray()));
            Must(peers.All(peer => peer!["namespaceSelector"] is not null || peer["podSelector"] is null || pods.Any(labels => Selects(peer["podSelector"], labels))), one, "peer");
        }

        foreach (var one in objects.Of("HTTPRoute"))
        {
            Must(one["spec"]!["parentRefs"]!.AsArray().All(parent => objects.Of("Gateway").Any(gateway => Name(gateway) == parent!["name"]!.GetValue<string>() && gateway["metadata"]!["namespace"]!.GetValue<string>() == parent["namespace"]!.GetValue<string>() && gateway["spec"]!["listeners"]!.AsArray().Any(listener => listener!["name"]!.GetValue<string>() == parent["sectionName"]!.GetValue<string>()))), one, "gateway");
            Must(one["spec"]!["rules"]!.AsArray().SelectMany(rule => rule!["backendRefs"]?.AsArray() ?? []).All(backend => objects.Of("Service").Any(service => Name(service) == backend!["name"]!.GetValue<string>() && service["spec"]!["ports"]!.AsArray().Any(port => port!["port"]!.GetValue<int>() == backend["port"]!.GetValue<int>()))), one, "backend");
        }

        foreach (var one in objects.Of("Ingress"))
        {
            Must(one["spec"]!["rules"]!.AsArray().SelectMany(rule => rule!["http"]!["paths"]!.AsArray()).All(path => Is("Service", path!["backend"]!["service"]!["name"]!.GetValue<string>())), one, "backend");
        }

        return said;
    }

    /// <summary>Requests about which policies and model disagree. A policy knows who asks and whom, and no more: what a declared caller may not ask is refused elsewhere, if at all.</summary>
    private static List<string> Sampled(SystemModel model, NetworkRules rules)
    {
        var (said, answered, requests, reading) = (new List<string>(), 0, new SampledRequests(model with { Gateway = new() }, [.. model.Services.Keys.Select(ModelReading.Label), .. model.Jobs.Keys.Select(job => $"{job}-job")], 11), new ModelReading(model));
        for (var i = 0; i < 5000; i++)
        {
            var asked = requests.Next();
            var callee = model.Services.Single(service => ModelReading.Label(service.Key) == asked.To);
            var caller = model.Services.FirstOrDefault(service => ModelReading.Label(service.Key) == asked.From || model.Jobs.Any(job => $"{job.Key}-job" == asked.From && job.Value.Service == service.Key)).Value;
            var from = asked.From == Asked.Edge ? $"namespace:{model.Deploy.Edge.Namespace}" : asked.From == Asked.Stranger ? "namespace:elsewhere" : asked.From;
            var isKnown = caller is not null ? caller.Calls.ContainsKey(callee.Key)
                : asked.From == Asked.Edge ? model.Gateway.Routes.Any(route => route.Answering().Contains(callee.Key))
                : IPAddress.TryParse(asked.From, out var address) && callee.Value.Expose is { } expose && expose.From.Any(block => IPNetwork.Parse(block).Contains(address));
            var lets = rules.Lets(from, asked.To, 8080);
            answered += isKnown ? 1 : 0;

            // What the model answers when everybody has to say who he is comes through.
            if (lets != isKnown || (!lets && model.Policies.DefaultDeny && reading.Decide(asked).Answers.Count > 0))
            {
                said.Add($"{asked}: {lets}");
            }
        }

        Assert.InRange(answered, 50, 4950);
        return said;
    }

    /// <summary>Where policies and model disagree: all pairs of services and jobs, the edge, strangers, and addresses outside.</summary>
    private static List<string> Differences(SystemModel model, NetworkRules rules)
    {
        var said = new List<string>();
        void Must(bool declared, string from, string to, int port)
        {
            if (rules.Lets(from, to, port) != declared)
            {
                said.Add($"{from} -> {to}:{port.ToString(CultureInfo.InvariantCulture)}");
            }
        }

        static string Label(string name) => Plans.ObjectNames.Label(name, Plans.ServicePlan.LabelMax);
        var routed = model.Gateway.Routes.SelectMany(route => route.Answering()).ToHashSet(StringComparer.Ordinal);
        foreach (var (caller, from) in model.Services)
        {
            foreach (var callee in model.Services.Keys)
            {
                Must(from.Calls.ContainsKey(callee), Label(caller), Label(callee), 8080);
                Must(false, Label(caller), Label(callee), 22);
            }

            Must(routed.Contains(caller), $"namespace:{model.Deploy.Edge.Namespace}", Label(caller), 8080);
            Must(false, "namespace:somewhere", Label(caller), 8080);
            Must(from.Expose is { As: ExposureKind.LoadBalancer }, "203.0.113.7", Label(caller), 8080);
            Must(from.Expose is { As: ExposureKind.NodePort }, "198.51.100.7", Label(caller), 8080);
            Must(false, "192.0.2.7", Label(caller), 8080);
            Must(true, Label(caller), "dns", 53);
            var usesPostgres = from.Owns.Values.Any(store => (store.Engine ?? (model.Database == "postgresql" ? StoreEngine.Postgresql : StoreEngine.Sqlite)) == StoreEngine.Postgresql);
            Must(usesPostgres, Label(caller), "10.20.1.2", 5432);
            Must(false, Label(caller), "10.21.1.2", 5432);
            Must(false, Label(caller), "10.20.1.2", 22);
            Must(from.Publishes.Count + from.Consumes.Count > 0, Label(caller), "namespace:kafka", 9092);
            Must(from.Uses.Contains("bank"), Label(caller), "198.18.3.4", 443);
            Must(from.Uses.Contains("bank") && model.Externals["bank"].Places.Contains("egress:8443"), Label(caller), "namespace:egress", 8443);
            Must(from.Uses.Contains("search"), Label(caller), "namespace:platform", 9200);
            Must(from.Uses.Contains("busy"), Label(caller), "namespace:elsewhere", 80);
        }

        foreach (var (name, job) in model.Jobs.Where(job => job.Value.Command is not null))
        {
            foreach (var callee in model.Services.Keys)
            {
                Must(model.Services[job.Service].Calls.ContainsKey(callee), $"{name}-job", Label(callee), 8080);
                Must(false, Label(callee), $"{name}-job", 8080);
            }
        }

        return said;
    }

    [GeneratedRegex("memory: \"?\\d+Mi\"?")]
    private static partial Regex Memory();

    [GeneratedRegex("(podSelector:\n +matchLabels:\n +app.kubernetes.io/name: )orders")]
    private static partial Regex Selector();

    [GeneratedRegex("(:(?!latest$)[\\w][\\w.-]{0,127}|@sha256:[a-f0-9]{64})$")]
    private static partial Regex Fixed();
}
