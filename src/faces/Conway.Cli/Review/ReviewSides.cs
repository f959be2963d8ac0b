using Conway.GitFacts;
using Conway.Reader;

namespace Conway.Cli;

/// <summary>Finds both states that a review was asked for.</summary>
internal sealed class ReviewSides : IDisposable
{
    private readonly List<GitSnapshot> _snapshots = [];

    public ReviewSide? Base { get; private set; }

    public ReviewSide? Head { get; private set; }

    /// <summary>What a person should know about where they come from.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Why there are none, as a sentence; null when there are.</summary>
    public string? Problem { get; private set; }

    /// <summary>What the exit code is when there is a problem.</summary>
    public ExitCode Code { get; private set; } = ExitCode.Usage;

    /// <summary>Two files or folders on disk.</summary>
    public static ReviewSides OfFiles(string before, string after, Terminal terminal)
    {
        var sides = new ReviewSides();
        sides.Base = sides.OnDisk(before, terminal, before);
        sides.Head = sides.Problem is null ? sides.OnDisk(after, terminal, after) : null;
        return sides;
    }

    /// <summary>Two commits, or a commit and what lies in the folder.</summary>
    public static async Task<ReviewSides> OfRangeAsync(string range, string? path, Terminal terminal, CancellationToken cancellationToken)
    {
        var sides = new ReviewSides();
        try
        {
            await sides.ReadRangeAsync(range, path, terminal, cancellationToken);
        }
        catch
        {
            sides.Dispose();
            throw;
        }

        return sides;
    }

    public void Dispose() => _snapshots.ForEach(s => s.Dispose());

    private ReviewSide? OnDisk(string path, Terminal terminal, string label)
    {
        if (ModelLocation.Find(path, terminal.CurrentFolder, out var problem) is not { } location)
        {
            Problem = problem;
            return null;
        }

        return new ReviewSide(label, null, new DiskFileTree(location.Folder), location.File, RepositoryRoot.WayFrom(location.Folder));
    }

    private async Task ReadRangeAsync(string text, string? path, Terminal terminal, CancellationToken cancellationToken)
    {
        var location = ModelLocation.Find(path, terminal.CurrentFolder, out var missing);

        // The folder may be gone from disk and be in the commits all the same.
        var folder = location?.Folder ?? terminal.CurrentFolder;
        var range = await GitRevisions.ResolveAsync(folder, text, cancellationToken);
        if (range.Problem is { } problem)
        {
            (Problem, Code) = (IsPath(text, terminal) ? $"'{text}' is a path, and the range comes first, as in 'conway review main..HEAD {text}'." : problem, range.HasNoRepository ? ExitCode.PrerequisiteMissing : ExitCode.Usage);
            return;
        }

        if (await PlaceAsync(location, path, folder, range, terminal, cancellationToken) is not { } place)
        {
            Problem ??= range.Head is null ? missing : $"there is no {ModelLocation.DefaultFile} at {range.Base} or at {range.Head}{(path is null ? " in this folder or above it" : $" in '{path}'")}.";
            return;
        }

        Head = range.Head is null
            ? new ReviewSide("the working tree", null, new DiskFileTree(location!.Folder), location.File, place.Prefix)
            : await AtAsync(folder, range.Head, place, cancellationToken);
        var before = await AtAsync(folder, range.Base!, place, cancellationToken);
        if (before is { Tree: null } && Head?.Tree is not null
            && await GitRevisions.FormerPathAsync(folder, place.Prefix + place.File, range.Base!.Id, range.Head?.Id, cancellationToken) is { } former)
        {
            var slash = former.LastIndexOf('/') + 1;
            before = await AtAsync(folder, range.Base, (former[..slash], former[slash..]), cancellationToken);
            Notes.Add($"note: the model was {former} at {range.Base}.");
        }
        else if (before is { Tree: null })
        {
            Notes.Add($"note: there is no model at {range.Base}, so all of it is new.");
        }

        if (Head is { Tree: null })
        {
            Notes.Add($"note: there is no model at {range.Head} any more, so all of it is gone.");
        }

        Base = before;
    }

    /// <summary>Where the model is, from the root of the repository.</summary>
    private async Task<(string Prefix, string File)?> PlaceAsync(ModelLocation? location, string? path, string folder, GitRange range, Terminal terminal, CancellationToken cancellationToken)
    {
        if (await GitRevisions.PrefixAsync(folder, cancellationToken) is not { } prefix)
        {
            return null;
        }

        if (location is not null)
        {
            return (prefix, location.File);
        }

        foreach (var revision in new[] { range.Head, range.Base }.OfType<GitRevision>())
        {
            foreach (var candidate in Candidates(prefix, path))
            {
                if (await AtAsync(folder, revision, candidate, cancellationToken) is { Tree: not null } && range.Head is not null)
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    /// <summary>Where a model may be that is not on disk: at the path, or in the folder and those above it.</summary>
    private static IEnumerable<(string Prefix, string File)> Candidates(string prefix, string? path)
    {
        if (path is not null)
        {
            var full = System.IO.Path.GetFullPath("/" + prefix + path).TrimStart('/');
            var slash = full.LastIndexOf('/') + 1;
            yield return full.EndsWith(".yaml", StringComparison.Ordinal) || full.EndsWith(".yml", StringComparison.Ordinal)
                ? (full[..slash], full[slash..]) : (full.Length == 0 ? "" : full.TrimEnd('/') + "/", ModelLocation.DefaultFile);
            yield break;
        }

        for (var at = prefix; ;)
        {
            yield return (at, ModelLocation.DefaultFile);
            if (at.Length == 0)
            {
                yield break;
            }

            at = at[..(at.TrimEnd('/').LastIndexOf('/') + 1)];
        }
    }

    private async Task<ReviewSide?> AtAsync(string folder, GitRevision revision, (string Prefix, string File) place, CancellationToken cancellationToken)
    {
        var (snapshot, problem) = await GitSnapshot.OpenAsync(folder, revision.Id, place.Prefix, cancellationToken);
        if (snapshot is null)
        {
            (Problem, Code) = (problem, ExitCode.PrerequisiteMissing);
            return null;
        }

        _snapshots.Add(snapshot);
        return new ReviewSide(revision.ToString(), revision.Id, snapshot.Entries.ContainsKey(place.File) ? new GitFileTree(snapshot) : null, place.File, place.Prefix);
    }

    private static bool IsPath(string text, Terminal terminal) => text.Trim('.').Length > 0 && System.IO.Path.Exists(System.IO.Path.GetFullPath(text, terminal.CurrentFolder));
}
