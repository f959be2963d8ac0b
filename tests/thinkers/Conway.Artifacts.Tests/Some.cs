using System.Globalization;
using System.Text;
using Conway.Model;
using Conway.Reader;

namespace Conway.Artifacts.Tests;

/// <summary>Models to generate from.</summary>
internal static class Some
{
    /// <summary>Texts that a generated file could take for its own marks, names that do not fit, and every kind of service.</summary>
    public const string Hard = """
        conway: 1
        system: on
        description: "1. A \"system\" of <b>things</b> & more; #1 | `x` \\ 100% ${y} $HOME ''q''\nand a second line: yes"
        teams: { null: { contact: "#no: way" }, people-: {} }
        contexts: { true: { team: "null" } }
        deploy: { registry: "registry.example.com:5000/acme", version: v1.0.0, edge: { class: envoy, host: on.example.com, namespace: edge }, reach: { postgresql: "10.20.0.0/16:5432" } }
        services:
          no:
            description: "日本語 😀 - a list? {x} [y] <script> \"quoted\" $VERSION \\"
            context: "true"
            project: src/No
            replicas: 2
            api: { budget: 800ms }
            owns: { on: { engine: postgresql }, files: sqlite, more-files: sqlite }
            environment: { A: "yes", B: "$HOME and ${x}", C: "two\nlines", D: "${secret:card-key}", E: "", F: "1e3", G: "0x1F", H: " spaced ", I: "~" }
            calls: { null: { timeout: 300ms, retries: 2, required: true }, no- : 1s }
          null:
            team: people-
            directory: src/it's here
            build: npm ci --ignore-scripts
            command: node --require ./a.js server.js
            health: "/health?a=b'c"
            calls: { no: {} }
          no-:
            directory: src/py
            build: pip install -r requirements.txt
            command: NAME=x python main.py | cat
            base: python:3.13-slim
            owns: [py-db]
          away:
            command: somewhere else
            image: ghcr.io/acme/away@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            calls: [away-from-everything-that-has-a-name-of-sixty-three-characters1]
          away-from-everything-that-has-a-name-of-sixty-three-characters1:
            command: node "a b.js"
            replicas: 0
        gateway:
          routes:
            - { path: "/a/**", to: no }
            - { path: "/b", to: "null" }
        """;

    /// <summary>Everything that means something in a cluster, and names that fall on those of derived objects.</summary>
    public const string Cluster = """
        conway: 1
        system: shop
        teams: { checkout: { contact: "#checkout" } }
        broker: { kafka: "kafka.kafka:9092" }
        deploy:
          registry: ghcr.io/acme
          version: 1.4.2
          namespace: shop-production
          telemetry: http://collector.observability:4318
          secret-store: vault
          storage-class: fast
          edge: { class: envoy, host: shop.example.com, namespace: envoy-gateway-system, certificate: shop-cert }
          reach: { postgresql: "10.20.0.0/16:5432", broker: "kafka:9092", telemetry: "observability:4318" }
        services:
          orders:
            description: Takes orders.
            team: checkout
            command: node orders.js
            health: { path: /health, interval: 10s, startup: 2m }
            replicas: 3
            tags: [critical]
            slo: { latency: { p99: 500ms } }
            load: { requests: 300/s, payload: 64KiB }
            owns: { orders-db: postgresql }
            publishes: [OrderPlaced]
            environment: { FEATURE_X: on, API_KEY: "${secret:bank-key}" }
            calls: { catalog: 300ms }
          catalog:
            command: node catalog.js
            resources: { cpu: 250m, memory: 384MiB }
            consumes: [OrderPlaced]
            overlap: false
          basket:
            command: node basket.js
            owns: { basket-db: { engine: sqlite, size: 10GiB }, tmp: sqlite }
            calls: { basket-headless: { timeout: 1s, protocol: grpc }, orders-config: 1s, basket: 1s }
          basket-headless: { command: node a.js }
          orders-config: { command: node a.js, replicas: 0 }
          settle: { command: node a.js }
        jobs:
          settle: { service: orders, schedule: "0  2 * * *", zone: Europe/Paris, overlap: replace, command: node settle.js --now }
        gateway:
          routes:
            - { path: "/api/orders/**", to: orders, methods: [GET, POST], headers: { X-Version: v2 }, rewrite: /orders, timeout: 2500ms }
            - { path: "/a/*/b/**", to: orders }
            - { path: /exact, to: basket, host: basket.example.com, query: { a: "1" } }
        """;

