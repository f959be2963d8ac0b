using System.CommandLine;
using System.Runtime.InteropServices;

namespace Conway.Cli.Verbs;

/// <summary><c>conway version</c></summary>
internal sealed class VersionVerb : Verb
{
    private readonly Option<string> _output = CommonOptions.Output("text", "json");

    public override IEnumerable<Symbol> Symbols => [_output];

    public override IReadOnlyList<Example> Examples => [new("conway version", ""), new("conway version -o json", "for programs and bug reports")];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        if (line.GetValue(_output) == "json")
        {
            JsonOutput.Write(terminal.Output, json =>
            {
                json.WriteStartObject();
                json.WriteString("version", Product.Version);
                json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                json.WriteString("platform", RuntimeInformation.RuntimeIdentifier);
                json.WriteEndObject();
            });
        }
        else
        {
            terminal.Output.WriteLine($"conway {Product.Version}");
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
