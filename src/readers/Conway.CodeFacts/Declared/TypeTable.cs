using System.Collections.Concurrent;
using System.Collections.Immutable;
using Conway.CodeFacts.Sources;
using Microsoft.CodeAnalysis;

namespace Conway.CodeFacts.Declared;

/// <summary>All types and members of the codebase with their ids, and the way from the compiler's symbols to them.</summary>
/// <remarks>Immutable but for caches; safe for use by several threads.</remarks>
internal sealed class TypeTable
{
    private readonly Dictionary<(int File, int Start), int> _types = [];
    private readonly Dictionary<(int File, int Start), int> _members = [];
    private readonly Dictionary<string, int> _fileByPath;
    private readonly ImmutableArray<SourceFile> _files;
    private readonly ProjectReach _reach;
    private readonly bool[] _hasBody;
    private readonly ConcurrentDictionary<ISymbol, int[]> _cache = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<string, int[]> _byName;

    public TypeTable(ImmutableArray<SourceFile> files, List<DeclaredPart>?[] parts, ProjectReach reach)
    {
        (_files, _reach) = (files, reach);
        _fileByPath = files.ToDictionary(f => f.Path, f => f.Index, StringComparer.Ordinal);
        var all = parts.SelectMany((list, file) => (list ?? []).Select(part => (File: file, Part: part))).ToArray();
        var groups = all.GroupBy(p => (p.Part.FullName, files[p.File].Project))
            .OrderBy(g => g.Key.FullName, StringComparer.Ordinal).ThenBy(g => g.Key.Project).ToArray();

        foreach (var (group, id) in groups.Select((g, i) => (g, i)))
        {
            foreach (var (file, part) in group)
            {
                part.Type = id;
                _types[(file, part.Start)] = id;
            }
        }

        var types = ImmutableArray.CreateBuilder<CodeType>(groups.Length);
        var members = ImmutableArray.CreateBuilder<CodeMember>();
        var hasBody = new List<bool>();
        foreach (var (group, id) in groups.Select((g, i) => (g.OrderBy(p => p.File).ThenBy(p => p.Part.Start).ToArray(), i)))
        {
            var first = members.Count;
            foreach (var (file, member) in group.SelectMany(p => p.Part.Members.Select(m => (p.File, Member: m))).OrderBy(m => m.File).ThenBy(m => m.Member.Start))
            {
                member.Id = members.Count;
                _members[(file, member.Start)] = member.Id;
                members.Add(Member(id, file, member));
                hasBody.Add(member.HasBody);
            }

            types.Add(Type(id, group, parts, first, members.Count - first, members));
        }

        (Types, Members, _hasBody) = (types.MoveToImmutable(), members.ToImmutable(), [.. hasBody]);
        _byName = Types.GroupBy(t => t.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(t => t.Id).ToArray(), StringComparer.Ordinal);
    }

    public ImmutableArray<CodeType> Types { get; }

    public ImmutableArray<CodeMember> Members { get; }

    /// <summary>Whether a member has statements or an expression of its own.</summary>
    public bool HasBody(int member) => _hasBody[member];

    /// <summary>Whether any type of the codebase is called so.</summary>
    public bool IsTypeName(string name) => _byName.ContainsKey(name);

    /// <summary>Types of a simple name, ascending.</summary>
    public ReadOnlySpan<int> Named(string name) => _byName.TryGetValue(name, out var ids) ? ids : [];

    /// <summary>The type that is declared at a place; <see cref="Codebase.None"/> when there is none.</summary>
    public int TypeAt(int file, int start) => _types.GetValueOrDefault((file, start), Codebase.None);

    /// <summary>The member that is declared at a place; <see cref="Codebase.None"/> when there is none.</summary>
    public int MemberAt(int file, int start) => _members.GetValueOrDefault((file, start), Codebase.None);

    /// <summary>The type that a symbol stands for, seen from a file of a project; <see cref="Codebase.None"/> for types that are not the codebase's.</summary>
    public int IdOf(ITypeSymbol? symbol, int project) =>
        symbol?.OriginalDefinition is INamedTypeSymbol { TypeKind: not TypeKind.Error } named ? Choose(_cache.GetOrAdd(named, s => Find(s, _types)), project, Types, static t => t.Project) : Codebase.None;

