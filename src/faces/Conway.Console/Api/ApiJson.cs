using System.Text.Json.Serialization;
using Conway.Checks.Drift;
using Conway.CodeFacts;
using Conway.Decomposition.Costs;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Proposals;
using Microsoft.AspNetCore.Mvc;

namespace Conway.Console.Api;

/// <summary>How everything in the API is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.Strict, PropertyNameCaseInsensitive = true,
    Converters = [typeof(Wording<UnitRole>), typeof(Wording<SharedAs>), typeof(Wording<EvidenceKind>), typeof(Wording<CostKind>), typeof(Wording<EntryPointKind>), typeof(Wording<DriftKind>)])]
[JsonSerializable(typeof(SystemInfo))]
[JsonSerializable(typeof(OneTimeCode))]
[JsonSerializable(typeof(FindingCounts))]
[JsonSerializable(typeof(IReadOnlyList<ServiceInfo>))]
[JsonSerializable(typeof(ServiceDetail))]
[JsonSerializable(typeof(Graph))]
[JsonSerializable(typeof(LogPage))]
[JsonSerializable(typeof(DroppedNotice))]
[JsonSerializable(typeof(TracePage))]
[JsonSerializable(typeof(Trace))]
[JsonSerializable(typeof(Red))]
[JsonSerializable(typeof(Comparison))]
[JsonSerializable(typeof(MetricList))]
[JsonSerializable(typeof(MetricSeries))]
[JsonSerializable(typeof(TelemetryOverview))]
[JsonSerializable(typeof(TelemetryRunDetail))]
[JsonSerializable(typeof(FindingList))]
[JsonSerializable(typeof(FindingHistory))]
[JsonSerializable(typeof(Rule))]
[JsonSerializable(typeof(ModelOverview))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(ModelChange))]
[JsonSerializable(typeof(JourneyList))]
[JsonSerializable(typeof(TrafficState))]
[JsonSerializable(typeof(Architecture))]
[JsonSerializable(typeof(ConsoleParts))]
[JsonSerializable(typeof(DecompositionOverview))]
[JsonSerializable(typeof(DecompositionBoard))]
[JsonSerializable(typeof(DecompositionUnit))]
[JsonSerializable(typeof(DecompositionBoundary))]
[JsonSerializable(typeof(DecompositionMove))]
[JsonSerializable(typeof(DecompositionEdit))]
[JsonSerializable(typeof(ProblemDetails))]
public sealed partial class ApiJson : JsonSerializerContext;
