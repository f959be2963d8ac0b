using System.Globalization;
using Conway.CodeFacts;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Pricing;
using Conway.Decomposition.Proposals;
using Conway.GitFacts;

namespace Conway.Decomposition.Tests;

public sealed class ProposalTests
{
    private static readonly string[] Themes = ["Order", "Stock", "Customer", "Invoice"];

    [Fact]
    public void Modules_that_use_themselves_are_services()
    {
        var proposal = Propose();
        var cut = proposal.Find("medium")!;
        Assert.Equal("medium", proposal.Recommended);
        Assert.Equal(4, cut.Services.Length);
        Assert.Equal(Themes.Select(t => t.ToLowerInvariant()).Order(), cut.Services.Select(s => s.Name).Order());
        foreach (var unit in proposal.Units.All)
        {
            Assert.Equal(Theme(unit.Name), cut.Services[cut.Cut[unit.Id]].Name);
        }
    }

    [Fact]
    public void The_same_facts_give_the_same_proposal() => Assert.Equal(Text(Propose()), Text(Propose()));

    [Fact]
    public void Other_namespaces_change_nothing_when_they_are_hidden()
    {
        var options = new ProposalOptions { IsBlind = true };
        var (one, other) = (Propose(options, space: "Shop"), Propose(options, space: "Zebra.Layers"));
        Assert.Equal(Text(one), Text(other));
    }

    [Fact]
    public void Pulls_add_up_and_reasons_say_where()
    {
        var proposal = Propose();
        var cut = proposal.Find("medium")!;
        for (var unit = 0; unit < proposal.Units.Count; unit++)
        {
            var placement = cut.Placements[unit];
            Assert.Equal(1, placement.Pulls.Sum(p => p.Share), 9);
            Assert.All(placement.Pulls, p => Assert.Equal(p.Share, p.Parts.Sum(x => x.Share), 9));
            Assert.Equal(cut.Cut[unit], placement.Pulls[0].Service);
            Assert.InRange(placement.Reasons.Length, 1, 3);
            Assert.All(placement.Reasons, r => Assert.Contains("call", r.Text, StringComparison.Ordinal));
            Assert.All(placement.Reasons, r => Assert.NotNull(r.Place));
        }
    }

    [Fact]
    public void A_pinned_type_goes_where_it_is_pinned_in_every_cut()
    {
        var proposal = Propose(constraints: "pin Order3 -> stock\npin Invoice1 -> billing\n");
        var (order, invoice) = (Unit(proposal, "Order3"), Unit(proposal, "Invoice1"));
        Assert.All(proposal.Alternatives.Where(a => a.Id != "monolith"), cut =>
        {
            Assert.Equal("stock", cut.Services[cut.Cut[order]].Name);
            Assert.Equal("billing", cut.Services[cut.Cut[invoice]].Name);
            Assert.Equal(1, cut.Placements[order].ConstraintLine);
            Assert.Equal(2, cut.Placements[invoice].ConstraintLine);
        });
        var medium = proposal.Find("medium")!;
        Assert.Equal(medium.Cut[Unit(proposal, "Stock1")], medium.Cut[order]);
        Assert.DoesNotContain(order, medium.Contested);
    }

    [Theory]
    [InlineData("together Order1 Stock1")]
    [InlineData("apart Order1 Order2 Order3")]
    [InlineData("services 2")]
    [InlineData("services 7..8")]
    [InlineData("services 3\napart Order1 Stock1 Customer1")]
    [InlineData("size 5..8")]
    [InlineData("size ..5")]
    [InlineData("size 10..")]
    [InlineData("technical Order0 Stock0")]
    [InlineData("apart Order1 Order2\ntogether Order2 Stock2\npin Stock2 -> depot\nservices 4\n")]
    public void Every_cut_honours_constraints(string constraints)
    {
        var proposal = Propose(constraints: constraints);
        Assert.Empty(proposal.Findings);
        var bound = BoundConstraints.Of(ConstraintFile.Parse(constraints, "c.txt"), proposal.Units, "c.txt", out _);
        var cuts = proposal.Alternatives.Where(a => a.Id != "monolith").ToArray();
        Assert.NotEmpty(cuts);
        foreach (var cut in cuts)
        {
            foreach (var line in bound.All)
            {
                Assert.True(Holds(line, cut.Cut), $"{cut.Id}: {line.Constraint.Text}: {cut.Cut}");
            }
        }
    }

    [Fact]
    public void Constraints_that_contradict_each_other_give_no_cut_and_name_the_fewest()
    {
        var proposal = Propose(constraints: "services 2..6\ntogether Order1 Stock1\npin Order1 -> a\npin Stock1 -> b\n");
        Assert.Empty(proposal.Alternatives);
        var finding = Assert.Single(proposal.Findings);
        Assert.Equal("CW1704", finding.Code);
        Assert.Equal("These constraints cannot all hold: line 2 `together Order1 Stock1`; line 3 `pin Order1 -> a`; line 4 `pin Stock1 -> b`.", finding.Message);
    }

