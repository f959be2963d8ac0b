namespace Conway.Reader.Tests;

/// <summary>Each case of <c>testdata/edits.txt</c>: a text, edits, and the text that comes of them. Whatever is not edited stays as it is.</summary>
public sealed class ModelEditorTests
{
    public static TheoryData<string> Names => [.. Cases().Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public void An_edit_changes_only_what_it_was_asked_to(string name)
    {
        var edit = Cases().Single(c => c.Name == name);
        if (!Repository.Accepts)
        {
            Assert.Equal(edit.Expected, edit.Result());
        }
    }

    [Fact]
    public void Accepting_rewrites_what_is_expected()
    {
        if (Repository.Accepts)
        {
            var text = string.Join('\n', Cases().Select(c => $"### {c.Name}\n{c.Given}----\n{c.Result()}"));
            File.WriteAllText(Repository.Path("tests", "readers", "Conway.Reader.Tests", "testdata", "edits.txt"), text);
        }
    }

    [Fact]
    public void Carriage_returns_and_a_byte_order_mark_survive()
    {
        const string Before = "\uFEFFconway: 1\r\nsystem: shop\r\nservices:\r\n  a:\r\n    command: x # one\r\n";
        var outcome = ModelEditor.Set(Read.Tree(Before), "conway.yaml", "services.b", "command: y\nreplicas: 2");
        Assert.Equal(Before + "  b:\r\n    command: y\r\n    replicas: 2\r\n", outcome.Text);
    }

    [Fact]
    public void A_thing_is_changed_in_the_file_that_says_it()
    {
        var tree = Read.Tree("conway: 1\nsystem: s\ninclude: [a.yaml]\nservices: {}\n", ("a.yaml", "services:\n  a: { command: x }\n"));
        Assert.Equal(("a.yaml", "services:\n  a: { command: x, replicas: 2 }\n"), (ModelEditor.Set(tree, "conway.yaml", "services.a.replicas", "2") is var o ? o.File : null, o.Text));
        Assert.Equal("conway.yaml", ModelEditor.Set(tree, "conway.yaml", "services.b", "{ command: y }").File);
    }

    [Theory]
    [InlineData("services.a.tags", "[x", "The value cannot be read: ")]
    [InlineData("services..a", "1", "'services..a' is not a path; ")]
    [InlineData("services.a.command.x", "1", "'services.a.command' is text, so nothing can be written below it that way; edit it by hand.")]
    [InlineData("services.b.replicas", "2", "'b' is an alias of what is written elsewhere; edit it by hand.")]
    public void What_cannot_be_edited_is_said(string path, string yaml, string problem)
    {
        var outcome = ModelEditor.Set(Read.Tree("conway: 1\nsystem: s\nservices:\n  a: &a { command: x }\n  b: *a\n"), "conway.yaml", path, yaml);
        Assert.False(outcome.IsDone);
        Assert.StartsWith(problem, outcome.Problem);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_not_edited() =>
        Assert.Contains("cannot be edited before this is mended", ModelEditor.Set(Read.Tree("conway: 1\nsystem: \"s\n"), "conway.yaml", "database", "sqlite").Problem);

    [Fact]
    public void Seeded_edits_of_the_sample_hold_the_change_and_can_be_taken_back()
    {
        var text = File.ReadAllText(Repository.Path("samples", "shop", "conway.yaml"));
        var done = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var name = $"new-{random.Next(100)}";
            var path = new[] { "services", "teams", "capabilities", "contexts", "journeys" }[random.Next(5)] + "." + name;
            var value = new[] { "{}", "{ description: text }", "description: >\n  some\n  text", "" }[random.Next(4)];
            var added = ModelEditor.Set(Read.Tree(text), "conway.yaml", path, value);
            Assert.True(added.IsDone, added.Problem);
            var removed = ModelEditor.Remove(Read.Tree(added.Text!), "conway.yaml", path);
            Assert.True(removed.IsDone, removed.Problem);
            if (text.Contains("\n" + path[..path.IndexOf('.')] + ":"))
            {
                Assert.Equal(text, removed.Text);
                done++;
            }
        }

        Assert.True(done > 50, $"{done}");
    }

    private static IEnumerable<EditCase> Cases() =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "edits.txt")).Split("### ", StringSplitOptions.RemoveEmptyEntries).Select(EditCase.Parse);

    /// <summary><c>set|append|remove PATH VALUE</c> lines (<c>⏎</c> for a line break in the value), the text, <c>----</c>, the text expected.</summary>
    private sealed record EditCase(string Name, string Given, IReadOnlyList<string> Commands, string Text, string Expected)
    {
        public static EditCase Parse(string block)
        {
            var parts = block.Split("----\n", 2);
            var (name, given) = (parts[0][..parts[0].IndexOf('\n')], parts[0][(parts[0].IndexOf('\n') + 1)..]);
            var commands = given.Split('\n').TakeWhile(l => l.StartsWith('@')).ToList();
            return new EditCase(name, given, commands, string.Concat(given.Split('\n').SkipLast(1).Skip(commands.Count).Select(l => l + "\n")), parts.Length > 1 ? parts[1].TrimEnd('\n') + "\n" : "");
        }

        public string Result()
        {
            var text = Text;
            foreach (var command in Commands)
            {
                var words = command[1..].Split(' ', 3);
                var value = words.Length > 2 ? words[2].Replace('⏎', '\n') : "";
                var tree = Read.Tree(text);
                var outcome = words[0] switch
                {
                    "set" => ModelEditor.Set(tree, "conway.yaml", words[1], value),
                    "append" => ModelEditor.Append(tree, "conway.yaml", words[1], value),
                    _ => ModelEditor.Remove(tree, "conway.yaml", words[1]),
                };
                text = outcome.Text ?? "refused: " + outcome.Problem + "\n";
            }

            return text.TrimEnd('\n') + "\n";
        }
    }
}
