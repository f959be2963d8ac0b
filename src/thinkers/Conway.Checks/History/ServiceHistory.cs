using Conway.GitFacts;
using Conway.Model;

namespace Conway.Checks.History;

/// <summary>Which commits changed which services, and who made them.</summary>
internal sealed class ServiceHistory
{
    private ServiceHistory(GitHistory git, SystemModel model)
    {
        Git = git;
        var folders = ServiceFolders.Of(model);
        var serviceOf = git.Files.Select(f => ServiceFolders.ServiceOf(folders, f.Path)).ToArray();
        Folders = folders;
        Commits = [.. from commit in git.Commits
                      let services = commit.Files.Select(f => serviceOf[f]).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()
                      where services.Length > 0
                      select new ServiceCommit(commit, services)];
    }

    /// <summary>What was read.</summary>
    public GitHistory Git { get; }

    /// <summary>Services whose sources can be told apart, and where they lie.</summary>
    public IReadOnlyDictionary<string, string> Folders { get; }

    /// <summary>Commits that changed a service, newest first.</summary>
    public IReadOnlyList<ServiceCommit> Commits { get; }

    public static ServiceHistory Of(GitHistory git, SystemModel model) => new(git, model);

    /// <summary>Why the history does not tell enough, as a sentence; null when it does.</summary>
    public string? Lack(int commitsMin) =>
        Folders.Count < 2 ? "Fewer than two services have a folder of their own (project, directory)."
        : Commits.Count < commitsMin ? $"The history has {Spoken.Times(Commits.Count, "commit")} that changed a service, and {commitsMin} are needed."
        : null;

    /// <summary>The team of an author: the one that names him among its members, by name, e-mail, or the part of the e-mail before the @.</summary>
    public static string? TeamOf(GitAuthor author, SystemModel model)
    {
        var at = author.Email.IndexOf('@', StringComparison.Ordinal);
        var local = at < 0 ? author.Email : author.Email[..at];
        return model.Teams.FirstOrDefault(t => t.Value.Members.Any(m =>
            m.Equals(author.Name, StringComparison.OrdinalIgnoreCase) || m.Equals(author.Email, StringComparison.OrdinalIgnoreCase) || m.Equals(local, StringComparison.OrdinalIgnoreCase))).Key;
    }
}

/// <summary>A commit and the services that it changed.</summary>
internal sealed record ServiceCommit(GitCommit Commit, IReadOnlyList<string> Services)
{
    /// <summary>The first digits of its id.</summary>
    public string Short => Commit.Id.Length > 10 ? Commit.Id[..10] : Commit.Id;
}
