using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Conway.ManifestLint;
using Conway.Model;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>Who reads which secret in Vault, by a reading of its policies of our own: files by a reader of HCL, roles by what the script asks of a command in place of Vault's.</summary>
public sealed partial class VaultTests
{
    public static TheoryData<string> Systems => ["cluster", "rabbit", "hard", "long"];

    [Theory, MemberData(nameof(Systems))]
    public async Task A_service_reads_its_own_secrets_and_nobody_elses(string system)
    {
        var model = Model(system);
        var (objects, vault) = await ReadAsync(model, system);
        Assert.Equal([], objects.Problems);
        Assert.NotEmpty(objects.Of("ExternalSecret"));
        Assert.Equal([], Wrong(objects, vault));
    }

    [Fact]
    public async Task What_lets_in_more_or_less_is_seen()
    {
        var (objects, vault) = await ReadAsync(Model("cluster"), "cluster");
        const string Role = "auth/kubernetes/role/shop-production.orders", Path = "secret/data/shop/orders/bank-key";
        Role With(Action<Dictionary<string, string[]>> change)
        {
            var paths = vault[Role].Paths.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
            change(paths);
            return vault[Role] with { Paths = paths };
        }

        Role[] roles =
        [
            With(paths => paths["secret/data/shop/*"] = ["read"]), With(paths => paths["secret/data/shop/+/key"] = ["read"]), With(paths => paths["secret/data/*"] = ["read"]), With(paths => paths["secret/metadata/shop/orders/+"] = ["list"]), With(paths => paths.Remove(Path)),
            With(paths => paths[Path] = ["read", "update"]), With(paths => paths[Path] = ["list"]), With(paths => paths[Path] = []),
            vault[Role] with { Account = "catalog" }, vault[Role] with { Account = "*" }, vault[Role] with { Namespace = "*" }, vault[Role] with { Audience = "other" }, vault[Role] with { Paths = vault["auth/kubernetes/role/shop-production.pays"].Paths },
        ];
        Assert.All(roles, role => Assert.NotEmpty(Wrong(objects, new(vault) { [Role] = role })));
        (string Kind, Action<JsonNode> Do)[] breaks =
        [
            ("SecretStore", spec => spec["provider"]!["vault"]!["auth"]!["kubernetes"]!["role"] = "shop-production.pays"), ("SecretStore", spec => spec["provider"]!["vault"]!["path"] = "kv"), ("SecretStore", spec => spec["provider"]!["vault"]!["auth"]!["kubernetes"]!["mountPath"] = "other"),
            ("ExternalSecret", spec => spec["data"]![0]!["remoteRef"]!["key"] = "shop/pays/key"), ("ExternalSecret", spec => spec["data"]![0]!["remoteRef"]!.AsObject().Remove("property")), ("ExternalSecret", spec => spec["secretStoreRef"]!["name"] = "pays-vault"), ("ExternalSecret", spec => spec["secretStoreRef"]!["kind"] = "ClusterSecretStore"),
        ];
        Assert.All(breaks, one =>
        {
            var changed = objects.All.Select(each => each.DeepClone().AsObject()).ToArray();
            one.Do(changed.First(each => Kind(each) == one.Kind && Name(each).StartsWith("orders-", StringComparison.Ordinal))["spec"]!);
            Assert.NotEmpty(Wrong(objects with { All = changed }, vault));
        });
    }

    [Theory, InlineData("helm"), InlineData("kustomize")]
    public async Task Each_rendering_fetches_from_vault(string target)
    {
        var rendered = await Rendered.OfAsync(Model("cluster"), target: target);
        Assert.Equal([], rendered.Helm);
        Assert.Equal([], rendered.Kustomize);
        Assert.True(rendered.Plain > 5);
    }

