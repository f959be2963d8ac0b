namespace Conway.Diagrams.Layout;

/// <summary>Places boxes in columns from left to right, so that most arrows lead to the right and few cross.</summary>
/// <remarks>The layered method of Sugiyama, Tagawa and Toda (1981): circles are opened, columns given by longest path, long arrows get a place in each
/// column they pass, columns are ordered by barycenters, and rows are evened out. Nothing in it is random: the same input gives the same picture.</remarks>
internal static class Layered
{
    private const int Sweeps = 12;
    private const int Evenings = 10;
    private const double LaneHeight = 6;
    private const double LaneGap = 8;
    private const double RimGap = 16;

    /// <summary>Whether a box is one, or the place in which an arrow passes the border around all of them.</summary>
    internal enum Rim
    {
        None,
        Left,
        Right,
    }

    /// <param name="Places">Of each box, in its order.</param>
    /// <param name="Bends">Of each arrow, in its order: points between its ends, from left to right or, for an arrow that leads back, from right to left.</param>
    /// <param name="Size">Of all.</param>
    internal sealed record Placed(IReadOnlyList<Area> Places, IReadOnlyList<IReadOnlyList<Point>> Bends, Size Size);

    /// <param name="sizes">Of each box.</param>
    /// <param name="arrows">From and to, as indices, with the width that its label wants between two columns. Never from a box to itself.</param>
    /// <param name="rims">Of each box. Arrows lead from those on the left, to those on the right.</param>
    /// <param name="rows">Of each box: places on a border stand in the order of these, when they are known; boxes have none.</param>
    /// <param name="gap">Between rows, and at least between columns.</param>
    public static Placed Place(IReadOnlyList<Size> sizes, IReadOnlyList<(int From, int To, double Label)> arrows, IReadOnlyList<Rim> rims, IReadOnlyList<double?> rows, double gap)
    {
        var flipped = BackArrows(sizes.Count, [.. arrows.Select(arrow => (arrow.From, arrow.To))]);
        var forward = arrows.Select((arrow, i) => flipped[i] ? (From: arrow.To, To: arrow.From, arrow.Label) : arrow).ToArray();
        var columnOf = Columns(rims, forward);

        // From here on, places of long arrows are boxes, too.
        var all = sizes.ToList();
        var column = columnOf.ToList();
        var links = new List<(int From, int To)>();
        var passes = new List<int>[arrows.Count];
        for (var i = 0; i < forward.Length; i++)
        {
            passes[i] = [];
            var last = forward[i].From;
            for (var at = columnOf[forward[i].From] + 1; at < columnOf[forward[i].To]; at++)
            {
                all.Add(new Size(0, LaneHeight));
                column.Add(at);
                passes[i].Add(all.Count - 1);
                links.Add((last, all.Count - 1));
                last = all.Count - 1;
            }

            links.Add((last, forward[i].To));
        }

        var columns = Order(column, links, rows);
        bool IsLane(int node) => node >= sizes.Count || rims[node] != Rim.None;
        var middles = Even(columns, all, links, (one, other) => IsLane(one) ? IsLane(other) ? LaneGap : gap / 2 : IsLane(other) ? gap / 2 : gap);
        var (lefts, widths) = Across(columns, all, column, forward, gap, [.. columns.Select(nodes => nodes.Exists(node => node < rims.Count && rims[node] != Rim.None))]);
        var top = Enumerable.Range(0, all.Count).Select(node => middles[node] - all[node].Height / 2).DefaultIfEmpty(0).Min();
        var places = sizes.Select((size, node) => new Area(lefts[column[node]] + (widths[column[node]] - size.Width) / 2, middles[node] - size.Height / 2 - top, size.Width, size.Height)).ToArray();
        var bends = passes.Select((nodes, i) =>
        {
            var points = nodes.SelectMany(node => new[] { new Point(lefts[column[node]], middles[node] - top), new Point(lefts[column[node]] + widths[column[node]], middles[node] - top) });
            return (IReadOnlyList<Point>)[.. flipped[i] ? points.Reverse() : points];
        }).ToArray();
        return new Placed(places, bends, new Size(places.Select(one => one.Right).DefaultIfEmpty(0).Max(), all.Select((size, node) => middles[node] - top + size.Height / 2).DefaultIfEmpty(0).Max()));
    }

