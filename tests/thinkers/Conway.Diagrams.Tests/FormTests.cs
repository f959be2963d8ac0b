using System.Text.Json;
using System.Xml.Linq;

namespace Conway.Diagrams.Tests;

/// <summary>Every diagram of every model is drawn by what it is written for, and nothing of it is lost on the way.</summary>
public sealed class FormTests(Chromium chromium)
{
    [Theory, MemberData(nameof(Some.Names), MemberType = typeof(Some))]
    public async Task Mermaid_draws_each_diagram_in_a_browser_with_every_name_in_it(string model)
    {
        var page = await (await chromium.GetAsync()).NewPageAsync();
        await page.AddScriptTagAsync(new() { Path = Path.Combine(await NpmClient.FolderAsync("diagrams"), "node_modules", "mermaid", "dist", "mermaid.min.js") });
        foreach (var diagram in DiagramCatalog.Every(Some.Named(model), "production"))
        {
            // What is drawn is put into the page, so that its text is the text that a reader sees.
            var seen = await page.EvaluateAsync<string>("""
                async text => {
                    mermaid.initialize({ startOnLoad: false, maxTextSize: 1e7, maxEdges: 1e5 });
                    const { svg } = await mermaid.render('drawn', text);
                    document.body.innerHTML = svg;
                    return document.body.textContent + '\n' + [...document.querySelectorAll('.node, .actor-top, .messageText, .noteText, .edgeLabel p')].length;
                }
                """, Written("mermaid", model, diagram));
            Assert.DoesNotContain("Syntax error", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("Unsupported markdown", seen, StringComparison.Ordinal);
            AllSaid(diagram, seen);
        }

        await page.CloseAsync();
    }

    [Theory, MemberData(nameof(Some.Names), MemberType = typeof(Some))]
    public async Task An_independent_parser_of_PlantUML_reads_each_diagram_with_all_its_arrows(string model)
    {
        var folder = await NpmClient.FolderAsync("diagrams");
        foreach (var diagram in DiagramCatalog.Every(Some.Named(model), "production").Take(16))
        {
            var text = Written("plantuml", model, diagram);
            PlantUmlLines.Check(text);
            var parsed = await NpmClient.ExecuteAsync("node", ["plantuml.js"], folder, TimeSpan.FromMinutes(2), text);
            Assert.Equal((0, ""), (parsed.Code, parsed.Errors));
            using var document = JsonDocument.Parse(parsed.Output);
            Assert.Equal(Arrows(diagram), Count(document.RootElement));
        }

        // Arrows stand at any depth.
        static int Count(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().Sum(Count),
            JsonValueKind.Object => (element.TryGetProperty("leftArrowHead", out _) ? 1 : 0) + element.EnumerateObject().Sum(one => Count(one.Value)),
            _ => 0,
        };
    }

    [Theory, MemberData(nameof(Some.Names), MemberType = typeof(Some))]
    public void Structurizr_workspaces_follow_the_grammar_and_the_rules_of_the_language(string model)
    {
        var of = Some.Named(model);
        var diagrams = DiagramCatalog.Every(of, "production").ToArray();
        foreach (var one in diagrams)
        {
            var read = StructurizrReading.Of(DiagramForms.Find("structurizr")!.Write(of, "production", one));
            Assert.Equal([one.Key], read.Views);
        }

        var whole = StructurizrReading.Of(DiagramForms.Workspace(of, "production", diagrams));
        Assert.Equal(diagrams.Select(diagram => diagram.Key), whole.Views);
        Assert.Subset(whole.Names, of.Services.Keys.ToHashSet());
        Assert.True(whole.Relations >= of.Services.Sum(service => service.Value.Calls.Count), "Each declared call is a relation.");
    }

    [Theory, MemberData(nameof(Some.Names), MemberType = typeof(Some))]
    public void Svg_is_well_formed_and_says_all(string model)
    {
        foreach (var diagram in DiagramCatalog.Every(Some.Named(model), "production"))
        {
            var root = XDocument.Parse(Written("svg", model, diagram)).Root!;
            Assert.Equal("{http://www.w3.org/2000/svg}svg", root.Name.ToString());
            AllSaid(diagram, string.Join('\n', root.Descendants().Where(one => one.Name.LocalName is "text" or "title").Select(one => one.Value)));
            if (diagram is Picture picture)
            {
                Assert.Equal(picture.Arrows.Count, root.Descendants().Count(one => one.Name.LocalName == "path" && one.Attribute("class")?.Value.StartsWith("arrow ", StringComparison.Ordinal) == true && one.HasElements));
            }
        }
    }

    [Fact]
    public void A_form_gives_the_same_text_each_time_and_ends_with_a_line_end()
    {
        foreach (var form in DiagramForms.All)
        {
            foreach (var (one, other) in DiagramCatalog.Every(Some.Model(Some.Hard), null).Zip(DiagramCatalog.Every(Some.Model(Some.Hard), null)))
            {
                var text = form.Write(Some.Model(Some.Hard), null, one);
                Assert.Equal(text, form.Write(Some.Model(Some.Hard), null, other));
                Assert.EndsWith("\n", text, StringComparison.Ordinal);
                Assert.Contains(DiagramForms.Mark, text[..Math.Min(1024, text.Length)], StringComparison.Ordinal);
                Assert.DoesNotContain("secret@", text, StringComparison.Ordinal);
            }
        }
    }

    private static string Written(string form, string model, Diagram diagram) => DiagramForms.Find(form)!.Write(Some.Named(model), "production", diagram);

    private static int Arrows(Diagram diagram) => diagram switch
    {
        Picture picture => picture.Arrows.Count,
        Sequence sequence => sequence.Steps.Sum(step => step is Block block ? block.Steps.OfType<Ask>().Count() : step is Ask ? 1 : 0),
        _ => 0,
    };

    /// <summary>Names, lines and labels are all in what a reader sees, letter for letter but for blanks, at which lines are broken.</summary>
    private static void AllSaid(Diagram diagram, string seen)
    {
        var all = Bare(seen);
        var wanted = diagram switch
        {
            Picture picture => picture.Boxes.SelectMany(box => box.Lines.Prepend(box.Says).Prepend(box.Name)).Concat(picture.Arrows.Select(arrow => arrow.Label)).Concat(picture.Frames.Select(frame => frame.Name)),
            Sequence sequence => sequence.Takers.Concat(sequence.Steps.SelectMany(step => step is Block block ? block.Steps.Prepend(block) : [step]).Select(step => step switch { Ask ask => ask.Label, Remark remark => remark.Text, Block block => block.Case, _ => "" })),
            _ => [],
        };
        Assert.All(wanted, one => Assert.Contains(Bare(one), all, StringComparison.Ordinal));

        static string Bare(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter)));
    }
}
