using System.Diagnostics;

namespace Conway.Artifacts.Tests;

/// <summary>The script of a release, run by <c>sh</c> in a real repository of git. Tools that it calls write down what they were asked, and fail when a file beside them says so.</summary>
public sealed class ReleaseScriptTests : IDisposable
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private const string Tool = """
        #!/bin/sh
        me=$(basename "$0")
        all="$me $*"
        printf '%s\n' "$all" | tr '\n' ' ' >>"$TOOLS/asked"
        echo >>"$TOOLS/asked"
        case "$all" in
          "docker login"*) cat >>"$TOOLS/password" ;;
          "docker buildx imagetools inspect"*) if [ -e "$TOOLS/is-there" ]; then exit 0; fi; cat "$TOOLS/inspect-says"; exit 1 ;;
          "docker buildx build"*) while [ "$1" != --metadata-file ]; do shift; done; echo '{ "containerimage.digest": "DIGEST" }' >"$2" ;;
          "kubectl get namespace"*) cat "$TOOLS/last" 2>/dev/null ;;
          "kubectl annotate"*) printf '%s' "${*##*=}" >"$TOOLS/last" ;;
          "kubectl get deployments"*) printf "deployment.apps/web\ndeployment.apps/orders\n" ;;
          "kubectl apply"*) cat kubernetes/state >>"$TOOLS/applied" ;;
          "kubectl rollout"*/web) if [ "$(tail -n 1 "$TOOLS/applied")" = bad ]; then exit 1; fi ;;
        esac
        if [ -e "$TOOLS/fails" ] && expr "$all" : "$(cat "$TOOLS/fails")" >/dev/null; then echo "$me says no" >&2; exit 1; fi
        exit 0
        """;

    private readonly TemporaryFolder _folder = new();

    public ReleaseScriptTests()
    {
        var model = Some.Model("""
            conway: 1
            system: shop
            deploy: { registry: ghcr.io/acme, version: 1.4.2, namespace: shop-production, pipeline: { by: github, test: "echo tested 'as it is' > done; test -e conway.yaml", conway: "ghcr.io/acme/conway:1" } }
            services: { web: { command: node web.js }, orders: { command: node orders.js }, other: { command: a, image: "a/b:1" } }
            """);
        _folder.Write(Some.Written("pipeline", model, environment: "production").Values.Select(file => file with { Path = file.Path.StartsWith('.') ? file.Path : $"sys tem/deploy/production/{file.Path}" }));
        Directory.CreateDirectory(Tools);
        foreach (var name in new[] { "docker", "trivy", "cosign", "kubectl", "conway" })
        {
            var path = Path.Combine(Tools, name);
            File.WriteAllText(path, Tool.Replace("DIGEST", Digest, StringComparison.Ordinal));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Say("inspect-says", "ERROR: ghcr.io/acme/shop/web:1.4.2: not found");
        File.WriteAllText(Path.Combine(_folder.Path, "sys tem", "conway.yaml"), "");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "sys tem", "deploy", "production", "kubernetes"));
        State("good");
        Git("init", "-q");
        Commit();
    }

    private string Tools => Path.Combine(_folder.Path, "tools");

    private string[] Asked => File.Exists(Path.Combine(Tools, "asked")) ? [.. File.ReadAllLines(Path.Combine(Tools, "asked")).Select(line => line.Trim())] : [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_step_and_with_a_wrong_one_it_says_which_there_are()
    {
        Assert.Equal((64, "usage: sh release.sh check [COMMIT] | test | image SERVICE… | deploy"), Run());
        Assert.Equal((64, "usage: sh release.sh check [COMMIT] | test | image SERVICE… | deploy"), Run("images"));
        Assert.Equal((64, "there is no image 'other'"), Run("image", "other"));
        Assert.Empty(Asked);
    }

    [Fact]
    public void Tests_run_in_the_folder_of_the_system_and_their_end_is_that_of_the_step()
    {
        Assert.Equal((0, ""), Run("test"));
        Assert.Equal("tested as it is\n", File.ReadAllText(Path.Combine(_folder.Path, "sys tem", "done")));
        File.Delete(Path.Combine(_folder.Path, "sys tem", "conway.yaml"));
        Assert.Equal(1, Run("test").Code);
    }

    [Fact]
    public void A_check_looks_at_model_and_files_and_at_what_is_different_when_it_is_told_from_where()
    {
        Assert.Equal(0, Run("check", "").Code);
        Assert.Equal(["conway check", $"conway generate all -e production --out {_folder.Path}/sys tem/deploy/production --check"], Asked);
        Assert.Equal(0, Run("check", "0a1b").Code);
        Assert.Equal("conway review 0a1b...HEAD", Asked[^1]);
        Say("fails", "conway check");
        Assert.Equal((1, "conway says no"), Run("check", "0a1b"));
        Assert.Equal("conway check", Asked[^1]);
    }

    [Fact]
    public void An_image_is_scanned_and_signed_before_it_has_a_tag()
    {
        Assert.Equal((0, ""), Run([("REGISTRY_USER", "bot"), ("REGISTRY_PASSWORD", "s3cret $(x)")], "image", "web", "orders"));
        Assert.Equal(["docker login", "docker buildx imagetools inspect", "docker buildx inspect", "docker buildx build", "trivy image", "cosign sign", "docker buildx imagetools create",
            "docker buildx imagetools inspect", "docker buildx inspect", "docker buildx build", "trivy image", "cosign sign", "docker buildx imagetools create"], Asked.Select(Verb));
        Assert.Equal("docker login --username bot --password-stdin ghcr.io", Asked[0]);
        Assert.Equal("s3cret $(x)", File.ReadAllText(Path.Combine(Tools, "password")));
        var revision = Git("rev-parse", "HEAD");
        Assert.Contains($"--file containers/web/Dockerfile --build-arg VERSION=1.4.2 --build-arg REVISION={revision} --build-arg CREATED=", Asked[3], StringComparison.Ordinal);
        Assert.EndsWith("--output type=image,name=ghcr.io/acme/shop/web,push-by-digest=true,name-canonical=true,push=true ../..", Asked[3], StringComparison.Ordinal);
        Assert.EndsWith($"ghcr.io/acme/shop/web@{Digest}", Asked[4], StringComparison.Ordinal);
        Assert.Equal($"cosign sign --yes ghcr.io/acme/shop/web@{Digest}", Asked[5]);
        Assert.Equal($"docker buildx imagetools create --tag ghcr.io/acme/shop/web:1.4.2 ghcr.io/acme/shop/web@{Digest}", Asked[6]);
        Assert.Equal(0, Run([("COSIGN_PRIVATE_KEY", "key")], "image", "web").Code);
        Assert.Contains($"cosign sign --yes --key env://COSIGN_PRIVATE_KEY ghcr.io/acme/shop/web@{Digest}", Asked);
    }

    [Theory, InlineData("docker login"), InlineData("docker buildx build"), InlineData("trivy"), InlineData("cosign")]
    public void What_failed_has_no_tag(string tool)
    {
        Say("fails", tool);
        Assert.NotEqual(0, Run([("REGISTRY_USER", "bot"), ("REGISTRY_PASSWORD", "x")], "image", "web").Code);
        Assert.StartsWith(tool, Asked[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("docker buildx imagetools create", Asked.Select(Verb));
    }

    [Fact]
    public void What_is_there_is_not_built_again_and_a_registry_that_does_not_answer_is_not_taken_for_an_empty_one()
    {
        Say("inspect-says", "ERROR: 503 service unavailable");
        Assert.Equal((1, "ERROR: 503 service unavailable"), Run("image", "web"));
        Say("is-there", "");
        Assert.Equal((0, "ghcr.io/acme/shop/web:1.4.2 is there already; a new one needs another deploy.version"), Run("image", "web"));
        Assert.DoesNotContain("docker buildx build", Asked.Select(Verb));
    }

    [Fact]
    public void A_tool_that_is_not_there_is_asked_in_its_container()
    {
        File.Delete(Path.Combine(Tools, "trivy"));
        Assert.Equal(0, Run([("TRIVY_IMAGE", "mirror/trivy:1")], "image", "web").Code);
        Assert.Contains(Asked, line => line.StartsWith("docker run --rm --user ", StringComparison.Ordinal) && line.EndsWith($"mirror/trivy:1 image --quiet --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed ghcr.io/acme/shop/web@{Digest}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_release_that_does_not_come_up_is_followed_by_what_ran_before()
    {
        State("bad");
        Commit();
        Assert.Equal((1, $"{Git("rev-parse", "HEAD")} did not come up, and nothing ran here before that could be gone back to"), Run("deploy"));
        State("good");
        var good = Commit();
        Assert.Equal((0, ""), Run("deploy"));
        Assert.Equal(good, File.ReadAllText(Path.Combine(Tools, "last")));
        State("bad");
        var bad = Commit();
        Assert.Equal((1, $"{bad} did not come up; {good} runs again"), Run("deploy"));
        Assert.Equal(["bad", "good", "bad", "good"], File.ReadAllLines(Path.Combine(Tools, "applied")));
        Assert.Equal(good, File.ReadAllText(Path.Combine(Tools, "last")));
        Assert.Equal("", Git("status", "--short", "--untracked-files=no"));
        Assert.Single(Git("worktree", "list").Split('\n'));

        Say("fails", "kubectl get deployments");
        Assert.Equal((1, $"{bad} did not come up, and neither did {good} when it was gone back to"), (Run("deploy") is var (code, said) ? (code, said.Split('\n')[^1]) : default));
    }

    private static string Verb(string line) => string.Join(' ', line.Split(' ').TakeWhile(word => !word.StartsWith('-') && !word.Contains('/', StringComparison.Ordinal) && word is not ("conway" or "../..")));

    private void Say(string file, string text) => File.WriteAllText(Path.Combine(Tools, file), text);

    private void State(string text) => File.WriteAllText(Path.Combine(_folder.Path, "sys tem", "deploy", "production", "kubernetes", "state"), text + "\n");

    private string Commit()
    {
        Git("add", "sys tem");
        Git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "x");
        return Git("rev-parse", "HEAD");
    }

    private string Git(params string[] arguments)
    {
        var (code, said) = Start("git", [], arguments);
        Assert.True(code == 0, said);
        return said;
    }

    private (int Code, string Said) Run(params string[] arguments) => Run([], arguments);

    private (int Code, string Said) Run((string Name, string Value)[] variables, params string[] arguments) =>
        Start("sh", variables, ["sys tem/deploy/production/pipeline/release.sh", .. arguments]);

    private (int Code, string Said) Start(string program, (string Name, string Value)[] variables, string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            info.Environment[name] = value;
        }

        info.Environment["TOOLS"] = Tools;
        info.Environment["HOME"] = Tools;
        info.Environment["PATH"] = $"{Tools}:/usr/bin:/bin";
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, (output + errors.Result).Trim());
    }
}