    /// <summary>The member that a symbol stands for; <see cref="Codebase.None"/> when nobody wrote it.</summary>
    public int MemberOf(ISymbol symbol, int project)
    {
        var original = symbol switch
        {
            IMethodSymbol { ReducedFrom: { } extension } => extension,
            IMethodSymbol { AssociatedSymbol: { } of } => of,
            IMethodSymbol { PartialImplementationPart: { } body } => body,
            _ => symbol,
        };
        var member = Choose(_cache.GetOrAdd(original.OriginalDefinition, s => Find(s, _members)), project, Members, m => Types[m.Type].Project);
        return member == Codebase.None ? member : InType(member, IdOf(original.ContainingType, project));
    }

    /// <summary>Types of one full name are one symbol, with the members of all of them: the member of the one that is meant.</summary>
    private int InType(int member, int type)
    {
        if (type == Codebase.None || Members[member].Type == type)
        {
            return member;
        }

        var (known, owner, sameName) = (Members[member], Types[type], Codebase.None);
        for (var i = owner.FirstMember; i < owner.FirstMember + owner.MemberCount; i++)
        {
            if (Members[i].Name == known.Name && Members[i].Kind == known.Kind)
            {
                if (Members[i].Signature == known.Signature)
                {
                    return i;
                }

                sameName = sameName == Codebase.None ? i : sameName;
            }
        }

        return sameName == Codebase.None ? member : sameName;
    }

    /// <summary>Of several types or members with the same full name, the one that code of a project means: its own, else that of a project it
    /// refers to, else the first.</summary>
    private int Choose<T>(int[] ids, int project, ImmutableArray<T> of, Func<T, int> projectOf)
    {
        if (ids.Length <= 1)
        {
            return ids.Length == 0 ? Codebase.None : ids[0];
        }

        var reachable = Codebase.None;
        foreach (var id in ids)
        {
            var owner = projectOf(of[id]);
            if (owner == project)
            {
                return id;
            }

            if (reachable == Codebase.None && _reach.Sees(project, owner))
            {
                reachable = id;
            }
        }

        return reachable == Codebase.None ? ids[0] : reachable;
    }

    private int[] Find(ISymbol symbol, Dictionary<(int, int), int> at)
    {
        var references = symbol.DeclaringSyntaxReferences;
        if (references.Length == 0)
        {
            return [];
        }

        var found = new SortedSet<int>();
        foreach (var reference in references)
        {
            if (_fileByPath.TryGetValue(reference.SyntaxTree.FilePath, out var file) && at.TryGetValue((file, reference.Span.Start), out var id))
            {
                found.Add(id);
            }
        }

        return [.. found];
    }

    private static CodeMember Member(int type, int file, DeclaredMember member) => new()
    {
        Id = member.Id,
        Type = type,
        Name = member.Name,
        Kind = member.Kind,
        Place = new(file, member.Line),
        LastLine = member.LastLine,
        Signature = member.Signature,
        IsPublic = member.IsPublic,
        IsStatic = member.IsStatic,
        IsAbstract = member.IsAbstract,
    };

    private CodeType Type(int id, (int File, DeclaredPart Part)[] group, List<DeclaredPart>?[] parts, int firstMember, int memberCount, ImmutableArray<CodeMember>.Builder members)
    {
        // The part that people wrote leads, whatever the order of files.
        var lead = group.FirstOrDefault(p => _files[p.File].Kind == CodeFileKind.Source, group[0]);
        var part = lead.Part;
        return new()
        {
            Id = id,
            FullName = part.FullName,
            Name = part.Name,
            Namespace = part.Namespace,
            Kind = part.Kind,
            Project = _files[lead.File].Project,
            Place = new(lead.File, part.Line),
            OtherParts = [.. group.Where(p => p.Part != part).Select(p => new CodePlace(p.File, p.Part.Line))],
            Outer = part.Outer == Codebase.None ? Codebase.None : parts[lead.File]![part.Outer].Type,
            CodeLines = group.Sum(p => p.Part.CodeLines),
            IsPublic = group.Any(p => p.Part.IsPublic),
            IsAbstract = group.Any(p => p.Part.IsAbstract),
            IsStatic = group.Any(p => p.Part.IsStatic),
            IsMutable = group.Any(p => p.Part.IsMutable),
            IsGenerated = group.All(p => _files[p.File].Kind == CodeFileKind.Generated),
            FirstMember = firstMember,
            MemberCount = memberCount,
            Shape = TypeShape.Of(part.Kind, part.Name, members, firstMember, memberCount),
        };
    }
}
