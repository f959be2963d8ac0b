using System.Text.RegularExpressions;

namespace Conway.Cli;

/// <summary>The packages of the service library that came with this program.</summary>
/// <param name="Version">Of the library.</param>
/// <param name="Packages">Absolute paths of the package files.</param>
internal sealed partial record LibraryFeed(string Version, IReadOnlyList<string> Packages)
{
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

        problem = $"the package of the service library is not beside this program. Install conway with 'eng/pack', which puts it there, run ./conway of the repository, or name its folder in {Variable}.";
        return null;
    }

    private static LibraryFeed? In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var newest = Directory.GetFiles(folder, "Conway.Service.*.nupkg").Select(file => (File: file, Version: Service().Match(Path.GetFileName(file)).Groups[1].Value))
            .Where(found => found.Version.Length > 0).OrderBy(found => Number(found.Version)).ThenBy(found => found.Version, StringComparer.Ordinal).LastOrDefault();
        return newest.File is null ? null : new LibraryFeed(newest.Version, [newest.File]);
    }

    private static Version Number(string version) => System.Version.TryParse(version.Split('-', '+')[0], out var number) ? number : new Version(0, 0);

    [GeneratedRegex(@"^Conway\.Service\.([0-9]+\.[0-9][0-9A-Za-z.+-]*)\.nupkg$")]
    private static partial Regex Service();
}
