using System.Globalization;
using System.Text;

namespace Conway.Planted.History;

/// <summary>Commits and sources as a stream for <c>git fast-import</c> (its manual page, "INPUT FORMAT").</summary>
/// <remarks>A file is what it will be in the end, with one more line that says how many changes are still to come; the last change takes the line away.</remarks>
internal static class FastImport
{
    public static void Write(PlantedSystem system, Stream stream)
    {
        var texts = system.Files.ToDictionary(f => f.Path, f => f.Text);
        var left = texts.Keys.ToDictionary(p => p, _ => 0);
        foreach (var path in system.Commits.SelectMany(c => c.Files))
            left[path]++;

        foreach (var commit in system.Commits)
        {
            var author = $"{commit.Author} <{commit.Author}@planted.example> {new DateTimeOffset(commit.At).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)} +0000\n";
            Text(stream, $"commit refs/heads/main\nauthor {author}committer {author}");
            Data(stream, commit.Message);
            foreach (var path in commit.Files)
            {
                var changes = --left[path];
                Text(stream, $"M 100644 inline {path}\n");
                Data(stream, changes == 0 ? texts[path] : texts[path] + Mark(path, changes));
            }

            Text(stream, "\n");
        }

        Text(stream, "done\n");
    }

    private static string Mark(string path, int changes)
    {
        var (open, close) = path.EndsWith(".cs", StringComparison.Ordinal) ? ("// ", "") : ("<!-- ", " -->");
        return string.Create(CultureInfo.InvariantCulture, $"{open}{changes} to come{close}\n");
    }

    private static void Data(Stream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Text(stream, $"data {bytes.Length.ToString(CultureInfo.InvariantCulture)}\n");
        stream.Write(bytes);
        Text(stream, "\n");
    }

    private static void Text(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}
