using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Declared;

namespace Conway.CodeFacts.Entries;

/// <summary>Where work comes in, from what all files say.</summary>
internal sealed partial class EntryLinker(Reading reading, TypeTree tree, EntryFacts[] facts, ImmutableArray<MessageHandler> handlers)
{
    private const int StepsMax = 16;

    private static readonly HashSet<string> HubEvents = ["OnConnectedAsync", "OnDisconnectedAsync", "OnConnected", "OnDisconnected", "Dispose"];

    private TypeTable Types => reading.Types;

    /// <summary>Ordered by kind, then route, method and place, with ids.</summary>
    public ImmutableArray<EntryPoint> Link()
    {
        AttributeFact[] attributes = [.. facts.SelectMany(f => f.Attributes)];
        var mounts = facts.SelectMany(f => f.Mounts).ToLookup(m => m.Type);
        var found = new ControllerFinder(Types, tree, attributes).Find()
            .Concat(Mapped())
            .Concat(new PageFinder(reading).Find())
            .Concat(Types.Types.Where(t => t is { Kind: CodeTypeKind.Class or CodeTypeKind.Record, IsAbstract: false, IsStatic: false }).SelectMany(t => OfType(t, mounts[t.Id])))
            .Concat(Consumers(attributes))
            .Concat(Jobs(attributes))
            .Concat(Services(attributes))
            .Concat(Programs());
        var taking = Topics.Where(t => !t.IsSent).Select(t => t.Member).ToHashSet();
        return
        [
            // A hosted service that waits for messages is woken by them, not by the clock.
            .. found.Where(e => e.Kind != EntryPointKind.Hosted || !taking.Contains(e.Member)).OrderBy(e => e.Kind).ThenBy(e => e.Route ?? e.Name, StringComparer.Ordinal).ThenBy(e => e.Method ?? "", StringComparer.Ordinal).ThenBy(e => e.Place).ThenBy(e => e.Member).ThenBy(e => e.Name, StringComparer.Ordinal)
                .DistinctBy(e => (e.Kind, e.Name, e.Member, e.Place)).Select((e, id) => e with { Id = id }),
        ];
    }

    private string NameOf(int type) => Types.Types[type].Outer == Codebase.None ? Types.Types[type].Name : $"{Types.Types[Types.Types[type].Outer].Name}.{Types.Types[type].Name}";

    private IEnumerable<CodeMember> MethodsOf(int type)
    {
        var at = Types.Types[type];
        for (var i = at.FirstMember; i < at.FirstMember + at.MemberCount; i++)
        {
            if (Types.Members[i].Kind == CodeMemberKind.Method)
            {
                yield return Types.Members[i];
            }
        }
    }

    private CodeMember? Method(int type, params ReadOnlySpan<string> names)
    {
        foreach (var id in tree.Up(type).Where(t => Types.Types[t].Kind != CodeTypeKind.Interface))
        {
            foreach (var method in MethodsOf(id))
            {
                if (!method.IsAbstract && names.Contains(method.Name))
                {
                    return method;
                }
            }
        }

        return null;
    }

    // --- mapped endpoints ----------------------------------------------------------------------------------------------------

    private IEnumerable<EntryPoint> Mapped()
    {
        var groups = facts.SelectMany(f => f.Groups).ToLookup(g => g.Callee);
        foreach (var use in facts.SelectMany(f => f.Endpoints))
        {
            var prefix = use.OnParameter ? Before(use.In, groups, 0) : "";
            var route = use.Route is null || prefix is null ? null : Routes.Rooted(Routes.Join(prefix, use.Route));
            yield return new()
            {
                Id = Codebase.None,
                Kind = EntryPointKind.MinimalApi,
                Name = $"{use.Method} {route ?? "?"}",
                Method = use.Method,
                Route = route,
                Type = use.Handler == Codebase.None ? use.Type : Types.Members[use.Handler].Type,
                Member = use.Handler,
                Place = use.Place,
                IsInferred = use.IsInferred || route is null,
            };
        }
    }

    /// <summary>What callers put before the routes of a method that is given a builder; null when they differ.</summary>
    private static string? Before(int member, ILookup<int, GroupUse> groups, int steps)
    {
        if (steps > StepsMax)
        {
            return null;
        }

        var prefixes = groups[member].Select(g => g.OnParameter ? (Before(g.In, groups, steps + 1) is { } outer ? Routes.Join(outer, g.Prefix) : null) : g.Prefix).Distinct().Take(2).ToArray();
        return prefixes.Length switch { 0 => "", 1 => prefixes[0], _ => null };
    }

    // --- classes that are entries themselves -----------------------------------------------------------------------------------

