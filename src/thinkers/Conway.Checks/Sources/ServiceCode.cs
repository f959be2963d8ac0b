using Conway.Checks.History;
using Conway.CodeFacts;
using Conway.Model;

namespace Conway.Checks.Sources;

/// <summary>What the source says, service by service.</summary>
/// <remarks>A type belongs to the service in whose folder its file lies. What lies in no service's folder is shared.</remarks>
internal sealed class ServiceCode
{
    private readonly string?[] _serviceOfFile;
    private readonly ILookup<string, CodeType> _types;

    private ServiceCode(Codebase code, SystemModel model)
    {
        Code = code;
        Folders = ServiceFolders.Of(model);
        _serviceOfFile = [.. code.Files.Select(f => ServiceFolders.ServiceOf(Folders, f.Path))];
        _types = code.Types.Where(t => !t.IsGenerated && ServiceOf(t.Place) is not null).ToLookup(t => ServiceOf(t.Place)!, StringComparer.Ordinal);
        Services = [.. model.Services.Keys.Where(s => _types[s].Any())];
    }

    /// <summary>Everything that was read.</summary>
    public Codebase Code { get; }

    /// <summary>Where the sources of services lie.</summary>
    public IReadOnlyDictionary<string, string> Folders { get; }

    /// <summary>Services whose source was found, in order of declaration.</summary>
    public IReadOnlyList<string> Services { get; }

    public static ServiceCode Of(Codebase code, SystemModel model) => new(code, model);

    /// <summary>The service in whose folder a place is; null for shared code.</summary>
    public string? ServiceOf(CodePlace place) => _serviceOfFile[place.File];

    /// <summary>The service of a member; null for shared code, and for none.</summary>
    public string? ServiceOfMember(int member) => member == Codebase.None ? null : ServiceOf(Code.Members[member].Place);

    /// <summary>The types of a service, those that tools wrote left out.</summary>
    public IEnumerable<CodeType> TypesOf(string service) => _types[service];

    /// <summary>Lines that hold more than blanks and comments.</summary>
    public int LinesOf(string service) => _types[service].Where(t => t.Outer == Codebase.None).Sum(t => t.CodeLines);

    /// <summary>Requests and messages that a service takes.</summary>
    public IEnumerable<EntryPoint> EntriesOf(string service) =>
        Code.EntryPoints.Where(e => e.Kind is not (EntryPointKind.Program or EntryPointKind.Hosted) && ServiceOf(e.Place) == service);

    /// <summary>The projects in a service's folder.</summary>
    public IEnumerable<CodeProject> ProjectsOf(string service) =>
        Folders.TryGetValue(service, out var folder) ? Code.Projects.Where(p => p.Kind != CodeProjectKind.Test && p.Path.StartsWith(folder, StringComparison.Ordinal)) : [];

    /// <summary>Projects outside of every service's folder that a service uses, directly or through others.</summary>
    public IReadOnlyList<CodeProject> SharedProjectsOf(string service) =>
        [.. WithReferred(service).Where(p => !Folders.Values.Any(f => p.Path.StartsWith(f, StringComparison.Ordinal)))];

    /// <summary>The projects of a service, and after them those that they refer to, directly or through others.</summary>
    private IEnumerable<CodeProject> WithReferred(string service)
    {
        var open = new Queue<int>(ProjectsOf(service).Select(p => p.Id));
        var seen = open.ToHashSet();
        while (open.TryDequeue(out var id))
        {
            yield return Code.Projects[id];
            foreach (var next in Code.Projects[id].References.Where(seen.Add))
            {
                open.Enqueue(next);
            }
        }
    }

    /// <summary>The one class of a store (a DbContext or its like) through which a table is used; null when there is none, or several.</summary>
    public CodeType? OnlyContextOf(int table)
    {
        var contexts = Code.Entities.Where(e => e.Table == table).SelectMany(e => e.Contexts).Distinct().Take(2).ToArray();
        return contexts.Length == 1 ? Code.Types[Code.Contexts[contexts[0]].Type] : null;
    }

    /// <summary>Whether code of a service can name a type: it stands in one of its projects, or in one that these refer to.</summary>
    public bool CanName(string service, CodeType type) =>
        ServiceOf(type.Place) == service || WithReferred(service).Any(p => p.Id == type.Project);

    /// <summary>Why the source does not tell enough, as a sentence; null when it does.</summary>
    public string? Lack() => Services.Count == 0 ? "No C# was found in a folder of a service (project, directory)." : null;
}
