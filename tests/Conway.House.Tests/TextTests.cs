using System.Text.RegularExpressions;

namespace Conway.House;

public sealed class TextTests
{
    // In two pieces, so that this file does not find itself.
    private static readonly (string Pattern, string Why)[] Unwanted =
    [
        (@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b", "Finish it, or say in docs/features.md that it is not there yet."),
        (@"NotImple" + "mentedException", "What is not there yet is not declared yet."),
        (@"(?<![\w.~$}])/(wo" + @"rk|ho" + @"me/(?!ada)[a-z]+|Us" + @"ers/[A-Za-z]+|ro" + @"ot/\.\w+)/", "A path of one machine means nothing on another; in examples the machine is /home/ada's."),
        (@"Thread\.Sl" + @"eep\(", "Wait for the condition, or advance the TimeProvider."),
        (@"(?m)^(<<<<<<<|>>>>>>>) ", "A merge was left half done."),
    ];

    [Fact]
    public void No_file_holds_unfinished_business_or_a_path_of_somebodys_machine() =>
        Said.Nothing(from file in Tree.TextFiles
                     where file is not "BannedSymbols.txt" && !file.Contains("/testdata/", StringComparison.Ordinal)
                     from said in Told(file, Tree.Read(file))
                     select said);

    [Fact]
    public void Unfinished_business_is_told_with_its_line() =>
        Assert.Equal(["a.cs:2: 'TO" + "DO'. Finish it, or say in docs/features.md that it is not there yet."], Told("a.cs", "one\n// TO" + "DO two\n"));

    [Fact]
    public void Long_files_are_known_by_name_and_do_not_grow()
    {
        var known = Tree.Read("eng/long-files.txt").Split('\n')
            .Select(l => l.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(p => p.Length == 2)
            .ToDictionary(p => p[0], p => int.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture));
        Said.Nothing(
        [
            .. from file in Tree.Files
               where Path.GetExtension(file) is ".cs" or ".ts" or ".tsx" or ".css" or ".mjs" or ".js" or ".sh"
               let lines = File.ReadLines(Tree.Full(file)).Count()
               let bound = known.GetValueOrDefault(file, LinesMax)
               where lines > bound
               select $"{file}: {lines} lines, {bound} are its bound. Would a reader want two files? If not, write it into eng/long-files.txt with the reason.",
            .. known.Keys.Where(f => !Tree.Exists(f)).Select(f => $"eng/long-files.txt: {f} does not exist any more."),
        ]);
    }

    private const int LinesMax = 500;

    private static IEnumerable<string> Told(string file, string text) =>
        from unwanted in Unwanted
        from Match match in Regex.Matches(text, unwanted.Pattern)
        select $"{file}:{text.AsSpan(0, match.Index).Count('\n') + 1}: '{match.Value}'. {unwanted.Why}";
}
