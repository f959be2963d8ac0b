using Conway.Findings;
using static Conway.ManifestLint.Dockerfiles.Make;

namespace Conway.ManifestLint.Dockerfiles.Rules;

/// <summary>What is installed into an image, and what is left of installing.</summary>
internal static class PackageRules
{
    private const string Unpinned = "What is built tomorrow is not what was tested today.";
    private const string Asks = "It asks, nobody answers, and the build fails.";
    private const string Leaves = "It is in the layer for ever: a later RUN only hides it.";

    // Options of package managers whose value is the next word.
    private static readonly HashSet<string> WithValue = new(
        ["-t", "-o", "-c", "-X", "-p", "-f", "-i", "-b", "-r", "-e", "-v", "-n", "--target-release", "--default-release", "--option", "--config-file", "--virtual", "--repository", "--arch", "--repo", "--from", "--index-url", "--extra-index-url", "--find-links", "--target", "--prefix", "--root", "--platform",
         "--python-version", "--registry", "--loglevel", "--proxy", "--cache-dir", "--abi", "--build", "--editable", "--implementation", "--no-binary", "--only-binary", "--progress-bar", "--python", "--root-user-action", "--src", "--trusted-host", "--upgrade-strategy", "--installroot", "--version", "--source",
         "--install-dir", "--use-system-libraries", "--bindir", "--document", "--platform", "--requirement", "--constraint", "--keys-dir", "--repositories-file", "--enablerepo", "--disablerepo", "--releasever"], StringComparer.Ordinal);

