namespace Conway.Model;

/// <summary>A part of the system that runs, is owned and is deployed by itself.</summary>
[ExactlyOne(nameof(Project), nameof(Command))]
public sealed record Service
{
    [About("What the service is for, in a sentence.")]
    public string? Description { get; init; }

    [Refers("context"), About("The bounded context it belongs to.", Example = "ordering")]
    public string? Context { get; init; }

    [Refers("team"), About("The team that owns it.", Example = "checkout", Unset = "the team of its context")]
    public string? Team { get; init; }

    [Exists(needed: true), About("Folder or file of a .NET project, relative to the system's folder. Conway builds and starts it.", Example = "src/Orders")]
    public string? Project { get; init; }

    [About("Command that starts the service, for every other language; run in directory.", Example = "node server.js")]
    public string? Command { get; init; }

    [Exists(needed: true), About("Folder in which command runs, relative to the system's folder.", Example = "src/shipping", Unset = "the system's folder")]
    public string? Directory { get; init; }

    [About("Command that builds the service before it starts, run in directory, again when its files change.", Example = "npm ci", Unset = "nothing is built")]
    public string? Build { get; init; }

    [Matches(ImageName.Fixed, ImageName.FixedSays), About("Image with the runtime that command needs, on which the service's own is built.", Example = "python:3.13-slim", Unset = "node: the Node.js image; project: the .NET runtime; another command: needed by generate")]
    public string? Base { get; init; }

    [Matches(ImageName.Fixed, ImageName.FixedSays), About("The image to deploy, with its tag or digest.", Example = "ghcr.io/acme/orders:1.4.2", Unset = "built from deploy.registry, the system, the service and deploy.version")]
    public string? Image { get; init; }

    [About("Files whose change restarts the service, as globs relative to directory.", Example = "[\"**/*.js\"]", Unset = "project: its C# and project files; command: everything in directory but node_modules and dot folders")]
    public ValueList<string> Watch { get; init; } = [];

    [Matches("^[A-Za-z_][A-Za-z0-9_]*$", "letters, digits and _, not starting with a digit"), About("Variables for the process; they win over the standard ones except HOST, PORT, ASPNETCORE_URLS and CONWAY_RUN.", Example = "{ FEATURE_X: on }")]
    public NameMap<string> Environment { get; init; } = NameMap<string>.Empty;

    [About("How many of it run side by side.", Min = "0", Max = "100", Example = "2")]
    public int Replicas { get; init; } = 1;

    [Refers("service"), About("Services that must be ready before this one is started; rarely needed, since a required call already makes readiness wait.", Example = "[schema-migrator]")]
    public ValueList<string> After { get; init; } = [];

    [About("How Conway asks whether it is well.")]
    public Health? Health { get; init; }

    [About("How long it may finish what is in flight after SIGTERM, before it is killed.", Min = "0s", Max = "10m")]
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(10);

    [About("Whether the new process may run beside the old one while a change is taken over, so that no request is dropped; otherwise the old one is stopped first.")]
    public bool Overlap { get; init; } = true;

    [About("What it offers to callers.")]
    public Api Api { get; init; } = new();

    [Declares("store"), ListOfNames, About("Stores that only this service touches.", Example = "{ orders-db: { engine: postgresql, tables: [orders] } }")]
    public NameMap<Store> Owns { get; init; } = NameMap<Store>.Empty;

    [Declares("event", Pascal = true), ListOfNames, NotHonouredYet("there is no broker in this run, so they are not published"), About("Events it publishes.", Example = "{ OrderPlaced: { topic: orders, key: orderId } }")]
    public NameMap<PublishedEvent> Publishes { get; init; } = NameMap<PublishedEvent>.Empty;

    [Refers("event"), NotHonouredYet("there is no broker in this run, so they do not arrive"), About("Events it handles.", Example = "[PaymentCaptured]")]
    public ValueList<string> Consumes { get; init; } = [];

