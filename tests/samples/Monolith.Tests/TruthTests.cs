using Conway.Planted.Truth;

namespace Monolith.Tests;

/// <summary>What the owner says about the sample is about the sample as it is.</summary>
public sealed class TruthTests
{
    private static readonly string[] Types =
        [.. typeof(Program).Assembly.GetTypes().Where(t => t.IsVisible).Select(t => t.FullName!.Split('`')[0])];

    private static readonly (TruthFile Truth, IReadOnlyList<string> Problems) Read = TruthReader.Read(File.ReadAllText(Path.Combine(RepositoryFolder.Root, "samples/monolith/truth.yaml")));

    [Fact]
    public void The_truth_is_well_formed() => Assert.Empty(Read.Problems);

    [Fact]
    public void Every_name_is_a_type_and_every_type_has_one_place()
    {
        var assignment = TruthAssignment.Of(Read.Truth, Types);

        Assert.Empty(assignment.Problems);
        Assert.Empty(assignment.Unlisted);
    }

    [Fact]
    public void The_sample_is_as_large_as_it_says() => Assert.InRange(Types.Count(t => !t.Contains('+')), 150, 250);

    [Fact]
    public void Namespaces_say_nothing_about_the_business()
    {
        var places = TruthAssignment.Of(Read.Truth, Types).Places;

        var ofOnePlace = from type in places
                         group type.Value.ToString() by type.Key[..Math.Max(0, type.Key.LastIndexOf('.'))] into sameNamespace
                         where sameNamespace.Count() > 4 && sameNamespace.Distinct().Count() == 1
                         select sameNamespace.Key;

        Assert.Empty(ofOnePlace);
        Assert.DoesNotContain(places.Keys, type => Read.Truth.Services.Any(s => type.Contains($".{s.Name}.", StringComparison.OrdinalIgnoreCase)));
    }
}
