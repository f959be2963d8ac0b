using System.CommandLine;

namespace Conway.Cli;

/// <summary>From words to a verb: parse, answer help and mistakes, else do it.</summary>
internal static class CommandLine
{
    // No response files: '@' is an ordinary character in what people type.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> words, Terminal terminal, CancellationToken cancellationToken)
    {
        var flags = GlobalFlags.Take(words);
        flags.ApplyTo(terminal);
        var rest = flags.Rest;

        if (rest.Count == 0)
        {
            HelpText.WriteVerbs(terminal.Output, terminal.Ink);
            return flags.Help ? ExitCode.Ok : ExitCode.Usage;
        }

        // For the scripts of `conway completion`; not for people, so not in the list.
        if (rest[0] == CompletionAnswers.Verb)
        {
            return CompletionAnswers.Write(rest.Skip(1).ToArray(), terminal);
        }

        if (rest[0] is "--version")
        {
            rest = ["version", .. rest.Skip(1)];
        }
        else if (rest[0] is "help")
        {
            return Help(rest.ElementAtOrDefault(1), terminal);
        }

        if (VerbCatalog.Find(rest[0]) is not { } entry)
        {
            return terminal.Refuse(ExitCode.Usage, UsageProblem.UnknownVerb(rest[0]));
        }

        if (flags.Help)
        {
            return Help(entry.Name, terminal);
        }

        var verb = entry.Create();
        string[] operands = [.. rest.Skip(1)];
        if (UsageProblem.UnknownOption(entry, verb, operands) is { } problem)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var line = CommandFor(entry, verb).Parse(operands, Configuration);
        if (line.Errors.Count > 0)
        {
            return terminal.Refuse(ExitCode.Usage, UsageProblem.Of(entry, line));
        }

        return await verb.RunAsync(line, terminal, cancellationToken);
    }

    /// <summary>The verb as the parser wants it.</summary>
    public static Command CommandFor(VerbEntry entry, Verb verb)
    {
        var command = new Command(entry.Name, entry.Summary);
        foreach (var symbol in verb.Symbols)
        {
            switch (symbol)
            {
                case Option option: command.Options.Add(option); break;
                case Argument argument: command.Arguments.Add(argument); break;
            }
        }

        return command;
    }

    private static ExitCode Help(string? verb, Terminal terminal)
    {
        if (verb is null)
        {
            HelpText.WriteVerbs(terminal.Output, terminal.Ink);
            return ExitCode.Ok;
        }

        if (VerbCatalog.Find(verb) is not { } entry)
        {
            return terminal.Refuse(ExitCode.Usage, UsageProblem.UnknownVerb(verb));
        }

        HelpText.WriteVerb(entry, terminal.Output, terminal.Ink);
        return ExitCode.Ok;
    }
}