    /// <summary>Everything that watches a system, and is the system's own.</summary>
    public const string Watched = """
        conway: 1
        system: shop
        teams: { checkout: { contact: "#checkout" } }
        deploy:
          registry: ghcr.io/acme
          version: 1.4.2
          namespace: shop-production
          telemetry: http://collector.shop-production-telemetry:4318
          collector: { run: own, traces: "http://tempo.observability:4318", logs: "https://logs.example.com/otlp" }
          prometheus: monitoring
          reach: { telemetry: "shop-production-telemetry:4318", collector-logs: "10.30.0.0/16:443" }
        services:
          orders:
            team: checkout
            command: node orders.js
            api: { budget: 5s }
            slo: { availability: 99.9%, latency: { p99: 500ms } }
            load: 300/s
            calls: { catalog: 300ms }
          catalog: { team: checkout, command: node catalog.js, load: 400/s }
        """;

    /// <summary><see cref="Watched"/>, and what its services print is sent somewhere.</summary>
    public static string Logged(string logs) => Watched
        .Replace("  prometheus: monitoring", $"  logs: {logs}\n  prometheus: monitoring", StringComparison.Ordinal)
        .Replace("reach: { ", "reach: { kubernetes: \"10.0.0.10/32:6443\", ", StringComparison.Ordinal);

    /// <summary>Every kind of workload, of scaling and of a way in.</summary>
    public const string Workloads = """
        conway: 1
        system: shop
        teams: { checkout: { contact: "#checkout", group: "idp:checkout" }, platform: { group: platform }, idle: { group: nobody } }
        broker: { kafka: "kafka.kafka:9092" }
        deploy:
          registry: ghcr.io/acme
          version: 1.4.2
          namespace: shop-production
          secret-store: vault
          scaler: keda
          metrics: http://prometheus.observability:9090
          vertical: recommend
          nodes: 12
          reach: { broker: "kafka:9092" }
        services:
          orders:
            team: checkout
            command: node orders.js
            replicas: 3
            load: 300/s
            scale: { by: requests, most: 12 }
            publishes: { OrderPlaced: { topic: placed }, OrderPaid: {} }
            environment: { MODE: live }
            expose: { as: load-balancer, from: [203.0.113.0/24, "2001:db8::/32"], port: 443, annotations: { example.com/internal: "true" } }
          mailer: { team: checkout, command: node a.js, consumes: [OrderPlaced, OrderPaid], scale: events, uses: [search, bank] }
          agent: { team: platform, command: node a.js, placement: each-node, expose: { as: node-port, from: [198.51.100.0/24], port: 30080 }, calls: { orders: 1s } }
          cache: { command: node a.js, placement: each-node, overlap: false, replicas: 5 }
          fixed: { command: node a.js, replicas: 4, scale: none }
          busy: { command: node a.js, load: 100/s, scale: { each: 50, most: 4 }, calls: { agent: 1s } }
          keeps: { command: node a.js, owns: { keeps-db: sqlite }, uses: [search, busy] }
          off: { command: node a.js, replicas: 0, scale: events, consumes: [OrderPaid] }
        externals:
          bank: { address: "https://api.bank.example", in: ["198.18.0.0/15:443", "egress:8443"] }
          search: http://search.platform.svc.cluster.local:9200/v2
          busy: http://busy.elsewhere.svc
          unused: https://nobody.example
        jobs:
          migrate: { service: orders, at: release, command: node migrate.js --all }
          clean: { service: fixed, schedule: "0 3 * * *", command: node clean.js }
        """;

