namespace Conway.Model;

/// <summary>Every number that a check compares with, in one place.</summary>
/// <remarks>Each record belongs to one rule or to a few that ask the same; a check's page names the keys it looks at.</remarks>
public sealed record CheckLimits
{
    [About("Calls one after another behind one request (CW2106).")]
    public HopLimits Hops { get; init; } = new();

    [About("Retries that multiply along a chain (CW2105).")]
    public RetryLimits Retries { get; init; } = new();

    [About("Services that one service or one of its operations calls (CW2302).")]
    public FanOutLimits FanOut { get; init; } = new();

    [About("Services that wait for one and the same (CW2303).")]
    public HubLimits Hub { get; init; } = new();

    [About("Calls between two services for one request (CW2301).")]
    public ChattyLimits Chatty { get; init; } = new();

    [About("Services that cannot be watched (CW2204).")]
    public TelemetryLimits Telemetry { get; init; } = new();

    [About("Services that are too small (CW3103).")]
    public NanoLimits Nano { get; init; } = new();

    [About("Services that are too large (CW3104).")]
    public MegaLimits Mega { get; init; } = new();

    [About("Boundaries in the wrong places (CW3105).")]
    public CutLimits Cuts { get; init; } = new();

    [About("Writes that belong together (CW3107), and tables whose owner is not clear (CW3109).")]
    public WriteLimits Writes { get; init; } = new();

    [About("Services that know each other too well (CW3106).")]
    public IntimacyLimits Intimacy { get; init; } = new();

    [About("The score of a service's boundary (CW3110).")]
    public BoundaryLimits Boundary { get; init; } = new();

    [About("Signs of a distributed monolith (CW3201).")]
    public MonolithLimits Monolith { get; init; } = new();

    [About("Services that depend on less stable ones (CW3202).")]
    public InstabilityLimits Instability { get; init; } = new();

    [About("Changes that go through many services (CW3203).")]
    public ScatterLimits Scatter { get; init; } = new();

    [About("What one team can look after (CW3204), and how many may share a service (CW3205).")]
    public TeamLimits Teams { get; init; } = new();

    [About("Kinds of technology (CW6103).")]
    public KindLimits Kinds { get; init; } = new();

    [About("Deployments that are not safe (CW6104).")]
    public DeploymentLimits Deployment { get; init; } = new();

    [About("How much of the traffic must have been seen (CW7105).")]
    public ObservedLimits Observed { get; init; } = new();
}

/// <summary>Calls one after another.</summary>
[ShortForm(nameof(Max))]
public sealed record HopLimits
{
    [About("Most calls in a row. At 99.9 % a hop, five hops promise 99.5 %, and every hop adds its tail to the latency.", Min = "1", Max = "100")]
    public int Max { get; init; } = 4;
}

/// <summary>Retries along a chain.</summary>
[ShortForm(nameof(Max))]
public sealed record RetryLimits
{
    [About("Most requests that one request may become by retries along a chain, the product of attempts. Two services that retry twice each already make 9.", Min = "1", Max = "100000")]
    public int Max { get; init; } = 8;
}

/// <summary>Services that are called.</summary>
public sealed record FanOutLimits
{
    [About("From so many called services on it is a warning.", Min = "2", Max = "1000")]
    public int Warning { get; init; } = 5;

    [About("From so many on it is an error.", Min = "2", Max = "1000")]
    public int Error { get; init; } = 8;

    [About("Share of all shortest ways between services that lead through one, from which on it counts as the one that directs the others.")]
    public Percentage Through { get; init; } = new(50);
}

/// <summary>Services that are waited for.</summary>
public sealed record HubLimits
{
    [About("Share of the other services that call it and wait.")]
    public Percentage Callers { get; init; } = new(50);

    [About("Systems with fewer services are not judged: in a small one, half of the services is one or two.", Min = "2", Max = "1000")]
    public int ServicesMin { get; init; } = 5;
}

/// <summary>Calls between two services for one request.</summary>
public sealed record ChattyLimits
{
    [About("From so many calls for one request on (95 of 100 requests make fewer) it is a warning.", Min = "2", Max = "10000")]
    public int Warning { get; init; } = 5;

