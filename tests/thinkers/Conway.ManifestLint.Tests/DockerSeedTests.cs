using System.Text;
using System.Text.RegularExpressions;
using Conway.ManifestLint.Dockerfiles;

namespace Conway.ManifestLint.Tests;

/// <summary>Each rule for Dockerfiles against mistakes that were planted, and against what is close to them, each written in five ways.</summary>
public sealed partial class DockerSeedTests(ITestOutputHelper output)
{
    private const string Digest = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private const string Good = $"""
        FROM golang:1.25{Digest} AS build
        WORKDIR /source
        COPY go.mod go.sum ./
        RUN --mount=type=cache,id=go,target=/go/pkg go mod download
        COPY . ./
        RUN go build -o /out/app ./cmd/app
        FROM gcr.io/distroless/static:nonroot{Digest}
        LABEL org.opencontainers.image.title=app org.opencontainers.image.version=1.4.2 org.opencontainers.image.revision=$REVISION
        LABEL org.opencontainers.image.created=$CREATED org.opencontainers.image.source=https://example.com/app org.opencontainers.image.licenses=MIT
        WORKDIR /app
        COPY --from=build /out/ ./
        HERE
        HEALTHCHECK CMD ["/app/app", "health"]
        USER 10001:10001
        ENTRYPOINT ["/app/app"]

        """;

    private static readonly LintOptions Options = new() { WithOptional = true, Registries = ["registry.example.com", "docker.io"] };

    [Fact]
    public void Every_rule_finds_what_was_planted_and_nothing_that_is_only_close_to_it()
    {
        var seeds = Seeds();
        var judged = DockerCatalog.All.Where(r => r.Id != "DOCKER-unreadable").ToArray();
        var (table, wrong) = (new StringBuilder("rule  planted  near\n"), new List<string>());
        wrong.AddRange(seeds.Keys.Where(k => judged.All(r => r.Id != k)).Select(k => $"there are seeds for {k}, which is no rule"));
        foreach (var rule in judged)
        {
            var own = seeds.GetValueOrDefault(rule.Id) ?? [];
            var (planted, near) = (own.Count(o => o.IsBad), own.Count(o => !o.IsBad));
            wrong.AddRange(Wrong(rule, own));
            if (planted < 5 || near < 5)
            {
                wrong.Add($"{rule.Id}: {planted} planted and {near} near; five of each are the least");
            }

            table.Append($"{rule.Id}  {planted}  {near}\n");
        }

        output.WriteLine(table.ToString());
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void The_seeds_tell_when_a_rule_is_silent_or_speaks_of_everything()
    {
        foreach (var (id, own) in Seeds())
        {
            var rule = DockerCatalog.Find(id)!;
            Assert.True(Wrong(rule with { JudgeFile = (_, _) => [] }, own).Any(), $"{id} may find nothing");
            Assert.True(Wrong(rule with { JudgeFile = (file, _) => file.Instructions.Select(i => new DockerHit(i, i.Head.Place, "stands there")) }, own).Any(), $"{id} may find everything");
        }
    }

    [Fact]
    public void A_file_that_is_as_it_should_be_has_no_finding()
    {
        foreach (var text in Ways(Good.Replace("HERE\n", "", StringComparison.Ordinal)))
        {
            Assert.Equal([], DockerLinter.Lint([new DockerText("Dockerfile", text, true)], new LintOptions { WithOptional = true }, TestContext.Current.CancellationToken).Findings.Select(f => f.ToString()));
        }
    }

    private static IEnumerable<string> Wrong(LintRule rule, List<(bool IsBad, string Before, string Text, bool IsGuarded, string Seed)> own) =>
        from seed in own
        where seed.IsBad != Count(rule, seed.Text, seed.IsGuarded) > (seed.Before.Length == 0 ? 0 : Count(rule, seed.Before, seed.IsGuarded))
        select $"{rule.Id}: {(seed.IsBad ? "not found" : "told")}: {seed.Seed}";

    private static int Count(LintRule rule, string text, bool isGuarded) => rule.JudgeFile(Dockerfile.Read(new DockerText("Dockerfile", text, isGuarded)), Options).Count();

    private static Dictionary<string, List<(bool IsBad, string Before, string Text, bool IsGuarded, string Seed)>> Seeds()
    {
        var seeds = new Dictionary<string, List<(bool, string, string, bool, string)>>(StringComparer.Ordinal);
        var own = new List<(bool, string, string, bool, string)>();
        var without = Good.Replace("HERE\n", "", StringComparison.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "testdata", "docker-seeds.txt")).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var parts = line.Split(' ', 3);
            if (parts[0] == "rule")
            {
                seeds.Add("DOCKER-" + parts[1], own = []);
                continue;
            }

            var text = parts[2].Replace("\\\\", "\u0001", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace('\u0001', '\\');
            own.AddRange((parts[1] switch
            {
                "run" => [.. InRun(text).Select(run => Good.Replace("HERE", run, StringComparison.Ordinal))],
                "end" => Ways(Good.Replace("HERE", text, StringComparison.Ordinal)),
                _ => Ways(text),
            }).Select((way, index) => (parts[0] == "bad", parts[1] is "run" or "end" ? without : "", way, parts[1] != "bare", $"{line} (way {index})")));
        }

        return seeds;
    }

    private static string[] InRun(string command) =>
    [
        $"RUN {command}",
        $"RUN --network=none \\\n  # why\n\n  {command}",
        $"RUN <<EOF\n{command}\nEOF",
        $"ONBUILD RUN true\nRUN [\"/bin/sh\", \"-ec\", {System.Text.Json.JsonSerializer.Serialize(command)}]",
        $"SHELL [\"/bin/sh\", \"-c\"]\nrun \t{command}",
    ];

    private static string[] Ways(string text) =>
    [
        text,
        "\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal),
        Keyword().Replace(text, m => m.Value.ToLowerInvariant()),
        "# syntax=docker/dockerfile:1\n# What it is for.\n\n" + text.Replace("\n", "\n\n# RUN sudo rm\n", StringComparison.Ordinal),
        Keyword().Replace(text, m => m.Value + "\\\n  # FROM evil\n\n  "),
    ];

    [GeneratedRegex("^[A-Z]+ ", RegexOptions.Multiline)]
    private static partial Regex Keyword();
}
