using Conway.Checks.Graph;
using Conway.Model;

namespace Conway.Checks;

/// <summary>What checks look at: the model, the calls in it as a graph, and the numbers to compare with.</summary>
public sealed class CheckSubject(SystemModel model, CheckThresholds thresholds)
{
    /// <summary>The system as described.</summary>
    public SystemModel Model { get; } = model;

    /// <summary>Its synchronous calls; calls to services that do not exist are left out (the reader has told about them).</summary>
    public CallGraph Calls { get; } = CallGraph.Of(model);

    /// <summary>The numbers to compare with.</summary>
    public CheckThresholds Thresholds { get; } = thresholds;

    /// <summary>The team of a service: its own, else that of its context; null when nobody owns it.</summary>
    public string? OwnerOf(Service service) =>
        service.Team ?? (service.Context is { } name && Model.Contexts.TryGetValue(name, out var context) ? context.Team : null);
}
