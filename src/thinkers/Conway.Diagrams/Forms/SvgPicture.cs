using System.Text;
using Conway.Diagrams.Layout;
using static Conway.Diagrams.Forms.SvgPage;

namespace Conway.Diagrams.Forms;

/// <summary>Boxes in frames, and arrows, as SVG.</summary>
internal static class SvgPicture
{
    private const double TextWidth = 190;
    private const double Padding = 12;
    private const double LineStep = PictureLayout.LabelSize * TextSize.LineHeight;

    public static string Write(Picture picture)
    {
        var layout = PictureLayout.Of(picture, Measure);
        var labels = Labels(picture, layout);
        var right = labels.Select(label => label.Area.Right).Append(layout.Size.Width).Max();
        var bottom = labels.Select(label => label.Area.Bottom).Append(layout.Size.Height).Max();
        var page = new SvgPage(picture.Title, new Size(right, bottom));
        foreach (var frame in picture.Frames)
        {
            var area = layout.Areas[frame.Id];
            page.Add($"<rect class=\"frame\" x=\"{Number(area.X)}\" y=\"{Number(area.Y)}\" width=\"{Number(area.Width)}\" height=\"{Number(area.Height)}\" rx=\"10\"/>");
            page.Text("head", Headings.Of(frame), area.X + 14, area.Y + 20);
        }

        // Arrows first: where one passes behind a box, its text stays readable.
        for (var i = 0; i < picture.Arrows.Count; i++)
        {
            var arrow = picture.Arrows[i];
            var tips = arrow.Kind switch { ArrowKind.Keeps => "", ArrowKind.Mutual => " marker-start=\"url(#tip)\" marker-end=\"url(#tip)\"", _ => " marker-end=\"url(#tip)\"" };
            page.Add($"<path class=\"arrow {arrow.Kind}\" d=\"{Curve(layout.Paths[i])}\"{tips}><title>{Escaped($"{NameOf(picture, arrow.From)} → {NameOf(picture, arrow.To)}{(arrow.Label.Length > 0 ? $": {arrow.Label}" : "")}")}</title></path>");
        }

        foreach (var box in picture.Boxes)
        {
            Draw(page, box, layout.Areas[box.Id]);
        }

        foreach (var (area, lines) in labels)
        {
            page.Add($"<rect class=\"plate\" x=\"{Number(area.X)}\" y=\"{Number(area.Y)}\" width=\"{Number(area.Width)}\" height=\"{Number(area.Height)}\" rx=\"3\"/>");
            for (var i = 0; i < lines.Count; i++)
            {
                page.Text("label", lines[i], area.MiddleX, area.Y + LineStep * i + PictureLayout.LabelSize, "middle");
            }
        }

        return page.End();
    }

    private static string NameOf(Picture picture, string id) => picture.Boxes.First(box => box.Id == id).Name;

    private static Size Measure(Box box)
    {
        var lines = Lines(box);
        var widest = Math.Max(TextSize.Width(box.Name, 14, bold: true), lines.Select(line => TextSize.Width(line.Text, 11)).DefaultIfEmpty(0).Max());
        var shape = box.Kind switch { BoxKind.Store => 14, BoxKind.Person => 10, _ => 0 };
        return new Size(Math.Max(110, widest + Padding * 2 + (box.Kind == BoxKind.Gateway ? 16 : 0)), Padding * 2 + 17 + lines.Count * LineStep + shape);
    }

    private static IReadOnlyList<(string Kind, string Text)> Lines(Box box) =>
    [
        .. TextSize.Wrap(box.Says, 11, TextWidth, 2).Select(line => ("says", line)),
        .. box.Lines.SelectMany(line => TextSize.Wrap(line, 11, TextWidth, 4)).Select(line => ("line", line)),
    ];

