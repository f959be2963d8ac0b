using Conway.Findings;
using static Conway.ManifestLint.Dockerfiles.Make;

namespace Conway.ManifestLint.Dockerfiles.Rules;

/// <summary>What RUN runs, apart from installing.</summary>
internal static class CommandRules
{
    private static readonly HashSet<string> Pointless = new(["free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim", "systemctl", "reboot", "ifconfig"], StringComparer.Ordinal);

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("pointless-command", Severity.Info, "RUN runs nothing that needs a machine or a person", "It does nothing while an image is built, or nothing that lasts.", "Leave it out.", "DL3001",
            Commands(static (c, _) => Pointless.Contains(c.Name) ? $"{c.Name} does nothing that lasts in an image" : null)),
        Rule("cd", Severity.Warning, "WORKDIR changes the folder", "The next RUN begins in the old folder, whatever cd did.", "Write 'WORKDIR /app' before it, or name the folder in the command.", "DL3003",
            Commands(static (c, run) => c.Name == "cd" && !run.IsTrigger ? $"{string.Join(' ', c.Words.Select(w => w.Text))} holds for this RUN only" : null)),
        Rule("sudo", Severity.Error, "There is no sudo", "RUN is root already; and in the image it is a way to root for whoever gets in.", "Leave 'sudo' out, or write 'USER root' before and 'USER 10001' after it.", "DL3004 CKV2_DOCKER_1",
            Commands(static (c, _) => c.Name == "sudo" ? $"{string.Join(' ', c.Words.Skip(1).Take(2).Select(w => w.Text))} is run by sudo" : null)),
        Rule("shell-link", Severity.Warning, "SHELL chooses the shell", "All that asks for /bin/sh gets another shell, in the running container too.", "Write 'SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]'.", "DL4005",
            Commands(static (c, _) => c.Name == "ln" && c.Plain.LastOrDefault()?.Text is "/bin/sh" ? "ln puts another shell for /bin/sh" : null)),
        Rule("pipefail", Severity.Warning, "A RUN with a pipe stops when the first part fails", "Only the last part is asked whether it went well: a failed download builds an image.", "Write 'SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]' before it, or 'set -o pipefail &&'.", "DL4006",
            Runs(static (run, _) => run.HasPipefail || run.Commands.Any(c => c.Name == "set" && c.Words.Any(w => w.Text == "pipefail")) ? null
                : run.Commands.FirstOrDefault(c => c.IsPiped) is { } piped ? (piped, $"What is piped into {piped.Name} may fail, and RUN goes on") : null)),
        Rule("wget-and-curl", Severity.Warning, "Either wget or curl is used", "Two tools for one thing are two to keep safe.", "Use one of them.", "DL4001",
            static file => from stage in file.Of("RUN").GroupBy(r => r.Stage)
                           let both = stage.SelectMany(r => r.Commands.Where(c => c.Name is "wget" or "curl").Select(c => (Run: r, Command: c))).ToArray()
                           let second = both.FirstOrDefault(b => b.Command.Name != both[0].Command.Name)
                           where second.Run is not null
                           select new DockerHit(second.Run, second.Command.Place, $"{second.Command.Name} is used beside {both[0].Command.Name}", $"{stage.Key}")),
        Rule("wget-progress", Severity.Info, "wget writes no bar of its progress", "It fills the log of the build with thousands of lines.", "Write 'wget -q', '-nv' or '--progress=dot:giga'.", "DL3047",
            Commands(static (c, _) => c.Name == "wget" && c.Words.Count > 1 && !c.Has("--progress") && !c.Has("--quiet", 'q') && !c.Has("--no-verbose") && !c.Words.Any(w => w.Text == "-nv") && !c.Has("--output-file", 'o') && !c.Has("--append-output", 'a') && !c.Has("--version") && !c.Has("--help") ? "wget writes its progress into the log" : null)),
        Rule("useradd", Severity.Warning, "useradd of a high number writes no log of logins", "The log has a place for each number up to that one: the layer grows by gigabytes.", "Write 'useradd --no-log-init --uid 100000 NAME'.", "DL3046",
            Commands(static (c, _) => c.Name == "useradd" && !c.Has("--no-log-init", 'l') && c.Value("--uid", 'u') is { Length: > 5 } ? "useradd of a high number makes a huge log" : null)),
        Rule("consecutive-run", Severity.Info, "Short commands that follow each other stand in one RUN", "Each is a layer of its own, and what a later one removes stays in the former.", "Write 'RUN a && b', or a text: 'RUN <<EOF'.", "DL3059", Consecutive),
        Rule("download-unverified", Severity.Error, "Downloads are held to their certificates", "Who stands between chooses what gets into the image.", "Leave the option out, and add the certificate that is missing: 'update-ca-certificates'.", "CKV2_DOCKER_2 CKV2_DOCKER_3",
            Commands(static (c, _) => (c.Name == "curl" && c.Has("--insecure", 'k')) || (c.Name == "wget" && c.Has("--no-check-certificate")) ? $"{c.Name} takes any certificate" : null)),
        Rule("tls-off", Severity.Error, "Certificates are asked for", "Who stands between chooses what gets into the image, or reads what the program sends.", "Leave the setting out, and add the certificate that is missing.", "CKV2_DOCKER_4 CKV2_DOCKER_5 CKV2_DOCKER_6 CKV2_DOCKER_12 CKV2_DOCKER_13 CKV2_DOCKER_14 CKV2_DOCKER_15 CKV2_DOCKER_16",
            static file => (from env in file.Of("ENV")
                            from pair in env.Pairs
                            where IsOff(pair.Name, pair.Value)
                            select new DockerHit(env, pair.Place, $"ENV {pair.Name} takes any certificate", pair.Name)).Concat(Commands(static (c, _) => Off(c) is { } off ? $"{off} takes any certificate" : null)(file))),
        Rule("cache-mount", Severity.Info, "What is restored is kept in a cache of the builder", "Each build loads all packages again.", "Write 'RUN --mount=type=cache,id=nuget,target=/nuget dotnet restore'.", "",
            Runs(static (run, _) => run.Commands.FirstOrDefault(FileRules.Restores) is { } restore && !run.Flags.Any(f => f.Name == "mount" && f.Value.Contains("type=cache", StringComparison.Ordinal)) ? (restore, $"{restore.Name} {restore.Verb} has no cache") : null)) with { IsOptional = true },
        Rule("cache-id", Severity.Info, "A cache of the builder has an id", "Without one it is keyed by its folder, and shared with every build that uses the same.", "Write '--mount=type=cache,id=NAME,target=…'.", "",
            static file => from run in file.Of("RUN")
                           from flag in run.Flags
                           where flag.Name == "mount" && flag.Value.Split(',') is var parts && parts.Contains("type=cache") && !parts.Any(p => p.StartsWith("id=", StringComparison.Ordinal))
                           select new DockerHit(run, flag.Place, "A cache has no id", flag.Value)) with { IsOptional = true },
    ];

    // Where somebody joined several commands by hand, a new RUN is meant; and a mount is for this RUN only.
    private static IEnumerable<DockerHit> Consecutive(Dockerfile file)
    {
        Instruction? first = null;
        foreach (var one in file.Instructions)
        {
            if (one.Keyword != "RUN" || one.IsTrigger)
            {
                first = null;
            }
            else if (first is null || !Same(first, one) || one.Commands.Count > 1 || first.Commands.Count > 1 || one.Texts.Count > 0)
            {
                first = one;
            }
            else
            {
                yield return new DockerHit(one, one.Head.Place, $"RUN follows the RUN in line {first.Head.Place.Line}", one.Arguments);
            }
        }
    }

    private static bool Same(Instruction first, Instruction second) => first.Flags.Select(f => (f.Name, f.Value)).SequenceEqual(second.Flags.Select(f => (f.Name, f.Value)));

    private static string? Off(ShellCommand c)
    {
        foreach (var word in c.Settings.Concat(c.Name is "export" or "env" ? c.Words.Skip(1) : []))
        {
            if (word.Text.Split('=', 2) is [var name, var value] && IsOff(name, value))
            {
                return name;
            }
        }

        return c.Name is "pip" or "pip2" or "pip3" && c.Has("--trusted-host") ? $"{c.Name} --trusted-host"
            : c.Name is "npm" or "yarn" && c.Plain.Select(p => p.Text).ToArray() is var plain && (string.Join(' ', plain).Replace('=', ' ') is var said && (said.Contains("set strict-ssl false", StringComparison.Ordinal))) ? $"{c.Name} strict-ssl false"
            : c.Name is "yum-config-manager" or "dnf-config-manager" or "dnf" or "yum" && c.Words.Any(w => w.Text.Contains("sslverify=", StringComparison.OrdinalIgnoreCase) && w.Text[(w.Text.IndexOf('=', w.Text.IndexOf("sslverify", StringComparison.OrdinalIgnoreCase)) + 1)..].ToLowerInvariant() is "0" or "false" or "no" or "off") ? $"{c.Name} sslverify"
            : c.Name == "git" && c.Words.Any(w => w.Text is "http.sslVerify=false" or "http.sslverify=false") || (c.Name == "git" && c.Words.SkipWhile(w => !w.Text.Equals("http.sslVerify", StringComparison.OrdinalIgnoreCase)).Skip(1).FirstOrDefault()?.Text == "false") ? "git http.sslVerify false"
            : null;
    }

    private static bool IsOff(string name, string value) => name.ToUpperInvariant() switch
    {
        "NODE_TLS_REJECT_UNAUTHORIZED" or "PYTHONHTTPSVERIFY" => value == "0",
        "NPM_CONFIG_STRICT_SSL" => value == "false",
        "GIT_SSL_NO_VERIFY" or "PIP_TRUSTED_HOST" => value.Length > 0,
        _ => false,
    };
}