    /// <summary>Arrows that close a circle, seen in the order of the boxes; turned round there is none left.</summary>
    public static bool[] BackArrows(int count, IReadOnlyList<(int From, int To)> arrows)
    {
        var leaving = arrows.Select((arrow, index) => (arrow.From, arrow.To, Index: index)).ToLookup(one => one.From);
        var back = new bool[arrows.Count];
        var state = new byte[count];

        // Those that nobody leads to first, so that circles are opened where one enters them.
        var entered = arrows.Select(arrow => arrow.To).ToHashSet();
        foreach (var root in Enumerable.Range(0, count).OrderBy(node => entered.Contains(node)))
        {
            if (state[root] != 0)
            {
                continue;
            }

            var path = new Stack<(int Node, IEnumerator<(int From, int To, int Index)> Next)>([(root, leaving[root].GetEnumerator())]);
            state[root] = 1;
            while (path.TryPeek(out var at))
            {
                if (!at.Next.MoveNext())
                {
                    state[at.Node] = 2;
                    path.Pop();
                    continue;
                }

                var (_, to, index) = at.Next.Current;
                if (state[to] == 1)
                {
                    back[index] = true;
                }
                else if (state[to] == 0)
                {
                    state[to] = 1;
                    path.Push((to, leaving[to].GetEnumerator()));
                }
            }
        }

        return back;
    }

    private static int[] Columns(IReadOnlyList<Rim> rims, (int From, int To, double Label)[] arrows)
    {
        var count = rims.Count;
        var first = rims.Contains(Rim.Left) ? 1 : 0;
        var column = rims.Select(rim => rim == Rim.Left ? 0 : first).ToArray();
        var entering = new int[count];
        foreach (var (_, to, _) in arrows)
        {
            entering[to]++;
        }

        var leaving = arrows.ToLookup(arrow => arrow.From);
        var ready = new Queue<int>(Enumerable.Range(0, count).Where(node => entering[node] == 0));
        var order = new List<int>();
        while (ready.TryDequeue(out var node))
        {
            order.Add(node);
            foreach (var (_, to, _) in leaving[node])
            {
                column[to] = Math.Max(column[to], column[node] + 1);
                if (--entering[to] == 0)
                {
                    ready.Enqueue(to);
                }
            }
        }

        // What nobody leads to stands just before what it leads to, not at the far left.
        foreach (var node in order.AsEnumerable().Reverse().Where(node => rims[node] == Rim.None && leaving[node].Any(arrow => rims[arrow.To] == Rim.None)))
        {
            column[node] = Math.Max(column[node], leaving[node].Where(arrow => rims[arrow.To] == Rim.None).Min(arrow => column[arrow.To]) - 1);
        }

        var last = Enumerable.Range(0, count).Where(node => rims[node] != Rim.Right).Select(node => column[node]).DefaultIfEmpty(0).Max() + 1;
        for (var node = 0; node < count; node++)
        {
            column[node] = rims[node] == Rim.Right ? last : column[node];
        }

        return column;
    }

    private static List<int>[] Order(IReadOnlyList<int> column, IReadOnlyList<(int From, int To)> links, IReadOnlyList<double?> rows)
    {
        var columns = Enumerable.Range(0, column.Count == 0 ? 0 : column.Max() + 1).Select(_ => new List<int>()).ToArray();
        for (var node = 0; node < column.Count; node++)
        {
            columns[column[node]].Add(node);
        }

        // Only columns of places on the border have rows; these stay.
        bool IsFixed(List<int> nodes) => nodes.Count > 0 && nodes[0] < rows.Count && rows[nodes[0]] is not null;
        columns = [.. columns.Select(nodes => IsFixed(nodes) ? nodes.OrderBy(node => rows[node]).ToList() : nodes)];
        var before = links.ToLookup(link => link.To, link => link.From);
        var after = links.ToLookup(link => link.From, link => link.To);
        var best = columns.Select(nodes => nodes.ToList()).ToArray();
        var fewest = Crossings(best, after);
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var rightward = sweep % 2 == 0;
            for (var i = 1; i < columns.Length; i++)
            {
                var at = rightward ? i : columns.Length - 1 - i;
                if (IsFixed(columns[at]))
                {
                    continue;
                }

                var neighbours = rightward ? before : after;
                var row = Rows(columns[rightward ? at - 1 : at + 1]);
                var wanted = columns[at].Select((node, index) => (node, index, middle: neighbours[node].Any() ? neighbours[node].Average(other => row[other]) : index)).ToArray();
                columns[at] = [.. wanted.OrderBy(one => one.middle).ThenBy(one => one.index).Select(one => one.node)];
            }

            var crossings = Crossings(columns, after);
            if (crossings < fewest)
            {
                fewest = crossings;
                best = [.. columns.Select(nodes => nodes.ToList())];
            }
        }

