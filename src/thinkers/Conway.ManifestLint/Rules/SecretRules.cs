using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>Where secrets stand, and what a container is told by variables.</summary>
internal static partial class SecretRules
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("secret-in-env", Severity.Error, "No secret stands in a variable's value", "Everybody who reads the repository or the manifest has it.",
            "Put it into a Secret and write 'valueFrom: { secretKeyRef: { name: NAME, key: KEY } }', or better mount it as a file.", "KL:env-var-secret PO:sensitiveContainerEnvVar C-0012 C-0259",
            InContainers(static c => c.Env.Where(e => e["value"] is { Text.Length: > 0 } value && IsSecret(e["name"]?.Text ?? "", value.Text!)).Select(e => new Wrong($"has a secret as the value of {e["name"]!.Text}", e["value"], e["name"]!.Text!)))),
        Rule("secret-in-config-map", Severity.Error, "No secret stands in a ConfigMap", "A ConfigMap is read by everybody who may look at the namespace.",
            "Move the key into a Secret.", "PO:sensitiveConfigmapContent C-0012",
            InObjects(static (o, _) => (o.Root["data"]?.Entries ?? []).Where(e => e.Value.Text is { Length: > 0 } text && IsSecret(e.Key, text)).Select(e => new Wrong($"has a secret under {e.Key}", e.Value, e.Key)), "ConfigMap")),
        Rule("secret-from-env", Severity.Info, "Secrets are read from files and not from variables", "Variables are shown by crash reports and handed down to every child.",
            "Mount the Secret: 'volumes: [{ name: s, secret: { secretName: NAME } }]'.", "KL:read-secret-from-env-var CKV_K8S_35 C-0207 C-0012 C-0259",
            InContainers(static c => c.Env.Where(e => e["valueFrom", "secretKeyRef"].Set() is not null).Select(e => new Wrong($"reads the secret {e["name"]?.Text} from a variable", e, e["name"]?.Text ?? ""))
                .Concat(c.At["envFrom"].List().Where(e => e["secretRef"].Set() is not null).Select(e => new Wrong($"reads the Secret '{e["secretRef", "name"]?.Text}' into variables", e, e["secretRef", "name"]?.Text ?? ""))))) with { IsOptional = true },
        Rule("duplicate-env", Severity.Error, "Each variable is set once", "The last one counts, and whoever changes the first wonders.",
            "Leave one of them out.", "KL:duplicate-env-var KS:environment-variable-key-duplication C-0295",
            InContainers(static c => c.Env.Where(e => e["name"].Word() is not null).GroupBy(e => e["name"]!.Text!, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => new Wrong($"sets {g.Key} {g.Count()} times", g.Last(), g.Key)))),
    ];

    /// <summary>Whether a key and its value are a secret: the key says so, and the value is none of the words that only lead to one.</summary>
    private static bool IsSecret(string key, string value) =>
        Key().IsMatch(Separated(key)) && !NotTheSecret().IsMatch(Separated(key)) && !Harmless().IsMatch(value.Trim()) || Text().IsMatch(value);

    // apiKey and API-KEY to api_key.
    private static string Separated(string key) => Humps().Replace(key, "$1_$2").Replace('-', '_').Replace('.', '_').ToLowerInvariant();

    [GeneratedRegex(@"([a-z0-9])([A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Humps();

    [GeneratedRegex(@"(^|_)(password|passwd|pwd|secret|secret_key|token|api_?key|access_?key|private_?key|client_?secret|credentials?|auth_?key|(account|batch|storage|shared|signing|encryption|ssh|master)_?key|key_content|bearer|jwt)(_|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    // password_file, token_url, secret_name, password_min_length: about a secret and none.
    [GeneratedRegex(@"(_|^)(file|path|dir|url|uri|endpoint|host|name|ref|ttl|timeout|expiry|expiration|expires|length|min|max|policy|type|algorithm|issuer|audience|id|header|enabled|required|rotation|interval|version|field|format|count|limit|lifetime|seconds|ms|mount|store|prefix|namespace)(_|$)", RegexOptions.CultureInvariant)]
    private static partial Regex NotTheSecret();

    // A reference, a placeholder, a path, a switch or a number of seconds.
    [GeneratedRegex(@"^(|true|false|yes|no|none|null|disabled|enabled|\d{1,5}(ms|s|m|h)?|/.*|\.{0,2}/.*|https?://[^@]*|\$\(.*\)|\$\{.*\}|<.*>|\{\{.*\}\}|vault:.*|file:.*|ref\+.*|arn:.*|projects/.*)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Harmless();

    // Private keys, keys of AWS, tokens of GitHub and Slack, a password in an address.
    [GeneratedRegex(@"-{3,5}BEGIN [A-Z ]{0,40}PRIVATE KEY-{3,5}|\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[abprs]-[A-Za-z0-9-]{10,}|[a-z][a-z0-9+.-]{1,20}://[^\s:/@$<{]{1,64}:[^\s:/@$<{]{1,128}@[^\s/]|(?i:^bearer\s+[a-z0-9._~+/-]{8,}=*$)|(?i:(^|;)\s{0,4}(password|pwd)\s{0,4}=\s{0,4}[^;\s$<{(]{3,})", RegexOptions.CultureInvariant)]
    private static partial Regex Text();
}
