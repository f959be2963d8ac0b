using Conway.Findings;

namespace Conway.GitFacts;

/// <summary>A commit that was asked for.</summary>
/// <param name="Asked">In the words of whoever asked: <c>main</c>, <c>v1.2</c>, <c>HEAD~3</c>.</param>
/// <param name="Id">40 or 64 hexadecimal digits.</param>
public sealed record GitRevision(string Asked, string Id)
{
    /// <summary><c>main (3f2a1c9d04)</c>, or the digits alone when they were what was asked.</summary>
    public override string ToString() => Id.StartsWith(Asked, StringComparison.Ordinal) ? Id[..10] : $"{Asked} ({Id[..10]})";
}

/// <summary>Two states of a repository.</summary>
/// <param name="Base">The earlier one. Unset: there is a problem.</param>
/// <param name="Head">The later one. Unset: what lies in the folder now, committed or not; or there is a problem.</param>
/// <param name="Problem">Why there is no range, as a sentence.</param>
public sealed record GitRange(GitRevision? Base, GitRevision? Head, string? Problem)
{
    /// <summary>Git itself is missing, or the folder is in no repository.</summary>
    public bool HasNoRepository { get; init; }
}

/// <summary>From what people type for a range to commits.</summary>
public static class GitRevisions
{
    private const int NamesMax = 2_000;

    /// <summary>Understands <c>A..B</c>, <c>A...B</c> (from where B left A), <c>A..</c> (to HEAD), and <c>A</c> alone (to what lies in the folder).</summary>
    /// <param name="folder">Absolute; in the repository.</param>
    /// <param name="text">As typed.</param>
    /// <param name="cancellationToken">Ends git.</param>
    public static Task<GitRange> ResolveAsync(string folder, string text, CancellationToken cancellationToken) => ResolveAsync("git", folder, text, cancellationToken);

    internal static async Task<GitRange> ResolveAsync(string git, string folder, string text, CancellationToken cancellationToken)
    {
        var dots = text.Contains("...", StringComparison.Ordinal) ? "..." : "..";
        var parts = text.Split(dots);
        var isRange = parts.Length > 1;
        if (parts.Length > 2 || parts.Any(p => p.Contains("..", StringComparison.Ordinal)) || (parts.All(p => p.Length == 0)))
        {
            return Wrong($"'{text}' is not a range. Write BASE..HEAD, BASE...HEAD (from where HEAD left BASE), or BASE alone.");
        }

        var state = await GitReader.LinesAsync(git, folder, ["rev-parse", "--is-shallow-repository"], cancellationToken);
        if (state.Problem is { } none)
        {
            return Wrong($"the history cannot be read: {none}.") with { HasNoRepository = true };
        }

        var isShallow = string.Concat(state.Parts).Trim() == "true";
        var found = new List<GitRevision>();
        foreach (var name in parts.Select(p => p.Length == 0 ? "HEAD" : p))
        {
            if (await CommitAsync(git, folder, name, cancellationToken) is not { } id)
            {
                return Wrong(await MissingAsync(git, folder, name, isShallow, cancellationToken));
            }

            found.Add(new GitRevision(name, id));
        }

        if (dots == "..." && isRange)
        {
            var root = await GitReader.LinesAsync(git, folder, ["merge-base", found[0].Id, found[1].Id], cancellationToken);
            if (root.Problem is not null || string.Concat(root.Parts).Trim() is not { Length: >= 40 } id)
            {
                return Wrong($"'{found[0].Asked}' and '{found[1].Asked}' have no commit in common{(isShallow ? ", as far as this shallow clone knows; fetch the rest with 'git fetch --unshallow'" : "")}. Write BASE..HEAD to compare them as they are.");
            }

            found[0] = new GitRevision($"{found[0].Asked}...", id);
        }

        return new GitRange(found[0], isRange ? found[1] : null, null);
    }

    /// <summary>The way from the root of the repository to a folder in it, <c>services/shop/</c>; empty for the root. Null outside of any.</summary>
    public static async Task<string?> PrefixAsync(string folder, CancellationToken cancellationToken)
    {
        var prefix = await GitReader.LinesAsync("git", folder, ["rev-parse", "--show-prefix"], cancellationToken);
        return prefix.Problem is null ? string.Concat(prefix.Parts).TrimEnd('\n') : null;
    }

    /// <summary>Where a file was at an earlier commit, by git's own reckoning of renames; null when it cannot tell.</summary>
    /// <param name="folder">Absolute; in the repository.</param>
    /// <param name="path">From the root of the repository, as it is called later.</param>
    /// <param name="before">Id of the earlier commit.</param>
    /// <param name="after">Id of the later commit; null for what lies in the folder.</param>
    /// <param name="cancellationToken">Ends git.</param>
    public static async Task<string?> FormerPathAsync(string folder, string path, string before, string? after, CancellationToken cancellationToken)
    {
        string[] both = after is null ? [before] : [before, after];
        var renames = await GitReader.LinesAsync("git", folder, ["diff", "--no-ext-diff", "--no-textconv", "-M", "--diff-filter=R", "--name-status", "-z", .. both, "--"], cancellationToken);
        var parts = renames.Parts;
        for (var i = 0; i + 2 < parts.Count; i += 3)
        {
            // R096  old/conway.yaml  new/conway.yaml
            if (parts[i + 2] == path)
            {
                return parts[i + 1];
            }
        }

        return null;
    }

    private static async Task<string?> CommitAsync(string git, string folder, string name, CancellationToken cancellationToken)
    {
        var answer = await GitReader.LinesAsync(git, folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"], cancellationToken);
        return answer.Problem is null && string.Concat(answer.Parts).Trim() is { Length: >= 40 } id ? id : null;
    }

    private static async Task<string> MissingAsync(string git, string folder, string name, bool isShallow, CancellationToken cancellationToken)
    {
        var refs = await GitReader.LinesAsync(git, folder, ["for-each-ref", $"--count={NamesMax}", "--format=%(refname:short)%00"], cancellationToken);
        var names = refs.Parts.Select(p => p.Trim('\n')).Where(p => p.Length > 0).ToArray();
        var meant = names.Contains("origin/" + name) ? "origin/" + name : DidYouMean.Closest(name, names);
        var mend = meant is not null ? $"Did you mean '{meant}'?"
            : isShallow ? "The clone is shallow: fetch the rest with 'git fetch --unshallow', or check out with the whole history (fetch-depth: 0)."
            : "Name a branch, a tag or a commit; 'git fetch' brings those of the server.";
        return $"there is no revision '{name}' in this repository. {mend}";
    }

    private static GitRange Wrong(string problem) => new(null, null, problem);
}