    [Refers("service"), ListOfNames, About("Services it calls and waits for.", Example = "{ catalog: { timeout: 300ms, retries: 2 } }")]
    public NameMap<Call> Calls { get; init; } = NameMap<Call>.Empty;

    [Refers("external"), About("Systems of others that it uses.", Example = "[bank]")]
    public ValueList<string> Uses { get; init; } = [];

    [About("What its users are promised.")]
    public Slo? Slo { get; init; }

    [NotHonouredYet("nothing is scaled by it"), About("What it has to carry; for checks, simulation and scaling.")]
    public Load? Load { get; init; }

    [About("What one replica needs in a cluster.", Unset = "derived from load, as docs/reference/artifacts.md says")]
    public Resources? Resources { get; init; }

    [About("By what the number of its replicas follows the load, in a cluster.", Example = "{ by: requests, most: 12 }")]
    public Scale? Scale { get; init; }

    [About("Where its replicas run in a cluster.")]
    public Placement Placement { get; init; }

    [About("How it is reached from outside of the cluster, past the gateway.", Example = "{ as: load-balancer, from: [203.0.113.0/24], port: 443 }", Unset = "not at all")]
    public Exposure? Expose { get; init; }

    [About("Labels for grouping and for --tags.", Example = "[critical]")]
    public ValueList<string> Tags { get; init; } = [];
}

/// <summary>How Conway asks a service whether it is well.</summary>
[ShortForm(nameof(Path))]
public sealed record Health
{
    [Matches("^/", "a path that starts with /"), About("Path that answers 2xx when the service can take traffic.", Example = "/health/ready", Unset = "project: /health/ready; command: a TCP connect")]
    public string? Path { get; init; }

