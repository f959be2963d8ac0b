using System.Collections.Immutable;
using Conway.Decomposition.Units;
using Conway.Findings;

namespace Conway.Decomposition.Constraining;

/// <summary>Constraints bound to the units they name.</summary>
public sealed record BoundConstraints
{
    /// <summary>None.</summary>
    public static BoundConstraints None { get; } = new();

    /// <summary>Each line with what it names, in the order of the file.</summary>
    public ImmutableArray<BoundConstraint> All { get; init; } = [];

    /// <summary>How many services there are.</summary>
    public Bounds Services => All.Select(c => c.Constraint).OfType<ServiceCount>().LastOrDefault()?.Bounds ?? Bounds.Any;

    /// <summary>How many units each service has, without technical ones.</summary>
    public Bounds Size => All.Select(c => c.Constraint).OfType<ServiceSize>().LastOrDefault()?.Bounds ?? Bounds.Any;

    /// <summary>Binds the lines of a file.</summary>
    /// <param name="findings">Names that nothing has.</param>
    public static BoundConstraints Of(ConstraintFile file, UnitTable units, string path, out ImmutableArray<Finding> findings)
    {
        var all = ImmutableArray.CreateBuilder<BoundConstraint>();
        var problems = ImmutableArray.CreateBuilder<Finding>();
        foreach (var line in file.Lines)
        {
            if (line.Constraint is null)
            {
                continue;
            }

            var patterns = line.Constraint switch
            {
                Together c => c.Types,
                Apart c => c.Types,
                Pin c => c.Types,
                Technical c => c.Types,
                OwnedBy c => c.Types,
                _ => [],
            };
            var groups = patterns.Select(p => units.All.Where(u => p.Fits(u.FullName)).Select(u => u.Id).ToImmutableArray()).ToImmutableArray();
            all.Add(new BoundConstraint(line.Number, line.Constraint, groups));
            for (var i = 0; i < patterns.Length; i++)
            {
                if (groups[i].IsEmpty)
                {
                    problems.Add(Missing(patterns[i], units, path, line));
                }
            }
        }

        findings = problems.ToImmutable();
        return new BoundConstraints { All = all.ToImmutable() };
    }

    private static Finding Missing(TypePattern pattern, UnitTable units, string path, ConstraintLine line)
    {
        var name = pattern.Text[(pattern.Text.LastIndexOf('.') + 1)..];
        var meant = DidYouMean.Closest(name, units.All.Select(u => u.Name).Distinct());
        return new Finding
        {
            Rule = DecompositionFindings.NothingNamed,
            Message = $"No type and no table is called '{pattern}'.",
            Mend = meant is null ? "Write the last parts of the full name of a type, or remove it." : $"Write '{meant}', if that was meant.",
            Place = new SourceSpan(path, line.Number, line.Written.IndexOf(pattern.Text, StringComparison.Ordinal) + 1, pattern.Text.Length),
            SourceLine = line.Written,
        };
    }
}

/// <summary>A constraint with the units that each of its names stands for.</summary>
/// <param name="Line">Where it stands in its file, from 1.</param>
/// <param name="Constraint">What it asks for.</param>
/// <param name="Groups">For each name the ids of units, ascending.</param>
public sealed record BoundConstraint(int Line, Constraint Constraint, ImmutableArray<ImmutableArray<int>> Groups)
{
    /// <summary>All units named.</summary>
    public IEnumerable<int> Units => Groups.SelectMany(g => g);
}
