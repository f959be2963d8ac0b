using System.Text;
using Conway.CodeFacts;
using Conway.Migration.Plans;

namespace Conway.Migration.Pieces;

/// <summary>C# to begin a slice with: the interface of the seam, a switch between the old and the new way behind it, and the types that cross the border.</summary>
/// <remarks>Each file compiles by itself, with nothing but .NET. Members whose types cannot cross a network are named in a comment, with the reason; what a
/// member does is left to people: both ways behind the switch are theirs.</remarks>
public static class CodePieces
{
    /// <summary>One file for each slice of which others call something that can cross; none for another.</summary>
    public static IReadOnlyList<Piece> Of(MigrationPlan plan, Codebase code)
    {
        var signatures = new Signatures(code);
        return [.. plan.Phases.Where(p => p.Slice is { Interface.Members.Count: > 0 })
            .Select(p => (Phase: p, Text: Text(p, signatures))).Where(p => p.Text is not null).Select(p => new Piece($"{p.Phase.Id}/code/{p.Phase.Slice!.Interface!.Name}.cs", p.Text!))];
    }

    private static string? Text(Phase phase, Signatures signatures)
    {
        var (name, seam) = (Words.Pascal(phase.Id), phase.Slice!.Interface!);
        var crossing = new Crossing(signatures);
        var members = new List<(string Result, string Name, string Parameters, string Arguments)>();
        var left = new List<string>();
        foreach (var member in seam.Members)
        {
            if (signatures.Parse(member.Signature, crossing, out var problem) is not { } parsed)
            {
                left.Add($"{member.Of}: {member.Signature} ({member.At}): {problem}");
            }
            else if (!members.Any(m => m.Name == parsed.Name && m.Parameters == parsed.Parameters))
            {
                members.Add(parsed);
            }
        }

        if (members.Count == 0)
        {
            return null;
        }

        // Two types with a member of one name and the same parameters: the second would not compile.
        members = [.. members.GroupBy(m => (m.Name, Types(m.Parameters))).Select(g => g.First())];
        var text = new StringBuilder();
        text.Append("using System;\nusing System.Collections.Generic;\nusing System.IO;\nusing System.Threading;\nusing System.Threading.Tasks;\n\n#nullable enable\n\nnamespace Migration.").Append(name).Append(";\n\n");
        text.Append("/// <summary>What the rest of the monolith asks of ").Append(phase.Id).Append(": the seam behind which the old and the new way stand.</summary>\npublic interface ").Append(seam.Name).Append("\n{\n");
        text.AppendJoin("\n", members.Select(m => $"    {m.Result} {m.Name}({m.Parameters});\n"));
        foreach (var line in left)
        {
            text.Append("\n    // Not carried over: ").Append(line).Append('\n');
        }

        text.Append("}\n\n/// <summary>Asks the old way or the new one, by a switch that is read at every call: turned back, the next call is answered by the old way again.</summary>\n");
        text.Append("public sealed class ").Append(name).Append("Switch(").Append(seam.Name).Append(" monolith, ").Append(seam.Name).Append(" service, Func<bool> toService) : ").Append(seam.Name).Append("\n{\n");
        text.AppendJoin("\n", members.Select(m => $"    public {m.Result} {m.Name}({m.Parameters}) => (toService() ? service : monolith).{m.Name}({m.Arguments});\n"));
        text.Append("}\n\n/// <summary>The anti-corruption layer: one for each pair of types below, in the monolith, and gone when the layer ends.</summary>\npublic interface I").Append(name).Append("Translation<TMonolith, TContract>\n{\n    TContract ToContract(TMonolith value);\n\n    TMonolith ToMonolith(TContract value);\n}\n");
        text.Append(crossing.Declarations());
        return text.ToString();
    }

    private static string Types(string parameters) => string.Join(',', Signatures.Split(parameters).Select(p => p.Trim().Split(" = ")[0]).Select(p => p.Contains(' ', StringComparison.Ordinal) ? p[..p.LastIndexOf(' ')] : p));
}
