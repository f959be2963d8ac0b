using Conway.Model;

namespace Conway.Lowering;

/// <summary>A run, so specific that the one who does it has no choice left.</summary>
/// <remarks>A value: it can be printed (<c>conway run --plan</c>), compared and tested. Everything in it follows from the model and
/// from the few facts in <see cref="LoweringFacts"/>.</remarks>
public sealed record RunPlan
{
    /// <summary>Name of the system.</summary>
    public required string System { get; init; }

    /// <summary>Id of the run; every process of it carries the id as <c>CONWAY_RUN</c>.</summary>
    public required string Run { get; init; }

    /// <summary>The environment whose overlay was merged, or null.</summary>
    public string? Environment { get; init; }

    /// <summary>Where the platform itself listens.</summary>
    public required PlatformPlan Platform { get; init; }

    /// <summary>What is started, by service, in the order of the model.</summary>
    public required NameMap<ServicePlan> Services { get; init; }

    /// <summary>One upstream listener for each caller and callee.</summary>
    public required ValueList<ListenerPlan> Listeners { get; init; }

    /// <summary>What the gateway answers.</summary>
    public required ValueList<RoutePlan> Routes { get; init; }

    /// <summary>The server of every store in PostgreSQL; null when there is no such store.</summary>
    public PostgresPlan? Postgres { get; init; }

    /// <summary>What users do.</summary>
    public required NameMap<Journey> Journeys { get; init; }
}

/// <summary>Ports of the platform, all on loopback.</summary>
public sealed record PlatformPlan(int GatewayPort, int ConsolePort, int OtlpPort, int RegistryPort);

/// <summary>One service: how it is built, started, watched and judged.</summary>
public sealed record ServicePlan
{
    public required string Name { get; init; }

    /// <summary><c>project</c> or <c>command</c>.</summary>
    public required ServiceKind Kind { get; init; }

    /// <summary>How it is built; null when nothing has to be.</summary>
    public BuildPlan? Build { get; init; }

    /// <summary>Absolute folder in which it runs.</summary>
    public required string Directory { get; init; }

    /// <summary>For <see cref="ServiceKind.Command"/>: the shell command. Null for projects, whose command is the built assembly.</summary>
    public string? Command { get; init; }

    /// <summary>The processes.</summary>
    public required ValueList<ReplicaPlan> Replicas { get; init; }

    /// <summary>Variables that every replica gets, sorted by name. Those that differ stand in <see cref="ReplicaPlan"/>.</summary>
    public required ValueList<VariablePlan> Environment { get; init; }

    public required HealthPlan Health { get; init; }

    /// <summary>Time between SIGTERM and SIGKILL.</summary>
    public required TimeSpan Drain { get; init; }

    /// <summary>See <see cref="Service.Overlap"/>.</summary>
    public required bool Overlap { get; init; }

    /// <summary>Started only when these are healthy.</summary>
    public required ValueList<string> After { get; init; }

    /// <summary>Counted as healthy for the first time only when these are; a callee of the same cycle is left out, or both would wait for ever.</summary>
    public required ValueList<string> WaitsFor { get; init; }

    /// <summary>Globs below <see cref="Directory"/> whose change restarts it; empty: the build's own inputs.</summary>
    public required ValueList<string> Watch { get; init; }

    /// <summary>Stores it owns, with the places that hold them.</summary>
    public required ValueList<StorePlan> Stores { get; init; }
}

/// <summary>How a service is started.</summary>
public enum ServiceKind
{
    /// <summary>A .NET project: built here, started from its output.</summary>
    Project,

    /// <summary>Any command.</summary>
    Command,
}

/// <summary>How a service is built.</summary>
/// <param name="Project">Absolute path of the project file, for .NET.</param>
/// <param name="Command">Shell command, for everything else.</param>
public sealed record BuildPlan(string? Project, string? Command);

/// <summary>One process.</summary>
/// <param name="Name"><c>catalog-1</c></param>
/// <param name="Number">From 1.</param>
/// <param name="Port">Its usual port.</param>
/// <param name="SparePort">Where its successor listens while a change is taken over; the two then change places.</param>
public sealed record ReplicaPlan(string Name, int Number, int Port, int SparePort);

/// <summary>An environment variable.</summary>
/// <param name="From">What it follows from: <c>call inventory</c>, <c>store catalog-db</c>, <c>environment</c>, <c>platform</c>.</param>
/// <param name="Masked">Whether its value is kept out of every output.</param>
public sealed record VariablePlan(string Name, string Value, string From, bool Masked = false);

/// <summary>How health is asked for.</summary>
/// <param name="Path">Path that answers 2xx; null: a TCP connect.</param>
public sealed record HealthPlan(string? Path, TimeSpan Interval, TimeSpan Timeout, int Failures, TimeSpan Startup);

/// <summary>A store and what holds it. With neither file nor address, a run does not have it.</summary>
/// <param name="File">Absolute path, for SQLite.</param>
/// <param name="Address"><c>127.0.0.1:21034/orders-db</c>, for PostgreSQL.</param>
public sealed record StorePlan(string Name, StoreEngine Engine, string? File = null, string? Address = null);

/// <summary>The one PostgreSQL server of a run.</summary>
/// <param name="Port">On loopback.</param>
public sealed record PostgresPlan(int Port, ValueList<PostgresDatabase> Databases);

/// <summary>A store as a database.</summary>
/// <param name="Owner">The role that owns what is in it; nobody signs in with it.</param>
/// <param name="Services">Roles that sign in, each named for the service that uses it, and act as the owner.</param>
public sealed record PostgresDatabase(string Name, string Owner, ValueList<string> Services);

/// <summary>The loopback listener by which one service reaches another.</summary>
public sealed record ListenerPlan
{
    public required string Caller { get; init; }

    public required string Callee { get; init; }

    public required int Port { get; init; }

    /// <summary>One attempt.</summary>
    public required TimeSpan AttemptTimeout { get; init; }

    /// <summary>All attempts and the pauses between them.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>Extra attempts after the first.</summary>
    public required int Retries { get; init; }

    public required BalancePolicy Balance { get; init; }

    public required Outlier Outlier { get; init; }

    /// <summary>The caller's own <c>api.budget</c>, for requests that bring no deadline; null: none.</summary>
    public TimeSpan? RequestBudget { get; init; }

    public required bool Required { get; init; }

    public required CallProtocol Protocol { get; init; }
}

/// <summary>One way from outside to a service.</summary>
public sealed record RoutePlan
{
    /// <summary>Stable while the route keeps its matches: <c>GET,POST host/path</c>.</summary>
    public required string Id { get; init; }

    public required Route Route { get; init; }

    /// <summary>One attempt.</summary>
    public required TimeSpan AttemptTimeout { get; init; }
}
