using System.Text;
using Conway.CodeFacts;

namespace Conway.Migration.Pieces;

/// <summary>Types of the monolith that cross the border, as the contract has them: records of plain values and enums.</summary>
internal sealed class Crossing(Signatures signatures)
{
    private readonly SortedDictionary<string, CodeType> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CodeType> _seen = new(StringComparer.Ordinal);

    // Whoever does something is asked, not sent.
    private const TypeRoles Doing = TypeRoles.StoreContext | TypeRoles.Mapping | TypeRoles.Repository | TypeRoles.Endpoint;

    /// <summary>Notes a type; false when it is none of the codebase's, or holds no data.</summary>
    public bool TryAdd(string name)
    {
        if (_seen.ContainsKey(name) || _kept.ContainsKey(name))
        {
            return true;
        }

        if (signatures.Find(name) is not { Kind: CodeTypeKind.Class or CodeTypeKind.Record or CodeTypeKind.Struct or CodeTypeKind.RecordStruct or CodeTypeKind.Enum } type || type.IsStatic || (type.Roles & Doing) != 0 || (type.Kind != CodeTypeKind.Enum && !Values(type).Any()))
        {
            return false;
        }

        _seen[name] = type;
        return true;
    }

    /// <summary>Takes what was noted since into the contract.</summary>
    public void Keep()
    {
        foreach (var (name, type) in _seen)
        {
            _kept[name] = type;
        }

        _seen.Clear();
    }

    /// <summary>All of them, with what they lead to.</summary>
    public string Declarations()
    {
        var text = new StringBuilder();
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (_kept.FirstOrDefault(k => !done.Contains(k.Key)) is { Key: not null, Value: var type })
        {
            done.Add(type.Name);
            text.Append("\n/// <summary>Of ").Append(type.FullName.Replace('`', '-')).Append(", ").Append(signatures.Code.At(type.Place)).Append(".</summary>\n");
            text.Append(type.Kind == CodeTypeKind.Enum ? OfEnum(type) : OfRecord(type));
        }

        return text.ToString();
    }

    private string OfEnum(CodeType type) =>
        $"public enum {type.Name}\n{{\n{string.Concat(signatures.Code.MembersOf(type).ToArray().Where(m => m.Kind == CodeMemberKind.EnumValue).Select(m => $"    {Signatures.Escaped(m.Name)},\n"))}}}\n";

    private string OfRecord(CodeType type)
    {
        var text = new StringBuilder($"public sealed record {type.Name}\n{{\n");
        var names = new HashSet<string>(StringComparer.Ordinal) { type.Name };
        foreach (var property in Values(type))
        {
            var space = property.Signature.LastIndexOf(' ');
            var (of, name) = (Signatures.Simple(property.Signature[..space]), Signatures.Escaped(property.Name));
            if (!names.Add(name))
            {
                continue;
            }

            if (signatures.Cannot(of, this) is { } unknown)
            {
                _seen.Clear();
                text.Append($"    // Not carried over: {property.Signature}: the type {unknown} is no data.\n");
                continue;
            }

            Keep();
            text.Append($"    public {of} {name} {{ get; init; }}{(of.EndsWith('?') ? "" : " = default!;")}\n");
        }

        return text.Append("}\n").ToString();
    }

    private IEnumerable<CodeMember> Values(CodeType type) =>
        signatures.Code.MembersOf(type).ToArray().Where(m => m is { Kind: CodeMemberKind.Property, IsPublic: true, IsStatic: false } && m.Name != "this[]" && m.Signature.Contains(' ', StringComparison.Ordinal));
}
