using Conway.Checks.Graph;
using Conway.Checks.Observed;
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

    /// <summary>What there is to look at.</summary>
    public CheckInputs Has => CheckInputs.Model | (Observed is null ? CheckInputs.None : CheckInputs.Traces);

    /// <summary>Who called whom.</summary>
    /// <exception cref="InvalidOperationException">Nothing was observed; a check that asks must say that it needs traces.</exception>
    internal ObservedCalls Traffic => _traffic ??= ObservedCalls.Of(Observed ?? throw new InvalidOperationException("Nothing was observed."), Model);

    /// <summary>The same, edge by edge.</summary>
    internal IReadOnlyList<ObservedEdge> Edges => _edges ??= ObservedEdge.Of(Traffic, Model.Services.ContainsKey);

    /// <summary>The team of a service: its own, else that of its context; null when nobody owns it.</summary>
    public string? OwnerOf(Service service) =>
        service.Team ?? (service.Context is { } name && Model.Contexts.TryGetValue(name, out var context) ? context.Team : null);
}
