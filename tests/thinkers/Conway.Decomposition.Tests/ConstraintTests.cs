using System.Text.RegularExpressions;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Tests;

public sealed partial class ConstraintTests
{
    private static readonly UnitTable Units = UnitTable.Of(Some.Code(
    [
        "Shop.Order", "Shop.OrderLine", "Shop.OrderLine.Discount", "Shop.Customer", "Shop.CreditCheck", "Shop.Payment", "Shop.Shipment", "Shop.Common.Clock",
        "Shop.Common.Repository`1", "Shop.Billing.Order",
    ]));

    [Theory]
    [InlineData("Order", "Shop.Order Shop.Billing.Order")]
    [InlineData("Billing.Order", "Shop.Billing.Order")]
    [InlineData("Order*", "Shop.Order Shop.Billing.Order Shop.OrderLine")]
    [InlineData("Common.*", "Shop.Common.Clock Shop.Common.Repository`1")]
    [InlineData("Repository", "Shop.Common.Repository`1")]
    [InlineData("?lock", "Shop.Common.Clock")]
    [InlineData("C*c*", "Shop.Common.Clock Shop.CreditCheck")]
    [InlineData("order", "")]
    [InlineData("Sho.Order", "")]
    [InlineData("A.Shop.Order", "")]
    public void A_name_is_compared_with_the_last_parts_of_full_names(string pattern, string fits) =>
        Assert.Equal(
            fits.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            Units.All.Where(u => new TypePattern(pattern).Fits(u.FullName)).Select(u => u.FullName).Order());

    [Fact]
    public void A_pattern_of_many_stars_is_answered_at_once() =>
        Assert.False(new TypePattern(string.Concat(Enumerable.Repeat("*a", 200))).Fits(new string('a', 5_000) + "b"));

    [Fact]
    public void A_file_is_written_as_it_was_read()
    {
        foreach (var text in new[] { "", "\n", "# only\n", "together A B # why\n\n  nonsense here\npin A -> b", "a\r\nservices 3\r\n\r\n", "\tsize 3..\n" })
        {
            Assert.Equal(text, ConstraintFile.Parse(text, "c").ToString());
        }
    }

    [Fact]
    public void Every_kind_of_line_is_read()
    {
        var file = ConstraintFile.Parse(
            """
            # comment
            together Order  OrderLine # why
            apart Customer Credit*
            pin Order Billing.* -> sales
            services 4..8
            size ..80
            technical Clock
            team checkout: Order Payment
            """, "c");
        Assert.Empty(file.Findings);
        Assert.Equal(
            ["together Order OrderLine", "apart Customer Credit*", "pin Order Billing.* -> sales", "services 4..8", "size ..80", "technical Clock", "team checkout: Order Payment"],
            file.Lines.Select(l => l.Constraint?.Text).OfType<string>());
    }

    [Theory]
    [InlineData("keep A B", "c:1:1 CW1701 'keep' is none of the words that a line of constraints begins with.")]
    [InlineData("  togeter A B", "c:1:3 CW1701 'togeter' is none of the words that a line of constraints begins with.")]
    [InlineData("together A", "c:1:1 CW1702 'together' names one type, and it needs two.")]
    [InlineData("technical", "c:1:1 CW1702 'technical' names no type, and it needs one.")]
    [InlineData("pin A b", "c:1:1 CW1702 A pin names types, then '->', then one service.")]
    [InlineData("pin A -> B", "c:1:1 CW1702 'B' cannot be the name of a service: small letters, digits and '-', at most 63, a letter first.")]
    [InlineData("services", "c:1:1 CW1702 'services' has no number.")]
    [InlineData("services 8..4", "c:1:1 CW1702 '8..4' is not a number from 1, nor two with '..' between, the lesser first.")]
    [InlineData("size 0..3", "c:1:1 CW1702 '0..3' is not a number from 1, nor two with '..' between, the lesser first.")]
    [InlineData("size ..", "c:1:1 CW1702 '..' is not a number from 1, nor two with '..' between, the lesser first.")]
    [InlineData("services 99999999999", "c:1:1 CW1702 '99999999999' is not a number from 1, nor two with '..' between, the lesser first.")]
    [InlineData("team checkout A", "c:1:1 CW1702 A team has a name, then ':', then the types it owns.")]
    [InlineData("apart A B;C", "c:1:1 CW1702 'B;C' cannot be the name of a type.")]
    public void What_is_wrong_with_a_line_is_told_with_its_place(string line, string finding)
    {
        var file = ConstraintFile.Parse(line, "c");
        Assert.Equal(finding, Assert.Single(file.Findings).ToString());
        Assert.Null(Assert.Single(file.Lines).Constraint);
    }

    [Fact]
    public void A_near_word_is_proposed() => Assert.Equal("Write 'together'.", ConstraintFile.Parse("togeter A B", "c").Findings[0].Mend);

    [Fact]
    public void Lines_are_added_at_the_end_and_removed_without_their_neighbours()
    {
        var file = ConstraintFile.Parse("# top\npin A -> b # mine\n\nodd line\n", "c");
        var more = file.With(new Technical([new TypePattern("Clock")]));
        Assert.Equal("# top\npin A -> b # mine\n\nodd line\ntechnical Clock\n", more.ToString());
        Assert.Equal("# top\n\nodd line\ntechnical Clock\n", more.Without(file.Lines[1].Constraint!).ToString());
    }

