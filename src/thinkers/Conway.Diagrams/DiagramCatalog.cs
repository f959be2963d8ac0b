using Conway.Diagrams.Views;
using Conway.Model;

namespace Conway.Diagrams;

/// <summary>All kinds of diagrams, in the order in which one looks at a system: the visible list.</summary>
public static class DiagramCatalog
{
    public static IReadOnlyList<DiagramKind> All { get; } =
    [
        new("context", "C4, level 1: the system, who uses it, and what it needs from outside", null, ContextView.Of),
        new("containers", "C4, level 2: services and stores in their bounded contexts, and who calls whom", null, ContainerView.Of),
        new("components", "C4, level 3: one service, its interfaces, handlers, jobs, sagas and stores", DiagramOperand.Service, ComponentView.Of),
        new("context-map", "bounded contexts and how they relate", null, ContextMapView.Of),
        new("saga", "one saga as a sequence, with what undoes it", DiagramOperand.Saga, SagaView.Of),
        new("deployment", "what runs where, and how many of it", null, DeploymentView.Of),
        new("data", "who owns which data", null, DataView.Of),
    ];

    public static DiagramKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Every diagram that can be drawn of a system, in order of the list, then of the model.</summary>
    /// <param name="model">The system.</param>
    /// <param name="environment">Name of its overlay; null for none.</param>
    public static IEnumerable<Diagram> Every(SystemModel model, string? environment) =>
        All.SelectMany(kind => kind.Operand is null ? [kind.Draw(model, environment, "")] : kind.NamesIn(model).Select(name => kind.Draw(model, environment, name)));
}

/// <summary>What a diagram is of, when it is not of the whole system.</summary>
public enum DiagramOperand
{
    /// <summary>One service.</summary>
    Service,

    /// <summary>One saga.</summary>
    Saga,
}

/// <summary>A kind of diagram in the visible list.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Summary">One line.</param>
/// <param name="Operand">What it is of; null for the whole system.</param>
/// <param name="Draw">From model, name of the environment or null, and name of what it is of; the name must be one of <see cref="NamesIn"/>.</param>
public sealed record DiagramKind(string Name, string Summary, DiagramOperand? Operand, Func<SystemModel, string?, string, Diagram> Draw)
{
    /// <summary>What it can be drawn of; empty when it is of the whole system.</summary>
    public IEnumerable<string> NamesIn(SystemModel model) => Operand switch
    {
        DiagramOperand.Service => model.Services.Keys,
        DiagramOperand.Saga => model.Sagas.Keys,
        _ => [],
    };
}
