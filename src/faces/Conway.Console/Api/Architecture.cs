using System.Text.Json.Serialization;
using Conway.Checks.Drift;
using Conway.CodeFacts;

namespace Conway.Console.Api;

/// <summary>Why a business has a context.</summary>
[JsonConverter(typeof(Wording<ContextKind>))]
public enum ContextKind
{
    Core,
    Supporting,
    Generic,
}

/// <summary>How two contexts relate, seen from downstream.</summary>
[JsonConverter(typeof(Wording<ContextPattern>))]
public enum ContextPattern
{
    Partnership,
    SharedKernel,
    CustomerSupplier,
    Conformist,
    AntiCorruptionLayer,
    OpenHost,
    PublishedLanguage,
    SeparateWays,
}

/// <summary>A word of a ubiquitous language.</summary>
public sealed record Term(string Name, string Meaning);

/// <summary>A bounded context.</summary>
/// <param name="Kind">Null: the model does not say.</param>
/// <param name="Team">Null: nobody owns it.</param>
public sealed record MapContext(string Name, ContextKind? Kind, string? Capability, string? Team, string? Description, IReadOnlyList<string> Services, IReadOnlyList<Term> Language);

/// <summary>A relation that the context map declares.</summary>
/// <param name="Mutual">Both depend on each other, so that there is no upstream.</param>
public sealed record MapRelation(string Downstream, string Upstream, ContextPattern As, bool Mutual, string ModelPath);

/// <summary>A declared call or event that goes over a border.</summary>
/// <param name="Event">The event's name is in <paramref name="Says"/>; null for a call.</param>
public sealed record MapCrossing(string Depends, string On, string Says, bool Event, string ModelPath);

/// <summary>Everything by which one context depends on another.</summary>
/// <param name="Findings">What the checks say of it: off the map, against it, over a forbidden border.</param>
public sealed record MapDependency(string From, string To, int Calls, int Events, IReadOnlyList<MapCrossing> Crossings, IReadOnlyList<Finding> Findings);

/// <summary>A call as declared.</summary>
/// <param name="TimeoutMs">Null: none is declared.</param>
public sealed record DeclaredCall(string Callee, string Protocol, double? TimeoutMs, int Retries, bool Required);

/// <summary>A store as declared.</summary>
public sealed record DeclaredStore(string Name, string Engine, IReadOnlyList<string> Tables, IReadOnlyList<string> Pii);

/// <summary>An event as declared, with who takes it, or whose it is.</summary>
/// <param name="Topic">Null for what is consumed.</param>
public sealed record DeclaredEvent(string Name, string? Topic, IReadOnlyList<string> Others);

/// <summary>A way in from the gateway.</summary>
public sealed record DeclaredRoute(string Path, IReadOnlyList<string> Methods);

/// <summary>Work at a time.</summary>
public sealed record DeclaredJob(string Name, string When);

/// <summary>A service as declared.</summary>
/// <param name="Technology">How it is started: <c>.NET project src/Orders</c>, <c>node server.js</c>.</param>
/// <param name="BudgetMs">How long one request may take; null: none is declared.</param>
public sealed record DeclaredService(
    string Name, string? Description, string? Context, string? Team, string Technology, int Replicas, IReadOnlyList<string> Tags,
    string? Rest, string? Grpc, IReadOnlyList<string> Versions, double? BudgetMs,
    IReadOnlyList<DeclaredRoute> Routes, IReadOnlyList<DeclaredCall> Calls, IReadOnlyList<DeclaredStore> Stores,
    IReadOnlyList<DeclaredEvent> Publishes, IReadOnlyList<DeclaredEvent> Consumes, IReadOnlyList<DeclaredJob> Jobs, IReadOnlyList<string> Sagas);

/// <summary>Somebody who uses the system, as a journey tells.</summary>
public sealed record DeclaredUser(string Journey, string? Description, IReadOnlyList<string> Services);

