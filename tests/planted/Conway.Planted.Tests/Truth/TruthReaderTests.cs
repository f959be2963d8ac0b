using System.Text.RegularExpressions;
using Conway.Planted.Truth;

namespace Conway.Planted.Tests.Truth;

public sealed partial class TruthReaderTests
{
    private const string Small = """
        system: bookshop
        services:
          catalog: { purpose: Books., types: [Book, "Search*"] }
          orders: { purpose: Orders., types: [Order] }
        shared: [Money]
        technical: [Clock]
        contested:
          Wishlist: [catalog, orders]
          Sales: { services: [orders, catalog], why: Both. }
        """;

    [Fact]
    public void A_file_is_read_as_it_is_written()
    {
        var (truth, problems) = TruthReader.Read(Small);

        Assert.Empty(problems);
        Assert.Equal("bookshop", truth.System);
        Assert.Equal(["catalog: Books. Book Search*", "orders: Orders. Order"], truth.Services.Select(s => $"{s.Name}: {s.Purpose} {string.Join(' ', s.Types)}"));
        Assert.Equal(["Money", "Clock"], truth.Shared.Concat(truth.Technical).Select(t => t.Text));
        Assert.Equal(["Wishlist catalog orders ", "Sales orders catalog Both."], truth.Contested.Select(c => $"{c.Type} {string.Join(' ', c.Services)} {c.Why}"));
        Assert.Equal(8, truth.Contested[0].Type.Line);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var truth = TruthReader.Read(Small).Truth;
        var odd = truth with { System = "no", Shared = [new TypePattern("*Dto")], Contested = [new ContestedType(new TypePattern("A.B"), ["catalog", "orders"], "Says \"both\": #1\\\n")] };

        foreach (var written in new[] { truth, odd })
        {
            var (read, problems) = TruthReader.Read(TruthWriter.Write(written));

            Assert.Empty(problems);
            Assert.Equal(TruthWriter.Write(written), TruthWriter.Write(read));
            Assert.Equal((written.System, written.Contested[0].Why), (read.System, read.Contested[0].Why));
        }
    }

    [Theory]
    [InlineData("", "1: the file is empty. It begins with 'system: NAME'.")]
    [InlineData("services:\n  a: { purpose: P, types: [T] }", "1: the system has no name. Write 'system: NAME'.")]
    [InlineData("system: \"x", "1: this is not YAML: ")]
    [InlineData("- a", "1: a truth file is a list of 'key: value'.")]
    [InlineData("system: s\nsystem: t", "2: 'system' stands here twice.")]
    [InlineData("system: s\nservice: {}", "2: 'service' means nothing here. Known are: system, services, shared, technical, contested.")]
    [InlineData("system: s\nservices: [a]", "2: 'services' is a list of 'key: value'.")]
    [InlineData("system: s\nservices:\n  a: { types: [T] }", "3: 'a' has no purpose. Say in one line what it is for.")]
    [InlineData("system: s\nservices:\n  a: { purpose: P, types: [] }", "3: 'a' has no types. List what belongs to it under 'types'.")]
    [InlineData("system: s\nservices:\n  a: { purpose: P, types: T }", "3: 'types' of 'a' is a list: [A, B].")]
    [InlineData("system: s\nservices:\n  a: { purpose: P, types: [T, [U]] }", "3: 'types' of 'a' is a list of words.")]
    [InlineData("system: s\nservices:\n  a: { purpose: P, types: [\"T<int>\"] }", "3: 'T<int>' is not the name of a type. Write Order, Entities.Order, Order* or Outer.Nested.")]
    [InlineData("system: s\nservices:\n  a: { purpose: P, types: [A..B] }", "3: 'A..B' is not the name of a type. Write Order, Entities.Order, Order* or Outer.Nested.")]
    [InlineData("system: s\nservices:\n  a: { purpose: P, types: [T] }\ncontested:\n  U: [a]", "5: 'U' is contested by fewer than two services. List it under the one it belongs to.")]
    [InlineData("system: s\nservices:\n  a: { purpose: P, types: [T] }\ncontested:\n  U: [a, b]", "5: there is no service 'b'. The services are: a.")]
    [InlineData("system: s\ncontested:\n  U: { service: [a] }", "3: 'service' means nothing here. Known are: services, why.")]
    [InlineData("system: s\n? [a]\n: b", "2: a key is a word.")]
    [InlineData("system: s\n---\nsystem: t", "2: a second document begins. A truth file is one.")]
    [InlineData("system: &a s\nshared: *a", "2: 'shared' is a list: [A, B].")]
    public void What_is_wrong_is_told_with_its_line(string text, string said) =>
        Assert.StartsWith(said, TruthReader.Read(text).Problems[0], StringComparison.Ordinal);

    [Fact]
    public void Nesting_without_end_is_told_and_not_followed()
    {
        var problems = TruthReader.Read("system: s\nshared: " + new string('[', 100_000)).Problems;

        Assert.Equal(["1: lists are nested deeper than 32. A truth file needs three."], problems);
    }

    [Fact]
    public void Every_beginning_of_a_file_is_read_without_a_fault()
    {
        for (var length = 0; length < Small.Length; length++)
            TruthReader.Read(Small[..length]);
    }

    [Fact]
    public void The_examples_of_the_page_are_right()
    {
        var examples = Example().Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs/reference/truth-file.md")));

        Assert.NotEmpty(examples);
        Assert.All(examples, e => Assert.Empty(TruthReader.Read(e.Groups[1].Value).Problems));
    }

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();
}
