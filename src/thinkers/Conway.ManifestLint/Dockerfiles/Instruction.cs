using Conway.Findings;

namespace Conway.ManifestLint.Dockerfiles;

/// <summary>One instruction of a Dockerfile.</summary>
internal sealed class Instruction
{
    /// <summary>In capitals: <c>FROM</c>.</summary>
    public required string Keyword { get; init; }

    /// <summary>As written.</summary>
    public required Word Head { get; init; }

    /// <summary>What follows the flags, continued lines joined.</summary>
    public required string Arguments { get; init; }

    /// <summary>The arguments as words; those of the JSON form when it is one.</summary>
    public required IReadOnlyList<Word> Words { get; init; }

    /// <summary><c>--from=build</c>.</summary>
    public required IReadOnlyList<(string Name, string Value, SourceSpan Place)> Flags { get; init; }

    public required bool IsJson { get; init; }

    /// <summary>It stands behind ONBUILD.</summary>
    public required bool IsTrigger { get; init; }

    /// <summary>Texts that stand in the file itself: <c>&lt;&lt;EOF</c>.</summary>
    public required IReadOnlyList<HereText> Texts { get; init; }

    /// <summary>From 0; -1 before the first FROM.</summary>
    public required int Stage { get; init; }

    /// <summary>Whether a shell of Unix runs what follows RUN.</summary>
    public required bool IsForUnix { get; init; }

    /// <summary>Whether that shell stops when a part of a pipe fails.</summary>
    public required bool HasPipefail { get; init; }

    /// <summary>Ids that a comment before it says not to tell, each with a reason.</summary>
    public required IReadOnlyDictionary<string, string> Ignored { get; init; }

    /// <summary>The joined text in which the arguments stand.</summary>
    public required JoinedText Source { get; init; }

    /// <summary>Where in it they begin.</summary>
    public required int SourceAt { get; init; }

    /// <summary>The commands that a RUN runs; empty for every other instruction, and for a shell that is none of Unix.</summary>
    public IReadOnlyList<ShellCommand> Commands => field ??= Keyword == "RUN" && IsForUnix ? ShellReader.Of(this) : [];

    public string? Flag(string name) => Flags.Where(f => f.Name == name).Select(f => f.Value).FirstOrDefault();

    /// <summary>Names and values of ENV or LABEL, in either form; of ARG, values that are not set are empty.</summary>
    public IEnumerable<(string Name, string Value, SourceSpan Place)> Pairs =>
        Keyword != "ARG" && Words.Count > 1 && !Words[0].Text.Contains('=', StringComparison.Ordinal) ? [(Words[0].Text, string.Join(' ', Words.Skip(1).Select(w => w.Text)), Words[0].Place)]
        : Words.Select(w => w.Text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? (w.Text[..equals], w.Text[(equals + 1)..], w.Place) : (w.Text, "", w.Place));

    /// <summary>Whether RUN lays a cache, or memory, over a folder that ends so.</summary>
    public bool Mounts(string folder) => Flags.Any(f => f.Name == "mount" && f.Value.Split(',') is var parts && parts.Any(p => p is "type=cache" or "type=tmpfs")
        && parts.Any(p => p.Split('=', 2) is ["target" or "dst" or "destination", var to] && to.Trim('"', '\'').TrimEnd('/').EndsWith(folder, StringComparison.Ordinal)));
}

/// <summary>A text in the file itself.</summary>
/// <param name="At">Where its name stands in the instruction's joined text.</param>
internal sealed record HereText(string Text, SourceSpan Place, int At);

/// <summary>From one FROM to the next.</summary>
/// <param name="Image">With the values that ARG gives before the first FROM.</param>
internal sealed record Stage(int Index, Instruction From, string Image, string? Name, IReadOnlyList<Instruction> Instructions)
{
    /// <summary>Where the image is written.</summary>
    public SourceSpan At => From.Words.Count > 0 ? From.Words[0].Place : From.Head.Place;
}