        return best;
    }

    private static Dictionary<int, int> Rows(List<int> nodes) => nodes.Select((node, row) => (node, row)).ToDictionary(one => one.node, one => one.row);

    private static long Crossings(IReadOnlyList<List<int>> columns, ILookup<int, int> after)
    {
        var crossings = 0L;
        for (var at = 0; at + 1 < columns.Count; at++)
        {
            var row = Rows(columns[at + 1]);

            // Counted with a Fenwick tree over the rows of the next column (Barth, Jünger and Mutzel, 2002).
            var tree = new int[columns[at + 1].Count + 1];
            var seen = 0;
            foreach (var node in columns[at])
            {
                var rows = after[node].Select(to => row[to]).Order().ToArray();
                foreach (var to in rows)
                {
                    var above = 0;
                    for (var i = to + 1; i > 0; i -= i & -i)
                    {
                        above += tree[i];
                    }

                    crossings += seen - above;
                }

                foreach (var to in rows)
                {
                    for (var i = to + 1; i < tree.Length; i += i & -i)
                    {
                        tree[i]++;
                    }

                    seen++;
                }
            }
        }

        return crossings;
    }

    /// <summary>Middle of each box: near those it is tied to, in the order of its column, never over another.</summary>
    private static double[] Even(IReadOnlyList<List<int>> columns, IReadOnlyList<Size> sizes, IReadOnlyList<(int From, int To)> links, Func<int, int, double> gap)
    {
        var middles = new double[sizes.Count];
        foreach (var nodes in columns)
        {
            // All columns around one line, so that what is tied to nothing on one side is not left behind.
            var y = -Enumerable.Range(1, Math.Max(0, nodes.Count - 1)).Sum(k => Distance(nodes[k - 1], nodes[k])) / 2;
            for (var k = 0; k < nodes.Count; k++)
            {
                y += k == 0 ? 0 : Distance(nodes[k - 1], nodes[k]);
                middles[nodes[k]] = y;
            }
        }

        var before = links.ToLookup(link => link.To, link => link.From);
        var after = links.ToLookup(link => link.From, link => link.To);
        for (var evening = 0; evening < Evenings; evening++)
        {
            var rightward = evening % 2 == 0;
            for (var i = 0; i < columns.Count; i++)
            {
                var nodes = columns[rightward ? i : columns.Count - 1 - i];
                var wanted = nodes.Select(node =>
                {
                    var near = rightward ? before[node] : after[node];
                    return near.Any() ? near.Average(other => middles[other]) : middles[node];
                }).ToArray();

                // Pushed down from above, and up from below: the mean of two orders that keep their distances keeps them, too.
                var down = new double[nodes.Count];
                for (var k = 0; k < nodes.Count; k++)
                {
                    down[k] = k == 0 ? wanted[k] : Math.Max(wanted[k], down[k - 1] + Distance(nodes[k - 1], nodes[k]));
                }

                var up = new double[nodes.Count];
                for (var k = nodes.Count - 1; k >= 0; k--)
                {
                    up[k] = k == nodes.Count - 1 ? wanted[k] : Math.Min(wanted[k], up[k + 1] - Distance(nodes[k], nodes[k + 1]));
                }

                for (var k = 0; k < nodes.Count; k++)
                {
                    middles[nodes[k]] = (down[k] + up[k]) / 2;
                }
            }
        }

        return middles;

        double Distance(int one, int other) => sizes[one].Height / 2 + gap(one, other) + sizes[other].Height / 2;
    }

    private static (double[] Lefts, double[] Widths) Across(IReadOnlyList<List<int>> columns, IReadOnlyList<Size> sizes, IReadOnlyList<int> column, (int From, int To, double Label)[] arrows, double gap, bool[] isRim)
    {
        var widths = columns.Select(nodes => nodes.Max(node => sizes[node].Width)).ToArray();
        var label = new double[columns.Count];
        foreach (var (from, _, width) in arrows)
        {
            label[column[from]] = Math.Max(label[column[from]], width);
        }

        var lefts = new double[columns.Count];
        for (var at = 1; at < columns.Count; at++)
        {
            lefts[at] = lefts[at - 1] + widths[at - 1] + (isRim[at] || isRim[at - 1] ? RimGap : Math.Max(gap * 2, label[at - 1] + gap * 1.5));
        }

        return (lefts, widths);
    }
}
