using System.Text.Json;

namespace Conway.Scaffolding.Tests;

public sealed class EditTests
{
    private static readonly LineEdit Client = new("Program.cs", "builder.AddB();", ["builder.Add"]);

    [Theory]
    [InlineData("builder.AddA();\nrun\n", "builder.AddA();\nbuilder.AddB();\nrun\n")]
    [InlineData("\uFEFF{\r\n\tbuilder.AddA(); // a\r\n\tx\r\n}", "\uFEFF{\r\n\tbuilder.AddA(); // a\r\n\tbuilder.AddB();\r\n\tx\r\n}")]
    [InlineData("builder.AddA();", "builder.AddA();\nbuilder.AddB();")]
    [InlineData("  builder.AddB();  \n", "  builder.AddB();  \n")]
    public void A_line_goes_below_the_last_of_its_kind_with_its_indent_and_line_end(string before, string after)
    {
        Assert.Equal(after, Client.Apply(before));
        Assert.Equal(after, Client.Apply(after));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing\n")]
    [InlineData("// builder.Add\n")]
    public void A_place_that_is_gone_is_told(string text) => Assert.Null(Client.Apply(text));

    [Fact]
    public void The_end_of_an_element_is_stepped_over()
    {
        var edit = new LineEdit("a.slnx", "<Project Path=\"b\" />", ["</Solution>"]) { Above = true, Known = "\"b\"" };
        Assert.Equal("<Solution>\r\n  <Project Path=\"b\" />\r\n</Solution>", edit.Apply("<Solution>\r\n</Solution>"));
        Assert.Equal("<Solution><Project Path=\"b\"></Project></Solution>", edit.Apply("<Solution><Project Path=\"b\"></Project></Solution>"));
        Assert.Null(edit.Apply("<Solution><!-- on one line --></Solution>"));
    }

    [Theory]
    [InlineData("{\"paths\":{}}", "{\"paths\":{\n  \"/b\": {\n    \"get\": 1\n  }\n}}")]
    [InlineData("{\n  \"paths\": {},\n  \"x\": 1\n}\n", "{\n  \"paths\": {\n    \"/b\": {\n      \"get\": 1\n    }\n  },\n  \"x\": 1\n}\n")]
    [InlineData("{\r\n\t\"paths\": {\r\n\t\t\"/a\": 1\r\n\t}\r\n}", "{\r\n\t\"paths\": {\r\n\t\t\"/a\": 1,\r\n\t  \"/b\": {\r\n\t    \"get\": 1\r\n\t  }\r\n\t}\r\n}")]
    [InlineData("\uFEFF{ \"ä\": \"}\", \"paths\": { \"/a\": { \"paths\": {} } } }", "\uFEFF{ \"ä\": \"}\", \"paths\": { \"/a\": { \"paths\": {} },\n  \"/b\": {\n    \"get\": 1\n  }\n} }")]
    [InlineData("{ \"paths\": { \"\\u002fb\": 1 } }", "{ \"paths\": { \"\\u002fb\": 1 } }")]
    public void Members_go_to_the_end_of_an_object_and_nothing_else_moves(string before, string after)
    {
        var edit = new JsonEdit("openapi.json", ["paths"], ["\"/b\": {\n  \"get\": 1\n}"]);
        Assert.Equal(after, edit.Apply(before));
        Assert.Equal(after, edit.Apply(after));
        using var read = JsonDocument.Parse(after.TrimStart('\uFEFF'));
    }

    [Theory]
    [InlineData("openapi: 3.1.0\npaths: {}\n")]
    [InlineData("{ \"paths\": [] }")]
    [InlineData("{ \"components\": {}, \"x\": { \"schemas\": {} } }")]
    [InlineData("{ \"components\": 1 }")]
    [InlineData("{ \"x\": { \"components\": { \"schemas\": {} } } }")]
    [InlineData("{ \"components\": { \"schemas\": {} ")]
    [InlineData("")]
    public void A_document_without_the_object_is_told(string text) =>
        Assert.Null(new JsonEdit("openapi.json", text.Contains("paths", StringComparison.Ordinal) ? ["paths"] : ["components", "schemas"], ["\"a\": 1"]).Apply(text));
}
