using System.Text;

namespace Conway.Artifacts;

/// <summary>What differs between two texts, line by line (Myers, An O(ND) Difference Algorithm and Its Variations, 1986).</summary>
public static class TextDiff
{
    private const int Context = 3;

    // Beyond this many differing lines the texts have little in common, and the trace of the search would grow with the square.
    private const int EditsMax = 2000;

    // Stands for the missing end of a last line; no line of text holds it.
    private const char Open = '\0';

    /// <summary>For each line of <paramref name="now"/> the line of <paramref name="then"/> that it is, counted from 0; -1 for one that is only in <paramref name="now"/>.</summary>
    public static IReadOnlyList<int> Matches(IReadOnlyList<string> then, IReadOnlyList<string> now)
    {
        var matches = new int[now.Count];
        Array.Fill(matches, -1);
        var head = 0;
        while (head < then.Count && head < now.Count && then[head] == now[head])
        {
            matches[head] = head++;
        }

        var tail = 0;
        while (tail < then.Count - head && tail < now.Count - head && then[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
            matches[^tail] = then.Count - tail;
        }

        foreach (var (x, y) in Walk([.. then.Skip(head).Take(then.Count - head - tail)], [.. now.Skip(head).Take(now.Count - head - tail)]))
        {
            matches[head + y] = head + x;
        }

        return matches;
    }

    /// <summary>A unified diff, as <c>diff -u</c> writes it; empty when nothing differs.</summary>
    public static string Unified(string thenName, string then, string nowName, string now)
    {
        if (then == now)
        {
            return "";
        }

        var (before, after) = (Lines(then), Lines(now));
        var edits = Edits(before, after);
        var text = new StringBuilder().Append("--- ").Append(thenName).Append('\n').Append("+++ ").Append(nowName).Append('\n');
        var (at, thenAt, nowAt) = (0, 0, 0);
        while (at < edits.Count)
        {
            var first = edits.FindIndex(at, edit => edit.Sign != ' ');
            if (first < 0)
            {
                break;
            }

            var last = first;
            for (var next = first; next < edits.Count && next - last <= (2 * Context) + 1; next++)
            {
                last = edits[next].Sign != ' ' ? next : last;
            }

            var (from, to) = (Math.Max(at, first - Context), Math.Min(edits.Count - 1, last + Context));
            // The lines between two hunks are the same in both.
            thenAt += from - at;
            nowAt += from - at;
            Hunk(text, edits.GetRange(from, to - from + 1), ref thenAt, ref nowAt);
            at = to + 1;
        }

        return text.ToString();
    }

    /// <param name="before">Lines of the one before it; after it with those in it.</param>
    /// <param name="after">The same of the other.</param>
    private static void Hunk(StringBuilder text, List<(char Sign, string Line)> hunk, ref int before, ref int after)
    {
        var (removed, added) = (hunk.Count(edit => edit.Sign != '+'), hunk.Count(edit => edit.Sign != '-'));
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"@@ -{(removed == 0 ? before : before + 1)},{removed} +{(added == 0 ? after : after + 1)},{added} @@\n");
        before += removed;
        after += added;
        foreach (var (sign, line) in hunk)
        {
            text.Append(sign).Append(line.TrimEnd(Open)).Append('\n').Append(line.EndsWith(Open) ? "\\ No newline at end of file\n" : "");
        }
    }

    private static List<(char Sign, string Line)> Edits(IReadOnlyList<string> then, IReadOnlyList<string> now)
    {
        var edits = new List<(char, string)>();
        var (at, come) = (0, 0);
        var matches = Matches(then, now);
        for (var i = 0; i <= now.Count; i++)
        {
            if (i < now.Count && matches[i] < 0)
            {
                continue;
            }

            // What is gone stands before what has come in its place.
            var next = i < now.Count ? matches[i] : then.Count;
            edits.AddRange(then.Skip(at).Take(next - at).Select(line => ('-', line)));
            edits.AddRange(now.Skip(come).Take(i - come).Select(line => ('+', line)));
            if (i < now.Count)
            {
                edits.Add((' ', now[i]));
            }

            (at, come) = (next + 1, i + 1);
        }

        return edits;
    }

    private static IReadOnlyList<string> Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text + Open).Split('\n');

    private static IEnumerable<(int X, int Y)> Walk(string[] then, string[] now)
    {
        var most = Math.Min(then.Length + now.Length, EditsMax);
        var trace = new List<int[]>();
        var reach = new int[(2 * most) + 3];
        var middle = most + 1;
        for (var d = 0; d <= most; d++)
        {
            trace.Add(reach[(middle - d - 1)..(middle + d + 2)]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && reach[middle + k - 1] < reach[middle + k + 1]) ? reach[middle + k + 1] : reach[middle + k - 1] + 1;
                while (x < then.Length && x - k < now.Length && then[x] == now[x - k])
                {
                    x++;
                }

                reach[middle + k] = x;
                if (x >= then.Length && x - k >= now.Length)
                {
                    return Back(trace, then.Length, now.Length);
                }
            }
        }

        return [];
    }

    private static IEnumerable<(int X, int Y)> Back(List<int[]> trace, int x, int y)
    {
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            // trace[d] is the reach of d - 1 steps, from diagonal -d - 1 to d + 1.
            var reach = trace[d];
            var k = x - y;
            int At(int diagonal) => reach[diagonal + d + 1];
            var before = k == -d || (k != d && At(k - 1) < At(k + 1)) ? k + 1 : k - 1;
            var (fromX, fromY) = d == 0 ? (0, 0) : (At(before), At(before) - before);
            while (x > fromX && y > fromY)
            {
                yield return (--x, --y);
            }

            (x, y) = (fromX, fromY);
        }
    }
}
