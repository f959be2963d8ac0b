using Conway.AddressFacts;
using Conway.Checks.Contexts;
using Conway.Checks.Graph;
using Conway.Checks.History;
using Conway.Checks.Observed;
using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.GitFacts;
using Conway.ManifestFacts;
using Conway.Model;
using Conway.Observations;

namespace Conway.Checks;

/// <summary>What checks look at: the model, the calls in it as a graph, and whatever else is known of the system.</summary>
public sealed class CheckSubject(SystemModel model)
{
    /// <summary>Most findings of one kind where one mistake can show in many ways (cycles, chains); the last one says that there are more.</summary>
    public const int FindingsPerRuleMax = 20;

    private ObservedCalls? _traffic;
    private IReadOnlyList<ObservedEdge>? _edges;
    private IReadOnlyList<EventLink>? _events;
    private ContextMap? _contexts;
    private ServiceHistory? _history;
    private ServiceCode? _sources;
    private ServiceAddresses? _named;

    /// <summary>The system as described.</summary>
    public SystemModel Model { get; } = model;

    /// <summary>Its synchronous calls; calls to services that do not exist are left out (the reader has told about them).</summary>
    public CallGraph Calls { get; } = CallGraph.Of(model);

    /// <summary>The numbers to compare with.</summary>
    public CheckLimits Limits => Model.Checks;

    /// <summary>The day on which it is judged, for what expires. Unset: nothing has expired.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>What was observed. Unset: nobody looked.</summary>
    public ObservedRun? Observed { get; init; }

    /// <summary>The history of the system's folder; its paths are relative to that folder. Unset: nobody looked.</summary>
    public GitHistory? Git { get; init; }

    /// <summary>The source in the system's folder; its paths are relative to that folder. Unset: nobody looked.</summary>
    public Codebase? Code { get; init; }

    /// <summary>Which programs the source in the system's folder names, whatever the language; paths as in <see cref="Code"/>. Unset: nobody looked.</summary>
    public SourceAddresses? Addresses { get; init; }

    /// <summary>How the system is deployed. Unset: nobody looked.</summary>
    public Deployment? Manifests { get; init; }

    /// <summary>What there is to look at.</summary>
    public CheckInputs Has =>
        CheckInputs.Model | (Observed is null ? CheckInputs.None : CheckInputs.Traces) | (Git is null ? CheckInputs.None : CheckInputs.Git)
        | (Code is null ? CheckInputs.None : CheckInputs.Code) | (Manifests is null ? CheckInputs.None : CheckInputs.Manifests)
        | (Addresses is null ? CheckInputs.None : CheckInputs.Addresses);

    /// <summary>Declared events on their way.</summary>
    internal IReadOnlyList<EventLink> Events => _events ??= EventLink.Of(Model);

    /// <summary>Which service stands in which context, and how contexts relate.</summary>
    internal ContextMap Contexts => _contexts ??= ContextMap.Of(Model);

    /// <summary>Which commits changed which services.</summary>
    /// <exception cref="InvalidOperationException">There is no history; a check that asks must say that it needs git.</exception>
    internal ServiceHistory History => _history ??= ServiceHistory.Of(Git ?? throw new InvalidOperationException("There is no history."), Model);

    /// <summary>Who called whom.</summary>
    /// <exception cref="InvalidOperationException">Nothing was observed; a check that asks must say that it needs traces.</exception>
    internal ObservedCalls Traffic => _traffic ??= ObservedCalls.Of(Observed ?? throw new InvalidOperationException("Nothing was observed."), Model);

    /// <summary>The same, edge by edge.</summary>
    internal IReadOnlyList<ObservedEdge> Edges => _edges ??= ObservedEdge.Of(Traffic, Model.Services.ContainsKey);

    /// <summary>The source, service by service.</summary>
    /// <exception cref="InvalidOperationException">Nobody looked; a check that asks must say that it needs code.</exception>
    internal ServiceCode Sources => _sources ??= ServiceCode.Of(Code ?? throw new InvalidOperationException("There is no code."), Model);

    /// <summary>Which services the source of each names.</summary>
    /// <exception cref="InvalidOperationException">Nobody looked; a check that asks must say that it needs addresses.</exception>
    internal ServiceAddresses Named => _named ??= ServiceAddresses.Of(
        Addresses ?? throw new InvalidOperationException("Nobody looked for addresses."), Model, [.. (Manifests?.Workloads ?? []).Select(w => (w, WorkloadService(w.Name)))]);

    /// <summary>The service that a workload of a manifest runs: of the same name, or of that name behind the system's, or of the same letters; null for others.</summary>
    public string? WorkloadService(string workload) =>
        Model.Services.ContainsKey(workload) ? workload
        : workload.StartsWith(Model.System + "-", StringComparison.Ordinal) && Model.Services.ContainsKey(workload[(Model.System.Length + 1)..]) ? workload[(Model.System.Length + 1)..]
        : ServiceSpelling.Of(Model, workload);

    /// <summary>The team of a service: its own, else that of its context; null when nobody owns it.</summary>
    public string? OwnerOf(Service service) => Model.TeamOf(service);
}
