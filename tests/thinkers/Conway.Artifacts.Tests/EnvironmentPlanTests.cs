using System.Globalization;
using System.Text.Json.Nodes;
using Conway.Findings;
using Conway.Model;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>What an environment takes, held against what is generated for it.</summary>
public sealed class EnvironmentPlanTests
{
    // Groups that are served by a cluster in which nothing is installed.
    private static readonly string[] Served = ["apps", "autoscaling", "batch", "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "scheduling.k8s.io"];

    public static TheoryData<string> Systems => ["cluster", "by hand", "ingress", "workloads", "elsewhere", "large"];

    [Theory, MemberData(nameof(Systems))]
    public async Task What_must_be_there_is_what_generated_objects_name_and_none_of_them_is(string system)
    {
        var model = Model(system);
        var objects = await ReadAsync(model);
        var plan = Plan(model);
        var made = objects.All.Where(one => Kind(one) is "Secret" or "ExternalSecret").Select(one => one["spec"]?["target"]?["name"]?.GetValue<string>() ?? Name(one)).ToHashSet(StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in objects.All)
        {
            var place = one["metadata"]!["namespace"]?.GetValue<string>() is { } space && space != plan.Namespace ? space + "/" : "";
            Named(one, "", (kind, name) => named.Add($"{kind} {(kind == "Secret" && !made.Contains(name) ? place : "")}{name}"));
        }

        named.RemoveWhere(one => one.StartsWith("Secret ", StringComparison.Ordinal) && made.Contains(one["Secret ".Length..]));
        Assert.Equal(named.Order(StringComparer.Ordinal), plan.Needs.Where(need => need.Kind is not ("API" or "Namespace")).Select(need => $"{need.Kind} {need.Name}").Order(StringComparer.Ordinal));

        // Kinds that no cluster has by itself.
        var kinds = objects.All.Select(one => (Api: one["apiVersion"]!.GetValue<string>(), Kind: Kind(one))).Where(one => one.Api.Contains('/', StringComparison.Ordinal) && !Served.Contains(one.Api.Split('/')[0])).Distinct();
        Assert.Superset(kinds.Select(one => $"{one.Api} {one.Kind}").ToHashSet(), plan.Needs.Where(need => need.Kind == "API").SelectMany(need => need.Keys.Select(key => $"{need.Name} {key}")).ToHashSet());
        Assert.All(plan.Needs, need => Assert.NotEmpty(need.For));
        Assert.DoesNotContain(plan.Needs, need => need.Kind == "Namespace" && need.Name == plan.Namespace);
    }

    [Fact]
    public void Secrets_that_each_service_reads_in_Vault_are_asked_of_Vault()
    {
        var model = Some.Model(Some.Cluster.Replace("  secret-store: vault\n", "  vault: kubernetes\n", StringComparison.Ordinal) + "\nsecrets: { vault: \"https://vault.example.com:8200\" }\n");
        var plan = Plan(model);
        Assert.Equal("Vault at https://vault.example.com:8200, as each service", plan.Parts.Single(part => part.Part == "secrets").There);
        Assert.Equal(3, plan.Needs.Single(need => need is { Kind: "Vault", Name: "https://vault.example.com:8200" }).Keys.Count);
        Assert.DoesNotContain(plan.Needs, need => need.Kind == "ClusterSecretStore" || need.Keys.Contains("API_KEY"));
        Assert.Contains("SecretStore", plan.Needs.Single(need => need.Name == "external-secrets.io/v1").Keys);
        Assert.DoesNotContain(plan.Findings, finding => finding.Code == "CW1942");
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Sizes_are_those_of_the_generated_workloads(string system)
    {
        var model = Model(system);
        var objects = await ReadAsync(model);
        var said = Plan(model).Sizes.Where(size => size.Kind is not ("Job" or "CronJob")).Select(size => $"{size.Name} {size.Kind} {size.Least} {size.Most} {size.Cpu}m {size.Memory}Mi");
        var meant = objects.Of("Deployment", "StatefulSet", "DaemonSet").Select(one =>
        {
            var scaler = objects.Of("HorizontalPodAutoscaler", "ScaledObject").FirstOrDefault(other => other["spec"]!["scaleTargetRef"]!["name"]!.GetValue<string>() == Name(one))?["spec"];
            var (least, most) = scaler is null ? (Number(one["spec"]!["replicas"]), Number(one["spec"]!["replicas"])) : (Number(scaler["minReplicas"] ?? scaler["minReplicaCount"]), Number(scaler["maxReplicas"] ?? scaler["maxReplicaCount"]));
            var asked = one["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Single()!["resources"]!["requests"]!;
            return string.Create(CultureInfo.InvariantCulture, $"{Name(one)} {Kind(one)} {least ?? model.Deploy.Nodes} {most ?? model.Deploy.Nodes} {asked["cpu"]} {asked["memory"]}");
        });
        Assert.Equal(meant.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));

        static int? Number(JsonNode? node) => node?.GetValue<int>();
    }

    [Fact]
    public void Each_part_of_a_run_has_what_stands_for_it()
    {
        var local = Some.Model(Some.Cluster.Replace("orders-db: postgresql", "orders-db: sqlite", StringComparison.Ordinal));
        var plan = EnvironmentPlan.Of(local, Some.Model(Some.Cluster), "production", new BuildFacts());
        Assert.Equal(
            [
                "gateway | Conway | Gateway API, class envoy, shop.example.com | 3 routes",
                "calls | Conway's listeners | Services, each call tried once | 4 calls",
                "registry | Conway | names of the cluster | 6 services",
                "services | processes | pods in shop-production | 6 services",
                "images | built here | ghcr.io/acme, 1.4.2 | 6 services",
                "jobs |  | jobs of the cluster | 1 job",
                "stores | files | PostgreSQL at 10.20.0.0/16:5432 | orders-db",
                "stores | files | volumes of 10Gi | basket-db",
                "stores | files | volumes of 1Gi | tmp",
                "events |  | Kafka at kafka.kafka:9092 | 1 topic",
                "secrets | the environment | ClusterSecretStore vault | 3 values",
                "traces and metrics | Conway | http://collector.observability:4318 | all services",
                "output | Conway | what the cluster keeps of it | all services",
            ],
            plan.Parts.Select(part => $"{part.Part} | {part.Here} | {part.There} | {part.For}"));
        Assert.Equal(["shop/orders/bank-key", "shop/orders/orders-db-connection", "shop/orders/orders-db-url"], plan.Needs.Single(need => need.Kind == "ClusterSecretStore").Keys.Select(key => key.ToLowerInvariant().Replace('_', '-')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_missing_is_told_each_thing_once_and_where_it_is_written()
    {
        const string Bare = """
            conway: 1
            system: shop
            database: postgresql
            broker: { rabbitmq: "amqp://me:secret@rabbit:5672" }
            services:
              orders: { command: a, owns: [orders-db], publishes: [OrderPlaced] }
              fixed: { command: a, resources: { cpu: 1, memory: 1GiB }, image: "ghcr.io/acme/fixed:1" }
            gateway: { routes: [ { path: "/**", to: orders, auth: { scopes: [orders] } } ] }
            sagas: { pay: { owner: orders, steps: [ { call: fixed.take } ] } }
            """;
        var model = Some.Model(Bare);
        var plan = Plan(model);
        Assert.Equal(["images", "gateway", "sagas", "stores", "traces and metrics"], plan.Parts.Where(part => part.There is null).Select(part => part.Part).OrderBy(part => Array.IndexOf(["images", "gateway", "sagas", "stores"], part) is var at && at < 0 ? 9 : at));
        Assert.Equal("RabbitMQ at amqp://rabbit:5672", plan.Parts.Single(part => part.Part == "events").There);
        Assert.Equal(
            ["deploy.edge.class", "deploy.edge.host", "deploy.edge.namespace", "deploy.reach.broker", "deploy.reach.postgresql", "deploy.registry", "deploy.version", "services.orders.base"],
            plan.Findings.Where(finding => finding.Code == "CW1911").Select(finding => finding.ModelPath).Order(StringComparer.Ordinal));
        Assert.Equal(["services.orders"], plan.Findings.Where(finding => finding.Code == "CW1941").Select(finding => finding.ModelPath));
        Assert.Equal("Nothing makes the Secret 'orders-secrets', which 'orders' takes 2 values from.", plan.Findings.Single(finding => finding.Code == "CW1942").Message);
        Assert.Equal(plan.Findings.Count, plan.Findings.Select(finding => (finding.Code, finding.ModelPath, finding.Message)).Distinct().Count());

        // What generate would refuse, and nothing else, is an error.
        var refused = ArtifactCatalog.All.Where(target => target.IsPartOfAll(model)).SelectMany(target => target.Generate(model, null, new BuildFacts()).Findings).Where(finding => finding.Severity == Severity.Error).Select(finding => finding.ModelPath).Distinct();
        Assert.Equal(refused.Order(StringComparer.Ordinal), plan.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.ModelPath).Order(StringComparer.Ordinal));

        Assert.DoesNotContain(Plan(Model("cluster")).Findings, finding => finding.Code is "CW1911" or "CW1942");
    }

    private static EnvironmentPlan Plan(SystemModel model) => EnvironmentPlan.Of(model, model, null, new BuildFacts());

    private static SystemModel Model(string system) => system switch
    {
        "cluster" => Some.Model(Some.Cluster),
        "by hand" => Some.Model(Some.Cluster.Replace("  secret-store: vault\n", "", StringComparison.Ordinal).Replace("  storage-class: fast\n", "", StringComparison.Ordinal)),
        "ingress" => Some.Model(Some.Cluster.Replace("edge: { class: envoy", "edge: { kind: ingress, class: nginx", StringComparison.Ordinal).Replace("path: \"/a/*/b/**\"", "path: \"/a/**\"", StringComparison.Ordinal)
            .Replace(", methods: [GET, POST], headers: { X-Version: v2 }, rewrite: /orders, timeout: 2500ms", "", StringComparison.Ordinal).Replace(", query: { a: \"1\" }", "", StringComparison.Ordinal)),
        "workloads" => Some.Model(Some.Workloads.Replace("broker: \"kafka:9092\"", "broker: \"shop-production:9092\"", StringComparison.Ordinal)),
        "elsewhere" => Some.Model(Some.WorkloadsElsewhere.Replace("  secret-store: vault\n", "", StringComparison.Ordinal)),
        _ => Some.Large(60),
    };

    /// <summary>Whatever an object names that is another's.</summary>
    private static void Named(JsonNode? node, string key, Action<string, string> tell)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    Named(item, key, tell);
                }

                break;
            case JsonObject map:
                foreach (var (field, value) in map)
                {
                    if (field is "gatewayClassName" or "ingressClassName" or "storageClassName")
                    {
                        tell(field switch { "gatewayClassName" => "GatewayClass", "ingressClassName" => "IngressClass", _ => "StorageClass" }, value!.GetValue<string>());
                    }
                    else if (field == "secretName")
                    {
                        tell("Secret", value!.GetValue<string>());
                    }
                    else if (field == "name" && (key is "secretKeyRef" or "secretTargetRef" or "imagePullSecrets" || (key == "certificateRefs" && map["kind"]?.GetValue<string>() == "Secret")))
                    {
                        tell("Secret", value!.GetValue<string>());
                    }
                    else if (field == "name" && key == "secretStoreRef")
                    {
                        tell(map["kind"]!.GetValue<string>(), value!.GetValue<string>());
                    }

                    Named(value, field, tell);
                }

                break;
        }
    }
}
