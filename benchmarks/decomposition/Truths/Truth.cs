using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Bench.Truths;

/// <summary>Which module each type belongs to, as far as somebody said so.</summary>
/// <param name="Modules">Names of modules.</param>
/// <param name="OfType">For each type of the codebase the index of its module, -1 where nothing is said.</param>
internal sealed record Truth(ImmutableArray<string> Modules, ImmutableArray<int> OfType)
{
    /// <summary>Reads a <c>.truth</c> file of rules on paths, or a truth file in YAML.</summary>
    public static Truth Read(string path, Codebase code) =>
        path.EndsWith(".truth", StringComparison.Ordinal) ? TruthRules.Read(path, code) : TruthYaml.Read(path, code);

    /// <summary>The module of each unit: that of its outermost type.</summary>
    public int[] OfUnits(UnitTable units) => [.. units.All.Select(u => u.IsTable ? -1 : OfType[u.Types[0]])];
}
