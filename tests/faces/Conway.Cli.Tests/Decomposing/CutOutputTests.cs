using System.Text.Json;
using Conway.CodeFacts;
using Conway.Decomposition.Constraining;

namespace Conway.Cli.Tests.Decomposing;

public sealed class CutOutputTests
{
    [Fact]
    public void A_table_is_owned_where_most_of_its_writing_use_cases_begin()
    {
        var constraints = ConstraintFile.Parse("pin Order* -> orders\npin Review* -> reviews\npin ProductLine ProductsController ProductService ProductRepository -> catalogue\npin Product -> orders\n", "c");
        var cut = SmallShop.Propose(new() { Constraints = constraints }).Find("medium")!;
        var code = SmallShop.Read(SmallShop.Files);
        string Say(int table) => cut.Owners.Where(o => code.Tables[o.Table].Name == code.Tables[table].Name).Select(o => $"{cut.Services[o.Service].Name} {cut.Services[o.Owner].Name} {o.Writing} {o.Elsewhere}").Single();
        int Table(string name) => code.Tables.Single(t => t.Name == name).Id;

        // Two requests of the catalogue write products, and one each of orders and reviews.
        Assert.Equal("orders catalogue 4 3", Say(Table("Products")));
        Assert.Equal("orders orders 2 0", Say(Table("Orders")));
        Assert.Equal("reviews reviews 2 0", Say(Table("Reviews")));
    }

    [Fact]
    public void Every_type_is_listed_with_its_file_line_role_service_and_margin()
    {
        var proposal = SmallShop.Propose(new() { IsBlind = true });
        using var document = JsonDocument.Parse(DecomposeDocumentTests.Json(proposal));
        var units = document.RootElement.GetProperty("units").EnumerateArray().ToDictionary(u => u.GetProperty("fullName").GetString()!);
        Assert.All(proposal.Code.Types.Where(t => t.Outer == Codebase.None), type =>
        {
            var unit = units[type.FullName];
            Assert.Equal((proposal.Code.Files[type.Place.File].Path, type.Place.Line), (unit.GetProperty("file").GetString(), unit.GetProperty("line").GetInt32()));
            Assert.NotEmpty(unit.GetProperty("role").GetString()!);
            Assert.Equal(unit.GetProperty("service").ValueKind == JsonValueKind.Null, unit.GetProperty("margin").ValueKind == JsonValueKind.Null);
        });
        Assert.Equal(
            units["Shop.OrderService"].GetProperty("service").GetString(),
            units["Shop.OrderRepository"].GetProperty("service").GetString());
    }

    [Fact]
    public void Every_cut_says_of_every_unit_where_it_is()
    {
        var proposal = SmallShop.Propose();
        using var document = JsonDocument.Parse(DecomposeDocumentTests.Json(proposal));
        Assert.Equal(proposal.Alternatives.Select(a => a.Id), document.RootElement.GetProperty("alternatives").EnumerateArray().Select(a => a.GetProperty("id").GetString()!));
        Assert.All(document.RootElement.GetProperty("alternatives").EnumerateArray(), a => Assert.Equal(proposal.Units.Count, a.GetProperty("assigned").GetArrayLength()));
    }

    [Fact]
    public void The_parts_of_a_price_times_their_weights_are_the_total()
    {
        var proposal = SmallShop.Propose();
        Assert.All(proposal.Alternatives, a => Assert.Equal(a.Total, CutWords.Parts(a.Price, proposal.Weights).Sum(p => p.Cost), 9));
    }

    [Fact]
    public void The_same_source_gives_the_same_bytes() =>
        Assert.Equal(DecomposeDocumentTests.Json(SmallShop.Propose()), DecomposeDocumentTests.Json(SmallShop.Propose()));

    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    public void A_terminal_is_never_too_narrow(int columns)
    {
        var proposal = SmallShop.Propose();
        using var output = new StringWriter();
        using var terminal = new Terminal { Output = output, Error = TextWriter.Null, CurrentFolder = "/", Width = () => columns };
        CutReport.Write(proposal, proposal.Find(proposal.Recommended)!, [], terminal);
        Assert.DoesNotContain(output.ToString().Split('\n'), l => TextColumns.Of(l) > Math.Max(columns, 80) || (columns == 80 && TextColumns.Of(l) > 80));
        Assert.Contains("Alternatives", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_that_is_little_is_not_nothing()
    {
        Assert.Equal(["0 %", "<1 %", "1 %", "100 %", "-5 %", "-"], new[] { 0, 0.001, 0.01, 1, -0.05, double.NaN }.Select(CutText.Percent));
        Assert.Equal(["0.00", "0.00", "1.50", "-"], new[] { 0, -0.001, 1.5, double.PositiveInfinity }.Select(CutText.Figure));
    }
}