    [Theory, MemberData(nameof(Systems))]
    public void Each_line_says_why_and_no_finding_is_left(string system)
    {
        var model = Model(system);
        var facts = system == "hard" ? Some.HardFacts : null;
        var files = new[] { "kubernetes", "policies" }.SelectMany(target => Some.Written(target, model, facts).Values).ToArray();
        Assert.All(files.SelectMany(file => file.Origins), origin => Assert.NotNull(origin));
        Assert.Equal([], ManifestLinter.Lint(files.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)).Select(file => (file.Path, file.Text)), new LintOptions(), TestContext.Current.CancellationToken).Findings.Select(finding => $"{finding.Rule.Code} {finding.Message}"));
    }

    [Fact]
    public void What_cannot_be_said_is_told()
    {
        static string[] Told(SystemModel model) => [.. ArtifactCatalog.Find("policies")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => $"{finding.Code} {finding.ModelPath} {finding.Message}")];
        var model = Model("cluster");
        Assert.Equal([], Told(model));
        Assert.Equal(["CW1911 secrets.vault It is not said where the Vault server is."], Told(model with { Secrets = new SecretsPlace() }));
    }

    /// <summary>A role: for whom it is, and what its holder may do.</summary>
    private sealed record Role(string Account, string Namespace, string Audience, IReadOnlyDictionary<string, string[]> Paths);

    private static string[] Wrong(KubeObjects objects, Dictionary<string, Role> roles)
    {
        var wrong = new List<string>();
        var wanted = objects.Of("ExternalSecret").SelectMany(one => one["spec"]!["data"]!.AsArray().Select(data => (Service: Labels(one["metadata"]!["labels"])["app.kubernetes.io/instance"], Store: one["spec"]!["secretStoreRef"]!, Reference: data!["remoteRef"]!))).ToArray();
        var stores = objects.Of("SecretStore").ToDictionary(Name, one => one["spec"]!["provider"]!["vault"]!.AsObject(), StringComparer.Ordinal);
        foreach (var (service, store, reference) in wanted)
        {
            var key = reference["key"]!.GetValue<string>();
            if (store["kind"]!.GetValue<string>() != "SecretStore" || !stores.TryGetValue(store["name"]!.GetValue<string>(), out var vault) || reference["property"]?.GetValue<string>() != "value")
            {
                wrong.Add($"{service} fetches {key} from no store of Vault");
                continue;
            }

            var login = vault["auth"]!["kubernetes"]!;
            var account = login["serviceAccountRef"]!;
            var space = objects.Of("Namespace").Select(Name).Single();
            var role = roles.GetValueOrDefault($"auth/{login["mountPath"]}/role/{login["role"]}");
            if (role is null || account["name"]!.GetValue<string>() != service || role.Account != service || role.Namespace != space || role.Audience != account["audiences"]!.AsArray().Single()!.GetValue<string>())
            {
                wrong.Add($"{service} has no role");
                continue;
            }

            if (!May(role, $"{vault["path"]}/data/{key}", "read"))
            {
                wrong.Add($"{service} does not read {key}");
            }
        }

        // Nobody reads what no ExternalSecret of his fetches, and nobody does anything else.
        foreach (var (name, role) in roles)
        {
            var own = wanted.Where(one => one.Service == role.Account).Select(one => one.Reference["key"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
            foreach (var key in wanted.Select(one => one.Reference["key"]!.GetValue<string>()).Concat(own.Select(key => key + "-old")).Append("other/system/key").Append("shop"))
            {
                var more = new[] { "create", "update", "patch", "delete", "list", "sudo" }.Where(right => new[] { "data", "metadata", "delete", "destroy" }.Any(part => May(role, $"secret/{part}/{key}", right)));
                wrong.AddRange(more.Select(right => $"{name} may {right} {key}"));
                if (!own.Contains(key) && May(role, $"secret/data/{key}", "read"))
                {
                    wrong.Add($"{name} reads {key}");
                }
            }
        }

        return [.. wrong];
    }

    /// <summary>As Vault reads a path: <c>+</c> is any segment, <c>*</c> at the end anything.</summary>
    private static bool May(Role role, string path, string right) => role.Paths.Any(one => one.Value.Contains(right) &&
        Regex.IsMatch(path, $"^{string.Join('/', one.Key.TrimEnd('*').Split('/').Select(part => part == "+" ? "[^/]+" : Regex.Escape(part)))}{(one.Key.EndsWith('*') ? ".*" : "")}$", RegexOptions.None, TimeSpan.FromSeconds(1)));

    private static async Task<(KubeObjects Objects, Dictionary<string, Role> Roles)> ReadAsync(SystemModel model, string system)
    {
        using var folder = new TemporaryFolder();
        var facts = system == "hard" ? Some.HardFacts : null;
        var policies = Some.Written("policies", model, facts).Values.ToArray();
        folder.Write(policies);
        folder.Write(Some.Written("kubernetes", model, facts).Values.Concat(policies.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal))).Select(file => file with { Path = $"all/{file.Path.Replace('/', '-')}" }));
        var objects = await ReadFolderAsync(Path.Combine(folder.Path, "all"), validate: system == "long");

        // In place of Vault's command one that writes down what it was asked, a line each.
        var bin = Directory.CreateDirectory(Path.Combine(folder.Path, "bin")).FullName;
        var said = Path.Combine(folder.Path, "said");
        await File.WriteAllTextAsync(Path.Combine(bin, "vault"), "#!/bin/sh\nif [ \"$2\" = write ]; then test -f \"$4\" || exit 3; fi\nprintf '%s\\n' \"$*\" >> \"$SAID\"\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(bin, "vault"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var ran = await NpmClient.ExecuteAsync("env", [$"PATH={bin}:/usr/bin:/bin", $"SAID={said}", "sh", Path.Combine(folder.Path, "policies", "vault", "apply.sh")], "/", TimeSpan.FromMinutes(1));
        Assert.True(ran.Code == 0, ran.Said);
        var lines = await File.ReadAllLinesAsync(said, TestContext.Current.CancellationToken);

        var texts = new JsonObject([.. policies.Where(file => file.Path.EndsWith(".hcl", StringComparison.Ordinal)).Select(file => KeyValuePair.Create(Path.GetFileName(file.Path), (JsonNode?)file.Text))]);
        var read = await NpmClient.ExecuteAsync("node", ["hcl.js"], await NpmClient.FolderAsync("policies"), TimeSpan.FromMinutes(1), texts.ToJsonString());
        Assert.True(read.Code == 0, read.Said);
        var files = JsonNode.Parse(read.Output)!.AsObject();
        var paths = lines.Where(line => line.StartsWith("policy write ", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToDictionary(words => words[2], words => files[words[3]]!["path"]!.AsObject()
            .ToDictionary(path => path.Key, path => path.Value!.AsArray().SelectMany(block => block!["capabilities"]!.AsArray()).Select(right => right!.GetValue<string>()).ToArray(), StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(files.Count, paths.Count);
        var roles = lines.Where(line => line.StartsWith("write ", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToDictionary(words => words[1], words => words[2..].Select(word => word.Split('=')).ToDictionary(word => word[0], word => word[1], StringComparer.Ordinal) is var set
            ? new Role(set["bound_service_account_names"], set["bound_service_account_namespaces"], set["audience"], paths[set["token_policies"]]) : null!, StringComparer.Ordinal);
        Assert.Equal(lines.Length, paths.Count + roles.Count);
        Assert.All(lines.Where(line => line.StartsWith("write ", StringComparison.Ordinal)), line => Assert.Matches("token_ttl=5m token_max_ttl=15m$", line));
        return (objects, roles);
    }

    private static SystemModel Model(string system)
    {
        var model = system switch
        {
            "cluster" => Some.Model(Some.Cluster.Replace("\njobs:", "\n  pays: { command: node a.js, environment: { KEY: \"${secret:key}\", SAME: \"${secret:bank-key}\" } }\njobs:", StringComparison.Ordinal)),
            "long" => PolicyTests.Model("long", "kubernetes"),
            _ => Rendered.Model(system),
        };
        return model with { Secrets = new SecretsPlace { Vault = "https://vault.example.com:8200" }, Deploy = model.Deploy with { SecretStore = null, Vault = new VaultPlace { Auth = "kubernetes" } } };
    }
}
