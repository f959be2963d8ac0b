using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Model;

namespace Conway.Artifacts.Containers;

/// <summary>The image of a Node.js program: its packages restored, then its files.</summary>
internal static class NodeImage
{
    private const string Runtime = "node:24-bookworm-slim";
    private const string Cache = "id=npm,target=/root/.npm";

    /// <summary>Whether the command runs Node.js.</summary>
    public static bool IsNode(Service service) => service.Command is { } command && CommandWords.Of(command)[0] is "node" or "npm" or "npx";

    /// <param name="folder">The folder that the command runs in, from the context.</param>
    public static IReadOnlyList<ArtifactLine> Write(ServicePlan service, SourceFacts source, string folder)
    {
        var from = folder.Length == 0 ? "." : folder;
        var restores = service.Service.Build is { } build && (build.StartsWith("npm ci", StringComparison.Ordinal) || build.StartsWith("npm install", StringComparison.Ordinal)) && source.RestoreFiles.Count > 0;
        var text = new DockerfileText(service);
        text.Line($"ARG BASE={service.Base ?? Runtime}", ArtifactRules.ImageBase, service.Base is null ? "command" : "base")
            .Empty(ArtifactRules.ImageStages)
            .Line("FROM ${BASE} AS build", ArtifactRules.ImageStages)
            .Line("ENV NODE_ENV=production", ArtifactRules.ImageEnvironment)
            .Line("WORKDIR /app", ArtifactRules.ImageStages);
        if (restores)
        {
            text.Line($"COPY {DockerfileText.Array(source.RestoreFiles.Append("./"))}", ArtifactRules.ImageRestoreFirst, "build")
                .Run(service.Service.Build!, Cache, ArtifactRules.ImageRestoreFirst, "build");
        }

        text.Line($"COPY {DockerfileText.Array($"{from}/", "./")}", ArtifactRules.ImageBuild).KeepRegion("build");
        if (!restores && service.Service.Build is { } command)
        {
            text.Run(command, Cache, ArtifactRules.ImageBuild, "build");
        }

        text.MakeState(service)
            .Empty(ArtifactRules.ImageStages)
            .Line("FROM ${BASE} AS final", ArtifactRules.ImageStages)
            .Arguments()
            .Labels(service)
            .Line("WORKDIR /app", ArtifactRules.ImageStages)
            .Line("COPY --from=build [\"/app/\", \"./\"]", ArtifactRules.ImageStages)
            .TakeState(service)
            .Line("ENV NODE_ENV=production", ArtifactRules.ImageEnvironment)
            .Listening()
            .KeepRegion("final")
            .AsUser()
            .Line($"HEALTHCHECK {HealthOptions(service)} CMD {DockerfileText.Array(HealthCommand(service.Service))}", ArtifactRules.ImageHealth, "health")
            .Line($"ENTRYPOINT {DockerfileText.Array(CommandWords.Of(service.Service.Command!))}", ArtifactRules.ImageStart, "command");
        return text.Lines;
    }

    /// <summary>A program without dependencies that ends well when the service does.</summary>
    internal static IReadOnlyList<string> HealthCommand(Service service)
    {
        var port = SystemPlan.Port.ToString(CultureInfo.InvariantCulture);
        var script = service.Health?.Path is { } path
            ? $"fetch({System.Text.Json.JsonSerializer.Serialize($"http://127.0.0.1:{port}{path}")}).then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
            : $"require(\"net\").connect({port}, \"127.0.0.1\").on(\"connect\", () => process.exit(0)).on(\"error\", () => process.exit(1))";
        return ["node", "-e", script];
    }

    private static string HealthOptions(ServicePlan service)
    {
        var health = service.Service.Health ?? new Health();
        // Docker's own default is 30 s: asked each second, a container spends its time starting Node.js.
        return string.Create(CultureInfo.InvariantCulture, $"--interval=10s --timeout={Seconds(health.Timeout)}s --start-period={Seconds(health.Startup)}s --retries={health.Failures}");
    }

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
}
