using System.CommandLine;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Conway.Cli.Verbs;

/// <summary><c>conway mcp</c>: the architect's tools for an assistant, over the Model Context Protocol on standard input and output.</summary>
internal sealed class McpVerb : Verb
{
    private const string Instructions =
        "Tools of a microservices architect over a system that is declared in conway.yaml, and over C# code that may become one. "
        + "Begin with describe_system, or with decompose where there is no model. check tells what is wrong, explain what a finding means. Long answers come in pages.";

    private readonly Argument<string?> _folder = new("FOLDER") { Arity = ArgumentArity.ZeroOrOne, Description = "The folder that is served; this one by default. Nothing outside it is read" };

    public override IEnumerable<Symbol> Symbols => [_folder];

    public override IReadOnlyList<Example> Examples => [new("conway mcp", "serve this folder to an assistant"), new("conway mcp ../shop", "serve another")];

    public override async Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        var given = line.GetValue(_folder) ?? ".";
        var root = Path.GetFullPath(given, terminal.CurrentFolder);
        if (!Directory.Exists(root))
        {
            return terminal.Refuse(ExitCode.Usage, $"there is no folder '{given}'.");
        }

        if (terminal.OutputIsTerminal)
        {
            terminal.Note("an assistant speaks with this over standard input and output; Ctrl-C ends it. How to make it known to one: docs/guides/assistants.md");
        }

        using var session = new McpSession(root, terminal);
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "conway", Title = "Conway", Version = Product.Version },
            ServerInstructions = Instructions,
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = static (_, _) => ValueTask.FromResult(McpSession.Tools()),
                CallToolHandler = async (request, cancellation) => await session.CallAsync(request.Params, cancellation),
            },
        };
        await using var transport = new StdioServerTransport(options);
        await using var server = McpServer.Create(transport, options);
        await server.RunAsync(cancellationToken);
        return ExitCode.Ok;
    }
}
