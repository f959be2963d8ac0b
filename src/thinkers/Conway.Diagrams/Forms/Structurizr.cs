using Conway.Diagrams.Views;
using Conway.Model;

namespace Conway.Diagrams.Forms;

/// <summary>A workspace in the Structurizr DSL (docs.structurizr.com/dsl/language): the system once, and a view for each diagram.</summary>
/// <remarks>C4 diagrams are C4's own views, a saga is a dynamic view, an environment is a deployment view. A context map, which C4 does not know, is a custom view of custom elements.</remarks>
internal static class Structurizr
{
    public static string Write(SystemModel model, string? environment, IReadOnlyList<Diagram> diagrams)
    {
        var ids = new FormIds();
        var text = new StructurizrText();
        text.Line($"# {DiagramForms.Mark}");
        text.Open($"workspace {Quoted(model.System)} {Quoted(Declared.OneLine(model.Description ?? ""))}");
        text.Open("model");
        new StructurizrModel(model, environment, ids, text, diagrams).Write();
        text.Close();
        text.Open("views");
        foreach (var diagram in diagrams)
        {
            View(model, environment, diagram, ids, text);
        }

        Styles(text);
        text.Close();
        text.Close();
        return text.ToString();
    }

    /// <summary>A string of the DSL; it can hold no line end.</summary>
    public static string Quoted(string value) => $"\"{Declared.OneLine(value).Replace("\\", "/", StringComparison.Ordinal).Replace("\"", "'", StringComparison.Ordinal)}\"";

    private static void View(SystemModel model, string? environment, Diagram diagram, FormIds ids, StructurizrText text)
    {
        var system = ids.Of(Declared.System);
        var (key, title) = (Quoted(diagram.Key), Quoted(diagram.Title));
        switch (diagram)
        {
            case Sequence sequence:
                text.Open($"dynamic {system} {key} {title}");
                foreach (var ask in sequence.Steps.OfType<Ask>().Where(ask => ask.From != ask.To && Both(model, ask)))
                {
                    text.Line($"{ids.Of(Declared.ServiceId(ask.From))} -> {ids.Of(Declared.ServiceId(ask.To))} {Quoted(ask.Label)}");
                }

                foreach (var block in sequence.Steps.OfType<Block>())
                {
                    foreach (var ask in block.Steps.OfType<Ask>().Where(ask => ask.From != ask.To && Both(model, ask)))
                    {
                        text.Line($"{ids.Of(Declared.ServiceId(ask.From))} -> {ids.Of(Declared.ServiceId(ask.To))} {Quoted($"{ask.Label}, when a later step fails")}");
                    }
                }

                break;
            case { Key: "context" }:
                text.Open($"systemContext {system} {key} {title}");
                text.Line("include *");
                break;
            case { Key: "containers" }:
                text.Open($"container {system} {key} {title}");
                text.Line("include *");
                break;
            case { Key: "deployment" }:
                text.Open($"deployment {system} {Quoted(EnvironmentName(environment))} {key} {title}");
                text.Line("include *");
                break;
            case { Key: "data" }:
                text.Open($"container {system} {key} {title}");
                text.Line($"include {string.Join(' ', Owners(model, ids))}".TrimEnd());
                break;
            case { Key: "context-map" }:
                text.Open($"custom {key} {title}");
                text.Line($"include {string.Join(' ', model.Contexts.Keys.Select(context => ids.Of(Declared.ContextId(context))))}".TrimEnd());
                break;
            default:
                text.Open($"component {ids.Of(Declared.ServiceId(diagram.Key["components-".Length..]))} {key} {title}");
                text.Line("include *");
                break;
        }

        text.Line("autoLayout lr");
        text.Close();
    }

    public static string EnvironmentName(string? environment) => environment ?? "without an overlay";

    private static bool Both(SystemModel model, Ask ask) => model.Services.ContainsKey(ask.From) && model.Services.ContainsKey(ask.To);

    private static IEnumerable<string> Owners(SystemModel model, FormIds ids) =>
        model.Services.Where(one => one.Value.Owns.Count > 0).SelectMany(one => one.Value.Owns.Keys.Select(store => ids.Of(Declared.StoreId(one.Key, store))).Prepend(ids.Of(Declared.ServiceId(one.Key))));

    private static void Styles(StructurizrText text)
    {
        text.Open("styles");
        foreach (var (tag, shape) in new[] { ("Person", "Person"), ("Store", "Cylinder"), ("Gateway", "Hexagon"), ("Context", "RoundedBox"), ("Part", "Component") })
        {
            text.Open($"element \"{tag}\"");
            text.Line($"shape {shape}");
            text.Close();
        }

        text.Open("element \"External\"");
        text.Line("border dashed");
        text.Close();
        text.Open("relationship \"Sends\"");
        text.Line("dashed true");
        text.Close();
        text.Open("relationship \"Waits\"");
        text.Line("dashed false");
        text.Close();
        text.Close();
    }
}
