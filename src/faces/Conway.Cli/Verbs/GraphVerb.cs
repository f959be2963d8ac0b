using System.CommandLine;

namespace Conway.Cli.Verbs;

/// <summary><c>conway graph</c></summary>
internal sealed class GraphVerb : ModelVerb
{
    private readonly Option<string> _output = CommonOptions.Output("text", "mermaid", "dot", "json");

    public override IEnumerable<Symbol> Symbols => [Path, Environment, _output];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway graph", "a tree: who is called by whom"),
        new("conway graph -o mermaid > system.mmd", "for a page that draws Mermaid"),
        new("conway graph -o dot | dot -Tsvg > system.svg", "with Graphviz"),
    ];

    protected override Task<ExitCode> LookAsync(LoadedModel model, ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        NoteErrors(model, terminal);
        var graph = SystemGraph.Of(model.Model);
        switch (line.GetValue(_output))
        {
            case "mermaid": terminal.Output.Write(GraphForms.Mermaid(graph)); break;
            case "dot": terminal.Output.Write(GraphForms.Dot(graph)); break;
            case "json": GraphForms.Json(graph, terminal.Output); break;
            default: terminal.Output.Write(GraphTree.Render(graph, terminal.Ink)); break;
        }

        return Task.FromResult(model.Read.HasErrors ? ExitCode.ModelInvalid : ExitCode.Ok);
    }
}
