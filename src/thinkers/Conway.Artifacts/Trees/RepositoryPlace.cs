using Conway.Artifacts.GitOps;
using Conway.Model;

namespace Conway.Artifacts;

/// <summary>Files that others look for at the root of the repository and nowhere else.</summary>
public static class RepositoryPlace
{
    /// <summary>The target that has such files.</summary>
    public const string Target = "pipeline";

    /// <summary>Where GitHub reads workflows from.</summary>
    public const string Workflows = ".github/workflows";

    /// <summary>Whether the path of a generated file begins at the root of the repository, and not in the folder of the environment.</summary>
    public static bool Holds(string path) => path.StartsWith(Workflows + "/", StringComparison.Ordinal);

    /// <summary>The target that makes the files in a folder of the tree.</summary>
    public static string TargetOf(string path) => Holds(path) ? Target : path.Split('/')[0];

    /// <summary>The root of the repository, when a folder that is generated into lies in it where the model says; else that folder itself.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="model">The system, with the settings of the environment.</param>
    /// <param name="environment">Name of the environment; null for none.</param>
    public static string Of(string folder, SystemModel model, string? environment) => Above(folder, GitOpsPlan.RootOf(model, environment)) ?? folder;

    /// <summary>The folder of an environment, from the root of the repository.</summary>
    /// <param name="model">The system, with the settings of the environment.</param>
    /// <param name="environment">Name of the environment; null for none.</param>
    public static string Within(SystemModel model, string? environment) => GitOpsPlan.RootOf(model, environment);

    private static string? Above(string folder, string path) =>
        folder.Replace('\\', '/') is var slashed && slashed.EndsWith("/" + path, StringComparison.Ordinal) ? folder[..^(path.Length + 1)] : null;
}
