using System.Text.RegularExpressions;
using Conway.Findings;
using static Conway.ManifestLint.Dockerfiles.Make;

namespace Conway.ManifestLint.Dockerfiles.Rules;

/// <summary>How the image is started and asked, and what it says of itself.</summary>
internal static partial class ImageRules
{
    private const string Oci = "org.opencontainers.image.";

    private static readonly string[] Expected = ["title", "version", "revision", "created", "source", "licenses"];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("expose-range", Severity.Error, "EXPOSE names ports from 0 to 65535", "The builder refuses it.", "Write 'EXPOSE 8080'.", "DL3011",
            static file => from expose in file.Of("EXPOSE")
                           from port in expose.Words
                           where !port.IsOpen && port.Text.Split('/')[0].Split('-').Any(p => p.Length > 0 && p.All(char.IsAsciiDigit) && (p.TrimStart('0').Length > 5 || int.Parse(p, System.Globalization.CultureInfo.InvariantCulture) > 65535))
                           select new DockerHit(expose, port.Place, $"EXPOSE names the port {port.Text}", port.Text)),
        Rule("expose-ssh", Severity.Warning, "The image offers no SSH", "A shell over the network passes by all that the platform controls and writes down.", "Leave out 'EXPOSE 22'.", "CKV_DOCKER_1",
            static file => from expose in file.Of("EXPOSE") from port in expose.Words where port.Text.Split('/') is ["22"] or ["22", "tcp" or "TCP"] select new DockerHit(expose, port.Place, "EXPOSE names port 22", "22")),
        Rule("healthcheck", Severity.Info, "The image says how to ask whether it is well", "Docker cannot tell that it hangs. Kubernetes does not read it: it has probes.", "Write 'HEALTHCHECK CMD [\"/app/health\"]', or 'HEALTHCHECK NONE'.", "DL3057 CKV_DOCKER_2",
            static file => file.Stages.Count > 0 && !file.LineOf(file.Stages[^1]).Any(s => s.Instructions.Any(i => i.Keyword == "HEALTHCHECK")) ? [new DockerHit(file.Stages[^1].From, file.Stages[^1].From.Head.Place, "The last stage has no HEALTHCHECK")] : []) with { IsOptional = true },
        Rule("one-healthcheck", Severity.Error, "A stage has one HEALTHCHECK", "Only the last counts.", "Leave the others out.", "DL3012 BK:MultipleInstructionsDisallowed", Once("HEALTHCHECK")),
        Rule("one-command", Severity.Warning, "A stage has one CMD", "Only the last counts.", "Leave the others out.", "DL4003 BK:MultipleInstructionsDisallowed", Once("CMD")),
        Rule("one-entrypoint", Severity.Error, "A stage has one ENTRYPOINT", "Only the last counts.", "Leave the others out.", "DL4004 BK:MultipleInstructionsDisallowed", Once("ENTRYPOINT")),
        Rule("json-command", Severity.Warning, "CMD and ENTRYPOINT are lists", "A shell stands between, which does not hand on the signal to end: the process is killed.", "Write 'ENTRYPOINT [\"dotnet\", \"Shop.dll\"]'.", "DL3025 BK:JSONArgsRecommended",
            static file => file.Of("CMD", "ENTRYPOINT").Where(i => !i.IsJson && i.Arguments.Length > 0).Select(i => new DockerHit(i, i.Head.Place, $"{i.Keyword} is run by a shell", i.Keyword))),
        Rule("maintainer", Severity.Error, "There is no MAINTAINER", "It is deprecated since 2017.", "Write 'LABEL org.opencontainers.image.authors=\"…\"'.", "DL4000 CKV_DOCKER_6 BK:MaintainerDeprecated",
            static file => file.Of("MAINTAINER").Select(m => new DockerHit(m, m.Head.Place, "MAINTAINER is deprecated"))),
        Rule("label-key", Severity.Info, "Keys of labels are such as Docker takes for good", "Tools do not find them, or take them for another's.", "Write lower-case letters, digits, '-' and '.', beginning with a letter, as in 'LABEL org.example.team=orders'.", "DL3048",
            static file => from label in file.Of("LABEL")
                           from pair in label.Pairs
                           where !LabelKey().IsMatch(pair.Name) || ReservedKey().IsMatch(pair.Name)
                           select new DockerHit(label, pair.Place, $"The label '{pair.Name}' has no good key", pair.Name)),
        Rule("label-value", Severity.Warning, "Labels say something, and those of OCI what they should", "Tools cannot read them.", "Write created as in RFC 3339, version as '1.4.2', revision as the hash of the commit, url and source as addresses, licenses as of SPDX.", "DL3051 DL3052 DL3053 DL3054 DL3055 DL3056",
            static file => from label in file.Of("LABEL")
                           from pair in label.Pairs
                           where !pair.Value.Contains('$', StringComparison.Ordinal) && !IsGood(pair.Name.StartsWith(Oci, StringComparison.Ordinal) ? pair.Name[Oci.Length..] : "", pair.Value)
                           select new DockerHit(label, pair.Place, $"The label {pair.Name} is '{pair.Value}'", pair.Name)),
        Rule("labels", Severity.Info, "The image says what it is, of which source and version", "Nobody can tell of a running image where it comes from.", "Write 'LABEL org.opencontainers.image.source=… org.opencontainers.image.revision=…', and so on.", "DL3049",
            static file => file.Stages.Count > 0 && Missing(file) is { Length: > 0 } missing ? [new DockerHit(file.Stages[^1].From, file.Stages[^1].From.Head.Place, $"The image has no {string.Join(", ", missing.Select(m => Oci + m))}")] : []) with { IsOptional = true },
        Rule("onbuild", Severity.Error, "ONBUILD holds no ONBUILD, FROM or MAINTAINER", "The builder refuses it.", "Write the instruction itself, or leave it out.", "DL3043",
            static file => file.Of("ONBUILD", "FROM", "MAINTAINER").Where(i => i.IsTrigger).Select(i => new DockerHit(i, i.Head.Place, $"ONBUILD holds {i.Keyword}", i.Keyword))),
        Rule("env-self", Severity.Error, "ENV does not read what the same line sets", "It is read before it is set, and is empty or old.", "Set it in an ENV of its own before.", "DL3044",
            static file => file.Of("ENV").SelectMany(env => Self(env, file))),
        Rule("diagnostics", Severity.Info, ".NET opens no pipe of diagnostics where the root cannot be written", "The runtime makes a file in /tmp at each start, and whoever reaches it may read memory.", "Write 'ENV DOTNET_EnableDiagnostics=0'.", "",
            static file => file.Stages.Count > 0 && file.LineOf(file.Stages[^1]).ToArray() is var line && DotNet().IsMatch(line[^1].Image) && !line.Any(s => s.Instructions.Any(i => i.Keyword == "ENV" && i.Pairs.Any(p => p.Name is "DOTNET_EnableDiagnostics" or "COMPlus_EnableDiagnostics" or "DOTNET_EnableDiagnostics_IPC" && p.Value == "0")))
                ? [new DockerHit(file.Stages[^1].From, file.Stages[^1].At, "The last stage runs .NET, and leaves its diagnostics open")] : []) with { IsOptional = true },
    ];

    private static IEnumerable<DockerHit> Self(Instruction env, Dockerfile file)
    {
        var pairs = env.Pairs.ToArray();
        var known = file.Of("ENV", "ARG").TakeWhile(i => i != env).SelectMany(i => i.Pairs).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (index, pair) in pairs.Index())
        {
            if (pairs.Where((_, other) => other != index).FirstOrDefault(p => !known.Contains(p.Name) && Reads(pair.Value, p.Name)) is { Name.Length: > 0 } other)
            {
                yield return new DockerHit(env, pair.Place, $"ENV reads {other.Name}, which the same line sets", pair.Name);
            }
        }
    }

    private static bool Reads(string value, string name)
    {
        for (var at = value.IndexOf('$'); at >= 0; at = value.IndexOf('$', at + 1))
        {
            var rest = value.AsSpan(at + 1);
            var isBraced = rest.StartsWith("{");
            rest = isBraced ? rest[1..] : rest;
            if (rest.StartsWith(name, StringComparison.Ordinal) && (rest.Length == name.Length || (isBraced ? rest[name.Length] is '}' or ':' : !char.IsAsciiLetterOrDigit(rest[name.Length]) && rest[name.Length] != '_')))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] Missing(Dockerfile file)
    {
        var present = file.LineOf(file.Stages[^1]).SelectMany(s => s.Instructions).Where(i => i.Keyword == "LABEL").SelectMany(i => i.Pairs).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return [.. Expected.Where(e => !present.Contains(Oci + e))];
    }

    private static bool IsGood(string key, string value) => key switch
    {
        "created" => Created().IsMatch(value) && DateTimeOffset.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _),
        "revision" => Hash().IsMatch(value),
        "version" => Version().IsMatch(value),
        "url" or "source" or "documentation" => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" or "git" or "ssh" or "git+ssh",
        "licenses" => Licenses().IsMatch(value),
        _ => value.Length > 0,
    };

    [GeneratedRegex(@"^[a-z](?:[a-z0-9_/]|[.-](?![.-]))*(?<![./_-])$", RegexOptions.CultureInvariant)]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"^(com\.docker|io\.docker|org\.dockerproject)\.", RegexOptions.CultureInvariant)]
    private static partial Regex ReservedKey();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Created();

    [GeneratedRegex("^[0-9a-f]{7,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Hash();

    [GeneratedRegex(@"^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    // Of the names it is asked that they are such as SPDX has; the list itself grows.
    [GeneratedRegex(@"^\(*[A-Z0-9][A-Za-z0-9.+-]*[0-9A-Za-z+]\)*( (AND|OR|WITH) \(*[A-Z0-9][A-Za-z0-9.+-]*[0-9A-Za-z+]\)*)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Licenses();

    [GeneratedRegex(@"(^|/)dotnet/(nightly/)?(aspnet|runtime|runtime-deps|monitor)(:|@|$)", RegexOptions.CultureInvariant)]
    private static partial Regex DotNet();
}