    [Fact]
    public void What_cannot_be_met_is_told()
    {
        // Each service wants more types than there are for so many services, which only a search finds out.
        var proposal = Propose(constraints: $"size 9..10\ntogether {string.Join(' ', Enumerable.Range(0, 6).Select(i => $"Order{i}"))}\ntogether {string.Join(' ', Enumerable.Range(0, 6).Select(i => $"Stock{i}"))}\ntogether {string.Join(' ', Enumerable.Range(0, 6).Select(i => $"Customer{i}"))}\nservices 3\n");
        Assert.Contains(proposal.Findings, f => f.Code is "CW1705" or "CW1704");
    }

    [Fact]
    public void Without_data_and_teams_these_cuts_are_told_as_not_tried()
    {
        var proposal = Propose();
        Assert.Equal(["data-first: entities or tables; none was found", "team-first: 'team' lines of at least two teams in the constraints file"], proposal.NotTried.Select(n => $"{n.Id}: {n.Needs}"));
    }

    [Fact]
    public void Teams_come_first_when_they_are_known()
    {
        var proposal = Propose(constraints: "team a: Order* Stock*\nteam b: Customer* Invoice*\n");
        var cut = proposal.Find("team-first")!;
        Assert.Equal(2, cut.Services.Length);
        Assert.Equal(0, cut.Price.Team);
        Assert.Equal(cut.Cut[Unit(proposal, "Order1")], cut.Cut[Unit(proposal, "Stock1")]);
        Assert.NotEqual(cut.Cut[Unit(proposal, "Order1")], cut.Cut[Unit(proposal, "Invoice1")]);
    }

    [Fact]
    public void One_modular_monolith_is_always_among_the_alternatives_and_parts_nothing()
    {
        var cut = Propose().Find("monolith")!;
        Assert.Empty(cut.Costs);
        Assert.Single(cut.Services);
        Assert.Equal(0, cut.Total, 12);
    }

    [Fact]
    public void An_alternative_that_another_beats_in_everything_is_not_marked()
    {
        // Nothing is parted by anyone here: what is left is how well services hold together.
        var proposal = Propose();
        Assert.True(proposal.Find("medium")!.IsPareto);
        Assert.False(proposal.Find("monolith")!.IsPareto);
    }

    [Fact]
    public void A_move_is_priced_as_the_cut_that_it_leads_to()
    {
        var (code, options) = (Code("Shop"), new ProposalOptions());
        var bench = Workbench.Prepare(code, options, TestContext.Current.CancellationToken);
        var proposal = bench.Propose(TestContext.Current.CancellationToken);
        var cut = proposal.Find("medium")!;
        var (unit, other) = (Unit(proposal, "Order2"), cut.Cut[Unit(proposal, "Stock1")]);
        var price = bench.PriceOf(cut, unit, other);
        Assert.Equal(cut.Price, price.Before);
        Assert.True(price.TotalAfter > price.TotalBefore);

        var labels = cut.Placements.Select(p => p.Shared is null ? p.Service : Partition.None).ToArray();
        labels[unit] = other;
        var cutter = Cutter.Of(code, null, true, options.Links);
        var fresh = new PriceTable(new PriceIndex(CutSubject.Of(code, cutter.Units)), cutter.Own, 1, labels, cut.Services.Length + 1);
        Assert.Equal(fresh.Price, price.After);
        Assert.Equal(price, bench.PriceOf(cut, unit, other));
    }

