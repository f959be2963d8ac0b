using Conway.Diagrams.Layout;
using static Conway.Diagrams.Forms.SvgPage;

namespace Conway.Diagrams.Forms;

/// <summary>A sequence as SVG: who takes part above, what is asked below, in order.</summary>
internal static class SvgSequence
{
    private const double Row = 46;
    private const double HeadHeight = 38;

    public static string Write(Sequence sequence)
    {
        var x = Columns(sequence, out var width);
        var rows = sequence.Steps.Sum(step => step is Block block ? block.Steps.Count + 1.4 : 1);
        var height = HeadHeight + (rows + .6) * Row;
        var page = new SvgPage(sequence.Title, new Size(width, height));
        foreach (var taker in sequence.Takers)
        {
            var half = HeadWidth(taker) / 2;
            page.Add($"<path class=\"life\" d=\"M{Number(x[taker])} {Number(HeadHeight)}V{Number(height)}\"/>");
            page.Add($"<rect class=\"box Service\" x=\"{Number(x[taker] - half)}\" y=\"0\" width=\"{Number(half * 2)}\" height=\"{Number(HeadHeight)}\" rx=\"6\"/>");
            page.Text("name", taker, x[taker], 24, "middle");
        }

        var y = HeadHeight + Row * .8;
        foreach (var step in sequence.Steps)
        {
            if (step is Block block)
            {
                page.Add($"<rect class=\"frame\" x=\"0\" y=\"{Number(y - Row * .4)}\" width=\"{Number(width)}\" height=\"{Number((block.Steps.Count + 1) * Row)}\" rx=\"8\"/>");
                page.Text("head", block.Case, 14, y - Row * .4 + 20);
                y += Row;
                foreach (var inner in block.Steps)
                {
                    Draw(page, inner, x, y);
                    y += Row;
                }

                y += Row * .4;
            }
            else
            {
                Draw(page, step, x, y);
                y += Row;
            }
        }

        return page.End();
    }

    private static void Draw(SvgPage page, SequenceStep step, Dictionary<string, double> x, double y)
    {
        if (step is Remark remark)
        {
            var width = TextSize.Width(remark.Text, 11) + 20;
            page.Add($"<rect class=\"note\" x=\"{Number(x[remark.Over] - width / 2)}\" y=\"{Number(y - 18)}\" width=\"{Number(width)}\" height=\"24\" rx=\"3\"/>");
            page.Text("line", remark.Text, x[remark.Over], y - 2, "middle");
        }
        else if (step is Ask ask)
        {
            var (from, to) = (x[ask.From], x[ask.To]);
            page.Add(from == to
                ? $"<path class=\"arrow\" d=\"M{Number(from)} {Number(y - 8)}h34v14h-32\" marker-end=\"url(#tip)\"/>"
                : $"<path class=\"arrow\" d=\"M{Number(from)} {Number(y)}H{Number(to)}\" marker-end=\"url(#tip)\"/>");
            page.Text("label", ask.Label, from == to ? from + 42 : (from + to) / 2, from == to ? y + 2 : y - 8, from == to ? "start" : "middle");
        }
    }

    /// <summary>Middles of those who take part, so far from each other that every label fits between its two.</summary>
    private static Dictionary<string, double> Columns(Sequence sequence, out double width)
    {
        var all = sequence.Steps.Concat(sequence.Steps.OfType<Block>().SelectMany(block => block.Steps)).ToArray();
        var rank = sequence.Takers.Select((taker, at) => (taker, at)).ToDictionary(one => one.taker, one => one.at, StringComparer.Ordinal);
        var gaps = new double[sequence.Takers.Count];
        for (var i = 1; i < gaps.Length; i++)
        {
            gaps[i] = (HeadWidth(sequence.Takers[i - 1]) + HeadWidth(sequence.Takers[i])) / 2 + 40;
        }

        foreach (var ask in all.OfType<Ask>().Where(ask => ask.From != ask.To))
        {
            // The last gap before the one on the right gives way.
            var (low, high) = (Math.Min(rank[ask.From], rank[ask.To]), Math.Max(rank[ask.From], rank[ask.To]));
            var there = gaps[(low + 1)..(high + 1)].Sum();
            gaps[high] += Math.Max(0, TextSize.Width(ask.Label, PictureLayout.LabelSize) + 30 - there);
        }

        var x = new Dictionary<string, double>(StringComparer.Ordinal);
        var remarks = all.OfType<Remark>().ToLookup(remark => remark.Over, remark => TextSize.Width(remark.Text, 11) / 2 + 16);
        double Reach(string taker) => remarks[taker].Append(HeadWidth(taker) / 2).Max() + 14;
        var at = 0.0;
        for (var i = 0; i < sequence.Takers.Count; i++)
        {
            at += gaps[i];
            x[sequence.Takers[i]] = at;
        }

        // Remarks may reach further than the first and the last.
        var left = -x.Select(one => one.Value - Reach(one.Key)).DefaultIfEmpty(0).Min();
        foreach (var taker in sequence.Takers)
        {
            x[taker] += left;
        }

        var own = all.OfType<Ask>().Where(ask => ask.From == ask.To).Select(ask => x[ask.From] + 50 + TextSize.Width(ask.Label, PictureLayout.LabelSize));
        var heads = all.OfType<Block>().Select(block => TextSize.Width(block.Case, 12, bold: true) + 28);
        width = x.Select(one => one.Value + Reach(one.Key)).Concat(own).Concat(heads).DefaultIfEmpty(0).Max();
        return x;
    }

    private static double HeadWidth(string taker) => Math.Max(90, TextSize.Width(taker, 14, bold: true) + 28);
}
