using Conway.CodeFacts;

namespace Conway.Checks.Tests.Seeded;

/// <summary>A codebase that is being made up: as much of the facts as checks look at.</summary>
internal sealed class CodeDraft
{
    private readonly List<CodeProject> _projects = [];
    private readonly List<CodeFile> _files = [];
    private readonly List<CodeType> _types = [];
    private readonly List<CodeMember> _members = [];
    private readonly List<StoreTable> _tables = [];
    private readonly List<DataAccess> _accesses = [];
    private readonly List<EntryPoint> _entries = [];
    private readonly List<UseCase> _useCases = [];
    private readonly List<OutboundCall> _outbound = [];

    /// <summary>A project in a folder, with packages and what it references.</summary>
    public int Project(string folder, string[] packages, params int[] references)
    {
        _projects.Add(new CodeProject(_projects.Count, $"{folder}/{folder.Split('/')[^1]}.csproj", folder.Split('/')[^1], CodeProjectKind.Web, [.. references], [.. packages], ["net10.0"]));
        return _projects.Count - 1;
    }

    /// <summary>A type in a file of its own in a folder, with one member.</summary>
    public int Type(string folder, string name, TypeRoles roles = TypeRoles.None, int lines = 20, int project = 0, bool isAlone = false)
    {
        var id = _types.Count;
        name = isAlone ? name : $"{name}{id}";
        _files.Add(new CodeFile($"{folder}/{name}.cs", project, CodeFileKind.Source, lines));
        var place = new CodePlace(_files.Count - 1, 1);
        _types.Add(new CodeType
        {
            Id = id,
            FullName = $"{folder}.{name}",
            Name = name,
            Namespace = folder,
            Kind = CodeTypeKind.Class,
            Project = project,
            Place = place,
            CodeLines = lines,
            Roles = roles,
            FirstMember = id,
            MemberCount = 1,
        });
        _members.Add(new CodeMember { Id = id, Type = id, Name = "Do", Kind = CodeMemberKind.Method, Place = place });
        return id;
    }

    public int Table(string name)
    {
        var known = _tables.FindIndex(t => t.Name == name);
        if (known >= 0)
        {
            return known;
        }

        _tables.Add(new StoreTable(_tables.Count, name, null, StoreTableKind.Table, new CodePlace(0, 1)));
        return _tables.Count - 1;
    }

    public void Access(int type, string table, AccessMode mode) =>
        _accesses.Add(new DataAccess(type, Table(table), Codebase.None, mode, StoreAccess.EfCore, _members[type].Place, InLoop: false, IsInferred: false));

    public int Entry(int type, string route)
    {
        _entries.Add(new EntryPoint { Id = _entries.Count, Kind = EntryPointKind.MinimalApi, Name = $"POST {route}", Method = "POST", Route = route, Type = type, Member = type, Place = _members[type].Place });
        return _entries.Count - 1;
    }

    public void UseCase(int entry, string? writes, int? publishes) => _useCases.Add(new UseCase
    {
        Id = _useCases.Count,
        EntryPoint = entry,
        Members = [_entries[entry].Member],
        Types = [_entries[entry].Type],
        Accesses = writes is null ? [] : [new UseCaseAccess(Table(writes), Codebase.None, AccessMode.Write, _entries[entry].Place, 1, IsInferred: false)],
        Publishes = publishes is { } type ? [type] : [],
    });

    public void Outbound(int type, string target, bool inLoop) => _outbound.Add(new OutboundCall(type, OutboundKind.Http, "GET", target, _members[type].Place, inLoop));

    public Codebase Build() => new()
    {
        Name = "seeded",
        Projects = [.. _projects],
        Files = [.. _files],
        Types = [.. _types],
        Members = [.. _members],
        Tables = [.. _tables],
        Accesses = [.. _accesses],
        EntryPoints = [.. _entries],
        UseCases = [.. _useCases],
        OutboundCalls = [.. _outbound],
    };
}
