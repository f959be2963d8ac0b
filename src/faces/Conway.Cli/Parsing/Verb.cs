using System.CommandLine;

namespace Conway.Cli;

/// <summary>One thing that can be asked for on the command line.</summary>
/// <remarks>Its options are its fields, so that parsing and doing stand in one file.
/// Made only when it is the one that was asked for: a start must not pay for twenty.</remarks>
internal abstract class Verb
{
    /// <summary>What it takes, in the order in which help shows it.</summary>
    public abstract IEnumerable<Symbol> Symbols { get; }

    /// <summary>Command lines worth showing, each with what it does in a few words.</summary>
    public abstract IReadOnlyList<Example> Examples { get; }

    public abstract Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken);
}

/// <summary>A command line worth showing.</summary>
internal sealed record Example(string Line, string Does);

/// <summary>A verb in the visible list.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Summary">One line.</param>
/// <param name="Group">Heading in the list of verbs.</param>
/// <param name="Create">Makes it.</param>
internal sealed record VerbEntry(string Name, string Summary, string Group, Func<Verb> Create);
