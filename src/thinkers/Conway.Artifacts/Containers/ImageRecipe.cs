using Conway.Artifacts.Plans;
using Conway.Findings;

namespace Conway.Artifacts.Containers;

/// <summary>How one image is built.</summary>
internal sealed record ImageRecipe(IReadOnlyList<ArtifactLine> Dockerfile, IReadOnlyList<ArtifactLine> Ignore)
{
    private static readonly string[] Never =
        ["**/.git", "**/.conway", "**/bin", "**/obj", "**/node_modules", "**/.vs", "**/.idea", "**/.env", "**/.env.*", "**/*.user", "**/*.pem", "**/*.key", "**/*.pfx", "**/secrets.json"];

    /// <summary>Null, and a finding, when it is not known how.</summary>
    public static ImageRecipe? Of(SystemPlan plan, ServicePlan service, List<Finding> findings)
    {
        var source = plan.Facts.Sources.GetValueOrDefault(service.Name) ?? new SourceFacts();
        if (source.Problem is { } problem)
        {
            findings.Add(new Finding { Rule = ArtifactFindings.BuildUnknown, Message = problem.Message, Mend = problem.Mend, ModelPath = service.Service.Project is null ? service.Path : $"{service.Path}.project" });
            return null;
        }

        if (service.Service.Project is not null)
        {
            return new(DotNetImage.Write(service, source), IgnoreOf(service, source.Folders, [.. source.RestoreFiles, .. source.OtherFiles, .. Above(source.Folders)]));
        }

        var folder = FolderOf(plan, service);
        if (NodeImage.IsNode(service.Service))
        {
            return new(NodeImage.Write(service, source, folder), IgnoreOf(service, [folder], []));
        }

        if (service.Service.Base is null)
        {
            findings.Add(ArtifactFindings.Needed($"{service.Path}.base", $"The image of '{service.Name}' cannot be built: nothing says which image has the runtime for '{First(service.Service.Command)}'.", $"Write 'base' at services.{service.Name}, an image such as python:3.13-slim; or 'image', when it is built elsewhere."));
            return null;
        }

        return new(CommandImage.Write(service, folder), IgnoreOf(service, [folder], []));
    }

    /// <summary>The folder that a command runs in, from the context; empty for the context itself.</summary>
    private static string FolderOf(SystemPlan plan, ServicePlan service)
    {
        var parts = $"{plan.Facts.System}/{service.Service.Directory}".Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
        return string.Join('/', parts);
    }

    private static IReadOnlyList<ArtifactLine> IgnoreOf(ServicePlan service, IEnumerable<string> folders, IEnumerable<string> files)
    {
        var origin = service.Because(ArtifactRules.ImageIgnore);
        var all = folders.ToArray();
        return [.. (all.Contains("") ? [] : new[] { "**" }.Concat(all.Select(folder => $"!{folder}/**")).Concat(files.Select(file => $"!{file}"))).Concat(Never).Distinct().Select(line => new ArtifactLine(line, origin)),
            .. new[] { Keep.Begin("more"), Keep.End }.Select(line => new ArtifactLine(line, service.Because(ArtifactRules.KeepRegion)))];
    }

    // Settings for all code below them, which builds read and nothing refers to.
    private static IEnumerable<string> Above(IEnumerable<string> folders) =>
        folders.SelectMany(folder => Enumerable.Range(0, folder.Split('/').Length).Select(depth => string.Join('/', folder.Split('/').Take(depth).Append(".editorconfig")))).Distinct().Order(StringComparer.Ordinal);

    private static string First(string? command) => command?.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
}
