namespace Conway.Model;

/// <summary>A system as its teams describe it: everything Conway knows comes from here or is compared with it.</summary>
/// <remarks>Immutable. What was not written holds its default; where something was written is told by the reader's source map,
/// under the same paths as here: <c>services.orders.calls.catalog.timeout</c>.</remarks>
[About("A system of services, as its teams describe it.")]
public sealed record SystemModel
{
    [Must, About("Version of this file's format.", Example = "1")]
    public int Conway { get; init; } = 1;

    [Must, Matches("^[a-z][a-z0-9-]{0,62}$", "a name of lower-case letters, digits and -, starting with a letter"), About("Name of the system; it becomes the namespace of its telemetry.", Example = "shop")]
    public string System { get; init; } = "";

    [About("What the system is for, in a sentence.")]
    public string? Description { get; init; }

    [About("More files of the same model, by name or glob; each team can keep its own. Nothing may be declared twice.", Example = "[teams.yaml, \"services/*.yaml\"]")]
    public ValueList<string> Include { get; init; } = [];

    [Declares("capability"), About("What the business can do; contexts realise capabilities.")]
    public NameMap<Capability> Capabilities { get; init; } = NameMap<Capability>.Empty;

    [Declares("context"), About("Bounded contexts: where one language and one model hold.")]
    public NameMap<BoundedContext> Contexts { get; init; } = NameMap<BoundedContext>.Empty;

    [Declares("team"), About("The people who own services.")]
    public NameMap<Team> Teams { get; init; } = NameMap<Team>.Empty;

    [Declares("service"), About("The parts that run.")]
    public NameMap<Service> Services { get; init; } = NameMap<Service>.Empty;

    [Declares("job"), NotHonouredYet("jobs are not started on a schedule"), About("Work that runs at a time, beside a service.")]
    public NameMap<Job> Jobs { get; init; } = NameMap<Job>.Empty;

    [Declares("journey"), About("What users do, step by step: one source for synthetic checks, load, chaos and simulation.")]
    public NameMap<Journey> Journeys { get; init; } = NameMap<Journey>.Empty;

    [Declares("saga"), NotHonouredYet("sagas are not run"), About("Flows over several services, each step with its compensation.")]
    public NameMap<Saga> Sagas { get; init; } = NameMap<Saga>.Empty;

    [Declares("external"), About("Systems of others that services use.", Example = "{ bank: https://api.bank.example }")]
    public NameMap<External> Externals { get; init; } = NameMap<External>.Empty;

    [About("The way in from outside.")]
    public Gateway Gateway { get; init; } = new();

    [About("Rules for the whole system.")]
    public Policies Policies { get; init; } = new();

    [About("The numbers that checks compare with.")]
    public CheckLimits Checks { get; init; } = new();

    [Declares("rule"), About("Rules that teams have made for this system: who may depend on whom, and how things are called.")]
    public NameMap<OwnRule> Rules { get; init; } = NameMap<OwnRule>.Empty;

    [About("Findings that are known and not to be told.", Example = "[{ finding: CW2106, at: services.orders, reason: the ledger is replaced in spring, until: 2027-03-31 }]")]
    public ValueList<Suppression> Suppress { get; init; } = [];

    [NotHonouredYet("there is no broker in this run, so nothing is published or consumed"), About("Where events go.")]
    public BrokerPlace Broker { get; init; } = new();

    [AnyOf("sqlite", "postgresql"), About("Engine of stores that name none: sqlite or postgresql.", Example = "postgresql")]
    public string? Database { get; init; }

    [AnyOf("none", "istio", "linkerd", "consul"), NotHonouredYet("the embedded upstream listeners carry the traffic"), About("Mesh of this environment: none, istio, linkerd or consul.", Example = "istio")]
    public string? Mesh { get; init; }

    [NotHonouredYet("there is no secret store in this run"), About("Where secrets come from.")]
    public SecretsPlace Secrets { get; init; } = new();

    [About("Where the system is deployed to, for generate; usually in the settings of an environment.")]
    public DeployPlace Deploy { get; init; } = new();
}

