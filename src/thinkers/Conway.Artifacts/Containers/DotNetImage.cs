using System.Globalization;
using Conway.Artifacts.Plans;

namespace Conway.Artifacts.Containers;

/// <summary>The image of a .NET project: restored, published, and put on a runtime that has no shell.</summary>
internal static class DotNetImage
{
    private const string Cache = "id=nuget,target=/nuget";

    public static IReadOnlyList<ArtifactLine> Write(ServicePlan service, SourceFacts source)
    {
        var runtime = service.Base ?? $"mcr.microsoft.com/dotnet/{(source.IsWeb ? "aspnet" : "runtime")}:{source.Framework}-noble-chiseled";
        var text = new DockerfileText(service);
        text.Line($"ARG SDK=mcr.microsoft.com/dotnet/sdk:{source.Sdk ?? source.Framework}", ArtifactRules.ImageBase, "project")
            .Line($"ARG RUNTIME={runtime}", ArtifactRules.ImageBase, service.Base is null ? "project" : "base")
            .Empty(ArtifactRules.ImageStages)
            .Line("FROM ${SDK} AS build", ArtifactRules.ImageStages)
            .Line("ENV NUGET_PACKAGES=/nuget", ArtifactRules.ImageRestoreFirst)
            .Line("WORKDIR /source", ArtifactRules.ImageStages);
        foreach (var file in source.RestoreFiles)
        {
            text.Line($"COPY {DockerfileText.Array(file, $"./{file}")}", ArtifactRules.ImageRestoreFirst, "project");
        }

        var project = DockerfileText.Quoted(source.Project!);
        text.Run($"dotnet restore {project}{(source.IsLocked ? " --locked-mode" : "")}", Cache, ArtifactRules.ImageRestoreFirst, "project")
            .Line("COPY [\".\", \"./\"]", ArtifactRules.ImageBuild, "project")
            .KeepRegion("build")
            .Run($"dotnet publish {project} --no-restore --configuration Release --output /out -p:UseAppHost=false", Cache, ArtifactRules.ImageBuild, "project")
            .MakeState(service)
            .Empty(ArtifactRules.ImageStages)
            .Line("FROM ${RUNTIME} AS final", ArtifactRules.ImageStages)
            .Arguments()
            .Labels(service)
            .Line("WORKDIR /app", ArtifactRules.ImageStages)
            .Line("COPY --from=build [\"/out/\", \"./\"]", ArtifactRules.ImageStages)
            .TakeState(service)
            .Line("ENV DOTNET_EnableDiagnostics=0", ArtifactRules.ImageEnvironment)
            .Line(string.Create(CultureInfo.InvariantCulture, $"ENV ASPNETCORE_URLS=http://0.0.0.0:{SystemPlan.Port}"), ArtifactRules.ImageEnvironment)
            .Listening()
            .KeepRegion("final")
            .AsUser()
            .Line($"ENTRYPOINT {DockerfileText.Array("dotnet", $"{source.Assembly}.dll")}", ArtifactRules.ImageStart, "project");
        return text.Lines;
    }
}
