using Conway.Decomposition.Constraining;
using Conway.Decomposition.Units;

namespace Conway.Console.FromCode;

/// <summary>A move as lines of a constraints file. Pure.</summary>
internal static class MoveLines
{
    /// <summary>The file with a pin for the unit. The line that placed it until now gives up its name and goes when no other is in it; patterns that
    /// stand for several types are left alone, so that a contradiction is told instead of a wish forgotten.</summary>
    /// <param name="service">Where the unit is to be; null for no service.</param>
    /// <param name="path">How findings name the file.</param>
    public static ConstraintFile Move(ConstraintFile file, UnitTable units, int unit, string? service, string path)
    {
        var line = (service is null ? (Constraint)new Technical([Name(units, unit)]) : new Pin([Name(units, unit)], service)).Text;
        var placed = false;
        for (var number = file.Lines.Length; number >= 1; number--)
        {
            var was = file.Lines[number - 1];
            var types = was.Constraint switch
            {
                Pin pin => pin.Types,
                Technical technical => technical.Types,
                _ => [],
            };
            var left = types.Where(t => !IsOnly(t, units, unit)).ToArray();
            if (left.Length == types.Length)
            {
                continue;
            }

            // In its place where that is its own line, so that a comment above stays with it.
            var written = left.Length > 0 ? Rest(was.Constraint!, left).Text : placed ? null : line;
            placed |= left.Length == 0;
            file = file.Splice(number, 1, written is null ? [] : [written + Comment(was.Written)], path);
        }

        return placed ? file : file.Splice(file.Lines.Length + 1, 0, [line], path);
    }

    /// <summary>The shortest name that stands for this unit alone; the whole name where none does.</summary>
    public static TypePattern Name(UnitTable units, int unit)
    {
        var parts = string.Concat(units.All[unit].FullName.Select(Sign)).Split('.').Select(p => p.Split('`')[0]).ToArray();
        for (var count = 1; count < parts.Length; count++)
        {
            var pattern = new TypePattern(string.Join('.', parts[^count..]));
            if (IsOnly(pattern, units, unit))
            {
                return pattern;
            }
        }

        return new TypePattern(string.Join('.', parts));
    }

    private static Constraint Rest(Constraint constraint, TypePattern[] types) => constraint is Pin pin ? pin with { Types = [.. types] } : new Technical([.. types]);

    private static bool IsOnly(TypePattern pattern, UnitTable units, int unit) =>
        pattern.Fits(units.All[unit].FullName) && units.All.All(u => u.Id == unit || !pattern.Fits(u.FullName));

    private static string Comment(string written)
    {
        for (var i = 1; i < written.Length; i++)
        {
            if (written[i] == '#' && char.IsWhiteSpace(written[i - 1]))
            {
                return " " + written[i..];
            }
        }

        return "";
    }

    // Tables can have names that a line of constraints could not hold; there any sign stands for such a one.
    private static char Sign(char c) => char.IsLetterOrDigit(c) || c is '_' or '@' or '.' or '`' ? c : '?';
}