/// <summary>Something the business can do.</summary>
[ShortForm(nameof(Value))]
public sealed record Capability
{
    [About("What it is worth to the business.", Example = "customers pay for it")]
    public string? Value { get; init; }

    [About("What it is, in a sentence.")]
    public string? Description { get; init; }
}

/// <summary>A bounded context: where one ubiquitous language holds (Evans, Domain-Driven Design, 2003).</summary>
public sealed record BoundedContext
{
    [About("Why the business has it.", Unset = "unknown")]
    public ContextKind? Kind { get; init; }

    [Refers("capability"), About("The capability it realises.", Example = "sell")]
    public string? Capability { get; init; }

    [Refers("team"), About("The team that owns it.", Example = "checkout")]
    public string? Team { get; init; }

    [About("Contexts it depends on, and how the two relate.")]
    public ValueList<ContextRelation> Upstream { get; init; } = [];

    [About("The ubiquitous language: term and meaning.", Example = "{ Order: a customer's wish to buy }")]
    public NameMap<string> Language { get; init; } = NameMap<string>.Empty;

    [About("What it is, in a sentence.")]
    public string? Description { get; init; }
}

/// <summary>Why a business has a context.</summary>
public enum ContextKind
{
    [About("What sets the business apart; build it with the best people.")]
    Core,

    [About("Needed, but no advantage; build it simply.")]
    Supporting,

    [About("The same for everybody; buy it.")]
    Generic,
}

/// <summary>One arrow of the context map.</summary>
[ShortForm(nameof(Context))]
public sealed record ContextRelation
{
    [Must, Refers("context"), About("The upstream context.", Example = "catalog")]
    public string Context { get; init; } = "";

    [About("The pattern of the relation, seen from here.")]
    public ContextPattern As { get; init; } = ContextPattern.CustomerSupplier;
}

/// <summary>The patterns of a context map.</summary>
public enum ContextPattern
{
    [About("Both succeed or fail together and plan together.")]
    Partnership,

    [About("Both share a part of the model and change it together.")]
    SharedKernel,

    [About("Downstream's needs have a place in upstream's plan.")]
    CustomerSupplier,

    [About("Downstream takes upstream's model as it is.")]
    Conformist,

    [About("Downstream translates upstream's model at its border.")]
    AntiCorruptionLayer,

    [About("Upstream serves everybody by one protocol.")]
    OpenHost,

    [About("They share a documented language of exchange.")]
    PublishedLanguage,

    [About("There is deliberately no connection.")]
    SeparateWays,
}

/// <summary>The people who own services.</summary>
public sealed record Team
{
    [About("How the team works with others (Team Topologies).")]
    public TeamKind Kind { get; init; } = TeamKind.StreamAligned;

    [About("Its people.", Example = "[ada, grace]")]
    public ValueList<string> Members { get; init; } = [];

    [About("How to reach it: an address or a channel.", Example = "\"#checkout\"")]
    public string? Contact { get; init; }

    [About("Its group at the identity provider of the cluster; its members may look at what runs in the system's namespace.", Example = "checkout-engineers", Unset = "the cluster decides")]
    public string? Group { get; init; }

    [About("What the team is for, in a sentence.")]
    public string? Description { get; init; }
}

/// <summary>The four fundamental topologies (Skelton and Pais, 2019).</summary>
public enum TeamKind
{
    [About("Owns a stream of business work end to end.")]
    StreamAligned,

    [About("Offers what others use by themselves.")]
    Platform,

    [About("Helps others to learn, then leaves.")]
    Enabling,

    [About("Keeps what takes specialists.")]
    ComplicatedSubsystem,
}

/// <summary>Where events go in this environment.</summary>
public sealed record BrokerPlace
{
    [About("Bootstrap servers of a Kafka cluster.", Example = "broker:9092")]
    public string? Kafka { get; init; }

    [About("Address of a RabbitMQ server.", Example = "amqp://rabbit:5672")]
    public string? Rabbitmq { get; init; }
}

/// <summary>Where secrets come from in this environment.</summary>
public sealed record SecretsPlace
{
    [About("Address of a Vault server.", Example = "https://vault:8200")]
    public string? Vault { get; init; }
}
