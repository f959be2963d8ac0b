using System.Text;

namespace Conway.ManifestLint.Tests;

/// <summary>Each rule against mistakes that were planted, and against what is close to them.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private static readonly LintOptions Options = new() { WithOptional = true, Registries = ["registry.example.com", "docker.io"] };

    // These only make sense when nothing exists but what is there.
    private static readonly LintOptions Complete = Options with { IsComplete = true };

    [Fact]
    public void Every_rule_finds_what_was_planted_and_nothing_that_is_only_close_to_it()
    {
        var seeds = Seeds();
        var (table, wrong) = (new StringBuilder("rule  planted  found  near  told  precision  recall\n"), new List<string>());
        var judged = RuleCatalog.All.Where(r => r.Id is not ("K8S-unreadable" or "K8S-template")).ToArray();
        wrong.AddRange(seeds.Keys.Where(k => judged.All(r => r.Id != k)).Select(k => $"there are seeds for {k}, which is no rule"));
        foreach (var rule in judged)
        {
            var own = seeds.GetValueOrDefault(rule.Id) ?? [];
            var before = own.Select(o => o.Host).Distinct().ToDictionary(h => h, h => Count(rule, h, ""));
            var (planted, found, near, told) = (0, 0, 0, 0);
            foreach (var (host, isBad, text) in own)
            {
                var more = Count(rule, host, text) - before[host];
                if (isBad)
                {
                    planted++;
                    found += more > 0 ? 1 : 0;
                }
                else
                {
                    near++;
                    told += more > 0 ? 1 : 0;
                }

                if (isBad != more > 0)
                {
                    wrong.Add($"{rule.Id} in {host}: {(isBad ? "not found" : "told")}: {text}");
                }
            }

            if (planted < 5 || near < 5)
            {
                wrong.Add($"{rule.Id}: {planted} planted and {near} near; five of each are the least");
            }

            table.Append($"{rule.Id}  {planted}  {found}  {near}  {told}  {(found + told == 0 ? 0 : (double)found / (found + told)):0.00}  {(planted == 0 ? 0 : (double)found / planted):0.00}\n");
        }

        output.WriteLine(table.ToString());
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void A_set_that_is_as_it_should_be_has_no_finding()
    {
        var report = ManifestLinter.Lint([("good.yaml", new SeededSet("Deployment").Text)], Options with { Skip = ["sorted-keys"] }, TestContext.Current.CancellationToken);
        Assert.Empty(report.Findings.Select(f => f.ToString()));
    }

    private static int Count(LintRule rule, string host, string seed)
    {
        var set = new SeededSet(host);
        set.Plant(seed);
        var options = rule.Id.EndsWith("-exists", StringComparison.Ordinal) ? Complete : Options;
        return ManifestLinter.Lint([("seeded.yaml", set.Text)], options with { Only = [rule.Id] }, TestContext.Current.CancellationToken).Findings.Count(f => f.Code == rule.Id);
    }

    private static Dictionary<string, List<(string Host, bool IsBad, string Seed)>> Seeds()
    {
        var seeds = new Dictionary<string, List<(string, bool, string)>>(StringComparer.Ordinal);
        string[] hosts = [];
        var rule = "";
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "testdata", "seeds.txt")).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var (word, rest) = line.Split(' ', 2) is [var w, var r] ? (w, r) : throw new InvalidOperationException(line);
            if (word == "rule")
            {
                var parts = rest.Split(' ');
                (rule, hosts) = ("K8S-" + parts[0], parts.Length > 1 ? parts[1..] : SeededSet.Hosts);
                seeds.Add(rule, []);
                continue;
            }

            seeds[rule].AddRange(hosts.Select(h => (h, word == "bad", rest)));
        }

        return seeds;
    }
}
