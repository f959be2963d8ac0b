using Conway.CodeFacts.Declared;

namespace Conway.CodeFacts.Entries;

/// <summary>Actions of controllers with their routes, by attributes and, without them, by convention.</summary>
internal sealed class ControllerFinder
{
    private const int RoutesMax = 8;

    private static readonly Dictionary<string, string> Verbs = new(StringComparer.Ordinal)
    {
        ["HttpGet"] = "GET",
        ["HttpPost"] = "POST",
        ["HttpPut"] = "PUT",
        ["HttpDelete"] = "DELETE",
        ["HttpPatch"] = "PATCH",
        ["HttpHead"] = "HEAD",
        ["HttpOptions"] = "OPTIONS",
    };

    private static readonly HashSet<string> NoActions = ["Dispose", "DisposeAsync", "OnActionExecuting", "OnActionExecuted", "OnActionExecutionAsync", "ToString", "Equals", "GetHashCode"];

    private readonly TypeTable _types;
    private readonly TypeTree _tree;
    private readonly ILookup<int, AttributeFact> _ofType;
    private readonly ILookup<int, AttributeFact> _ofMember;

    public ControllerFinder(TypeTable types, TypeTree tree, IReadOnlyCollection<AttributeFact> attributes)
    {
        (_types, _tree) = (types, tree);
        _ofType = attributes.Where(a => a.Member == Codebase.None).ToLookup(a => a.Type);
        _ofMember = attributes.Where(a => a.Member != Codebase.None).ToLookup(a => a.Member);
    }

    public IEnumerable<EntryPoint> Find() => _types.Types.Where(IsController).SelectMany(ActionsOf);

    /// <summary>A class that derives from one of the framework's controllers, or says that it is one.</summary>
    public bool IsController(CodeType type) =>
        type is { Kind: CodeTypeKind.Class, IsAbstract: false, IsStatic: false }
        && !Attributes(type.Id).Any(a => a.Name == "NonController")
        && (_tree.Outside(type.Id).Any(b => b.Name is "Controller" or "ControllerBase" or "ApiController" or "ODataController" || (b.Name.EndsWith("Controller", StringComparison.Ordinal) && !b.Name.StartsWith('I')) || b.Name.EndsWith("ControllerBase", StringComparison.Ordinal))
            || Attributes(type.Id).Any(a => a.Name is "ApiController" or "Controller"));

    /// <summary>Attributes of a type and of its bases, nearest first.</summary>
    private IEnumerable<AttributeFact> Attributes(int type) => _tree.Up(type).SelectMany(t => _ofType[t]);

    private IEnumerable<EntryPoint> ActionsOf(CodeType type)
    {
        var name = type.Name.EndsWith("Controller", StringComparison.Ordinal) && type.Name.Length > 10 ? type.Name[..^10] : type.Name;
        var area = Attributes(type.Id).FirstOrDefault(a => a.Name == "Area").Texts is { IsDefaultOrEmpty: false } areas ? areas[0] : null;
        var isOldApi = _tree.Outside(type.Id).Any(b => b.Name == "ApiController");
        var prefix = Attributes(type.Id).FirstOrDefault(a => a.Name == "RoutePrefix").Texts is { IsDefaultOrEmpty: false } prefixes ? prefixes[0] : null;
        string[] routes = [.. NearestRoutes(type.Id)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in _tree.Up(type.Id).Where(t => _types.Types[t].Kind == CodeTypeKind.Class))
        {
            var at = _types.Types[id];
            for (var i = at.FirstMember; i < at.FirstMember + at.MemberCount; i++)
            {
                var member = _types.Members[i];
                if (member is { Kind: CodeMemberKind.Method, IsPublic: true, IsStatic: false, IsAbstract: false } && !NoActions.Contains(member.Name)
                    && !_ofMember[i].Any(a => a.Name == "NonAction") && seen.Add(member.Name + Members.Parameters(member.Signature)))
                {
                    foreach (var entry in EntriesOf(type, member, name, area, routes, prefix, isOldApi))
                    {
                        yield return entry;
                    }
                }
            }
        }
    }

    private IEnumerable<string> NearestRoutes(int type)
    {
        foreach (var id in _tree.Up(type))
        {
            var routes = _ofType[id].Where(a => a.Name == "Route" && a.Texts.Length > 0).Select(a => a.Texts[0]).ToArray();
            if (routes.Length > 0)
            {
                return routes.Take(RoutesMax);
            }
        }

        return [];
    }

    private IEnumerable<EntryPoint> EntriesOf(CodeType type, CodeMember member, string controller, string? area, string[] routes, string? prefix, bool isOldApi)
    {
        var attributes = _ofMember[member.Id].ToArray();
        var action = attributes.FirstOrDefault(a => a.Name == "ActionName").Texts is { IsDefaultOrEmpty: false } names ? names[0]
            : member.Name.EndsWith("Async", StringComparison.Ordinal) && member.Name.Length > 5 ? member.Name[..^5] : member.Name;
        (string Method, string? Template)[] verbs = attributes.Where(a => Verbs.ContainsKey(a.Name)).Select(a => (Method: Verbs[a.Name], Template: a.Texts.IsEmpty ? null : a.Texts[0]))
            .Concat(attributes.Where(a => a.Name == "AcceptVerbs").SelectMany(a => a.Texts.Select(t => (Method: t.ToUpperInvariant(), Template: (string?)null)))).ToArray();
        string[] templates = [.. attributes.Where(a => a.Name == "Route" && a.Texts.Length > 0).Select(a => a.Texts[0])];
        if (verbs.Length == 0)
        {
            verbs = [(ByName(member.Name, isOldApi) ?? "*", null)];
        }

        var isConvention = routes.Length == 0 && templates.Length == 0 && prefix is null && verbs.All(v => v.Template is null);
        foreach (var (method, own) in verbs)
        {
            string?[] ends = own is not null ? [own] : templates.Length > 0 ? [.. templates] : [null];
            string[] begins = isConvention ? [isOldApi ? "api/" + controller : area is null ? $"{controller}/{action}" : $"{area}/{controller}/{action}"] : prefix is not null ? [prefix] : routes.Length > 0 ? routes : [""];
            foreach (var route in begins.SelectMany(b => ends.Select(e => Combine(b, e))).Distinct(StringComparer.Ordinal).Take(RoutesMax))
            {
                var filled = Routes.Rooted(Routes.Fill(route, controller, action, area));
                yield return new()
                {
                    Id = Codebase.None,
                    Kind = EntryPointKind.Controller,
                    Name = $"{method} {filled}",
                    Method = method,
                    Route = filled,
                    Type = type.Id,
                    Member = member.Id,
                    Place = member.Place,
                    IsInferred = isConvention,
                };
            }
        }
    }

    private static string Combine(string begin, string? end) => end is null ? begin : Routes.IsAbsolute(end) ? end.TrimStart('~') : Routes.Join(begin, end);

    /// <summary>Web API takes the verb from the beginning of the name.</summary>
    private static string? ByName(string name, bool isOldApi) =>
        !isOldApi ? null : Verbs.Values.FirstOrDefault(v => name.StartsWith(v, StringComparison.OrdinalIgnoreCase)) ?? "POST";
}
