using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;

namespace Conway.Cli.Verbs;

/// <summary><c>conway open</c></summary>
internal sealed class OpenVerb : NodeVerb
{
    private readonly Argument<string[]> _operands = CommonOptions.PathAndServices("[PATH] [WHAT]", "console (default), storefront, a service, or: trace ID");
    private readonly Option<bool> _print = CommonOptions.Flag("--print", "Print the address instead of opening it");

    protected override IEnumerable<Symbol> OwnSymbols => [_operands, _print];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway open", "the console"),
        new("conway open storefront", "what users see, behind the gateway"),
        new("conway open trace 4bf92f3577b34da6a3ce929d0e0e4736", "one trace in the console"),
    ];

    protected override Operands? OperandsOf(ParseResult line, out string problem) => Operands.Of(line.GetValue(_operands) ?? [], out problem);

    protected override async Task<ExitCode> AskAsync(NodeClient node, Operands operands, ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        var what = operands.Names.ElementAtOrDefault(0) ?? "console";
        string address;
        switch (what)
        {
            case "storefront":
                if ((await node.SystemAsync(cancellationToken)).GatewayUrl is not { } gateway)
                {
                    return terminal.Refuse(ExitCode.Usage, "the model has no gateway route, so there is nothing to open from outside.");
                }

                address = gateway;
                break;
            case "console":
                address = await ConsoleAsync(node, "/", cancellationToken);
                break;
            case "trace" when operands.Names.Count == 2:
                address = await ConsoleAsync(node, $"/traces/{Uri.EscapeDataString(operands.Names[1])}", cancellationToken);
                break;
            case "trace":
                return terminal.Refuse(ExitCode.Usage, "which trace? 'conway open trace ID'.");
            default:
                if (Pick(await node.ServicesAsync(cancellationToken), [what], terminal) is null)
                {
                    return ExitCode.Usage;
                }

                address = await ConsoleAsync(node, $"/services/{what}", cancellationToken);
                break;
        }

        if (line.GetValue(_print) || !terminal.OutputIsTerminal || !Browser.TryOpen(address))
        {
            terminal.Output.WriteLine(address);
        }
        else
        {
            terminal.Note($"opened {new Uri(address).GetLeftPart(UriPartial.Path)}");
        }

        return ExitCode.Ok;
    }

    private static async Task<string> ConsoleAsync(NodeClient node, string path, CancellationToken cancellationToken)
    {
        var once = await node.CodeAsync(cancellationToken);
        return new UriBuilder(once.Url) { Path = path }.Uri.AbsoluteUri;
    }
}

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <summary>False when no program to open pages is found.</summary>
    public static bool TryOpen(string address)
    {
        var (program, arguments) = OperatingSystem.IsMacOS() ? ("open", new[] { address })
            : OperatingSystem.IsWindows() ? ("rundll32", ["url.dll,FileProtocolHandler", address])
            : ("xdg-open", [address]);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
            return process is not null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }
}
