using System.Text;

namespace Conway.Diagrams.Forms;

/// <summary>Mermaid (mermaid.js.org): flow charts and sequence diagrams, as code hosts draw them.</summary>
/// <remarks>Its C4 charts are not used: they are experimental, place boxes in rows whatever the arrows are, and know no context map.</remarks>
internal static class MermaidForm
{
    public static string Write(Diagram diagram) => diagram.Match(Flowchart, SequenceDiagram);

    private static string Flowchart(Picture picture)
    {
        var ids = new FormIds();
        var text = new StringBuilder($"---\ntitle: \"{Title(picture.Title)}\"\n---\nflowchart LR\n  %% {DiagramForms.Mark}\n");
        Inside(null, "  ");
        foreach (var arrow in picture.Arrows)
        {
            text.Append("  ").Append(ids.Of(arrow.From)).Append(arrow.Kind switch { ArrowKind.Sends => " -.->", ArrowKind.Keeps => " ---", ArrowKind.Mutual => " <-->", _ => " -->" })
                .Append(arrow.Label.Length > 0 ? $"|\"{Label(arrow.Label)}\"| " : " ").Append(ids.Of(arrow.To)).Append('\n');
        }

        // Colours come from the theme of the page, dark or light; the lines alone tell what is not ours.
        text.Append("  classDef outside stroke-dasharray: 5 4\n");
        foreach (var kind in picture.Boxes.Where(box => box.Kind is BoxKind.External or BoxKind.Person))
        {
            text.Append("  class ").Append(ids.Of(kind.Id)).Append(" outside\n");
        }

        return text.ToString();

        void Inside(string? frame, string indent)
        {
            foreach (var box in picture.Boxes.Where(box => box.Frame == frame))
            {
                var (open, close) = box.Kind switch
                {
                    BoxKind.Person => ("([", "])"),
                    BoxKind.Store => ("[(", ")]"),
                    BoxKind.Gateway => ("{{", "}}"),
                    BoxKind.Context => ("(", ")"),
                    _ => ("[", "]"),
                };
                text.Append(indent).Append(ids.Of(box.Id)).Append(open).Append('"').Append("<b>").Append(Label(box.Name)).Append("</b>");
                foreach (var line in new[] { box.Says }.Concat(box.Lines).Where(line => line.Length > 0))
                {
                    text.Append("<br/>").Append(Label(line));
                }

                text.Append('"').Append(close).Append('\n');
            }

            foreach (var inner in picture.Frames.Where(one => one.Parent == frame))
            {
                text.Append(indent).Append("subgraph ").Append(ids.Of($"frame:{inner.Id}")).Append("[\"").Append(Label(Headings.Of(inner))).Append("\"]\n");
                Inside(inner.Id, indent + "  ");
                text.Append(indent).Append("end\n");
            }
        }
    }

    private static string SequenceDiagram(Sequence sequence)
    {
        var ids = new FormIds();
        string Id(string name) => ids.Of($"taker:{name}");
        var text = new StringBuilder($"---\ntitle: \"{Title(sequence.Title)}\"\n---\nsequenceDiagram\n  %% {DiagramForms.Mark}\n");
        foreach (var taker in sequence.Takers)
        {
            text.Append("  participant ").Append(Id(taker)).Append(" as ").Append(Label(taker)).Append('\n');
        }

        Steps(sequence.Steps, "  ");
        return text.ToString();

        void Steps(IReadOnlyList<SequenceStep> steps, string indent)
        {
            foreach (var step in steps)
            {
                switch (step)
                {
                    case Ask ask:
                        text.Append(indent).Append(Id(ask.From)).Append("->>").Append(Id(ask.To)).Append(": ").Append(Label(ask.Label)).Append('\n');
                        break;
                    case Remark remark:
                        text.Append(indent).Append("Note over ").Append(Id(remark.Over)).Append(": ").Append(Label(remark.Text)).Append('\n');
                        break;
                    case Block block:
                        text.Append(indent).Append("opt ").Append(Label(block.Case)).Append('\n');
                        Steps(block.Steps, indent + "  ");
                        text.Append(indent).Append("end\n");
                        break;
                }
            }
        }
    }

    // The front matter is YAML.
    private static string Title(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>Text in which nothing is markup: entities of Mermaid for what ends a label, a statement or begins Markdown.</summary>
    private static string Label(string text)
    {
        var written = new StringBuilder();
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' => written.Append("#quot;"),
                '#' => written.Append("#35;"),
                ';' => written.Append("#59;"),
                '<' => written.Append("#lt;"),
                '>' => written.Append("#gt;"),
                '&' => written.Append("#amp;"),
                '`' => written.Append("#96;"),
                '*' => written.Append("#42;"),
                '_' => written.Append("#95;"),

                // `1. reserve` and `- reserve` would be lists, which labels cannot have.
                '.' when written.Length > 0 && written.ToString().All(char.IsAsciiDigit) => written.Append("#46;"),
                '-' or '+' when written.Length == 0 => written.Append($"#{(int)letter};"),
                _ => char.IsControl(letter) ? written.Append(' ') : written.Append(letter),
            };
        }

        return written.ToString();
    }
}
