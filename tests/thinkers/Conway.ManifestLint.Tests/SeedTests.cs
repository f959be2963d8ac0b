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
    public void What_is_found_in_a_container_is_found_in_an_init_container_and_the_other_way_round()
    {
        // Probes, and what an autoscaler measures, are of containers that stay; and a name that is another's is not so in the other.
        string[] apart = ["K8S-readiness-probe", "K8S-liveness-probe", "K8S-probes-differ", "K8S-probe-port", "K8S-service-probes", "K8S-autoscaler-requests", "K8S-container-name"];
        var (wrong, mirrored) = (new List<string>(), 0);
        foreach (var (id, own) in Seeds().Where(s => !apart.Contains(s.Key)))
        {
            var rule = RuleCatalog.Find(id)!;
            foreach (var (host, _, seed) in own.Where(o => o.IsBad && Mirrored(o.Seed) != o.Seed))
            {
                mirrored++;
                if (Count(rule, host, Mirrored(seed)) <= Count(rule, host, ""))
                {
                    wrong.Add($"{id} in {host}: not found: {Mirrored(seed)}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(mirrored > 300, $"{mirrored} were mirrored");
    }

    [Fact]
    public void A_set_that_is_as_it_should_be_has_no_finding()
    {
        var report = ManifestLinter.Lint([("good.yaml", new SeededSet("Deployment").Text)], Options with { Skip = ["sorted-keys"] }, TestContext.Current.CancellationToken);
        Assert.Empty(report.Findings.Select(f => f.ToString()));
    }

    private static string Mirrored(string seed) => string.Join(" ;; ", seed.Split(" ;; ")
        .Select(s => s.StartsWith("c ", StringComparison.Ordinal) ? "i" + s[1..] : s.StartsWith("i ", StringComparison.Ordinal) ? "c" + s[1..] : s));

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
