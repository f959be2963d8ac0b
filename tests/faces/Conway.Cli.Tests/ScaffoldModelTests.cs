using Conway.Reader;
using Conway.Scaffolding;

namespace Conway.Cli.Tests;

/// <summary>What is added to models that people wrote, in one file or many: only additions, and no byte elsewhere.</summary>
public sealed class ScaffoldModelTests
{
    private static readonly string Shop = Path.Combine(Repository.Root, "samples", "shop");

    private static readonly IReadOnlyDictionary<string, string> ShopFiles =
        Directory.GetFiles(Shop, "*.yaml").Concat(Directory.GetFiles(Path.Combine(Shop, "services"), "*.yaml")).ToDictionary(file => Path.GetRelativePath(Shop, file), File.ReadAllText);

    public static TheoryData<string> Commands =>
    [
        "service gifts ordering", "service gifts", "service parcels fulfilment", "node gifts billing", "call storefront catalog", "call payments shipping", "call basket inventory",
        "event orders OrderPlaced shipping,inventory", "event payments PaymentTaken", "store catalog catalog-cache", "store storefront pages", "route /api/gifts orders", "saga buy orders",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_added_to_the_shop_leaves_every_other_byte_as_it_was(string command)
    {
        foreach (var newLine in new[] { "\n", "\r\n" })
        {
            var files = ShopFiles.ToDictionary(file => file.Key, file => file.Value.ReplaceLineEndings(newLine));
            var tree = new MemoryFileTree(files);
            var plan = Plan(command, ModelReader.Read(tree, "conway.yaml", new ReadOptions()));
            var changes = ScaffoldChanges.Of(plan with { Files = [], Edits = [] }, tree, "conway.yaml", out var problem);
            Assert.True(changes is not null, problem);
            Assert.NotEmpty(changes.Texts);
            foreach (var (file, text) in changes.Texts)
            {
                Assert.True(IsWithin(files[file], text), $"{file} lost something:\n{text}");
                Assert.Equal(newLine == "\r\n", !text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal));
            }

            Assert.DoesNotContain(ModelReader.Read(changes.Tree, "conway.yaml", new ReadOptions()).Findings, f => f.Severity == Conway.Findings.Severity.Error && !f.Message.Contains("src/", StringComparison.Ordinal));
            // The same once more changes nothing.
            var again = ScaffoldChanges.Of(Plan(command, ModelReader.Read(changes.Tree, "conway.yaml", new ReadOptions())) with { Files = [], Edits = [] }, changes.Tree, "conway.yaml", out _);
            Assert.Empty(again!.Texts);
        }
    }

    [Theory]
    [InlineData("service gifts ordering", "services/checkout.yaml")]
    [InlineData("service gifts fulfilment", "services/logistics.yaml")]
    [InlineData("service gifts assortment", "services/assortment.yaml")]
    [InlineData("call basket payments", "services/checkout.yaml")]
    [InlineData("route /api/gifts orders", "conway.yaml")]
    public void Of_several_files_the_one_that_speaks_of_its_like_is_changed(string command, string file)
    {
        var tree = new MemoryFileTree(ShopFiles);
        var plan = Plan(command, ModelReader.Read(tree, "conway.yaml", new ReadOptions()));
        Assert.Equal([file], ScaffoldChanges.Of(plan with { Files = [], Edits = [] }, tree, "conway.yaml", out _)!.Texts.Keys);
    }

    [Theory]
    [InlineData("conway: 1\nsystem: s\nservices: { a: { command: x }, b: { command: y } }")]
    [InlineData("conway: 1\nsystem: s\nservices:\n      a:\n            command: x # why\n      b: { command: y }   # last\n# the end")]
    [InlineData("\uFEFFconway: 1\r\nsystem: s\r\nservices:\r\n  a: {command: x,}\r\n  b:\r\n    command: y\r\n\r\n\r\n# after\r\n")]
    [InlineData("{ conway: 1, system: s, services: { a: { command: x }, b: { command: y } } }\n")]
    [InlineData("---\nconway: 1\nsystem: s\nservices:\n  a:\n    command: |\n      x\n      y\n\n  b: { command: y, calls: [] }\ngateway: { routes: [ { path: /a, to: a } ] }\n...\n")]
    public void However_a_model_is_written_it_is_added_to_or_told(string text)
    {
        foreach (var command in new[] { "call a b", "store a a-db", "event a Happened b", "route /b b", "saga flow a", "node gifts" })
        {
            var tree = new MemoryFileTree([KeyValuePair.Create("conway.yaml", text)]);
            var changes = ScaffoldChanges.Of(Plan(command, ModelReader.Read(tree, "conway.yaml", new ReadOptions())) with { Files = [], Edits = [] }, tree, "conway.yaml", out var problem);
            if (changes is null)
            {
                Assert.Contains("Nothing was written. By hand it would be, at ", problem, StringComparison.Ordinal);
                continue;
            }

            Assert.True(IsWithin(text, changes.Texts["conway.yaml"]), changes.Texts["conway.yaml"]);
        }
    }

    private static ScaffoldPlan Plan(string command, ReadResult read)
    {
        var words = command.Split(' ');
        var facts = new ScaffoldFacts(read.Model) { LibraryVersion = "1.0.0" };
        var plan = words[0] switch
        {
            "service" => Scaffolder.Service(facts, words[1], isNode: false, words.ElementAtOrDefault(2), null),
            "node" => Scaffolder.Service(facts, words[1], isNode: true, words.ElementAtOrDefault(2), null),
            "call" => Scaffolder.Call(facts, words[1], words[2], null, null),
            "event" => Scaffolder.Event(facts, words[1], words[2], words.ElementAtOrDefault(3)?.Split(',') ?? []),
            "store" => Scaffolder.Store(facts, words[1], words[2], "sqlite"),
            "route" => Scaffolder.RouteTo(facts, words[1], words[2]),
            _ => Scaffolder.Saga(facts, words[1], words[2], [($"{words[2]}.begin", $"{words[2]}.end")]),
        };
        Assert.True(plan.Problem is null, plan.Problem);
        return plan;
    }

    /// <summary>Whether the new text is the old one with something put in.</summary>
    private static bool IsWithin(string old, string made)
    {
        var at = 0;
        foreach (var c in made)
        {
            at += at < old.Length && old[at] == c ? 1 : 0;
        }

        return at == old.Length;
    }
}
