namespace Conway.Diagrams.Layout;

/// <summary>Where arrows leave and enter boxes: on the side that faces the other end, beside each other in the order in which they go on.</summary>
/// <remarks>Both ends stand in different columns of the frame around them, so the sides are always left and right.</remarks>
internal static class Ports
{
    /// <param name="arrows">Which.</param>
    /// <param name="areas">Where boxes stand.</param>
    /// <param name="bends">Points between the ends of each; may be none.</param>
    /// <returns>Of each arrow, in its order: from its start over its bends to its end.</returns>
    public static IReadOnlyList<IReadOnlyList<Point>> Of(IReadOnlyList<Arrow> arrows, IReadOnlyDictionary<string, Area> areas, IReadOnlyList<IReadOnlyList<Point>> bends)
    {
        var ends = new List<(int Arrow, bool IsStart, string Box, bool OnRight, double Toward)>();
        for (var i = 0; i < arrows.Count; i++)
        {
            var (from, to) = (areas[arrows[i].From], areas[arrows[i].To]);
            var between = bends[i];
            var rightward = to.MiddleX > from.MiddleX;
            ends.Add((i, true, arrows[i].From, rightward, between.Count > 0 ? between[0].Y : to.MiddleY));
            ends.Add((i, false, arrows[i].To, !rightward, between.Count > 0 ? between[^1].Y : from.MiddleY));
        }

        var points = new Dictionary<(int Arrow, bool IsStart), Point>();
        foreach (var side in ends.GroupBy(end => (end.Box, end.OnRight)))
        {
            var area = areas[side.Key.Box];
            var ordered = side.OrderBy(end => end.Toward).ThenBy(end => end.Arrow).ToArray();
            for (var k = 0; k < ordered.Length; k++)
            {
                points[(ordered[k].Arrow, ordered[k].IsStart)] = new Point(side.Key.OnRight ? area.Right : area.X, area.Y + area.Height * (k + 1) / (ordered.Length + 1));
            }
        }

        return [.. arrows.Select((_, i) => (IReadOnlyList<Point>)[points[(i, true)], .. bends[i], points[(i, false)]])];
    }
}
