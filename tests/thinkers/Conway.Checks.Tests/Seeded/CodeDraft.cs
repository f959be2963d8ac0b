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
    private readonly List<Entity> _entities = [];
    private readonly List<StoreContext> _contexts = [];
    private readonly List<TransactionUse> _transactions = [];
    private readonly List<CallSite> _calls = [];
    private readonly Dictionary<int, string[]> _properties = [];

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

    public int Entry(int type, string route, EntryPointKind kind = EntryPointKind.MinimalApi)
    {
        _entries.Add(new EntryPoint { Id = _entries.Count, Kind = kind, Name = $"POST {route}", Method = "POST", Route = route, Type = type, Member = type, Place = _members[type].Place });
        return _entries.Count - 1;
    }

    /// <summary>An entity with its properties.</summary>
    public int Entity(string folder, string name, params string[] properties)
    {
        var type = Type(folder, name, TypeRoles.Entity, isAlone: true);
        _properties[type] = properties;
        return type;
    }

    /// <summary>A class of a store, through which tables are used.</summary>
    public void Context(string folder, string name, int project, params string[] tables)
    {
        var (context, type) = (_contexts.Count, Type(folder, name, TypeRoles.StoreContext, project: project, isAlone: true));
        var first = _entities.Count;
        foreach (var table in tables)
        {
            _entities.Add(new Entity { Id = _entities.Count, Type = type, Table = Table(table), Found = StoreAccess.EfCore, NamedBy = TableNameSource.Mapping, Contexts = [context], Place = _members[type].Place });
        }

        _contexts.Add(new StoreContext(context, type, StoreAccess.EfCore, null, [.. Enumerable.Range(first, tables.Length)], _members[type].Place));
    }

    /// <summary>Calls from the one member of a type to that of another.</summary>
    public void Calls(int from, int to, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _calls.Add(new CallSite(from, to, to, _members[from].Place, CallFlags.None));
        }
    }

    public void Scope(int type, TransactionKind kind) => _transactions.Add(new TransactionUse(type, kind, _members[type].Place));

    /// <summary>What is set going at an entry point: what it writes and publishes, and whose members it reaches.</summary>
    public void UseCase(int entry, string[] writes, int[] publishes, params int[] reached) => _useCases.Add(new UseCase
    {
        Id = _useCases.Count,
        EntryPoint = entry,
        Members = [_entries[entry].Member, .. reached],
        Types = [_entries[entry].Type, .. reached],
        Accesses = [.. writes.Select((w, i) => new UseCaseAccess(Table(w), Codebase.None, AccessMode.Write, _entries[entry].Place, i, IsInferred: false))],
        Publishes = [.. publishes],
    });

    public void Outbound(int type, string? target, bool inLoop, string method = "GET") => _outbound.Add(new OutboundCall(type, OutboundKind.Http, method, target, _members[type].Place, inLoop));

    public Codebase Build()
    {
        // The properties of entities stand behind all other members, so that the first member of a type has the id of the type.
        var members = _members.ToList();
        var types = _types.ToArray();
        foreach (var (type, properties) in _properties)
        {
            types[type] = types[type] with { FirstMember = members.Count, MemberCount = properties.Length };
            members.AddRange(properties.Select((p, i) => new CodeMember { Id = members.Count + i, Type = type, Name = p, Kind = CodeMemberKind.Property, Place = _members[type].Place }));
        }

        return new()
        {
            Name = "seeded",
            Projects = [.. _projects],
            Files = [.. _files],
            Types = [.. types],
            Members = [.. members],
            Calls = [.. _calls],
            Entities = [.. _entities],
            Contexts = [.. _contexts],
            Transactions = [.. _transactions],
            Tables = [.. _tables],
            Accesses = [.. _accesses],
            EntryPoints = [.. _entries],
            UseCases = [.. _useCases],
            OutboundCalls = [.. _outbound],
        };
    }
}
