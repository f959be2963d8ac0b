using System.Globalization;
using Conway.CodeFacts.Declared;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Bodies;

/// <summary>Which type of the codebase a name means that the compiler could not bind.</summary>
/// <remarks>First a type of the namespaces around the name, then of the namespaces that the file uses, then the only one of that name.
/// Where several fit equally, none is guessed.</remarks>
internal sealed class NameGuess
{
    private readonly TypeTable _types;
    private readonly HashSet<string> _usings;

    public NameGuess(TypeTable types, CompilationUnitSyntax unit)
    {
        _types = types;
        _usings = [.. unit.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>()
            .Where(u => u.Alias is null && u.StaticKeyword.RawKind == 0).Select(u => u.Name?.ToString() ?? "")];
    }

    /// <summary>The id of the type, or <see cref="Codebase.None"/>.</summary>
    /// <param name="space">The namespace in which the name stands.</param>
    public int Find(string name, int arity, string space)
    {
        var named = _types.Named(name);
        if (named.Length == 0)
        {
            return Codebase.None;
        }

        var suffix = arity == 0 ? null : "`" + arity.ToString(CultureInfo.InvariantCulture);
        var (around, aroundLength, used, usedCount, any, anyCount) = (Codebase.None, -1, Codebase.None, 0, Codebase.None, 0);
        foreach (var id in named)
        {
            var type = _types.Types[id];
            if (suffix is null ? type.FullName.Contains('`') && type.FullName.LastIndexOf('`') > type.FullName.LastIndexOf('.') : !type.FullName.EndsWith(suffix, StringComparison.Ordinal))
            {
                continue;
            }

            if (Encloses(type.Namespace, space) && type.Outer == Codebase.None && type.Namespace.Length > aroundLength)
            {
                (around, aroundLength) = (id, type.Namespace.Length);
            }

            if (_usings.Contains(type.Namespace) && type.Outer == Codebase.None)
            {
                (used, usedCount) = (id, usedCount + 1);
            }

            (any, anyCount) = (id, anyCount + 1);
        }

        return around != Codebase.None ? around : usedCount == 1 ? used : anyCount == 1 ? any : Codebase.None;
    }

    private static bool Encloses(string outer, string inner) =>
        outer.Length > 0 && (inner == outer || (inner.Length > outer.Length && inner[outer.Length] == '.' && inner.StartsWith(outer, StringComparison.Ordinal)));
}