    private IEnumerable<EntryPoint> OfType(CodeType type, IEnumerable<MountUse> mounts)
    {
        var outside = tree.Outside(type.Id).ToArray();
        var mounted = mounts.ToArray();
        if (outside.Any(b => b.Name is "Hub" or "AbpHub" or "DynamicHub"))
        {
            var route = mounted.FirstOrDefault(m => m.What == "MapHub").Route is { } text ? Routes.Rooted(text) : null;
            foreach (var method in MethodsOf(type.Id).Where(m => m is { IsPublic: true, IsStatic: false } && !HubEvents.Contains(m.Name)))
            {
                yield return Entry(EntryPointKind.Hub, $"{route ?? type.Name} {method.Name}", type.Id, method, method.Name, route);
            }
        }

        if (outside.Any(b => b.Name == "PageModel" || b.Name.EndsWith("PageModel", StringComparison.Ordinal)))
        {
            var route = PageRoute(reading.Files[type.Place.File].Path);
            foreach (var method in MethodsOf(type.Id).Where(m => m.IsPublic && PageHandler().IsMatch(m.Name)))
            {
                var match = PageHandler().Match(method.Name);
                var verb = match.Groups["verb"].Value.ToUpperInvariant();
                var handler = match.Groups["handler"].Value;
                yield return Entry(EntryPointKind.Page, $"{verb} {route ?? type.Name}{(handler.Length > 0 ? "?handler=" + handler : "")}", type.Id, method, verb, route, isInferred: true);
            }
        }

        foreach (var method in MethodsOf(type.Id).Where(m => m.IsPublic && m.Signature.Contains("ServerCallContext ", StringComparison.Ordinal)))
        {
            var service = outside.Select(b => b.Name).FirstOrDefault(n => n.Length > 4 && n.EndsWith("Base", StringComparison.Ordinal)) is { } name ? name[..^4] : type.Name;
            yield return Entry(EntryPointKind.Grpc, $"gRPC {service}/{method.Name}", type.Id, method, method.Name, $"/{service}/{method.Name}", isInferred: true);
        }

        foreach (var mount in mounted.Where(m => m.What.StartsWith("Endpoint ", StringComparison.Ordinal) && outside.Any(b => b.Name.StartsWith("Endpoint", StringComparison.Ordinal))))
        {
            var route = Routes.Rooted(mount.Route!);
            yield return Entry(EntryPointKind.MinimalApi, $"{mount.What[9..]} {route}", type.Id, Method(type.Id, "HandleAsync", "ExecuteAsync", "Handle"), mount.What[9..], route);
        }

        if (outside.Any(b => b.Name is "BackgroundService" or "IHostedService" or "IHostedLifecycleService" or "AsyncPeriodicBackgroundWorkerBase" or "PeriodicBackgroundWorkerBase") && Method(type.Id, "ExecuteAsync", "StartAsync", "DoWorkAsync", "DoWork") is { } started)
        {
            yield return Entry(EntryPointKind.Hosted, $"hosted {NameOf(type.Id)}", type.Id, started);
        }
        else if (mounted.Any(m => m.What == "AddHostedService") && Method(type.Id, "ExecuteAsync", "StartAsync") is { } known)
        {
            yield return Entry(EntryPointKind.Hosted, $"hosted {NameOf(type.Id)}", type.Id, known);
        }
    }

    private static EntryPoint Entry(EntryPointKind kind, string name, int type, CodeMember? member, string? method = null, string? route = null, string? schedule = null, CodePlace? place = null, bool isInferred = false, int message = Codebase.None) => new()
    {
        Id = Codebase.None,
        Kind = kind,
        Name = name,
        Method = method,
        Route = route,
        Schedule = schedule,
        Type = type,
        Member = member?.Id ?? Codebase.None,
        Message = message,
        Place = place ?? member?.Place ?? default,
        IsInferred = isInferred,
    };

