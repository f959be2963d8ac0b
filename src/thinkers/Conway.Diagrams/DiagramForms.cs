using Conway.Diagrams.Forms;
using Conway.Model;

namespace Conway.Diagrams;

/// <summary>The languages in which a diagram can be written: the visible list.</summary>
public static class DiagramForms
{
    /// <summary>Stands near the beginning of every text, in a comment: by it a file is known again.</summary>
    public const string Mark = "Drawn by conway diagram from the model; what is changed here is lost when it is drawn again.";

    public static IReadOnlyList<DiagramForm> All { get; } =
    [
        new("mermaid", "mmd", static (_, _, diagram) => MermaidForm.Write(diagram)),
        new("plantuml", "puml", static (_, _, diagram) => PlantUmlForm.Write(diagram)),
        new("structurizr", "dsl", static (model, environment, diagram) => Structurizr.Write(model, environment, [diagram])),
        new("svg", "svg", static (_, _, diagram) => SvgForm.Write(diagram)),
    ];

    /// <summary>One Structurizr workspace with a view for each of the diagrams.</summary>
    public static string Workspace(SystemModel model, string? environment, IReadOnlyList<Diagram> diagrams) => Structurizr.Write(model, environment, diagrams);

    public static DiagramForm? Find(string name) => All.FirstOrDefault(form => form.Name == name);
}

/// <summary>A language.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Extension">Of its files, without a dot.</param>
/// <param name="Write">Text that ends with a line end. Takes the model that the diagram is of, and its environment, since Structurizr's views stand in a workspace that holds the model.</param>
public sealed record DiagramForm(string Name, string Extension, Func<SystemModel, string?, Diagram, string> Write);
