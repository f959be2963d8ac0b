using System.Text.RegularExpressions;
using Conway.Findings;
using static Conway.ManifestLint.Dockerfiles.Make;

namespace Conway.ManifestLint.Dockerfiles.Rules;

/// <summary>As whom the image runs, and what must not be in it.</summary>
internal static partial class UserRules
{
    // Bases that say another user than root themselves.
    private static readonly string[] WithUser = ["chiseled", "nonroot", "rootless", "unprivileged", "cgr.dev/chainguard/"];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("root-user", Severity.Warning, "The image does not run as root", "Root in a container is root on the node as soon as there is one way out.", "Write 'USER 10001:10001' after what needs root.", "DL3002 CKV_DOCKER_8",
            static file => file.Stages.Count > 0 && Last(file) is { } user && user.Words[0].Text.Split(':')[0] is "root" or "0" ? [new DockerHit(user, user.Words[0].Place, "The image runs as root")] : []),
        Rule("user", Severity.Warning, "The image says as whom it runs", "Without a word it is whoever the base image says, which is mostly root.", "Write 'USER 10001:10001' at the end of the last stage.", "CKV_DOCKER_3",
            static file => file.Stages.Count > 0 && Last(file) is null && file.LineOf(file.Stages[^1]).Last().Image is var root && !WithUser.Any(w => root.Contains(w, StringComparison.Ordinal))
                ? [new DockerHit(file.Stages[^1].From, file.Stages[^1].From.Head.Place, "The last stage does not say as whom the image runs")] : []),
        Rule("numeric-user", Severity.Info, "The user is a number", "Kubernetes cannot tell that a name is not root, and does not start the pod with runAsNonRoot.", "Write 'USER 10001:10001'.", "DL3066",
            static file => file.Of("USER").Where(u => u.Words.Count > 0 && u.Words[0].Text.Split(':')[0] is { Length: > 0 } name && !name.All(char.IsAsciiDigit) && !IsArgument(name, u, file))
                .Select(u => new DockerHit(u, u.Words[0].Place, $"The user {u.Words[0].Text.Split(':')[0]} is no number", u.Words[0].Text))),
        Rule("secret-variable", Severity.Warning, "No secret comes by ARG or ENV", "It stays in the image and in its history, for everybody who may pull it.", "Write 'RUN --mount=type=secret,id=NAME …', and give it by 'docker build --secret'.", "DL3064 BK:SecretsUsedInArgOrEnv",
            static file => from one in file.Of("ARG", "ENV")
                           from pair in one.Pairs
                           where Secret().IsMatch(pair.Name) && !NoSecret().IsMatch(pair.Name)
                           select new DockerHit(one, pair.Place, $"{one.Keyword} holds {pair.Name}, which is by its name a secret", pair.Name)),
        Rule("secret-file", Severity.Error, "No file of secrets is copied into the image", "It stays in its layer, also when a later one removes it.", "Leave it out by .dockerignore, and write 'RUN --mount=type=secret,id=NAME …'.", "",
            static file => from copy in file.Of("COPY", "ADD")
                           where copy.Flag("from") is null
                           from source in copy.Words.SkipLast(1)
                           where SecretFile().IsMatch(source.Text)
                           select new DockerHit(copy, source.Place, $"{copy.Keyword} takes {source.Text}, which holds secrets", source.Text)),
        Rule("chpasswd", Severity.Warning, "No password is set", "It is in the layer, and the same in each container.", "Leave it out; let the platform say who may come in.", "CKV2_DOCKER_17",
            Commands(static (c, _) => c.Name is "chpasswd" || (c.Name == "passwd" && c.Plain.Any()) || (c.Name is "useradd" or "usermod" && c.Has("--password", 'p')) ? $"{c.Name} sets a password" : null)),
    ];

    private static Instruction? Last(Dockerfile file) =>
        file.LineOf(file.Stages[^1]).Select(s => s.Instructions.LastOrDefault(i => i is { Keyword: "USER", IsTrigger: false, Words.Count: > 0 })).FirstOrDefault(u => u is not null);

    // What an ARG gives may well be a number.
    private static bool IsArgument(string name, Instruction user, Dockerfile file) =>
        name.Contains('$', StringComparison.Ordinal) && file.Of("ARG").TakeWhile(a => a != user).SelectMany(a => a.Pairs).Any(p => name.Contains("${" + p.Name, StringComparison.Ordinal) || name.Contains("$" + p.Name, StringComparison.Ordinal));

    [GeneratedRegex(@"(^|_)(pass(word|wd|phrase)?|pwd|secret|token|credentials?|username|private|(api|access|auth|account|client|application|encryption|signing)_?key)($|_)|^[a-z]+(password|secret|token|apikey)$|^(docker_email|ci_deploy_user)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    // Where a secret is, or of what kind, is none.
    [GeneratedRegex(@"_(file|path|dir|folder|ur[il]|mount|length|ttl|type|policy|enabled|endpoint|issuer|audience|expiry|lifetime)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NoSecret();

    [GeneratedRegex(@"(^|/)(\.env(\.(?!example|sample|template|dist)[\w-]+)?|id_(rsa|dsa|ecdsa|ed25519)|\.npmrc|\.pypirc|\.netrc|\.git-credentials|\.dockercfg|\.aws|\.ssh|\.kube|credentials\.json|[^/]*\.(pfx|p12|jks|keystore))/?$", RegexOptions.CultureInvariant)]
    private static partial Regex SecretFile();
}
