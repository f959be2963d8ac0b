using System.CommandLine;
using System.Reflection;

namespace Conway.Cli.Verbs;

/// <summary><c>conway completion SHELL</c></summary>
internal sealed class CompletionVerb : Verb
{
    private readonly Argument<string> _shell = Shell();

    public override IEnumerable<Symbol> Symbols => [_shell];

    public override IReadOnlyList<Example> Examples =>
    [
        new("source <(conway completion bash)", "for this bash; put it into ~/.bashrc for all"),
        new("source <(conway completion zsh)", "for this zsh"),
        new("conway completion fish | source", "for this fish"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"completion/completion.{line.GetValue(_shell)}")!;
        using var reader = new StreamReader(stream);
        terminal.Output.Write(reader.ReadToEnd());
        return Task.FromResult(ExitCode.Ok);
    }

    private static Argument<string> Shell()
    {
        var shell = new Argument<string>("SHELL") { HelpName = "bash|zsh|fish", Description = "The shell that completes" };
        string[] shells = ["bash", "zsh", "fish"];
        shell.CompletionSources.Add(shells);
        shell.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !shells.Contains(result.Tokens[0].Value))
            {
                result.AddError($"there is no completion for '{result.Tokens[0].Value}'; there is one for {string.Join(", ", shells)}.");
            }
        });
        return shell;
    }
}
