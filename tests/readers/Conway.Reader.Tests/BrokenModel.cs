using System.Text;
using Xunit.Sdk;

namespace Conway.Reader.Tests;

/// <summary>One case of <c>testdata/broken</c>: files, what they are read with, and the findings expected.</summary>
/// <remarks>
/// <code>
/// ### A key is misspelt                    the case
/// @environment production                  read with this environment
/// @variable PORT=1                         and this variable
/// conway: 1                                conway.yaml, unless another file is named
/// >>> teams.yaml                           the next file
/// ---- 
/// conway.yaml:4:5 CW1101 … => Write …      place, code, message, mend
/// </code>
/// In a file, <c>␉</c> stands for a tab, <c>␍</c> for a carriage return, <c>␀</c> for NUL, <c>␛</c> for a byte that is not UTF-8, <c>⏚</c> for no final line break.
/// </remarks>
public sealed record BrokenModel : IXunitSerializable
{
    public string Group { get; set; } = "";

    public string Name { get; set; } = "";

    public string? Environment { get; set; }

    internal Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    internal List<string> Expected { get; } = [];

    /// <summary>The lines of the case down to the <c>----</c>.</summary>
    internal string Given { get; private set; } = "";

    public static IEnumerable<BrokenModel> All(string path)
    {
        BrokenModel? current = null;
        string? file = null;
        var given = new StringBuilder();
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                if (current is not null)
                {
                    yield return current;
                }

                current = new BrokenModel { Group = System.IO.Path.GetFileNameWithoutExtension(path), Name = line[4..] };
                file = "conway.yaml";
                given.Clear();
                continue;
            }
            else if (current is null || (file is null && line.Length == 0))
            {
                continue;
            }
            else if (line == "----")
            {
                file = null;
                given.AppendLine(line);
                current.Given = given.ToString();
                continue;
            }
            else if (file is null)
            {
                current.Expected.Add(line);
            }
            else if (line.StartsWith("@environment ", StringComparison.Ordinal))
            {
                current.Environment = line["@environment ".Length..];
            }
            else if (line.StartsWith("@variable ", StringComparison.Ordinal))
            {
                var parts = line["@variable ".Length..].Split('=', 2);
                current.Variables[parts[0]] = parts[1];
            }
            else if (line.StartsWith(">>> ", StringComparison.Ordinal))
            {
                file = line[4..];
                current.Files[file] = "";
            }
            else
            {
                current.Files[file] = current.Files.GetValueOrDefault(file, "") + line + "\n";
            }

            given.AppendLine(line);
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    /// <summary>What reading finds, in the form of <see cref="Expected"/>.</summary>
    internal IReadOnlyList<string> Found() => [.. Read().Findings.Select(f => $"{f.Place} {f.Code} {f.Message} => {f.Mend}".Trim())];

    internal ReadResult Read()
    {
        var files = Files.Select(f => KeyValuePair.Create(f.Key, Bytes(f.Value))).Concat(Always());
        return ModelReader.Read(new MemoryFileTree(files), "conway.yaml", new ReadOptions { Environment = Environment, GetEnvironmentVariable = Variables.GetValueOrDefault });
    }

    private static IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Always() =>
        new[] { "src/A/A.csproj", "src/Orders/Orders.csproj", "src/Catalog/Catalog.csproj", "src/web/server.js" }.Select(f => KeyValuePair.Create(f, ReadOnlyMemory<byte>.Empty));

    private static ReadOnlyMemory<byte> Bytes(string text)
    {
        text = text.Replace('␉', '\t').Replace('␍', '\r').Replace('␀', '\0').Replace("⏚\n", "", StringComparison.Ordinal).Replace('␣', ' ');
        var bytes = Encoding.UTF8.GetBytes(text.Replace('␛', '\u0001'));
        for (var i = 0; text.Contains('␛', StringComparison.Ordinal) && i < bytes.Length; i++)
        {
            bytes[i] = bytes[i] == 1 ? (byte)0xFC : bytes[i];
        }

        return bytes;
    }

    public override string ToString() => Name;

    public void Deserialize(IXunitSerializationInfo info)
    {
        var (group, name) = (info.GetValue<string>("group")!, info.GetValue<string>("name")!);
        var found = All(System.IO.Path.Combine(AppContext.BaseDirectory, "testdata", "broken", group + ".txt")).First(m => m.Name == name);
        (Group, Name, Environment, Given) = (group, name, found.Environment, found.Given);
        Expected.AddRange(found.Expected);
        foreach (var (key, value) in found.Files)
        {
            Files[key] = value;
        }

        foreach (var (key, value) in found.Variables)
        {
            Variables[key] = value;
        }
    }

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue("group", Group);
        info.AddValue("name", Name);
    }
}
