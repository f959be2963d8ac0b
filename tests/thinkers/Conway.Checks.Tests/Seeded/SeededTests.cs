namespace Conway.Checks.Tests.Seeded;

/// <summary>How often each rule is right, on systems made up by seeds: ten that have the mistake and ten that nearly have it, each in another shape.</summary>
public sealed class SeededTests(ITestOutputHelper output)
{
    private const int Samples = 10;

    private static readonly IReadOnlyList<SeededCase> Cases = [.. CallCases.All, .. BoundaryCases.All, .. TrafficCases.All, .. CodeCases.All, .. ManifestCases.All];

    [Fact]
    public void Every_rule_has_seeded_cases() =>
        Assert.Equal(CheckCatalog.All.Select(c => c.Rule.Code), Cases.Select(c => c.Code).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Precision_and_recall_of_every_rule_are_at_least_nine_tenths()
    {
        var poor = new List<string>();
        output.WriteLine("rule    precision  recall  wrong");
        foreach (var one in Cases.OrderBy(c => c.Code, StringComparer.Ordinal))
        {
            var missed = Wrong(one, one.Over, wanted: true);
            var false_ = Wrong(one, one.Under, wanted: false);
            var hits = Samples - missed.Count;
            var (precision, recall) = (hits + false_.Count == 0 ? 0 : (double)hits / (hits + false_.Count), (double)hits / Samples);
            var line = FormattableString.Invariant($"{one.Code}  {precision,9:0.00}  {recall,6:0.00}  {string.Join(", ", missed.Select(m => $"missed {m}").Concat(false_.Select(f => $"false {f}")))}");
            output.WriteLine(line);
            if (precision < 0.9 || recall < 0.9)
            {
                poor.Add(line);
            }
        }

        Assert.Empty(poor);
    }

    /// <summary>What a case adds must not look like another mistake of the healthy part: it alone is what is judged.</summary>
    [Fact]
    public void The_healthy_part_breaks_no_rule()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var system = Make(seed);
            system.IsObserved = true;
            system.Request($"{system.Background[0]} GET /");
            Assert.Empty(CheckCatalog.Check(system.Subject(seed)).Where(f => f.Code != "CW7102").Select(f => f.ToString()));
        }
    }

    /// <summary>A rule that is told of something else in the same system would make every other one look precise.</summary>
    [Fact]
    public void The_same_seed_gives_the_same_findings()
    {
        foreach (var one in Cases)
        {
            Assert.Equal(Found(one.Over, 3), Found(one.Over, 3));
        }

        static string[] Found(Action<Sys, int> add, int n)
        {
            var system = Make(n);
            add(system, n);
            return [.. CheckCatalog.Check(system.Subject(n)).Select(f => f.ToString())];
        }
    }

    private static List<int> Wrong(SeededCase one, Action<Sys, int> add, bool wanted)
    {
        var wrong = new List<int>();
        for (var n = 0; n < Samples; n++)
        {
            var system = Make(n + int.Parse(one.Code.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture));
            add(system, n);
            if (CheckCatalog.Check(system.Subject(n)).Any(f => f.Code == one.Code) != wanted)
            {
                wrong.Add(n);
            }
        }

        return wrong;
    }

    private static Sys Make(int seed)
    {
        var random = new Random(seed);
        return new Sys(random, random.Next(4, 12));
    }
}
