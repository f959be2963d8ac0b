using System.Globalization;
using Conway.Checks.Boundaries;

namespace Conway.Cli;

/// <summary>The figures of every service's boundary, side by side.</summary>
internal static class BoundaryTable
{
    public static void Write(IReadOnlyList<BoundaryScore> boundaries, Terminal terminal)
    {
        if (boundaries.Count == 0)
        {
            return;
        }

        var table = new TextTable(["SERVICE", "SCORE", .. boundaries[0].Parts.Select(p => p.Name.ToUpperInvariant()), "WORST"]);
        foreach (var boundary in boundaries.OrderBy(b => b.Score ?? 2).ThenBy(b => b.Service, StringComparer.Ordinal))
        {
            var worst = boundary.Parts.Where(p => p.Value is not null).MinBy(p => p.Value);
            table.Add([boundary.Service, Percent(boundary.Score), .. boundary.Parts.Select(p => Percent(p.Value)), worst?.Says ?? ""]);
        }

        terminal.Output.Write(table.Render(terminal.Width(), terminal.Ink));
        terminal.Output.Write('\n');
    }

    // Not known and nothing are two things.
    private static string Percent(double? value) => value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0} %") : "-";
}
