using System.Text;
using System.Text.RegularExpressions;
using Conway.AddressFacts;
using Conway.CodeFacts;
using Conway.ManifestFacts;

namespace Conway.Checks.Tests;

/// <summary>Source and manifests as they stand on the pages of findings, read by the real readers.</summary>
internal static partial class Sources
{
    /// <summary>Blocks that begin with <c>// path</c>; null when there is none.</summary>
    public static Codebase? Code(IEnumerable<string> blocks)
    {
        var files = blocks.Select(b => Head().Match(b)).ToDictionary(m => m.Groups[1].Value, m => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(m.Groups[2].Value), StringComparer.Ordinal);
        return files.Count == 0 ? null : CodebaseReader.Read(new MemorySourceTree("shop", files), new CodebaseOptions(), null, CancellationToken.None);
    }

    /// <summary>The same blocks, searched for addresses; null when there is none.</summary>
    public static SourceAddresses? Addresses(IEnumerable<string> blocks)
    {
        var files = blocks.Select(b => Head().Match(b)).Select(m => (m.Groups[1].Value, m.Groups[2].Value)).Where(f => SourceTexts.IsSource(f.Item1)).ToArray();
        return files.Length == 0 ? null : AddressReader.Read(files);
    }

    /// <summary>Facts written shortly: <c>FOLDER project uses FOLDER…</c>, <c>FOLDER type NAME role</c>; null when there are none.</summary>
    public static Codebase? Facts(IEnumerable<string> blocks)
    {
        var lines = blocks.SelectMany(b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var draft = new Seeded.CodeDraft();
        var projects = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var words in lines)
        {
            if (words[1] == "project")
            {
                projects[words[0]] = draft.Project(words[0], [], [.. words.Skip(3).Select(p => projects[p])]);
            }
            else
            {
                draft.Type(words[0], words[2], Enum.Parse<TypeRoles>(words[3], ignoreCase: true), project: projects[words[0]], isAlone: true);
            }
        }

        return lines.Length == 0 ? null : draft.Build();
    }

    /// <summary>Blocks that begin with <c># path</c>; null when there is none.</summary>
    public static Deployment? Manifests(IEnumerable<string> blocks)
    {
        var files = blocks.Select(b => Head().Match(b)).Select(m => (m.Groups[1].Value, m.Groups[2].Value)).ToArray();
        return files.Length == 0 ? null : ManifestReader.Read(files);
    }

    [GeneratedRegex(@"^(?://|#) (\S+)\n(.*)$", RegexOptions.Singleline)]
    private static partial Regex Head();
}