    /// <summary>Areas/Shop/Pages/Orders/Index.cshtml.cs is /Shop/Orders.</summary>
    private static string? PageRoute(string path)
    {
        var parts = path.Split('/').ToList();
        var pages = parts.LastIndexOf("Pages");
        if (pages < 0 || !parts[^1].EndsWith(".cshtml.cs", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var area = pages >= 2 && parts[pages - 2] == "Areas" ? parts[pages - 1] : "";
        var file = parts[^1][..^10];
        return Routes.Rooted(Routes.Join(area, string.Join('/', parts[(pages + 1)..^1].Append(file == "Index" ? "" : file))));
    }

    [GeneratedRegex("^On(?<verb>Get|Post|Put|Delete|Patch)(?<handler>[A-Z][A-Za-z0-9]*?)?(?:Async)?$")]
    private static partial Regex PageHandler();

    // --- messages, jobs, programs ------------------------------------------------------------------------------------------------

    private IEnumerable<EntryPoint> Consumers(AttributeFact[] attributes)
    {
        foreach (var handler in handlers.Where(h => h.Kind == MessageKind.Bus && h.Library != HandlerFinder.Cap))
        {
            yield return Entry(EntryPointKind.Consumer, $"{NameOf(handler.Message)} → {NameOf(handler.Handler)}", handler.Handler, handler.Member == Codebase.None ? null : Types.Members[handler.Member], place: handler.Place, message: handler.Message);
        }

        foreach (var attribute in attributes.Where(a => a.Member != Codebase.None && a.Name is "CapSubscribe" or "RabbitListener" or "Topic" or "ServiceBusTrigger" && !a.Texts.IsEmpty))
        {
            var message = handlers.FirstOrDefault(h => h.Library == HandlerFinder.Cap && h.Member == attribute.Member)?.Message ?? Codebase.None;
            yield return Entry(EntryPointKind.Consumer, $"{attribute.Texts[0]} → {NameOf(attribute.Type)}.{Types.Members[attribute.Member].Name}", attribute.Type, Types.Members[attribute.Member], message: message);
        }

        foreach (var use in Topics.Where(t => !t.IsSent))
        {
            var member = Types.Members[use.Member];
            yield return Entry(EntryPointKind.Consumer, $"{use.Topic ?? "?"} → {NameOf(member.Type)}.{member.Name}", member.Type, member, place: use.Place, isInferred: use.Topic is null);
        }
    }

    private IEnumerable<TopicUse> Topics => facts.SelectMany(f => f.Topics);

    private IEnumerable<EntryPoint> Jobs(AttributeFact[] attributes)
    {
        foreach (var type in Types.Types.Where(t => t is { Kind: CodeTypeKind.Class, IsAbstract: false }))
        {
            var job = tree.Outside(type.Id).FirstOrDefault(b => b.Name is "IJob" or "IInvocable" or "QuartzJobBean" or "IBackgroundJob" or "AsyncBackgroundJob" or "BackgroundJob");
            if (job.Name is not null && Method(type.Id, "Execute", "ExecuteAsync", "Invoke") is { } run)
            {
                yield return Entry(EntryPointKind.Job, $"job {NameOf(type.Id)}", type.Id, run);
            }
        }

        foreach (var use in facts.SelectMany(f => f.Jobs))
        {
            var member = Types.Members[use.Member];
            yield return Entry(EntryPointKind.Job, $"job {NameOf(member.Type)}.{member.Name}", member.Type, member, schedule: use.Schedule, place: use.Place);
        }

        foreach (var attribute in attributes.Where(a => a.Member != Codebase.None && a.Name is "Function" or "FunctionName" && !a.Texts.IsEmpty))
        {
            var member = Types.Members[attribute.Member];
            var isHttp = member.Signature.Contains("HttpRequest", StringComparison.Ordinal);
            yield return Entry(isHttp ? EntryPointKind.MinimalApi : EntryPointKind.Job, isHttp ? $"* /api/{attribute.Texts[0]}" : $"job {attribute.Texts[0]}", attribute.Type, member,
                method: isHttp ? "*" : null, route: isHttp ? "/api/" + attribute.Texts[0] : null, isInferred: isHttp);
        }
    }

    /// <summary>Operations of SOAP and WCF services, by the contract that says which they are.</summary>
    private IEnumerable<EntryPoint> Services(AttributeFact[] attributes)
    {
        foreach (var operation in attributes.Where(a => a.Member != Codebase.None && a.Name is "OperationContract" or "WebMethod"))
        {
            var said = Types.Members[operation.Member];
            if (Types.Types[operation.Type].Kind != CodeTypeKind.Interface)
            {
                yield return Entry(EntryPointKind.Soap, $"{NameOf(operation.Type)}.{said.Name}", operation.Type, said, said.Name);
                continue;
            }

            foreach (var by in tree.Down(operation.Type).Skip(1).Where(t => Types.Types[t] is { Kind: CodeTypeKind.Class, IsAbstract: false }))
            {
                if (Members.Same(Types, by, said) is not Codebase.None and var member)
                {
                    yield return Entry(EntryPointKind.Soap, $"{NameOf(by)}.{said.Name}", by, Types.Members[member], said.Name);
                }
            }
        }
    }

    private IEnumerable<EntryPoint> Programs()
    {
        foreach (var member in Types.Members)
        {
            var type = Types.Types[member.Type];
            if (member.Kind == CodeMemberKind.TopLevel
                || (member is { Kind: CodeMemberKind.Method, Name: "Main", IsStatic: true } && reading.Layout.Projects[type.Project].Kind is CodeProjectKind.Program or CodeProjectKind.Web))
            {
                yield return Entry(EntryPointKind.Program, $"start {reading.Layout.Projects[type.Project].Name}", type.Id, member);
            }
        }
    }
}