    private static void Draw(SvgPage page, Box box, Area area)
    {
        var (x, y, right, bottom) = (Number(area.X), Number(area.Y), Number(area.Right), Number(area.Bottom));
        page.Add($"<g><title>{Escaped(string.Join("; ", new[] { box.Name, box.Says }.Concat(box.Lines).Where(line => line.Length > 0)))}</title>");
        page.Add(box.Kind switch
        {
            BoxKind.Store => $"<path class=\"box Store\" d=\"M{x} {Number(area.Y + 8)}a{Number(area.Width / 2)} 8 0 0 1 {Number(area.Width)} 0V{Number(area.Bottom - 8)}a{Number(area.Width / 2)} 8 0 0 1 -{Number(area.Width)} 0z\"/><path class=\"arrow Keeps\" d=\"M{x} {Number(area.Y + 8)}a{Number(area.Width / 2)} 8 0 0 0 {Number(area.Width)} 0\"/>",
            BoxKind.Gateway => $"<path class=\"box Gateway\" d=\"M{Number(area.X + 12)} {y}H{Number(area.Right - 12)}L{right} {Number(area.MiddleY)} {Number(area.Right - 12)} {bottom}H{Number(area.X + 12)}L{x} {Number(area.MiddleY)}z\"/>",
            BoxKind.Person => $"<rect class=\"box Person\" x=\"{x}\" y=\"{Number(area.Y + 10)}\" width=\"{Number(area.Width)}\" height=\"{Number(area.Height - 10)}\" rx=\"18\"/><circle class=\"box Person\" cx=\"{Number(area.MiddleX)}\" cy=\"{Number(area.Y + 8)}\" r=\"10\"/>",
            _ => $"<rect class=\"box {box.Kind}\" x=\"{x}\" y=\"{y}\" width=\"{Number(area.Width)}\" height=\"{Number(area.Height)}\" rx=\"{(box.Kind == BoxKind.Context ? 16 : 6)}\"/>",
        });
        var top = area.Y + Padding + 13 + box.Kind switch { BoxKind.Store => 10, BoxKind.Person => 12, _ => 0 };
        page.Text("name", box.Name, area.MiddleX, top, "middle");
        foreach (var (kind, text) in Lines(box))
        {
            top += LineStep;
            page.Text(kind, text, area.MiddleX, top + 1, "middle");
        }

        page.Add("</g>");
    }

    private static string Curve(IReadOnlyList<Point> points)
    {
        var text = new StringBuilder($"M{Number(points[0].X)} {Number(points[0].Y)}");
        for (var i = 1; i < points.Count; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            var middle = Number((from.X + to.X) / 2);
            text.Append(from.Y == to.Y ? $"H{Number(to.X)}" : $"C{middle} {Number(from.Y)} {middle} {Number(to.Y)} {Number(to.X)} {Number(to.Y)}");
        }

        return text.ToString();
    }

    /// <summary>Labels stand on their arrow, where they hide least: no box, and no label that stands already.</summary>
    private static List<(Area Area, IReadOnlyList<string> Lines)> Labels(Picture picture, PictureLayout layout)
    {
        var placed = new List<(Area Area, IReadOnlyList<string> Lines)>();
        var boxes = picture.Boxes.Select(box => layout.Areas[box.Id]).ToArray();
        for (var i = 0; i < picture.Arrows.Count; i++)
        {
            var lines = PictureLayout.Label(picture.Arrows[i].Label);
            if (lines.Count == 0)
            {
                continue;
            }

            var (width, height) = (lines.Max(line => TextSize.Width(line, PictureLayout.LabelSize)), lines.Count * LineStep);
            Area? best = null;
            var fewest = int.MaxValue;
            foreach (var point in Spots(layout.Paths[i]))
            {
                var area = new Area(point.X - width / 2, point.Y - height / 2, width, height);
                var hidden = boxes.Count(box => box.Meets(area)) * 2 + placed.Count(other => other.Area.Meets(area));
                if (hidden < fewest)
                {
                    (best, fewest) = (area, hidden);
                }

                if (hidden == 0)
                {
                    break;
                }
            }

            placed.Add((best!.Value, lines));
        }

        return placed;
    }

    /// <summary>Points of a path: those in the middle of its parts first, nearer to the start first.</summary>
    private static IEnumerable<Point> Spots(IReadOnlyList<Point> path)
    {
        foreach (var share in new[] { .5, .4, .6, .3, .7, .2, .8 })
        {
            for (var i = 1; i < path.Count; i++)
            {
                var (from, to) = (path[i - 1], path[i]);

                // The curve of Curve() at this share: cubic Bézier with both handles in the middle.
                var (s, t) = (1 - share, share);
                var middle = (from.X + to.X) / 2;
                yield return new Point(s * s * s * from.X + 3 * s * s * t * middle + 3 * s * t * t * middle + t * t * t * to.X, s * s * s * from.Y + 3 * s * s * t * from.Y + 3 * s * t * t * to.Y + t * t * t * to.Y);
            }
        }
    }
}
