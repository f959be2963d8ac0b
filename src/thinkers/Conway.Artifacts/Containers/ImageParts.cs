using System.Globalization;
using Conway.Artifacts.Plans;

namespace Conway.Artifacts.Containers;

/// <summary>What every image has alike.</summary>
internal static class ImageParts
{
    public static DockerfileText Arguments(this DockerfileText text) =>
        text.Line("ARG VERSION=0.0.0", ArtifactRules.ImageLabels)
            .Line("ARG REVISION=unknown", ArtifactRules.ImageLabels)
            .Line("ARG CREATED=1970-01-01T00:00:00Z", ArtifactRules.ImageLabels);

    public static DockerfileText Labels(this DockerfileText text, ServicePlan service)
    {
        text.Label("title", DockerfileText.Quoted(service.Name));
        if (service.Service.Description is { } description)
        {
            text.Label("description", DockerfileText.Quoted(description), "description");
        }

        if (service.Team is { } team)
        {
            text.Label("vendor", DockerfileText.Quoted(team));
        }

        return text.Label("version", "\"${VERSION}\"").Label("revision", "\"${REVISION}\"").Label("created", "\"${CREATED}\"");
    }

    /// <summary>In the stage that builds: empty folders for stores that are files.</summary>
    public static DockerfileText MakeState(this DockerfileText text, ServicePlan service) =>
        service.Files.Count == 0 ? text : text.Line($"RUN mkdir -p {string.Join(' ', service.Files.Select(file => $"/state/{file}"))}", ArtifactRules.ImageState, "owns");

    /// <summary>In the last stage: they are the user's.</summary>
    public static DockerfileText TakeState(this DockerfileText text, ServicePlan service) =>
        service.Files.Count == 0 ? text : text.Line(string.Create(CultureInfo.InvariantCulture, $"COPY --from=build --chown={SystemPlan.User}:{SystemPlan.User} [\"/state/\", \"/var/lib/conway/\"]"), ArtifactRules.ImageState, "owns");

    public static DockerfileText Listening(this DockerfileText text) =>
        text.Line("ENV HOST=0.0.0.0", ArtifactRules.ImageEnvironment)
            .Line(string.Create(CultureInfo.InvariantCulture, $"ENV PORT={SystemPlan.Port}"), ArtifactRules.ImagePort)
            .Line(string.Create(CultureInfo.InvariantCulture, $"EXPOSE {SystemPlan.Port}"), ArtifactRules.ImagePort);

    public static DockerfileText AsUser(this DockerfileText text) =>
        text.Line(string.Create(CultureInfo.InvariantCulture, $"USER {SystemPlan.User}:{SystemPlan.User}"), ArtifactRules.ImageUser);
}
