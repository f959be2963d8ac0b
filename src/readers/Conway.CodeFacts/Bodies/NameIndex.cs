using System.Collections.Immutable;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Sources;

namespace Conway.CodeFacts.Bodies;

/// <summary>The names that can mean something of the codebase. Whatever is not among them need not be bound, and most is not.</summary>
internal sealed class NameIndex
{
    private readonly TypeTable _types;
    private readonly HashSet<string> _methods = new(StringComparer.Ordinal);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _mounts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _aliases = new(StringComparer.Ordinal);

    public NameIndex(TypeTable types, ImmutableArray<SourceFile> files)
    {
        _types = types;
        foreach (var member in types.Members)
        {
            (member.Kind is CodeMemberKind.Method ? _methods : _values).Add(member.Name);
            if (member.Kind is CodeMemberKind.Property or CodeMemberKind.Field && (member.Signature.Contains("DbSet<", StringComparison.Ordinal) || member.Signature.Contains("ObjectSet<", StringComparison.Ordinal)))
            {
                _sets.Add(member.Name);
            }
            else if (member is { Kind: CodeMemberKind.Method, IsStatic: true } && (member.Signature.Contains("(this IEndpointRouteBuilder ", StringComparison.Ordinal)
                || member.Signature.Contains("(this RouteGroupBuilder ", StringComparison.Ordinal) || member.Signature.Contains("(this WebApplication ", StringComparison.Ordinal)))
            {
                _mounts[member.Name] = _mounts.ContainsKey(member.Name) ? Codebase.None : member.Id;
            }
        }

        foreach (var alias in files.Where(f => f.IsDeclaring).SelectMany(f => f.Root.Usings).Select(u => u.Alias?.Name.Identifier.ValueText).OfType<string>())
        {
            _aliases.Add(alias);
        }
    }

    /// <summary>A type of the codebase, or an alias that may stand for one.</summary>
    public bool MayBeType(string name) => _types.IsTypeName(name) || _aliases.Contains(name);

    public bool MayBeMethod(string name) => _methods.Contains(name);

    /// <summary>A property, field, event or enum value.</summary>
    public bool MayBeValue(string name) => _values.Contains(name);

    /// <summary>A property or field that gives a set of entities.</summary>
    public bool MayBeSet(string name) => _sets.Contains(name);

    /// <summary>The only extension of a builder of endpoints that is called so; <see cref="Codebase.None"/> when there is none or several.</summary>
    public int EndpointExtension(string name) => _mounts.GetValueOrDefault(name, Codebase.None);

    /// <summary>An attribute, written with or without its suffix.</summary>
    public bool MayBeAttribute(string name) => MayBeType(name) || _types.IsTypeName(name + "Attribute");
}
