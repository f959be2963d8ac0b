using System.Globalization;
using Conway.Artifacts.Plans;

namespace Conway.Artifacts.Containers;

/// <summary>The image of any other command, on a base that has what it needs.</summary>
/// <remarks>One stage: where a build of an unknown tool puts what it makes is not known, so nothing of it may be left behind.</remarks>
internal static class CommandImage
{
    /// <param name="folder">The folder that the command runs in, from the context.</param>
    public static IReadOnlyList<ArtifactLine> Write(ServicePlan service, string folder)
    {
        var text = new DockerfileText(service);
        text.Line($"ARG BASE={service.Base}", ArtifactRules.ImageBase, "base")
            .Empty(ArtifactRules.ImageBase)
            .Line("FROM ${BASE} AS final", ArtifactRules.ImageBase, "base")
            .Arguments()
            .Labels(service)
            .Line("WORKDIR /app", ArtifactRules.ImageBuild)
            .Line($"COPY {DockerfileText.Array($"{(folder.Length == 0 ? "." : folder)}/", "./")}", ArtifactRules.ImageBuild)
            .KeepRegion("build");
        if (service.Service.Build is { } build)
        {
            // Here nothing is left behind in another stage: what pip keeps would be in the image.
            text.Run(build, build.StartsWith("pip", StringComparison.Ordinal) ? "id=pip,target=/root/.cache" : null, ArtifactRules.ImageBuild, "build");
        }

        if (service.Files.Count > 0)
        {
            var folders = string.Join(' ', service.Files.Select(ServicePlan.FolderOf));
            text.Line(string.Create(CultureInfo.InvariantCulture, $"RUN mkdir -p {folders} && chown {SystemPlan.User}:{SystemPlan.User} {folders}"), ArtifactRules.ImageState, "owns");
        }

        text.Listening()
            .KeepRegion("final")
            .AsUser()
            .Line($"ENTRYPOINT {DockerfileText.Array(CommandWords.Of(service.Service.Command!))}", ArtifactRules.ImageStart, "command");
        return text.Lines;
    }
}
