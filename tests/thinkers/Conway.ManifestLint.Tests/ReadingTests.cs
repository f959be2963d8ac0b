using System.Text;

namespace Conway.ManifestLint.Tests;

public sealed class ReadingTests
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: b }\nspec: { hostNetwork: true, containers: [{ name: a, image: 'a:1' }] }\n";

    private const string Signs = "{}[]\",:-\n&*!|>%@`'0a ";

    [Fact]
    public void A_finding_has_its_line_and_column()
    {
        var finding = Assert.Single(Of(("deploy/a.yaml", "# first\n" + Pod), "K8S-host-network"));
        Assert.Equal("deploy/a.yaml:5:22 K8S-host-network Pod 'a': has hostNetwork.", finding.ToString());
        Assert.Equal("spec: { hostNetwork: true, containers: [{ name: a, image: 'a:1' }] }", finding.SourceLine);
        Assert.Equal("Leave out 'hostNetwork: true'.", finding.Mend);
    }

    [Theory]
    [InlineData("several documents", "a: 1\n---\n{0}---\n{0}", 2)]
    [InlineData("a list", "apiVersion: v1\nkind: List\nitems:\n- {1}\n- {1}\n", 2)]
    [InlineData("a list of its kind", "apiVersion: v1\nkind: PodList\nitems: [{1}]\n", 1)]
    [InlineData("JSON indented by tabs", "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"Pod\",\n\t\"spec\": {\n\t\t\"hostNetwork\": true\n\t}\n}", 1)]
    [InlineData("anchors and merges", "x: &p { hostNetwork: true, containers: [] }\n---\napiVersion: v1\nkind: Pod\nspec: &q { hostNetwork: true }\nother: { <<: *q }\n", 1)]
    [InlineData("kinds that nobody knows", "apiVersion: a/v1\nkind: Thing\nspec: { hostNetwork: true }\n", 0)]
    public void What_is_written_in_any_way_is_read(string what, string text, int count)
    {
        Assert.NotEmpty(what);
        var filled = text.Replace("{0}", Pod, StringComparison.Ordinal).Replace("{1}", "{ apiVersion: v1, kind: Pod, spec: { hostNetwork: true } }", StringComparison.Ordinal);
        Assert.Equal(count, Of((what.StartsWith("JSON", StringComparison.Ordinal) ? "a.json" : "a.yaml", filled), "K8S-host-network").Count);
    }

    [Fact]
    public void Broken_yaml_is_told_with_its_line_and_what_stands_before_it_is_judged()
    {
        var report = Lint(("a.yaml", Pod + "---\nkind: [\n"));
        Assert.Contains(report.Findings, f => f.Code == "K8S-unreadable" && f.Place is { Line: >= 6 });
        Assert.Contains(report.Findings, f => f.Code == "K8S-host-network");
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: { name: {{ .Release.Name }} }\n")]
    [InlineData("{{- if .Values.on }}\napiVersion: v1\n{{- end }}\n")]
    [InlineData("apiVersion: v1\nkind: Pod\n{{ include \"x\" . | nindent 2 }}\n")]
    public void A_template_of_helm_is_told_as_one(string text) => Assert.Equal(["K8S-template"], Lint(("templates/a.yaml", text)).Findings.Select(f => f.Code));

    [Fact]
    public void Braces_of_prometheus_are_no_template() =>
        Assert.DoesNotContain(Lint(("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  a: |\n    {{ $labels.job }} {{ .GroupLabels.Values }}\n")).Findings, f => f.Code == "K8S-template");

    [Fact]
    public void A_kustomization_and_its_patches_are_not_judged()
    {
        var report = Lint(("base/kustomization.yaml", "resources: [a.yaml]\npatches: [{ path: ../patch.yaml }]\n"), ("patch.yaml", Pod), ("base/a.yaml", Pod));
        Assert.Equal(["base/a.yaml"], report.Findings.Select(f => f.Place!.Value.File).Distinct());
        Assert.Equal(2, report.Ignored);
    }

    [Fact]
    public void An_alias_bomb_and_deep_nesting_are_told_and_bounded()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Assert.Equal(["K8S-unreadable"], Lint(("bomb.yaml", bomb.ToString())).Findings.Select(f => f.Code));
        Assert.Equal(["K8S-unreadable"], Lint(("deep.yaml", new string('[', 100_000))).Findings.Select(f => f.Code));
    }

    [Fact]
    public void Garbage_never_throws()
    {
        var random = new Random(7);
        for (var i = 0; i < 150; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            Lint(("a.yaml", Encoding.Latin1.GetString(bytes)));

            // A manifest with some signs exchanged.
            var text = new SeededSet("Deployment").Text.ToCharArray();
            for (var change = 0; change < 6; change++)
            {
                text[random.Next(text.Length)] = Signs[random.Next(Signs.Length)];
            }

            Lint(("a.yaml", new string(text)));
        }

        Assert.Empty(Lint(("a.yaml", "")).Findings);
        Assert.All(Lint(("a.yaml", "\0\0\0")).Findings, f => Assert.Equal("K8S-unreadable", f.Code));
    }

    [Fact]
    public void Parts_of_other_kinds_than_expected_never_throw()
    {
        // Each part of a whole set is in turn a text, a number, a list, a map, and nothing.
        var good = new SeededSet("Deployment").Text;
        foreach (var with in new[] { "\"x\"", "7", "[[]]", "{\"a\":{}}", "null" })
        {
            for (var at = good.IndexOf(':'); at >= 0; at = good.IndexOf(':', at + 1))
            {
                if (at + 1 < good.Length && good[at + 1] is '"' && good.IndexOf('"', at + 2) is > 0 and var end)
                {
                    Lint(("a.yaml", good[..(at + 1)] + with + good[(end + 1)..]));
                }
                else if (at + 1 < good.Length && good[at + 1] is '{' or '[' && Closing(good, at + 1) is > 0 and var close)
                {
                    Lint(("a.yaml", good[..(at + 1)] + with + good[(close + 1)..]));
                }
            }
        }
    }

    [Fact]
    public void Ten_thousand_documents_are_read()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            text.Append($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: c{i}, namespace: n{i % 50} }}\ndata: {{ a: '{i}' }}\n---\n");
        }

        var report = Lint(("a.yaml", text.ToString()));
        Assert.Equal(10_000, report.Kinds["ConfigMap"]);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void However_many_are_suppressed_one_that_is_not_is_told()
    {
        var text = new StringBuilder();
        for (var i = 0; i <= ManifestLinter.FindingsMax; i++)
        {
            text.Append($"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{ name: i{i}, namespace: shop, annotations: {{ ignore.conway.dev/K8S-ingress-tls: inside }} }}\n---\n");
        }

        text.Append("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: outside, namespace: shop }\n");
        var report = Lint(("a.yaml", text.ToString()));
        Assert.Equal("Ingress shop/outside", Assert.Single(report.Findings, f => f.Code == "K8S-ingress-tls").Subject);
        Assert.Equal(ManifestLinter.FindingsMax, report.Suppressed.Count);
    }

    private static int Closing(string text, int open)
    {
        var (depth, quoted) = (0, false);
        for (var i = open; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            depth += quoted ? 0 : text[i] is '{' or '[' ? 1 : text[i] is '}' or ']' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static LintReport Lint(params (string, string)[] files) => ManifestLinter.Lint(files, new LintOptions(), TestContext.Current.CancellationToken);

    private static List<Conway.Findings.Finding> Of((string, string) file, string rule) => [.. Lint(file).Findings.Where(f => f.Code == rule)];
}