    [About("From so many on it is an error.", Min = "2", Max = "10000")]
    public int Error { get; init; } = 10;

    [About("Calls of one operation, one after another within one request, from which on they count as a loop.", Min = "2", Max = "10000")]
    public int Loop { get; init; } = 3;

    [About("Share of all calls between services that one pair makes.")]
    public Percentage Volume { get; init; } = new(30);

    [About("Fewer requests than this say nothing about a pair.", Min = "1", Max = "1000000")]
    public int RequestsMin { get; init; } = 10;
}

/// <summary>Services that cannot be watched.</summary>
public sealed record TelemetryLimits
{
    [About("Share of a service's calls that are made outside of any trace.")]
    public Percentage Orphans { get; init; } = new(5);

    [About("Share of a service's spans that name a parent which never arrived, where the others' are complete.")]
    public Percentage Torn { get; init; } = new(5);

    [About("A service with fewer spans or calls is not judged.", Min = "1", Max = "1000000")]
    public int SpansMin { get; init; } = 10;
}

/// <summary>Services that are too small.</summary>
public sealed record NanoLimits
{
    [About("Share of the median service's lines of code below which it is small.")]
    public Percentage Lines { get; init; } = new(5);

    [About("Share of its requests that come from one caller, from which on it serves that one alone.")]
    public Percentage OneCaller { get; init; } = new(80);
}

/// <summary>Services that are too large.</summary>
public sealed record MegaLimits
{
    [About("Most types.", Min = "1", Max = "1000000")]
    public int Types { get; init; } = 300;

    [About("Most lines of code. One person can hold 27,000 in view (the size of Designite's god component).", Min = "1", Max = "100000000")]
    public int Lines { get; init; } = 27_000;

    [About("Systems with fewer services have no usual size that one could stand out from.", Min = "4", Max = "1000")]
    public int ServicesMin { get; init; } = 5;
}

/// <summary>Boundaries in the wrong places.</summary>
public sealed record CutLimits
{
    [About("Standard deviations from the mean number of tables.", Min = "1", Max = "10")]
    public int Deviations { get; init; } = 2;

    [About("A service stands out only if it has so many times the mean, or the mean is so many times what it has: where all are alike, one more is many deviations.", Min = "1", Max = "100")]
    public int Times { get; init; } = 2;

    [About("Share of a service's types that play one and the same part, from which on it is a layer and not a service.")]
    public Percentage OneRole { get; init; } = new(80);

    [About("Systems with fewer services have no usual number of tables.", Min = "4", Max = "1000")]
    public int ServicesMin { get; init; } = 6;

    [About("Share of the places writing a table that lie in one other service, above which the table lies in the wrong one.")]
    public Percentage Elsewhere { get; init; } = new(50);

    [About("Most types, as a share of all, that are moved to see whether the calls between services become fewer.")]
    public Percentage Moved { get; init; } = new(5);

    [About("Share of the calls between services, as the source has them, that such a move must spare.")]
    public Percentage Spared { get; init; } = new(20);

    [About("Fewer calls between services than this, as the source has them, say nothing about where the types should be.", Min = "1", Max = "1000000")]
    public int CallsMin { get; init; } = 20;
}

/// <summary>Writes.</summary>
public sealed record WriteLimits
{
    [About("Most services that one request may write to without a saga.", Min = "1", Max = "100")]
    public int Services { get; init; } = 1;

    [About("Most services that may write to one table.", Min = "1", Max = "100")]
    public int Writers { get; init; } = 1;

    [About("Fewer requests, or statements, than this may be a migration or a person.", Min = "1", Max = "1000000")]
    public int SeenMin { get; init; } = 3;
}

/// <summary>Services that know each other too well.</summary>
public sealed record IntimacyLimits
{
    [About("Share of a service's operations that one other service uses.")]
    public Percentage Operations { get; init; } = new(60);

    [About("Services with fewer operations are not judged.", Min = "2", Max = "1000")]
    public int OperationsMin { get; init; } = 5;

