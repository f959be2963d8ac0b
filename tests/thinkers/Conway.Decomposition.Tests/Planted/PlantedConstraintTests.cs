using Conway.Decomposition.Constraining;
using Conway.Decomposition.Proposals;
using Conway.Planted;

namespace Conway.Decomposition.Tests.Planted;

/// <summary>Wishes that go against what was planted are honoured in every alternative.</summary>
public sealed class PlantedConstraintTests
{
    private static readonly PlantedSettings Settings = new() { CrossReferences = 10, Modules = 6, Methods = 2, Commits = 0 };

    // One bench for all: to cut again after an edit is what it is for.
    private static readonly Lazy<Workbench> Bench = new(() => Workbench.Prepare(PlantedCode.Of(Settings).Code, new ProposalOptions { IsBlind = true }, CancellationToken.None));
    private static readonly Lock Turn = new();

    [Fact]
    public void Types_of_two_modules_come_together()
    {
        var proposal = Propose("together Article Parcel Tariff");

        Assert.All(proposal.Alternatives, a => Assert.Single(new[] { "Article", "Parcel", "Tariff" }.Select(n => ServiceOf(proposal, a, n)).Distinct()));
    }

    [Fact]
    public void Types_of_one_module_are_kept_apart()
    {
        var proposal = Propose("apart Article ArticleRepository ArticleController");

        Assert.True(proposal.Alternatives.Length > 1);
        Assert.All(proposal.Alternatives, a => Assert.Equal(3, new[] { "Article", "ArticleRepository", "ArticleController" }.Select(n => ServiceOf(proposal, a, n)).Distinct().Count()));
    }

    [Fact]
    public void Pinned_types_are_in_the_service_of_that_name()
    {
        var proposal = Propose("pin Article* -> shelf\npin Tariff -> shelf\npin Shelf -> storage");

        Assert.All(proposal.Alternatives.Where(a => a.Id != "monolith"), a =>
        {
            Assert.Equal(["shelf", "shelf", "shelf", "storage"], new[] { "Article", "ArticleController", "Tariff", "Shelf" }.Select(n => a.Services[ServiceOf(proposal, a, n)].Name));
            Assert.Equal(a.Services.Length, a.Services.Select(s => s.Name).Distinct().Count());
        });
        Assert.Contains(proposal.Alternatives, a => a.Id != "monolith");
    }

    [Theory]
    [InlineData("services 2", 2, 2)]
    [InlineData("services 9", 9, 9)]
    [InlineData("services 4..5", 4, 5)]
    [InlineData("services 12..", 12, int.MaxValue)]
    public void There_are_as_many_services_as_were_asked_for(string line, int least, int most)
    {
        var proposal = Propose(line);

        Assert.NotEmpty(proposal.Alternatives);
        Assert.All(proposal.Alternatives, a => Assert.InRange(a.Services.Length, least, most));
    }

    [Fact]
    public void Technical_types_belong_to_no_service()
    {
        var proposal = Propose("technical Article Tariff*");
        var units = proposal.Units.All.Where(u => u.Name == "Article" || u.Name.StartsWith("Tariff", StringComparison.Ordinal)).Select(u => u.Id).ToArray();

        Assert.True(units.Length > 3);
        Assert.All(proposal.Alternatives, a => Assert.All(units, u => Assert.DoesNotContain(a.Services, s => s.Units.Contains(u))));
        Assert.All(proposal.Alternatives, a => Assert.All(units, u => Assert.Equal(Partition.None, a.Cut[u])));
    }

    [Fact]
    public void All_kinds_of_wishes_hold_at_once()
    {
        var proposal = Propose("together Article Parcel\napart Article Tariff Shelf\npin Tariff -> prices\nservices 5..7\ntechnical Order\n");

        Assert.Empty(proposal.Findings);
        Assert.All(proposal.Alternatives, a =>
        {
            Assert.InRange(a.Services.Length, 5, 7);
            Assert.Equal(ServiceOf(proposal, a, "Article"), ServiceOf(proposal, a, "Parcel"));
            Assert.Equal(3, new[] { "Article", "Tariff", "Shelf" }.Select(n => ServiceOf(proposal, a, n)).Distinct().Count());
            Assert.Equal("prices", a.Services[ServiceOf(proposal, a, "Tariff")].Name);
            Assert.Equal(Partition.None, ServiceOf(proposal, a, "Order"));
        });
    }

    [Fact]
    public void Wishes_that_contradict_each_other_are_named_and_nothing_is_proposed()
    {
        var proposal = Propose("services 3..9\ntogether Article Parcel\npin Article -> a\npin Parcel -> b\n");

        Assert.Empty(proposal.Alternatives);
        Assert.Equal(
            "These constraints cannot all hold: line 2 `together Article Parcel`; line 3 `pin Article -> a`; line 4 `pin Parcel -> b`.",
            Assert.Single(proposal.Findings).Message);
    }

    private static Proposal Propose(string constraints)
    {
        lock (Turn)
        {
            return Bench.Value.Propose(ConstraintFile.Parse(constraints, "constraints.txt"), "constraints.txt", CancellationToken.None);
        }
    }

    private static int ServiceOf(Proposal proposal, Alternative alternative, string name) => alternative.Cut[proposal.Units.All.Single(u => u.Name == name).Id];
}
