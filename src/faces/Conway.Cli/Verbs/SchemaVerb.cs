using System.CommandLine;
using Conway.Reader;

namespace Conway.Cli.Verbs;

/// <summary><c>conway schema</c></summary>
internal sealed class SchemaVerb : Verb
{
    public override IEnumerable<Symbol> Symbols => [];

    public override IReadOnlyList<Example> Examples => [new("conway schema > schema.json", "for an editor without a conway.yaml yet")];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        terminal.Output.WriteLine(SchemaWriter.Write().TrimEnd('\n'));
        return Task.FromResult(ExitCode.Ok);
    }
}
