using System.Text.RegularExpressions;

namespace Conway.Cli;

/// <summary>The packages that came with this program, all of one version.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="Version">Of the packages.</param>
internal sealed partial record LibraryFeed(string Folder, string Version)
{
    /// <summary>What to do where packages are missing.</summary>
    public const string Mend = $"Install conway with 'eng/pack', which puts it there, run ./conway of the repository, or name its folder in {Variable}.";

    /// <summary>The variable that names another folder.</summary>
    public const string Variable = "CONWAY_PACKAGES";

    private const int FoldersUpMax = 3;

    /// <summary>Finds them: where the variable says, else in <c>packages</c> beside the program (an installed tool) or up to three folders above (a build of the repository).</summary>
    /// <returns>Null when there are none; <paramref name="problem"/> says so.</returns>
    public static LibraryFeed? Find(Terminal terminal, out string problem)
    {
        problem = "";
        if (terminal.Variable(Variable) is { Length: > 0 } given)
        {
            var named = In(Path.GetFullPath(given, terminal.CurrentFolder));
            problem = named is null ? $"the folder '{given}', which {Variable} names, holds no Conway.Service.VERSION.nupkg." : "";
            return named;
        }

        var folder = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        for (var up = 0; up <= FoldersUpMax && folder is not null; up++, folder = Path.GetDirectoryName(folder))
        {
            if (In(Path.Combine(folder, "packages")) is { } found)
            {
                return found;
            }
        }

        problem = $"the package of the service library is not beside this program. {Mend}";
        return null;
    }

    /// <summary>The file of a package, which may be missing.</summary>
    public string Package(string name) => Path.Combine(Folder, $"{name}.{Version}.nupkg");

    private static LibraryFeed? In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var newest = Directory.GetFiles(folder, "Conway.Service.*.nupkg").Select(file => Service().Match(Path.GetFileName(file)).Groups[1].Value)
            .Where(version => version.Length > 0).OrderBy(Number).ThenBy(version => version, StringComparer.Ordinal).LastOrDefault();
        return newest is null ? null : new LibraryFeed(folder, newest);
    }

    private static Version Number(string version) => System.Version.TryParse(version.Split('-', '+')[0], out var number) ? number : new Version(0, 0);

    [GeneratedRegex(@"^Conway\.Service\.([0-9]+\.[0-9][0-9A-Za-z.+-]*)\.nupkg$")]
    private static partial Regex Service();
}