    [Fact]
    public void What_is_held_together_is_priced_as_one_and_what_is_only_pinned_alone()
    {
        var code = Code("Shop");
        var bench = Workbench.Prepare(code, new ProposalOptions(), TestContext.Current.CancellationToken);
        var proposal = bench.Propose(ConstraintFile.Parse("together Order1 Order2\ntogether Order2 Order3\npin Stock1 Stock2 -> depot\n", "c"), "c", TestContext.Current.CancellationToken);
        var cut = proposal.Find("medium")!;
        var (orders, other) = (new[] { "Order1", "Order2", "Order3" }.Select(n => Unit(proposal, n)).ToArray(), cut.Cut[Unit(proposal, "Stock1")]);
        Assert.Equal(Fresh(orders, other), bench.PriceOf(cut, orders[1], other).After);
        Assert.NotEqual(Fresh([orders[1]], other), Fresh(orders, other));
        Assert.All(orders, u => Assert.Equal(bench.PriceOf(cut, orders[0], other), bench.PriceOf(cut, u, other)));

        var stock = Unit(proposal, "Stock2");
        Assert.Equal(Fresh([stock], cut.Cut[orders[0]]), bench.PriceOf(cut, stock, cut.Cut[orders[0]]).After);

        Price Fresh(int[] moved, int service)
        {
            var labels = cut.Placements.Select(p => p.Shared is null ? p.Service : Partition.None).ToArray();
            foreach (var unit in moved)
            {
                labels[unit] = service;
            }

            var cutter = Cutter.Of(code, null, true, new ProposalOptions().Links);
            return new PriceTable(new PriceIndex(CutSubject.Of(code, cutter.Units)), cutter.Own, 1, labels, cut.Services.Length + 1).Price;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void History_is_used_only_when_it_agrees_with_the_code(bool agrees)
    {
        var code = Code("Shop");
        var files = code.Files.Select(f => f.Path).Order(StringComparer.Ordinal).ToArray();
        GitHistory history = new()
        {
            Head = new string('a', 40),
            Files = [.. files.Select(f => new GitFile(f, 4, 4, DateTimeOffset.UnixEpoch))],
            CoChanges =
            [
                .. from a in Enumerable.Range(0, files.Length)
                   from b in Enumerable.Range(a + 1, files.Length - a - 1)
                   where agrees ? Theme(Path.GetFileNameWithoutExtension(files[a])) == Theme(Path.GetFileNameWithoutExtension(files[b])) : (a + b) % 7 == 0
                   select new CoChange(a, b, 1, CoChange.Unit),
            ],
        };
        var proposal = Workbench.Prepare(code, new ProposalOptions { History = history }, TestContext.Current.CancellationToken).Propose(TestContext.Current.CancellationToken);
        var view = Assert.Single(proposal.Views);
        Assert.Equal(agrees, view.IsUsed);
        Assert.Equal(4, proposal.Find("medium")!.Services.Length);
        Assert.Equal(agrees, proposal.Find("medium")!.Placements.Any(p => p.Pulls.Any(q => q.Parts.Any(x => x.Kind == EvidenceKind.History))));
    }

    [Fact]
    public void Nothing_to_cut_gives_no_alternative()
    {
        var proposal = Workbench.Prepare(new Codebase { Name = "empty" }, new ProposalOptions(), TestContext.Current.CancellationToken).Propose(TestContext.Current.CancellationToken);
        Assert.Empty(proposal.Alternatives);
        Assert.Equal("", proposal.Recommended);
    }

    [Fact]
    public void It_ends_when_it_is_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => Workbench.Prepare(Code("Shop"), new ProposalOptions(), new CancellationToken(canceled: true)));

    private static bool Holds(BoundConstraint line, Partition cut) => line.Constraint switch
    {
        Together => line.Units.Select(u => cut[u]).Distinct().Count() == 1,
        Pin => line.Units.Select(u => cut[u]).Distinct().Count() == 1,
        Apart => line.Groups.Select(g => g.Select(u => cut[u]).ToHashSet()).ToArray() is var sets && sets.Sum(s => s.Count) == sets.SelectMany(s => s).Distinct().Count(),
        Technical => line.Units.All(u => cut[u] == Partition.None),
        ServiceCount count => count.Bounds.Holds(cut.Count),
        ServiceSize size => cut.Sizes.ToArray().All(size.Bounds.Holds),
        _ => true,
    };

    private static Proposal Propose(ProposalOptions? options = null, string space = "Shop", string constraints = "") =>
        Workbench.Prepare(Code(space), (options ?? new ProposalOptions()) with { Constraints = ConstraintFile.Parse(constraints, "constraints.txt") }, TestContext.Current.CancellationToken)
            .Propose(TestContext.Current.CancellationToken);

    /// <summary>Four themes of ten types, each using four of its own; two uses from each theme to the next.</summary>
    private static Codebase Code(string space)
    {
        var types = Themes.SelectMany(t => Enumerable.Range(0, 10).Select(i => $"{space}.{t}{i}"));
        var inside = Themes.SelectMany(t => Enumerable.Range(0, 10).Select(i => $"{t}{i} -> {t}{(i + 1) % 10} {t}{(i + 2) % 10} {t}{(i + 3) % 10} {t}{(i + 4) % 10}"));
        var across = Themes.Select((t, i) => $"{t}0 -> {Themes[(i + 1) % Themes.Length]}5");
        return Some.Code(types, [.. inside, .. across]);
    }

    private static string Theme(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').ToLowerInvariant();

    private static int Unit(Proposal proposal, string name) => proposal.Units.All.Single(u => u.Name == name).Id;

    private static string Text(Proposal proposal) => string.Join('\n', proposal.Alternatives.Select(a => string.Create(
        CultureInfo.InvariantCulture,
        $"{a.Id} {a.Total:R} {a.Cut} {string.Join(' ', a.Services.Select(s => s.Name))} {string.Join(' ', a.Sheet.Select(l => l.Value))} {string.Join(' ', a.Costs.Select(c => $"{c.Kind} {c.What} {c.Count}"))} {string.Join(' ', a.Placements.Select(p => $"{p.Service} {p.Margin:R} {string.Join(',', p.Reasons.Select(r => r.Text))}"))}")));
}