    // Short options mean other things to these.
    private static readonly HashSet<string> OfDebian = new(["-t", "--target-release", "--default-release", "-o", "--option", "-c", "--config-file", "-a", "--host-architecture"], StringComparer.Ordinal);
    private static readonly HashSet<string> OfRedHat = new(["-c", "--config", "--installroot", "--enablerepo", "--disablerepo", "--releasever", "--repo", "--setopt", "-x", "--exclude", "-d", "-e"], StringComparer.Ordinal);
    private static readonly HashSet<string> OfSuse = new(["-R", "--root", "-r", "--repo", "--from", "-t", "--type", "-C", "--reposd-dir", "-c", "--config"], StringComparer.Ordinal);
    private static readonly HashSet<string> OfGo = new(["-o", "-p", "-ldflags", "-gcflags", "-tags", "-mod", "-C"], StringComparer.Ordinal);
    private static readonly HashSet<string> OfNode = new(["--registry", "--loglevel", "--prefix", "--cache", "-C", "--tag", "--userconfig"], StringComparer.Ordinal);

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("apt", Severity.Warning, "apt-get or apt-cache is run, not apt", "apt is for people: what it prints and asks may change from one release to the next.", "Write 'apt-get'.", "DL3027 CKV_DOCKER_9",
            Commands(static (c, _) => c.Name == "apt" ? "apt is run, whose ways change" : null)),
        Pin("apt-pin", "apt-get names the version of what it installs", "RUN apt-get update && apt-get install -y curl=7.88.*", "DL3008", static c => c.Is("apt-get", "install"), static w => w.Contains('=', StringComparison.Ordinal) || w.EndsWith(".deb", StringComparison.Ordinal) || w.Contains('/', StringComparison.Ordinal), OfDebian),
        Pin("apk-pin", "apk names the version of what it adds", "RUN apk add --no-cache curl=~8.5", "DL3018", static c => c.Is("apk", "add"), static w => w.IndexOfAny(['=', '~', '<', '>']) >= 0 || w.EndsWith(".apk", StringComparison.Ordinal)),
        Pin("yum-pin", "yum names the version of what it installs", "RUN yum install -y curl-8.5.0", "DL3033", static c => c.Name == "yum" && InstallsRpm(c), IsPinnedRpm, OfRedHat),
        Pin("dnf-pin", "dnf names the version of what it installs", "RUN dnf install -y curl-8.5.0", "DL3041", static c => c.Name is "dnf" or "microdnf" or "tdnf" && InstallsRpm(c), IsPinnedRpm, OfRedHat),
        Pin("zypper-pin", "zypper names the version of what it installs", "RUN zypper --non-interactive install curl=8.5.0", "DL3037", static c => c.Is("zypper", "install", "in"), static w => w.IndexOfAny(['=', '<', '>']) >= 0 || w.EndsWith(".rpm", StringComparison.Ordinal), OfSuse),
        Pin("pip-pin", "pip names the version of what it installs", "RUN pip install --no-cache-dir requests==2.32.3", "DL3013", static c => (IsPip(c) || (c.Name == "pipx" && c.Verb == "install")) && !c.Has("--requirement", 'r') && !c.Has("--constraint", 'c') && !c.Plain.Any(p => p.Text == "."),
            static w => w is "pip" || w.Contains("==", StringComparison.Ordinal) || w.IndexOfAny(['<', '>']) >= 0 || w.Contains("!=", StringComparison.Ordinal) || w.Contains("~=", StringComparison.Ordinal) || w.EndsWith(".whl", StringComparison.Ordinal) || w.EndsWith(".tar.gz", StringComparison.Ordinal)
                || (IsVersionControl(w) ? w.Contains('@', StringComparison.Ordinal) : w.Contains('/', StringComparison.Ordinal))),
        Pin("npm-pin", "npm names the version of what it installs", "RUN npm install --global pino@9.5.0", "DL3016", static c => c.Name == "npm" && c.Given(OfNode).FirstOrDefault()?.Text is "install" or "i" or "add",
            static w => w.StartsWith("git", StringComparison.Ordinal) && w.Contains("://", StringComparison.Ordinal) ? w.Contains('#', StringComparison.Ordinal)
                : w.IndexOf('@', 1) > 0 || w[0] is '.' or '/' or '~' || w.EndsWith(".tgz", StringComparison.Ordinal) || w.EndsWith(".tar.gz", StringComparison.Ordinal) || w.EndsWith(".tar", StringComparison.Ordinal), OfNode),
        Pin("gem-pin", "gem names the version of what it installs", "RUN gem install bundler:2.5.6", "DL3028", static c => c.Is("gem", "install", "i") && !c.Has("-v") && !c.Has("--version"), static w => w.Contains(':', StringComparison.Ordinal)),
        Pin("go-pin", "go names the version of what it installs", "RUN go install example.com/tool@v1.4.2", "DL3062", static c => c.Name == "go" && c.Verb is "install" or "get" or "run",
            static w => w is "get" or "tool" || w[0] is '.' or '/' || w.EndsWith(".go", StringComparison.Ordinal) || (w.Contains('@', StringComparison.Ordinal) && !w.EndsWith("@latest", StringComparison.Ordinal) && !w.EndsWith("@none", StringComparison.Ordinal)), OfGo),
        Rule("apt-yes", Severity.Warning, "apt-get does not ask", Asks, "Write 'apt-get install -y'.", "DL3014",
            Commands(static (c, _) => c.Is("apt-get", "install") && !c.Has("--yes", 'y') && !c.Has("--assume-yes") && c.Count('q') < 2 && c.Words.Count(w => w.Text == "--quiet") < 2 && !c.Words.Any(w => w.Text is "-q=2" or "--quiet=2" or "--force-yes") ? "apt-get install asks, and nobody answers" : null)),
        Yes("yum-yes", "yum", "yum install -y", "DL3030", static c => c.Is("yum", "install", "groupinstall", "localinstall") && !c.Has("--assumeyes", 'y')),
        Yes("dnf-yes", "dnf", "dnf install -y", "DL3038", static c => c.Name is "dnf" or "microdnf" or "tdnf" && c.Plain.Any(p => p.Text is "install" or "groupinstall" or "localinstall") && !c.Has("--assumeyes", 'y')),
        Yes("zypper-yes", "zypper", "zypper --non-interactive install", "DL3034", static c => c.Is("zypper", "install", "in", "remove", "rm", "source-install", "si", "patch") && !c.Has("--non-interactive", 'n') && !c.Has("--no-confirm", 'y')),
        Rule("apt-recommends", Severity.Info, "apt-get leaves out what is only recommended", "The image grows by what nobody asked for, and by its holes.", "Write 'apt-get install -y --no-install-recommends'.", "DL3015",
            Commands(static (c, _) => c.Is("apt-get", "install") && !c.Has("--no-install-recommends") && !c.Words.Any(w => w.Text.Contains("Install-Recommends=false", StringComparison.OrdinalIgnoreCase) || w.Text.Contains("Install-Recommends=0", StringComparison.OrdinalIgnoreCase)) ? "apt-get installs what is only recommended" : null)),
        Rule("apt-lists", Severity.Info, "Lists of packages are removed in the RUN that got them", Leaves, "End the RUN by '&& rm -rf /var/lib/apt/lists/*', or mount a cache over '/var/lib/apt'.", "DL3009",
            Runs(static (run, file) => file.IsKept(run.Stage) && run.Commands.FirstOrDefault(c => c.Is("apt-get", "update") || c.Is("apt", "update") || c.Is("aptitude", "update")) is { } update && !run.Commands.Any(c => Removes(c, "/var/lib/apt/lists"))
                && !run.Mounts("/var/lib/apt") && !run.Mounts("/var/lib/apt/lists") ? (update, $"{update.Name} update leaves its lists in the layer") : null)),
        Rule("update-alone", Severity.Warning, "What updates lists of packages also installs, in one RUN", "The layer of the update is taken from the cache, and what is installed is months old or gone.", "Write 'RUN apt-get update && apt-get install …'.", "CKV_DOCKER_5",
            Runs(static (run, _) => run.Commands.FirstOrDefault(c => c.Name is "apt-get" or "apt" or "apk" or "aptitude" && c.Verb == "update") is { } update && run.Commands.All(c => c == update || c.Name is "echo" or "set" or "rm") ? (update, $"{update.Name} update stands alone in its RUN") : null)),
        Rule("apk-cache", Severity.Info, "apk leaves no index behind", Leaves, "Write 'apk add --no-cache'.", "DL3019",
            Commands(static (c, run) => c.Is("apk", "add") && !c.Has("--no-cache") && !run.Mounts("/var/cache/apk") && !run.Mounts("/etc/apk/cache") ? "apk add leaves its index in the layer" : null)),
        Clean("yum-clean", "yum", "yum clean all", "DL3032", ["/var/cache/yum"], "install", "groupinstall", "localinstall", "update", "upgrade"),
        Clean("dnf-clean", "dnf", "dnf clean all", "DL3040", ["/var/cache/libdnf5", "/var/cache/dnf", "/var/cache/yum"], "install", "in", "upgrade", "up", "upgrade-minimal", "up-min", "reinstall", "rei"),
        Clean("zypper-clean", "zypper", "zypper clean", "DL3036", ["/var/cache/zypp"], "install", "in"),
        Rule("zypper-dist-upgrade", Severity.Warning, "zypper does not change the distribution", "What is built tomorrow is another distribution than was tested today.", "Write a newer base image in 'FROM'.", "DL3035",
            Commands(static (c, _) => c.Is("zypper", "dist-upgrade", "dup") ? "zypper changes the whole distribution" : null)),
        Rule("pip-cache", Severity.Warning, "pip keeps no cache in the layer", "Each package is in the image twice.", "Write 'pip install --no-cache-dir', or mount a cache over '~/.cache/pip'.", "DL3042",
            Runs(static (run, file) => run.Commands.FirstOrDefault(c => IsPip(c) && !c.Has("--no-cache-dir") && !IsSet(c.Settings.Select(s => s.Text))) is { } pip && !run.Mounts(".cache/pip") && !run.Mounts("/root/.cache")
                && !run.Commands.Any(c => c.Name is "export" or "env" && IsSet(c.Words.Select(w => w.Text))) && !HasNoCache(run, file) ? (pip, "pip keeps a cache in the layer") : null)),
        Rule("yarn-clean", Severity.Info, "yarn's cache is cleaned in the RUN that filled it", "Each package is in the image twice.", "End the RUN by '&& yarn cache clean', or mount a cache.", "DL3060",
            Runs(static (run, file) => file.IsKept(run.Stage) && run.Commands.Index().FirstOrDefault(c => c.Item.Is("yarn", "install")) is { Item: { } yarn } at && !run.Mounts(".cache/yarn")
                && !run.Commands.Skip(at.Index).Any(c => c.Name == "yarn" && c.Plain.Select(p => p.Text).Take(2).SequenceEqual(["cache", "clean"])) ? (yarn, "yarn leaves its cache in the layer") : null)),
        Rule("unsigned-packages", Severity.Error, "Packages are held to their signatures", "Who stands between the build and the archive chooses what is installed.", "Leave the option out, and add the key of the archive.", "CKV2_DOCKER_7 CKV2_DOCKER_8 CKV2_DOCKER_9 CKV2_DOCKER_10 CKV2_DOCKER_11",
            Commands(static (c, _) => (c.Name == "apk" && c.Has("--allow-untrusted")) || (c.Name is "apt-get" or "apt" && (c.Has("--allow-unauthenticated") || c.Has("--force-yes")))
                || (c.Name is "yum" or "dnf" or "microdnf" or "tdnf" && (c.Has("--nogpgcheck") || c.Has("--no-gpgchecks"))) || (c.Name == "zypper" && c.Has("--no-gpg-checks"))
                || (c.Name == "rpm" && (c.Has("--nosignature") || c.Has("--nodigest") || c.Has("--noverify") || c.Has("--nofiledigest"))) ? $"{c.Name} does not ask for signatures" : null)),
    ];

    private static LintRule Pin(string id, string requirement, string example, string aliases, Func<ShellCommand, bool> takes, Func<string, bool> isPinned, HashSet<string>? withValue = null) =>
        Rule(id, Severity.Warning, requirement, Unpinned, $"Write '{example}'.", aliases,
            Commands((c, _) => takes(c) && Packages(c, withValue ?? WithValue).FirstOrDefault(p => !isPinned(p)) is { } package ? $"{c.Name} takes {package} in whatever version there is" : null));

    private static LintRule Yes(string id, string tool, string write, string aliases, Func<ShellCommand, bool> asks) =>
        Rule(id, Severity.Warning, $"{tool} does not ask", Asks, $"Write '{write}'.", aliases, Commands((c, _) => asks(c) ? $"{c.Name} asks, and nobody answers" : null));

    private static LintRule Clean(string id, string tool, string write, string aliases, string[] folders, params string[] verbs) =>
        Rule(id, Severity.Warning, $"{tool} leaves no cache behind", Leaves, $"End the RUN by '&& {write}'.", aliases,
            Runs((run, _) => run.Commands.Index().FirstOrDefault(c => (c.Item.Name == tool || (tool == "dnf" && c.Item.Name == "microdnf")) && c.Item.Plain.Any(p => verbs.Contains(p.Text))) is { Item: { } install } at
                && !run.Commands.Skip(at.Index).Any(c => (c.Name == install.Name && c.Plain.Any(p => p.Text is "clean" or "cc")) || folders.Any(f => Removes(c, f))) && !folders.Any(run.Mounts)
                ? (install, $"{install.Name} leaves its cache in the layer") : null));

    // What follows the verb.
    private static IEnumerable<string> Packages(ShellCommand c, HashSet<string> withValue) =>
        c.Name == "go" && c.Verb == "run" ? c.Given(withValue).Skip(1).Take(1).Select(w => w.Text)
        : c.Given(withValue).Where(w => c.Words.FirstOrDefault(o => o.Text == "--") is not { } end || w.Place < end.Place).Select(w => w.Text).SkipWhile(w => w is not ("install" or "i" or "in" or "add" or "get")).Skip(1).Where(w => !w.StartsWith('$') || c.Name == "gem");

    private static bool IsPip(ShellCommand c) => (c.Name.StartsWith("pip", StringComparison.Ordinal) && c.Name.AsSpan(3).IndexOfAnyExcept("0123456789.") < 0 && c.Plain.Any(p => p.Text == "install"))
        || (c.Name.StartsWith("python", StringComparison.Ordinal) && c.Words.Count > 3 && c.Words[1].Text == "-m" && c.Words[2].Text == "pip" && c.Plain.Any(p => p.Text == "install"));

    private static bool IsVersionControl(string package) => package.StartsWith("git", StringComparison.Ordinal) && package.Contains("://", StringComparison.Ordinal) || package.StartsWith("hg+", StringComparison.Ordinal) || package.StartsWith("svn+", StringComparison.Ordinal) || package.StartsWith("bzr+", StringComparison.Ordinal);

    // curl-8.5.0, @module:1.4, ./x.rpm
    private static bool IsPinnedRpm(string package)
    {
        for (var dash = package.IndexOf('-', StringComparison.Ordinal); dash > 0; dash = package.IndexOf('-', dash + 1))
        {
            if (dash + 1 < package.Length && char.IsAsciiDigit(package[dash + 1]))
            {
                return true;
            }
        }

        return package.EndsWith(".rpm", StringComparison.Ordinal) || package.IndexOfAny(['=', '<', '>', ':']) > 0;
    }

    private static bool InstallsRpm(ShellCommand c) => c.Plain.Any(p => p.Text == "install") && c.Verb is not ("group" or "groups");

    private static bool Removes(ShellCommand c, string folder) =>
        c.Name == "rm" && c.Plain.Any(p => p.Text.TrimEnd('*', '/') is { Length: > 1 } gone && (gone == folder || folder.StartsWith(gone + "/", StringComparison.Ordinal)));

    private static bool IsSet(IEnumerable<string> settings) => settings.Any(s => s.Split('=', 2) is ["PIP_NO_CACHE_DIR", var value] && value.ToLowerInvariant() is "1" or "true" or "on" or "yes");

    // A variable that is set before switches the cache off for all that follow.
    private static bool HasNoCache(Instruction run, Dockerfile file) =>
        file.Of("ENV").Where(e => e.Stage == run.Stage ? e.Head.Place < run.Head.Place : run.Stage >= 0 && file.LineOf(file.Stages[run.Stage]).Any(s => s.Index == e.Stage)).Any(e => IsSet(e.Pairs.Select(p => $"{p.Name}={p.Value}")));
}
