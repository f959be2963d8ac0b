using Conway.Findings;
using static Conway.ManifestLint.Dockerfiles.Make;

namespace Conway.ManifestLint.Dockerfiles.Rules;

/// <summary>That it is a Dockerfile, and what the image is made from.</summary>
internal static class BaseRules
{
    // Of these it is known that they hold no shell and no package manager, or nothing at all.
    private static readonly string[] Minimal = ["chiseled", "distroless", "static", "cgr.dev/chainguard/", "-scratch"];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("unreadable", Severity.Error, "The file is a Dockerfile", "The builder refuses it, and nobody has judged it.", "Mend the file where the finding points.", "DL1000",
            static file => file.Problems.Select(p => new DockerHit(null, p.At, $"The file could not be read as a Dockerfile: {p.Says}", p.Says))),
        Rule("from-first", Severity.Error, "FROM stands first, after nothing but ARG", "The builder refuses what stands before it.", "Write 'FROM IMAGE' as the first instruction.", "DL3061",
            static file => file.Instructions.Where(i => i.Stage < 0 && i.Keyword != "ARG" && file.Stages.Count > 0).Take(1).Select(i => new DockerHit(i, i.Head.Place, $"{i.Keyword} stands before the first FROM", i.Keyword))),
        Rule("image-tag", Severity.Warning, "The base image has a fixed version", "What is built tomorrow is not what was tested today.", "Write 'FROM IMAGE:1.4.2', or better 'FROM IMAGE:1.4.2@sha256:…'.", "DL3006 CKV_DOCKER_7",
            Stages(static (s, file) => IsOfBuild(s, file) || Tag(s.Image).Length > 0 ? null : $"The base image {s.Image} has no version")),
        Rule("image-latest", Severity.Warning, "The base image is not latest", "It is a new image each time.", "Write 'FROM IMAGE:1.4.2', or better 'FROM IMAGE:1.4.2@sha256:…'.", "DL3007 CKV_DOCKER_7",
            Stages(static (s, file) => IsOfBuild(s, file) || Tag(s.Image) != "latest" ? null : $"The base image {s.Image} is a new one each time")),
        Rule("image-digest", Severity.Info, "The base image is named by its digest", "A version can be moved to another image; a digest cannot.", "Write 'FROM IMAGE:1.4.2@sha256:…'; 'docker buildx imagetools inspect IMAGE:1.4.2' tells it.", "",
            Stages(static (s, file) => IsOfBuild(s, file) || s.Image.Contains("@sha256:", StringComparison.Ordinal) ? null : $"The base image {s.Image} has no digest")) with { IsOptional = true },
        Rule("image-registry", Severity.Error, "The base image comes from an allowed registry (only with --registry)", "Who may choose the registry chooses what is built on.", "Copy the image to an allowed registry and name it there.", "DL3026",
            static (file, options) => options.Registries.Count == 0 ? [] : Stages((s, f) => IsOfBuild(s, f) || options.Registries.Any(r => ManifestLint.Rules.ImageRules.IsFrom(s.Image, r)) ? null
                : $"The base image {s.Image} comes from none of {string.Join(", ", options.Registries)}")(file)),
        Rule("minimal-base", Severity.Info, "What runs is put on a base without a shell", "Whoever gets in finds a shell and a package manager, and each program in it has holes of its own.",
            "Write 'FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled', 'FROM gcr.io/distroless/static:nonroot' or 'FROM scratch' for the last stage.", "",
            static file => file.Stages.Count == 0 || file.LineOf(file.Stages[^1]).Last() is var root && (root.Image is "scratch" or "" || root.Image.Contains('$', StringComparison.Ordinal) || Minimal.Any(m => root.Image.Contains(m, StringComparison.Ordinal))) ? []
                : [new DockerHit(file.Stages[^1].From, file.Stages[^1].At, $"The last stage is put on {root.Image}, which has a shell")]) with { IsOptional = true },
        Rule("from-platform", Severity.Warning, "FROM does not fix a platform", "The image is built for that one only, whatever is asked for.", "Leave '--platform' out, or write 'FROM --platform=$BUILDPLATFORM' in a stage that only builds.", "DL3029 BK:FromPlatformFlagConstDisallowed",
            Stages(static (s, _) => s.From.Flag("platform") is { Length: > 0 } platform && !platform.Contains("BUILDPLATFORM", StringComparison.Ordinal) && !platform.Contains("TARGETPLATFORM", StringComparison.Ordinal) ? $"FROM fixes the platform {platform}" : null)),
        Rule("redundant-platform", Severity.Warning, "FROM does not say the platform that is meant anyway", "It looks as if it did something.", "Leave '--platform=$TARGETPLATFORM' out.", "DL3065 BK:RedundantTargetPlatform",
            Stages(static (s, _) => s.From.Flag("platform") is "$TARGETPLATFORM" or "${TARGETPLATFORM}" ? "FROM says the platform that is meant anyway" : null)),
        Rule("stage-name-twice", Severity.Error, "Each stage has a name of its own", "It is another stage than one thinks from which is copied.", "Give one of them another name.", "DL3024 CKV_DOCKER_11 BK:DuplicateStageName",
            static file => from same in file.Stages.Where(s => s.Name is not null).GroupBy(s => s.Name!, StringComparer.OrdinalIgnoreCase)
                           from again in same.Skip(1)
                           select new DockerHit(again.From, again.From.Words[2].Place, $"The stage '{again.Name}' stands again", again.Name!)),
        Rule("stage-name-reserved", Severity.Warning, "No stage has a name that means something else", "The name leads to something else than the stage.", "Give it another name.", "DL3063 BK:ReservedStageName",
            Stages(static (s, _) => s.Name?.ToLowerInvariant() is "scratch" or "context" ? $"The stage is called '{s.Name}', which means something else" : null)),
    ];

    // Made of another stage, of nothing, or of what is only known at the build.
    private static bool IsOfBuild(Stage stage, Dockerfile file) => stage.Image is "scratch" or "" || stage.Image.StartsWith('$') || file.StageOf(stage.Image, stage.Index) is not null;

    // A digest is more than any version. The colon of a port stands before a slash.
    private static string Tag(string image) => image.Contains('@', StringComparison.Ordinal) ? "@" : image.LastIndexOf(':') is var colon && colon > image.LastIndexOf('/') ? image[(colon + 1)..] : "";
}
