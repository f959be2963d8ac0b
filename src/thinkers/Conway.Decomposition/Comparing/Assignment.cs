namespace Conway.Decomposition.Comparing;

/// <summary>Pairs rows with columns, each at most once, so that the sum of the chosen cells is the most possible (the Hungarian method).</summary>
internal static class Assignment
{
    /// <summary>The largest sum.</summary>
    public static long Most(long[,] gains)
    {
        var columns = Pairs(gains);
        var sum = 0L;
        for (var row = 0; row < columns.Length; row++)
        {
            sum += columns[row] < 0 ? 0 : gains[row, columns[row]];
        }

        return sum;
    }

    /// <summary>The column of each row in one best choice; -1 for rows without. Among equal choices always the same one.</summary>
    /// <param name="gains">Not negative.</param>
    public static int[] Pairs(long[,] gains)
    {
        var (rows, columns) = (gains.GetLength(0), gains.GetLength(1));
        var n = Math.Max(rows, columns);

        // Kuhn and Munkres by shortest augmenting ways with potentials, O(n³); row and column 0 are a place to begin from. Costs are negative gains.
        var (rowPotential, columnPotential) = (new long[n + 1], new long[n + 1]);
        var (rowOf, cameFrom) = (new int[n + 1], new int[n + 1]);
        for (var row = 1; row <= n; row++)
        {
            rowOf[0] = row;
            var at = 0;
            var slack = new long[n + 1];
            var used = new bool[n + 1];
            Array.Fill(slack, long.MaxValue);
            do
            {
                used[at] = true;
                var (from, delta, next) = (rowOf[at], long.MaxValue, 0);
                for (var column = 1; column <= n; column++)
                {
                    if (used[column])
                    {
                        continue;
                    }

                    var cost = from <= rows && column <= columns ? -gains[from - 1, column - 1] : 0;
                    var reduced = cost - rowPotential[from] - columnPotential[column];
                    if (reduced < slack[column])
                    {
                        (slack[column], cameFrom[column]) = (reduced, at);
                    }

                    if (slack[column] < delta)
                    {
                        (delta, next) = (slack[column], column);
                    }
                }

                for (var column = 0; column <= n; column++)
                {
                    if (used[column])
                    {
                        rowPotential[rowOf[column]] += delta;
                        columnPotential[column] -= delta;
                    }
                    else
                    {
                        slack[column] -= delta;
                    }
                }

                at = next;
            }
            while (rowOf[at] != 0);

            while (at != 0)
            {
                rowOf[at] = rowOf[cameFrom[at]];
                at = cameFrom[at];
            }
        }

        var chosen = new int[rows];
        Array.Fill(chosen, -1);
        for (var column = 1; column <= columns; column++)
        {
            if (rowOf[column] <= rows)
            {
                chosen[rowOf[column] - 1] = column - 1;
            }
        }

        return chosen;
    }
}
