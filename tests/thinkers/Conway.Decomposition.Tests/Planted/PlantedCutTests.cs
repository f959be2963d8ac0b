using Conway.Decomposition.Bench;
using Conway.Planted;

namespace Conway.Decomposition.Tests.Planted;

/// <summary>How near cuts are to modules that were planted. The floors are what was measured, with slack; what they guard is that no change loses much unseen.</summary>
public sealed class PlantedCutTests
{
    private static readonly ulong[] Seeds = [1, 2, 3];

    [Theory]
    [InlineData(0, 0.93, 0.85)]
    [InlineData(15, 0.83, 0.7)]
    public void Modules_that_seldom_refer_to_each_other_are_found(int percent, double meanAri, double worstAri)
    {
        var scores = Systems(percent).Select(s => s.ScoreOf(s.Proposal)).ToArray();

        Assert.True(scores.Average(s => s.Ari) >= meanAri && scores.Min(s => s.Ari) >= worstAri && scores.Min(s => s.MoJoFm) >= 80, Say(scores));
        Assert.All(scores, s => Assert.Equal(1, s.Coverage));
    }

    [Fact]
    public void The_default_cut_is_nearer_than_the_plain_method_on_average()
    {
        var systems = new[] { 0, 15 }.SelectMany(Systems).ToArray();
        var (ours, plain) = (Score.Mean([.. systems.Select(s => s.ScoreOf(s.Proposal))]), Score.Mean([.. systems.Select(s => s.ScoreOfLouvain())]));

        Assert.True(ours.Ari >= plain.Ari + 0.02 && ours.MoJoFm >= plain.MoJoFm + 0.5, Say([ours, plain]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void The_nearest_alternative_is_nearer_than_the_plain_method_or_nearly_as_near(int percent)
    {
        var (nearest, plain) = (new List<double>(), new List<double>());
        foreach (var system in Systems(percent))
        {
            nearest.Add(Nearest(system).Ari);
            plain.Add(system.ScoreOfLouvain().Ari);
        }

        Assert.True(nearest.Average() >= plain.Average() + 0.02, $"{nearest.Average():F3} {plain.Average():F3}");
        Assert.All(nearest.Zip(plain), pair => Assert.True(pair.First >= pair.Second - 0.1, $"{pair.First:F3} {pair.Second:F3}"));
    }

    [Fact]
    public void A_thousand_types_in_twenty_modules_are_cut_too()
    {
        var system = PlantedCode.Of(new PlantedSettings { Modules = 20, TypesPerModule = 53, CrossReferences = 10, Methods = 1, Commits = 0 });

        Assert.InRange(system.Code.Types.Length, 1000, 1400);
        Assert.True(Nearest(system).Ari >= 0.9 && system.ScoreOf(system.Proposal).Ari >= 0.85, $"{Nearest(system)}\n{system.ScoreOf(system.Proposal)}");
    }

    private static Score Nearest(PlantedCode system)
    {
        var truth = system.Truth(system.Proposal.Units);
        return system.Proposal.Alternatives.Select(a => Score.Of(a.Cut, truth)).MaxBy(s => s.Ari);
    }

    private static IEnumerable<PlantedCode> Systems(int percent) => Seeds.Select(seed => PlantedCode.Of(new PlantedSettings { Seed = seed, CrossReferences = percent, Commits = 0 }));

    private static string Say(IEnumerable<Score> scores) => string.Join('\n', scores);
}
