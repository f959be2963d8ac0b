using System.Text;

namespace Conway.Diagrams.Forms;

/// <summary>PlantUML (plantuml.com): deployment-style pictures and sequence diagrams, with nothing included, so that it is drawn offline.</summary>
internal static class PlantUmlForm
{
    public static string Write(Diagram diagram) => diagram.Match(Components, SequenceDiagram);

    private static string Components(Picture picture)
    {
        var ids = new FormIds();
        var text = new StringBuilder($"@startuml\n' {DiagramForms.Mark}\ntitle {Label(picture.Title)}\nleft to right direction\nskinparam shadowing false\n");
        Inside(null, "");
        foreach (var arrow in picture.Arrows)
        {
            text.Append(ids.Of(arrow.From)).Append(arrow.Kind switch { ArrowKind.Sends => " ..> ", ArrowKind.Keeps => " -- ", ArrowKind.Mutual => " <--> ", _ => " --> " }).Append(ids.Of(arrow.To))
                .Append(arrow.Label.Length > 0 ? $" : {Label(arrow.Label)}" : "").Append('\n');
        }

        return text.Append("@enduml\n").ToString();

        void Inside(string? frame, string indent)
        {
            foreach (var box in picture.Boxes.Where(box => box.Frame == frame))
            {
                var shape = box.Kind switch { BoxKind.Person => "actor", BoxKind.Store => "database", BoxKind.External => "cloud", BoxKind.Gateway => "interface", BoxKind.Part => "component", BoxKind.Context => "card", _ => "rectangle" };
                text.Append(indent).Append(shape).Append(" \"**").Append(Label(box.Name)).Append("**");
                foreach (var line in new[] { box.Says }.Concat(box.Lines).Where(line => line.Length > 0))
                {
                    text.Append("\\n").Append(Label(line));
                }

                text.Append("\" as ").Append(ids.Of(box.Id)).Append('\n');
            }

            foreach (var inner in picture.Frames.Where(one => one.Parent == frame))
            {
                text.Append(indent).Append("package \"").Append(Label(Headings.Of(inner))).Append("\" as ").Append(ids.Of($"frame:{inner.Id}")).Append(" {\n");
                Inside(inner.Id, indent + "  ");
                text.Append(indent).Append("}\n");
            }
        }
    }

    private static string SequenceDiagram(Sequence sequence)
    {
        var ids = new FormIds();
        string Id(string name) => ids.Of($"taker:{name}");
        var text = new StringBuilder($"@startuml\n' {DiagramForms.Mark}\ntitle {Label(sequence.Title)}\nskinparam shadowing false\nhide footbox\n");
        foreach (var taker in sequence.Takers)
        {
            text.Append("participant \"").Append(Label(taker)).Append("\" as ").Append(Id(taker)).Append('\n');
        }

        Steps(sequence.Steps, "");
        return text.Append("@enduml\n").ToString();

        void Steps(IReadOnlyList<SequenceStep> steps, string indent)
        {
            foreach (var step in steps)
            {
                switch (step)
                {
                    case Ask ask:
                        text.Append(indent).Append(Id(ask.From)).Append(" -> ").Append(Id(ask.To)).Append(" : ").Append(Label(ask.Label)).Append('\n');
                        break;
                    case Remark remark:
                        text.Append(indent).Append("note over ").Append(Id(remark.Over)).Append(" : ").Append(Label(remark.Text)).Append('\n');
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

    /// <summary>Text in which nothing is markup: what Creole or the line itself would take is written as its code point.</summary>
    private static string Label(string text)
    {
        var written = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            var doubled = at + 1 < text.Length && text[at + 1] == letter || at > 0 && text[at - 1] == letter;
            if (letter is '"' or '\\' or '<' or '>' or '&' or '~' or '%' or '|' or '`' or '$' || letter is '*' or '/' or '_' or '-' or '=' or '.' or '\'' or '[' or ']' or '{' or '}' or '#' && doubled)
            {
                written.Append(System.Globalization.CultureInfo.InvariantCulture, $"<U+{(int)letter:X4}>");
            }
            else
            {
                written.Append(char.IsControl(letter) ? ' ' : letter);
            }
        }

        return written.ToString();
    }
}
