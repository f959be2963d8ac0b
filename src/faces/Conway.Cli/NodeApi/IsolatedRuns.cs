using System.CommandLine;
using System.Text.RegularExpressions;

namespace Conway.Cli;

/// <summary><c>--isolated NAME</c>: several runs on one folder, each with its own ports, stores, builds and telemetry.</summary>
internal static partial class IsolatedRuns
{
    public static Option<string?> Option(string description)
    {
        var option = new Option<string?>("--isolated") { HelpName = "NAME", Description = description };
        option.Validators.Add(result =>
        {
            // It becomes the name of a folder.
            if (result.Tokens.Count == 1 && !Name().IsMatch(result.Tokens[0].Value))
            {
                result.AddError($"--isolated cannot be '{result.Tokens[0].Value}': a name has at most 32 small letters, digits and dashes, and begins with a letter or a digit.");
            }
        });
        return option;
    }

    /// <summary>Why nobody can be asked, with the runs that could be.</summary>
    public static string NothingRuns(ModelLocation location)
    {
        var others = Running(location);
        var which = location.Isolated is { } name ? $"no run '{name}' is in this folder." : "no system runs in this folder without a name.";
        return others.Count > 0 ? $"{which} There {(others.Count == 1 ? "is" : "are")}: {string.Join(", ", others)}."
            : location.Isolated is null ? NodeVerb.NothingRuns
            : $"{which} Start it with 'conway run{Words(location)}'.";
    }

    /// <summary>The option as it is typed, with a space before it; nothing for the run without a name.</summary>
    public static string Words(ModelLocation location) => location.Isolated is { } name ? $" --isolated {name}" : "";

    private static IReadOnlyList<string> Running(ModelLocation location)
    {
        var named = from name in Named(location).Order(StringComparer.Ordinal) where Lives(location with { Isolated = name }) select $"--isolated {name}";
        return location.Isolated is not null && Lives(location with { Isolated = null }) ? [.. named.Prepend("the one without a name")] : [.. named];
    }

    /// <summary>Runs that left a folder; none when it cannot be looked into.</summary>
    private static IEnumerable<string> Named(ModelLocation location)
    {
        var folder = Path.GetDirectoryName((location with { Isolated = "x" }).RunFolder)!;
        try
        {
            return [.. Directory.GetDirectories(folder).Select(f => Path.GetFileName(f))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool Lives(ModelLocation location) => NodeFile.TryRead(location) is { } file && file.ProcessLives();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}\\z")]
    private static partial Regex Name();
}
