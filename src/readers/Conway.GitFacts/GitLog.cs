using System.Collections.Immutable;
using System.Globalization;

namespace Conway.GitFacts;

/// <summary>Builds a history from what git prints, commit by commit, newest first.</summary>
/// <remarks>Pure. A path means another file before the commit that added it or renamed something to it, so paths are followed backwards in time.</remarks>
internal sealed class GitLog
{
    /// <summary>What begins a commit: no path and no name can hold it.</summary>
    public const char Begin = '\u0001';

    /// <summary>Most pairs of files that are kept.</summary>
    public const int PairsMax = 2_000_000;

    private readonly HashSet<string> _present;
    private readonly Dictionary<string, string?> _meant = new(StringComparer.Ordinal);
    private readonly List<(string Id, GitAuthor Author, DateTimeOffset When, string[] Files)> _commits = [];

    private string _id = "";
    private GitAuthor _author = new("", "");
    private DateTimeOffset _when;
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <param name="present">Paths of the files that exist in the commit that is read from.</param>
    public GitLog(IEnumerable<string> present) => _present = present.ToHashSet(StringComparer.Ordinal);

    /// <summary>A bound was reached.</summary>
    public bool IsCut { get; private set; }

    public int Commits => _commits.Count;

    /// <summary>Takes what <c>git log -z --name-status --format=%x01%H%x00%aN%x00%aE%x00%ct</c> prints, cut at its zeros.</summary>
    public void Take(IEnumerable<string> parts)
    {
        using var at = parts.GetEnumerator();
        string? Next() => at.MoveNext() ? at.Current : null;
        while (Next() is { } part)
        {
            var word = part.TrimStart('\n');
            if (word.Length > 0 && word[0] == Begin)
            {
                End();
                (_id, _author) = (word[1..], new GitAuthor(Next() ?? "", Next() ?? ""));
                _when = long.TryParse(Next(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < 200_000_000_000
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.UnixEpoch;
            }
            else if (word.Length > 0 && Next() is { } path)
            {
                Change(word[0], path, word[0] is 'R' or 'C' ? Next() : null);
            }
        }

        End();
    }

    /// <summary>The history of what was taken.</summary>
    public GitHistory History(string head)
    {
        var paths = _commits.SelectMany(c => c.Files).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var authors = _commits.Select(c => c.Author).Distinct().OrderBy(a => a.Name, StringComparer.Ordinal).ThenBy(a => a.Email, StringComparer.Ordinal).ToArray();
        var idOf = paths.Index().ToDictionary(p => p.Item, p => p.Index, StringComparer.Ordinal);
        var authorOf = authors.Index().ToDictionary(a => a.Item, a => a.Index);
        ImmutableArray<GitCommit> commits = [.. _commits.Select(c => new GitCommit(c.Id, authorOf[c.Author], c.When, [.. c.Files.Select(f => idOf[f]).Order()]))];
        var isCode = paths.Select(p => p.EndsWith(".cs", StringComparison.OrdinalIgnoreCase)).ToArray();
        var (changes, counting, last) = (new int[paths.Length], new int[paths.Length], new DateTimeOffset[paths.Length]);
        var pairs = new Dictionary<(int, int), (int Commits, long Units)>();
        var authorships = new Dictionary<(int File, int Author), int>();
        foreach (var commit in commits)
        {
            foreach (var file in commit.Files)
            {
                changes[file]++;
                last[file] = last[file] < commit.When ? commit.When : last[file];
                authorships[(file, commit.Author)] = authorships.GetValueOrDefault((file, commit.Author)) + 1;
            }

            var code = commit.Files.Where(f => isCode[f]).ToArray();
            if (code.Length is >= CoChange.FilesMin and <= CoChange.FilesMax)
            {
                Pair(code, pairs, counting);
            }
        }

        return new GitHistory
        {
            Head = head,
            Files = [.. paths.Select((p, i) => new GitFile(p, changes[i], counting[i], last[i]))],
            Authors = [.. authors],
            Commits = commits,
            CoChanges = [.. pairs.OrderBy(p => p.Key).Select(p => new CoChange(p.Key.Item1, p.Key.Item2, p.Value.Commits, p.Value.Units))],
            Authorships = [.. authorships.OrderBy(a => a.Key).Select(a => new Authorship(a.Key.File, a.Key.Author, a.Value))],
            IsCut = IsCut,
        };
    }

    private void Pair(int[] files, Dictionary<(int, int), (int Commits, long Units)> pairs, int[] counting)
    {
        for (var i = 0; i < files.Length; i++)
        {
            counting[files[i]]++;
            for (var j = i + 1; j < files.Length; j++)
            {
                if (pairs.TryGetValue((files[i], files[j]), out var known) || pairs.Count < PairsMax)
                {
                    pairs[(files[i], files[j])] = (known.Commits + 1, known.Units + (CoChange.Unit / (files.Length - 1)));
                }
                else
                {
                    IsCut = true;
                }
            }
        }
    }

    private void Change(char status, string path, string? renamed)
    {
        var name = renamed ?? path;
        var file = _meant.TryGetValue(name, out var meant) ? meant : name;
        if (file is not null && _present.Contains(file) && status != 'D')
        {
            _files.Add(file);
        }

        if (status is 'A' or 'C' or 'R')
        {
            // Before, this path was some other file, or none.
            _meant[name] = null;
        }

        if (status == 'R')
        {
            _meant[path] = file;
        }
    }

    private void End()
    {
        if (_files.Count > 0)
        {
            _commits.Add((_id, _author, _when, [.. _files]));
            _files.Clear();
        }
    }
}