    [About("Share of a service's tables that another one reads.")]
    public Percentage Tables { get; init; } = new(60);

    [About("Services with fewer tables are not judged by who reads them.", Min = "1", Max = "1000")]
    public int TablesMin { get; init; } = 2;

    [About("How much of their properties two entities of one name must share to count as the same (Jaccard: shared by all).")]
    public Percentage Alike { get; init; } = new(70);

    [About("So many entities that two services both have are told.", Min = "1", Max = "1000")]
    public int EntitiesMin { get; init; } = 2;
}

/// <summary>The score of a boundary.</summary>
[ShortForm(nameof(Min))]
public sealed record BoundaryLimits
{
    [About("Lowest score.")]
    public Percentage Min { get; init; } = new(40);
}

/// <summary>Signs of a distributed monolith. Each gives one point, and two when it is strong.</summary>
public sealed record MonolithLimits
{
    [About("Points from which on it is a warning.", Min = "1", Max = "12")]
    public int Warning { get; init; } = 3;

    [About("Points from which on it is an error.", Min = "1", Max = "12")]
    public int Error { get; init; } = 5;

    [About("Share of commits that change two services or more.")]
    public Percentage CoChange { get; init; } = new(20);

    [About("The same, strong.")]
    public Percentage CoChangeStrong { get; init; } = new(40);

    [About("Share of the links between services that are calls and not events.")]
    public Percentage Calls { get; init; } = new(60);

    [About("The same, strong.")]
    public Percentage CallsStrong { get; init; } = new(80);

    [About("Share of the services that one circle of calls holds.")]
    public Percentage Circle { get; init; } = new(30);

    [About("The same, strong.")]
    public Percentage CircleStrong { get; init; } = new(50);

    [About("Median of the longest rows of calls from each entry.", Min = "1", Max = "100")]
    public int Chain { get; init; } = 4;

    [About("Share of the services that use one and the same package of the system's own.")]
    public Percentage Lockstep { get; init; } = new(50);

    [About("Systems with fewer services are not judged.", Min = "2", Max = "1000")]
    public int ServicesMin { get; init; } = 4;
}

/// <summary>Services that depend on less stable ones.</summary>
public sealed record InstabilityLimits
{
    [About("By how much the instability of a callee, outgoing dependencies to all (Martin, 1994), may exceed the caller's.")]
    public Percentage Gap { get; init; } = new(30);
}

/// <summary>Changes that go through many services.</summary>
public sealed record ScatterLimits
{
    [About("From so many services on a commit is scattered.", Min = "2", Max = "1000")]
    public int Services { get; init; } = 4;

    [About("Share of commits that are scattered.")]
    public Percentage Share { get; init; } = new(20);

    [About("Fewer commits than this say nothing.", Min = "1", Max = "1000000")]
    public int CommitsMin { get; init; } = 20;
}

/// <summary>Teams and services.</summary>
public sealed record TeamLimits
{
    [About("Most services of one team.", Min = "1", Max = "1000")]
    public int Services { get; init; } = 6;

    [About("Most teams that share the work on a service.", Min = "1", Max = "100")]
    public int PerService { get; init; } = 2;

    [About("Share of a service's commits from which on a team takes part in the work.")]
    public Percentage Share { get; init; } = new(20);
}

/// <summary>Kinds of technology.</summary>
public sealed record KindLimits
{
    [About("Most kinds of one thing (stores, frameworks, brokers) for each ten services; at least so many are always allowed.", Min = "1", Max = "100")]
    public int PerTen { get; init; } = 3;
}

/// <summary>Deployments.</summary>
public sealed record DeploymentLimits
{
    [About("Availability promised by a service (slo.availability) from which on it counts as critical; so does the tag critical.")]
    public Percentage Critical { get; init; } = new(99.9);

    [About("Fewest replicas of a critical service.", Min = "1", Max = "1000")]
    public int Replicas { get; init; } = 2;
}

/// <summary>How much must have been seen.</summary>
public sealed record ObservedLimits
{
    [About("Share of requests whose caller was seen, below which what is said about calls is told as uncertain.")]
    public Percentage Coverage { get; init; } = new(80);
}
