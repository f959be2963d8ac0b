using System.Text.Json;
using Conway.Artifacts;
using Conway.Model;

namespace Conway.Cli;

/// <summary>Looks at the files of a system for what its images are built of.</summary>
internal static class SourceReading
{
    private const int ProjectsMax = 500;

    private static readonly string[] Manifests = ["package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc"];

    /// <param name="model">The system.</param>
    /// <param name="folder">Its folder, absolute.</param>
    /// <param name="into">The folder that is generated into, absolute.</param>
    public static BuildFacts Read(SystemModel model, string folder, string into)
    {
        var closures = model.Services.Where(service => service.Value.Project is not null)
            .ToDictionary(service => service.Key, service => Closure(Path.GetFullPath(Path.Combine(folder, service.Value.Project!))), StringComparer.Ordinal);
        var context = closures.Values.SelectMany(closure => closure.Projects).SelectMany(project => project.RestoreFiles.Append(project.Path)).Aggregate(folder, Common);
        string In(string path) => Slashes(Path.GetRelativePath(context, path)) is var relative && relative == "." ? "" : relative;

        var sources = model.Services.ToDictionary(service => service.Key, service => closures.TryGetValue(service.Key, out var closure)
            ? OfProject(service.Key, service.Value.Project!, closure, In)
            : new SourceFacts { RestoreFiles = [.. Manifests.Select(name => Path.Combine(folder, service.Value.Directory ?? "", name)).Where(File.Exists).Select(In).Order(StringComparer.Ordinal)] }, StringComparer.Ordinal);
        return new BuildFacts { Context = Slashes(Path.GetRelativePath(into, context)), Out = In(into), System = In(folder), Sources = sources };
    }

    private static SourceFacts OfProject(string service, string written, (IReadOnlyList<ProjectFile> Projects, string? Problem) closure, Func<string, string> within)
    {
        if (closure.Problem is { } problem)
        {
            return new SourceFacts { Problem = ($"The image of '{service}' cannot be built: '{written}' {problem}.", "Name one project that can be read; or write 'image', when it is built elsewhere.") };
        }

        var main = closure.Projects[0];
        var framework = main.Property("TargetFramework");
        var isKnown = framework is ['n', 'e', 't', >= '0' and <= '9', ..] && framework.Contains('.', StringComparison.Ordinal) && !framework.Contains('-', StringComparison.Ordinal);
        if (!isKnown || main.IsUncertain("TargetFramework") || main.IsUncertain("AssemblyName"))
        {
            var what = isKnown && !main.IsUncertain("TargetFramework") ? "AssemblyName" : "TargetFramework";
            return new SourceFacts { Problem = ($"The image of '{service}' cannot be built: the {what} of '{written}' cannot be told without running MSBuild.", $"Write <{what}> in the project without a condition; or write 'image' at the service, when it is built elsewhere.") };
        }

        return new SourceFacts
        {
            Project = within(main.Path),
            RestoreFiles = [.. closure.Projects.SelectMany(project => project.RestoreFiles).Select(within).Distinct().Order(StringComparer.Ordinal)],
            Folders = [.. closure.Projects.Select(project => within(project.Folder)).Distinct().Order(StringComparer.Ordinal)],
            OtherFiles = [.. closure.Projects.SelectMany(project => project.OtherFiles).Select(within).Where(file => !file.StartsWith("../", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)],
            Assembly = main.Property("AssemblyName") ?? Path.GetFileNameWithoutExtension(main.Path),
            Framework = framework![3..],
            Sdk = SdkOf(main.GlobalJson),
            IsWeb = closure.Projects.Any(project => project.NeedsWeb),
            IsLocked = closure.Projects.All(project => project.HasLock),
        };
    }

    /// <summary>The project and all that it refers to; with the reason when one of them cannot be read.</summary>
    private static (IReadOnlyList<ProjectFile> Projects, string? Problem) Closure(string path)
    {
        var (projects, open, seen) = (new List<ProjectFile>(), new Queue<string>([path]), new HashSet<string>(StringComparer.Ordinal));
        while (open.TryDequeue(out var next) && projects.Count < ProjectsMax)
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (ProjectFile.Read(next, out var problem) is not { } project)
            {
                return (projects, projects.Count == 0 ? problem : $"refers to '{Path.GetFileName(next)}', which {problem}");
            }

            projects.Add(project);
            foreach (var reference in project.References)
            {
                open.Enqueue(reference);
            }
        }

        return (projects, null);
    }

    private static string? SdkOf(string? file)
    {
        try
        {
            if (file is null)
            {
                return null;
            }

            using var json = JsonDocument.Parse(File.ReadAllText(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var version = json.RootElement.TryGetProperty("sdk", out var sdk) && sdk.TryGetProperty("version", out var text) ? text.GetString() : null;
            return version is not null && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') ? version : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The nearest folder that holds a folder and a file.</summary>
    private static string Common(string folder, string path)
    {
        while (!path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal) && Path.GetDirectoryName(folder) is { } above)
        {
            folder = above;
        }

        return folder;
    }

    private static string Slashes(string path) => path.Replace('\\', '/');
}