    /// <summary>The same in another place, with RabbitMQ.</summary>
    public static readonly string WorkloadsElsewhere = Workloads.Replace("kafka: \"kafka.kafka:9092\"", "rabbitmq: \"amqp://rabbit:5672\"", StringComparison.Ordinal)
        .Replace("vertical: recommend", "vertical: initial", StringComparison.Ordinal).Replace("nodes: 12", "nodes: 20", StringComparison.Ordinal);

    /// <summary>The same where the cluster itself scales.</summary>
    public static readonly string WorkloadsPlain = Workloads.Replace("scaler: keda", "scaler: hpa", StringComparison.Ordinal).Replace(", scale: events", "", StringComparison.Ordinal)
        .Replace("vertical: recommend", "vertical: \"off\"", StringComparison.Ordinal);

    /// <summary>What the files of <see cref="Hard"/> would say.</summary>
    public static BuildFacts HardFacts { get; } = new()
    {
        Context = "../..",
        Out = "sys/deploy",
        System = "sys",
        Sources = new Dictionary<string, SourceFacts>
        {
            ["no"] = new() { Project = "sys/src/No/No $one.csproj", RestoreFiles = ["Directory.Build.props", "sys/src/No/No $one.csproj"], Folders = ["lib/Shared", "sys/src/No"], Assembly = "No.One", Framework = "10.0", IsWeb = true, IsLocked = true },
            ["null"] = new() { RestoreFiles = ["sys/src/it's here/package-lock.json", "sys/src/it's here/package.json"] },
        },
    };

    public static SystemModel Model(string yaml, string? environment = null)
    {
        var files = new Dictionary<string, string> { ["conway.yaml"] = yaml, ["src/No/No.csproj"] = "", ["src/it's here/server.js"] = "", ["src/py/main.py"] = "" };
        var read = ModelReader.Read(new MemoryFileTree(files), "conway.yaml", new ReadOptions { Environment = environment });
        Assert.Equal([], read.Findings.Where(finding => finding.Severity == Conway.Findings.Severity.Error).Select(finding => finding.ToString()));
        return read.Model;
    }

    /// <summary>A system of so many services in layers: each calls three of the next, some keep data, some take events.</summary>
    public static SystemModel Large(int services)
    {
        var text = new StringBuilder("""
            conway: 1
            system: large
            teams: { one: {}, two: {} }
            deploy: { registry: ghcr.io/acme, version: 1.2.3, namespace: large-production, edge: { class: envoy, host: large.example.com, namespace: edge }, reach: { postgresql: "10.20.0.0/16:5432" } }
            services:

            """);
        for (var i = 0; i < services; i++)
        {
            var calls = string.Join(", ", Enumerable.Range(1, 3).Select(step => (i / 10 * 10) + 10 + ((i + (step * 3)) % 10)).Where(callee => callee < services).Distinct().Select(callee => $"s{callee}: {{ timeout: 300ms, required: {(callee % 2 == 0 ? "true" : "false")} }}"));
            text.Append(CultureInfo.InvariantCulture, $"  s{i}: {{ team: {(i % 2 == 0 ? "one" : "two")}, command: node s{i}.js, replicas: {1 + (i % 4)}, load: {20 * i}/s, calls: {{ {calls} }}{(i % 5 == 0 ? $", owns: {{ d{i}: {{ engine: {(i % 10 == 0 ? "postgresql" : "sqlite")} }} }}" : "")} }}\n");
        }

        text.Append("gateway: { routes: [").AppendJoin(", ", Enumerable.Range(0, Math.Min(10, services)).Select(i => $"{{ path: \"/s{i}/**\", to: s{i} }}")).Append("] }\n");
        return Model(text.ToString());
    }

    /// <summary>The files of a target as they go to disk, by path.</summary>
    public static Dictionary<string, WrittenFile> Written(string target, SystemModel model, BuildFacts? facts = null, string? environment = null)
    {
        var tree = ArtifactCatalog.Find(target)!.Generate(model, environment, facts ?? new BuildFacts());
        Assert.Equal([], tree.Findings.Where(finding => finding.Severity == Conway.Findings.Severity.Error).Select(finding => finding.ToString()));
        return tree.Files.ToDictionary(file => file.Path, file => WrittenFile.Of(file, environment, null), StringComparer.Ordinal);
    }
}