    [About("Time between two checks.", Min = "100ms", Max = "10m")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    [About("How long one check may take.", Min = "10ms", Max = "1m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    [About("Failed checks in a row until it counts as unhealthy.", Min = "1", Max = "100")]
    public int Failures { get; init; } = 3;

    [About("How long the first healthy answer may take after the process has started.", Min = "1s", Max = "30m")]
    public TimeSpan Startup { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>What a service offers to callers.</summary>
public sealed record Api
{
    [Exists(needed: false), NotHonouredYet("the contract is not compared with the service"), About("OpenAPI document of its REST interface, relative to the system's folder.", Example = "openapi.json")]
    public string? Rest { get; init; }

    [Exists(needed: false), NotHonouredYet("the contract is not compared with the service"), About("Protocol Buffers file of its gRPC interface.", Example = "protos/orders.proto")]
    public string? Grpc { get; init; }

    [NotHonouredYet("versions are not routed"), About("Versions served side by side.", Example = "[v1, v2]")]
    public ValueList<string> Versions { get; init; } = [];

    [About("How long one request to this service may take in all, its own calls included.", Min = "1ms", Max = "10m", Example = "800ms", Unset = "no limit is known, so none is checked")]
    public TimeSpan? Budget { get; init; }
}

/// <summary>A store that one service owns.</summary>
[ShortForm(nameof(Engine))]
public sealed record Store
{
    [About("What keeps the data.", Unset = "the system's database, else sqlite")]
    public StoreEngine? Engine { get; init; }

    [About("Tables in it, for checks of shared data.", Example = "[orders, order_lines]")]
    public ValueList<string> Tables { get; init; } = [];

    [About("Size of its volume in a cluster, where it is a file.", Min = "1MiB", Max = "100TiB", Example = "10GiB", Unset = "1GiB")]
    public ByteSize? Size { get; init; }

    [NotHonouredYet("columns are not masked by it"), About("Columns that hold personal data.", Example = "[customers.email]")]
    public ValueList<string> Pii { get; init; } = [];
}

/// <summary>What one replica of a service needs in a cluster.</summary>
public sealed record Resources
{
    [Matches("^([1-9][0-9]{0,5}m|[0-9]{1,3}(\\.[0-9]{1,3})?)$", "a number of processors such as 0.5, or of thousandths such as 500m"), About("Processors.", Example = "500m", Unset = "derived from load")]
    public string? Cpu { get; init; }

    [About("Memory; asked for and the limit alike.", Min = "16MiB", Max = "1TiB", Example = "512MiB", Unset = "derived from load")]
    public ByteSize? Memory { get; init; }
}

/// <summary>How the number of a service's replicas follows its load.</summary>
[ShortForm(nameof(By))]
public sealed record Scale
{
    [About("What more replicas are started by; processor time counts in any case but none.")]
    public ScaleBy By { get; init; }

    [About("Most replicas.", Min = "1", Max = "1000", Example = "12", Unset = "three times the least")]
    public int? Most { get; init; }

    [About("What one replica takes before more are started: percent of its processor time, requests in a second, or events that wait.", Min = "1", Max = "1000000", Example = "50", Unset = "cpu: 70; requests: its share of load.requests; events: 100")]
    public int? Each { get; init; }
}

/// <summary>What more replicas are started by.</summary>
public enum ScaleBy
{
    [About("The processor time that they take.")]
    Cpu,

    [About("The requests that they answer.")]
    Requests,

    [About("The events that wait for them.")]
    Events,

    [About("Nothing: as many as replicas says, and at least two.")]
    None,
}

/// <summary>Where the replicas of a service run.</summary>
public enum Placement
{
    [About("As many as wanted, on different nodes where there are some.")]
    Spread,

    [About("One on each node, for those on the same node: an agent, a cache.")]
    EachNode,
}

/// <summary>How a service is reached from outside of the cluster without the gateway.</summary>
public sealed record Exposure
{
    [Must, About("By which kind of Service.")]
    public ExposureKind As { get; init; }

    [Must, Matches(ImageName.Block, "a block of addresses such as 203.0.113.0/24"), About("Who may connect, as blocks of addresses.", Example = "[203.0.113.0/24]")]
    public ValueList<string> From { get; init; } = [];

    [About("The port outside.", Min = "1", Max = "65535", Example = "443", Unset = "load-balancer: 80; node-port: the cluster chooses")]
    public int? Port { get; init; }

    [Matches("^([a-z0-9.-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*$", "the name of an annotation"), About("Annotations for the provider of the load balancer.", Example = "{ service.beta.kubernetes.io/aws-load-balancer-scheme: internal }")]
    public NameMap<string> Annotations { get; init; } = NameMap<string>.Empty;
}

/// <summary>The kinds of Service that lead in from outside.</summary>
public enum ExposureKind
{
    [About("A load balancer of the cluster's provider.")]
    LoadBalancer,

    [About("A port of every node.")]
    NodePort,
}

/// <summary>What keeps the data of a store.</summary>
public enum StoreEngine
{
    [About("A file, embedded.")]
    Sqlite,

    [About("A PostgreSQL database.")]
    Postgresql,

    [About("A Redis server.")]
    Redis,

    [About("JSON documents.")]
    Document,

    [About("Streams of events.")]
    EventStore,
}

/// <summary>An event that a service publishes.</summary>
[ShortForm(nameof(Topic))]
public sealed record PublishedEvent
{
    [About("Topic it goes to.", Example = "orders", Unset = "the name of the service")]
    public string? Topic { get; init; }

    [Exists(needed: false), About("Schema of its payload, relative to the system's folder.", Example = "schemas/order-placed.avsc")]
    public string? Schema { get; init; }

    [About("Field by which order is kept.", Example = "orderId")]
    public string? Key { get; init; }
}

/// <summary>A call from one service to another that the caller waits for.</summary>
[ShortForm(nameof(Timeout))]
public sealed record Call
{
    [About("How long one attempt may take.", Min = "1ms", Max = "5m", Example = "300ms", Unset = "the budget decides; without one 30s, and finding CW2103")]
    public TimeSpan? Timeout { get; init; }

    [About("How long all attempts together may take, pauses included.", Min = "1ms", Max = "10m", Unset = "timeout x (retries + 1)")]
    public TimeSpan? Budget { get; init; }

    [About("Extra attempts after the first; only for requests that may be repeated.", Min = "0", Max = "10", Example = "2")]
    public int Retries { get; init; }

    [About("Whether the caller cannot work without it. A required callee makes the caller's readiness wait.")]
    public bool Required { get; init; }

    [About("How an instance is chosen.")]
    public BalancePolicy Balance { get; init; } = BalancePolicy.PeakEwma;

    [About("When an instance is set aside.")]
    public Outlier Outlier { get; init; } = new();

    [About("Protocol of the call.")]
    public CallProtocol Protocol { get; init; } = CallProtocol.Http;

    [Matches("^([A-Z]+ )?/", "a path that starts with /, with a method in capitals before it or none"), NotHonouredYet("the caller may ask for everything"), About("What of the callee the caller may ask for: a method and a path, or a path alone; paths as those of routes.", Example = "[\"GET /products/**\", \"POST /reservations\"]", Unset = "everything")]
    public ValueList<string> Only { get; init; } = [];
}

/// <summary>How an instance is chosen among the healthy ones.</summary>
public enum BalancePolicy
{
    [About("The better of two random instances by latency times requests in flight (Finagle's and Linkerd's P2C peak EWMA).")]
    PeakEwma,

    [About("The better of two random instances by requests in flight.")]
    LeastRequest,

    [About("Each in turn.")]
    RoundRobin,
}

/// <summary>Protocol of a call.</summary>
public enum CallProtocol
{
    [About("HTTP/1.1 or HTTP/2.")]
    Http,

    [About("gRPC over HTTP/2.")]
    Grpc,
}

/// <summary>When an instance is set aside for a while (Envoy's outlier detection).</summary>
public sealed record Outlier
{
    [About("Answers 5xx, resets and refused connections in a row that eject an instance; 0 turns it off.", Min = "0", Max = "1000")]
    [Key("consecutive-5xx")]
    public int Consecutive5xx { get; init; } = 5;

    [About("First ejection; the n-th in a row lasts n times as long.", Min = "100ms", Max = "1h")]
    public TimeSpan BaseEjection { get; init; } = TimeSpan.FromSeconds(30);

    [About("Most instances ejected at once; one always may be.", Min = "0%", Max = "100%")]
    public Percentage MaxEjected { get; init; } = new(10);
}

/// <summary>What a service's users are promised.</summary>
public sealed record Slo
{
    [About("Share of requests that succeed.", Example = "99.9%", Min = "0%", Max = "100%")]
    public Percentage? Availability { get; init; }

    [About("How long answers take.", Example = "{ p99: 250ms }")]
    public LatencyGoal? Latency { get; init; }

    [About("Over what time it is counted.", Min = "1h", Max = "365d")]
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>How long answers may take.</summary>
public sealed record LatencyGoal
{
    [About("Half of the answers are faster.", Min = "1us", Max = "10m")]
    public TimeSpan? P50 { get; init; }

    [About("Nine of ten answers are faster.", Min = "1us", Max = "10m")]
    public TimeSpan? P90 { get; init; }

    [About("Ninety-nine of a hundred answers are faster.", Min = "1us", Max = "10m", Example = "250ms")]
    public TimeSpan? P99 { get; init; }
}

/// <summary>What a service has to carry.</summary>
[ShortForm(nameof(Requests))]
public sealed record Load
{
    [About("Requests at the busiest usual time.", Example = "400/s")]
    public Rate? Requests { get; init; }

    [About("Size of a usual request with its answer.", Example = "4KiB")]
    public ByteSize? Payload { get; init; }
}
