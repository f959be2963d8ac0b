using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3401: a library with the business in it that several services share.</summary>
/// <remarks>Told by what the library holds: entities, stores, repositories, handlers. Technical libraries, and those that hold nothing but contracts, are not told.</remarks>
public sealed class SharedDomainLibrary : ICheck
{
    private const TypeRoles Business = TypeRoles.Entity | TypeRoles.StoreContext | TypeRoles.Repository | TypeRoles.Handler;

    // An interface for handlers and the table of an outbox are for all, and change for nobody's reasons.
    private static bool IsTechnical(CodeType type) => type.Kind == CodeTypeKind.Interface || type.IsAbstract || Plumbing.Is(type.Name);

    public FindingRule Rule { get; } = new(
        "CW3401", Severity.Warning, "Shared library with the domain in it",
        "A change of the business in it is a release of every service that uses it, all at once; the boundary between them is drawn around nothing.")
    {
        Unless = "the types in it never change, such as money or a calendar",
    };

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Code;

    public string? Lacks(CheckSubject subject) => subject.Sources.Lack()
        ?? (subject.Sources.Code.Types.All(t => t.Roles == TypeRoles.None) ? "No entity, store or handler was recognised in the source." : null);

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var code = subject.Sources;
        return from use in code.Services.SelectMany(s => code.SharedProjectsOf(s).Select(p => (Project: p, Service: s)))
               group use.Service by use.Project into users
               where users.Count() > 1
               orderby users.Key.Path
               let types = code.Code.Types.Where(t => t.Project == users.Key.Id && (t.Roles & Business) != 0 && !IsTechnical(t)).ToArray()
               where types.Length > 0
               let services = users.Order(StringComparer.Ordinal).ToArray()
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{services[0]}",
                   Subject = $"library {users.Key.Name}",
                   Message = $"{Spoken.Names(services.Take(6))} share the library '{users.Key.Name}', which holds {Spoken.Times(types.Length, "type")} of the business, such as {types[0].Name}.",
                   Mend = $"Move each type to the service whose data it is, and leave in '{users.Key.Name}' what is technical or a contract.",
                   Measure = new Measure(services.Length, 1, "services"),
                   Evidence = [.. types.Take(Finding.EvidenceMax).Select(t => SeenCode.Evidence(code.Code, t.Place, $"{t.Name} is {(t.Roles & Business).ToString().ToLowerInvariant()}"))],
               };
    }
}
