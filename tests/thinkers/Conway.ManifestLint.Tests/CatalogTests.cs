using System.Text;
using System.Text.RegularExpressions;

namespace Conway.ManifestLint.Tests;

public sealed partial class CatalogTests
{
    [Fact]
    public void Ids_are_of_one_form_and_each_is_used_once()
    {
        Assert.Equal(RuleCatalog.All.Count, RuleCatalog.All.Select(r => r.Id).Distinct().Count());
        Assert.All(RuleCatalog.All, r => Assert.Matches("^K8S-[a-z][a-z-]*[a-z]$", r.Id));
        Assert.All(RuleCatalog.All, r => Assert.True(r.Why.EndsWith('.') && r.Fix.EndsWith('.') && !r.Requirement.EndsWith('.'), r.Id));
        Assert.All(RuleCatalog.All.SelectMany(r => r.Aliases), a => Assert.Matches("^((KL|PO|KS):[A-Za-z0-9-]+|CKV2?_K8S_[0-9]+|C-[0-9]{4})$", a));
    }

    [Fact]
    public void Ids_of_rules_for_dockerfiles_are_of_one_form_and_each_is_used_once()
    {
        Assert.Equal(DockerCatalog.All.Count, DockerCatalog.All.Select(r => r.Id).Distinct().Count());
        Assert.All(DockerCatalog.All, r => Assert.Matches("^DOCKER-[a-z][a-z-]*[a-z]$", r.Id));
        Assert.All(DockerCatalog.All, r => Assert.True(r.Why.EndsWith('.') && r.Fix.EndsWith('.') && !r.Requirement.EndsWith('.'), r.Id));
        Assert.All(DockerCatalog.All.SelectMany(r => r.Aliases), a => Assert.Matches("^(DL[0-9]{4}|BK:[A-Za-z]+|CKV2?_DOCKER_[0-9]+)$", a));
        Assert.Equal("DOCKER-sudo", DockerCatalog.Find("ckv2_docker_1")?.Id);
        Assert.Equal("DOCKER-apt-pin", DockerCatalog.Find("dl3008")?.Id);
        Assert.Null(DockerCatalog.Find("K8S-sudo"));
    }

    [Theory]
    [InlineData("K8S-privileged", "K8S-privileged")]
    [InlineData("privileged", "K8S-privileged")]
    [InlineData("privileged-container", "K8S-privileged")]
    [InlineData("KL:privileged-container", "K8S-privileged")]
    [InlineData("ckv_k8s_16", "K8S-privileged")]
    [InlineData("privilegd", null)]
    public void A_rule_is_found_by_the_id_of_any_tool(string word, string? id) => Assert.Equal(id, RuleCatalog.Find(word)?.Id);

    [Fact]
    public void The_page_of_the_rules_is_drawn_from_them() => Drawn("docs/reference/k8s-rules.md", RuleCatalog.All, """
        # Rules for Kubernetes manifests

        What [`conway lint k8s`](k8s-lint.md) asks for. This page is drawn from the source; `./test --accept ManifestLint` redraws it.
        *opt* rules are judged with `--all-rules` or when `--only` names them. *baseline* and *restricted* are the Pod Security Standards that demand it.
        Aliases are what other tools call the same: `KL:` kube-linter, `PO:` Polaris, `KS:` kube-score, `CKV` Checkov, `C-` kubescape. A rule may ask for a part of what an alias asks for; an alias may stand at several rules.

        | rule | weighs | asks for | otherwise | what to write | aliases |
        |---|---|---|---|---|---|

        """);

    [Fact]
    public void The_page_of_the_rules_for_dockerfiles_is_drawn_from_them() => Drawn("docs/reference/docker-rules.md", DockerCatalog.All, """
        # Rules for Dockerfiles

        What [`conway lint docker`](docker-lint.md) asks for. This page is drawn from the source; `./test --accept ManifestLint` redraws it.
        *opt* rules are judged with `--all-rules` or when `--only` names them.
        Aliases are what other tools call the same: `DL` hadolint, `CKV` Checkov, `BK:` the checks of BuildKit. A rule may ask for a part of what an alias asks for; an alias may stand at several rules.

        | rule | weighs | asks for | otherwise | what to write | aliases |
        |---|---|---|---|---|---|

        """);

    private static void Drawn(string page, IReadOnlyList<LintRule> rules, string head)
    {
        var text = new StringBuilder(head);
        foreach (var rule in rules)
        {
            var marks = string.Join(", ", new[] { rule.Severity.ToString().ToLowerInvariant(), rule.IsOptional ? "opt" : null, rule.Standard?.ToString().ToLowerInvariant() }.OfType<string>());
            text.Append($"| `{rule.Id}` | {marks} | {Cell(rule.Requirement)} | {Cell(rule.Why)} | {Cell(rule.Fix)} | {string.Join(' ', rule.Aliases.Select(a => a.Replace("_", "\\_", StringComparison.Ordinal)))} |\n");
        }

        var path = Path.Combine(RepositoryFolder.Root, page);
        if (Environment.GetEnvironmentVariable("CONWAY_ACCEPT") is { Length: > 0 })
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(text.ToString(), File.Exists(path) ? File.ReadAllText(path) : "");
    }

    private static string Cell(string text) => Quoted().Replace(text, "`$1`").Replace("|", "\\|", StringComparison.Ordinal);

    // 'runAsNonRoot: true' as code.
    [GeneratedRegex(@"'([^']*)'")]
    private static partial Regex Quoted();
}