/// <summary>A system outside, on which this one depends.</summary>
/// <param name="What">What it is for: <c>broker</c>, <c>secrets</c>, or <c>named in the source</c>.</param>
/// <param name="Services">Who uses it; empty: the whole system.</param>
public sealed record ExternalSystem(string Name, string What, IReadOnlyList<string> Services, Place? Place);

/// <summary>One side of a boundary.</summary>
/// <param name="Value">From 0 (bad) to 1 (good); null when nothing tells.</param>
/// <param name="Says">What it was made of, or what is missing.</param>
public sealed record BoundaryFigure(string Name, double? Value, string Says);

/// <summary>How well a service's boundary is drawn.</summary>
/// <param name="Score">The mean of the figures that are known; null when none is.</param>
public sealed record ServiceBoundary(string Service, double? Score, IReadOnlyList<BoundaryFigure> Figures);

/// <summary>How one service uses another: declared, seen, and named in the source.</summary>
/// <param name="Declared">The declared protocol; null: not declared.</param>
/// <param name="Seen">Calls that were seen; null: nobody looked.</param>
/// <param name="Coverage">Share of the requests to the callee whose caller was seen; null as <paramref name="Seen"/>.</param>
/// <param name="Named">Places in the caller's source that name the callee; null: nobody looked, or it has no source.</param>
/// <param name="Accepted">Why somebody has decided not to be told; null: nobody has.</param>
public sealed record DriftedEdge(
    string From, string To, DriftKind Kind, string? Declared, long? Seen, IReadOnlyList<string> Protocols, bool Message, double? Coverage, int? Named, IReadOnlyList<Finding> Findings, string? Accepted);

/// <summary>How much was seen of a run.</summary>
/// <param name="Coverage">Share of the requests between services whose caller was seen, 0 to 1.</param>
/// <param name="SpanLoss">Share of spans that are missing, 0 to 1, estimated.</param>
/// <param name="Cut">There are older spans that were not read.</param>
public sealed record RunSeen(string Run, DateTimeOffset From, DateTimeOffset Until, int Requests, double Coverage, double SpanLoss, bool Cut);

/// <summary>A rule that could not be judged.</summary>
/// <param name="Detail">Why what was given tells too little; null when it was not given.</param>
public sealed record UnjudgedRule(string Code, string Title, IReadOnlyList<string> Needs, string? Detail);

/// <summary>A place where work comes into a service, as its source says.</summary>
public sealed record CodeEntry(EntryPointKind Kind, string Name, Place Place);

/// <summary>What the source of a service holds.</summary>
public sealed record ServiceSource(string Service, int Types, int CodeLines, IReadOnlyList<CodeEntry> Entries);

/// <summary>A system as its model declares it, beside what was seen of it.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Looked">What was looked at beside the model: <c>traces</c>, <c>code</c>, <c>git</c>, <c>manifests</c>.</param>
/// <param name="Missing">Why something that was asked for is not there, a sentence each.</param>
/// <param name="MapFindings">What the checks say of the context map as a whole.</param>
/// <param name="DriftFindings">What the checks say of the comparison as a whole: that little was seen.</param>
/// <param name="Unjudged">Rules of drift that could not be judged.</param>
/// <param name="Sources">Null: nobody looked at the source.</param>
public sealed record Architecture(
    string System, string? Description, DateTimeOffset At, IReadOnlyList<string> Looked, IReadOnlyList<string> Missing,
    IReadOnlyList<MapContext> Contexts, IReadOnlyList<MapRelation> Relations, IReadOnlyList<MapDependency> Dependencies, IReadOnlyList<Finding> MapFindings,
    IReadOnlyList<DeclaredService> Services, IReadOnlyList<DeclaredUser> Users, IReadOnlyList<ExternalSystem> Externals,
    IReadOnlyList<ServiceBoundary> Boundaries,
    RunSeen? Traffic, IReadOnlyList<DriftedEdge> Drift, IReadOnlyList<Finding> DriftFindings, IReadOnlyList<UnjudgedRule> Unjudged,
    IReadOnlyList<ServiceSource>? Sources);