    [Fact]
    public void A_name_that_nothing_has_is_told_where_it_stands()
    {
        BoundConstraints.Of(ConstraintFile.Parse("together Order OrderLin", "c"), Units, "c", out var findings);
        var finding = Assert.Single(findings);
        Assert.Equal("c:1:16 CW1703 No type and no table is called 'OrderLin'.", finding.ToString());
        Assert.Equal("Write 'OrderLine', if that was meant.", finding.Mend);
    }

    [Theory]
    [InlineData("together Shop.Order OrderLine; together OrderLine Payment; apart Shop.Order Payment; services 3", "1 2 3")]
    [InlineData("pin Shop.Order -> sales; pin OrderLine -> shipping; together Shop.Order OrderLine; technical Clock", "1 2 3")]
    [InlineData("services ..2; apart Shop.Order Payment Shipment", "1 2")]
    [InlineData("pin Shop.Order -> a; pin Payment -> b; pin Shipment -> c; services 2", "1 2 3 4")]
    [InlineData("pin Payment -> payments; pin Payment -> money", "1 2")]
    [InlineData("technical Payment; pin Payment -> payments", "1 2")]
    [InlineData("size ..2; together Shop.Order OrderLine Payment", "1 2")]
    [InlineData("services 20", "1")]
    [InlineData("services ..3; size ..2", "1 2")]
    [InlineData("apart Shop.Order Payment; apart Payment Shipment; apart Shipment Customer; apart Customer CreditCheck; apart CreditCheck Shop.Order; services ..2", "1 2 3 4 5 6")]
    public void The_fewest_lines_that_contradict_each_other_are_named(string lines, string named)
    {
        var constraints = Bind(lines);
        var smallest = Contradiction.Smallest(constraints, Units.Count);
        Assert.Equal(named, string.Join(' ', smallest.Select(c => c.Line)));

        // Without any one of them the rest holds.
        Assert.All(smallest, one => Assert.NotNull(ConstraintGroups.TryOf(smallest.Remove(one), Units.Count)));
    }

    [Theory]
    [InlineData("together Shop.Order OrderLine; apart Shop.Order Payment; pin Payment -> payments; services 2..4; technical Common.*")]
    [InlineData("apart Shop.Order Payment; apart Payment Shipment; apart Shipment Customer; apart Customer Shop.Order; services 2")]
    [InlineData("apart Order* Order")]
    public void What_can_hold_is_not_called_a_contradiction(string lines) => Assert.Empty(Contradiction.Smallest(Bind(lines), Units.Count));

    [Fact]
    public void Groups_say_who_moves_together_and_who_never_meets()
    {
        var groups = ConstraintGroups.TryOf(Bind("together Shop.Order OrderLine; pin Customer Payment -> money; pin Shipment -> goods; apart Shop.Order CreditCheck").All, Units.Count)!;
        Assert.Equal(groups.Of(Id("Order")), groups.Of(Id("OrderLine")));
        Assert.Equal(groups.Of(Id("Customer")), groups.Of(Id("Payment")));
        Assert.False(groups.MayMeet(groups.Of(Id("CreditCheck")), groups.Of(Id("OrderLine"))));
        Assert.False(groups.MayMeet(groups.Of(Id("Payment")), groups.Of(Id("Shipment"))));
        Assert.True(groups.MayMeet(groups.Of(Id("Payment")), groups.Of(Id("OrderLine"))));
        Assert.Equal(["goods", "money"], groups.Pins.Values.Order());
    }

    [Fact]
    public void Lines_in_another_order_make_the_same_groups()
    {
        string[] lines = ["together Shop.Order OrderLine", "together OrderLine Payment", "pin Payment -> money", "together Shipment Customer"];
        var one = ConstraintGroups.TryOf(Bind(string.Join("; ", lines)).All, Units.Count)!;
        var other = ConstraintGroups.TryOf(Bind(string.Join("; ", lines.Reverse())).All, Units.Count)!;
        Assert.Equal(Enumerable.Range(0, Units.Count).Select(one.Of), Enumerable.Range(0, Units.Count).Select(other.Of));
    }

    [Fact]
    public void The_examples_of_the_page_are_read_and_told_as_it_says()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs/reference/constraints.md"));
        var examples = Example().Matches(page);
        Assert.Equal(3, examples.Count);
        foreach (Match example in examples)
        {
            var file = ConstraintFile.Parse(example.Groups["lines"].Value, "c");
            Assert.Empty(file.Findings);
            if (example.Groups["finding"] is { Success: true } finding)
            {
                var constraints = BoundConstraints.Of(file, Units, "c", out _);
                Assert.Equal(finding.Value, Contradiction.Find(constraints, Units.Count, "c") is { } told ? $"{told.Code} {told.Message}" : "");
            }
        }
    }

    private static BoundConstraints Bind(string lines)
    {
        var file = ConstraintFile.Parse(lines.Replace("; ", "\n", StringComparison.Ordinal), "c");
        Assert.Empty(file.Findings);
        var bound = BoundConstraints.Of(file, Units, "c", out var findings);
        Assert.Empty(findings);
        return bound;
    }

    private static int Id(string name) => Units.All.First(u => u.FullName == "Shop." + name).Id;

    [GeneratedRegex("^```constraints\n(?<lines>.*?)^```$(?:\n^```finding\n(?<finding>[^\n]*)\n```$)?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();
}
