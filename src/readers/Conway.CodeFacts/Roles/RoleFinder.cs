using System.Collections.Immutable;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Stores;

namespace Conway.CodeFacts.Roles;

/// <summary>What each type plays, with a reason in the source for every role: a base, an attribute, a registration, a use, a shape.</summary>
internal sealed class RoleFinder
{
    private static readonly HashSet<string> PipelineBases =
    [
        "IMiddleware", "IPipelineBehavior", "IStreamPipelineBehavior", "IRequestPreProcessor", "IRequestPostProcessor", "IActionFilter", "IAsyncActionFilter", "IExceptionFilter", "IAsyncExceptionFilter",
        "IResultFilter", "IAsyncResultFilter", "IResourceFilter", "IAsyncResourceFilter", "IAuthorizationFilter", "IAsyncAuthorizationFilter", "IEndpointFilter", "IExceptionHandler", "ActionFilterAttribute",
        "ExceptionFilterAttribute", "DelegatingHandler", "IHttpModule", "IHubFilter", "SaveChangesInterceptor", "ISaveChangesInterceptor", "Interceptor", "AuthenticationHandler", "AuthorizationHandler",
    ];

    private static readonly HashSet<string> EventMarks = ["INotification", "IEvent", "IDomainEvent", "IIntegrationEvent", "IntegrationEvent", "DomainEvent", "DomainEventBase", "IDomainEventNotification", "EventBase"];

    private static readonly HashSet<string> ModuleBases = ["Module", "AbpModule", "IModule", "IModuleInitializer", "IStartup", "IHostingStartup"];

    private static readonly string[] ContractNames = ["Request", "Response", "Dto", "DTO", "ViewModel", "Vm", "Input", "Output", "Payload", "Contract"];

    private static readonly string[] Builders =
        ["this IServiceCollection", "this IApplicationBuilder", "this WebApplicationBuilder", "this WebApplication", "this IEndpointRouteBuilder", "this IHostBuilder", "this IHostApplicationBuilder", "this ModelBuilder", "this ContainerBuilder"];

    private readonly TypeTable _types;
    private readonly TypeTree _tree;
    private readonly TypeRoles[] _roles;

    public RoleFinder(TypeTable types, TypeTree tree) => (_types, _tree, _roles) = (types, tree, new TypeRoles[types.Types.Length]);

    /// <summary>Roles by type.</summary>
    public TypeRoles[] Find(StoreTables stores, IReadOnlyCollection<StoreFacts> storeFacts, ImmutableArray<EntryPoint> entries, ImmutableArray<MessageHandler> handlers, IEnumerable<MessageSend> sends,
        ImmutableArray<TypeEdge> edges, IEnumerable<int> options)
    {
        OfStores(stores, storeFacts);
        OfEntries(entries, handlers, sends);
        foreach (var type in _types.Types)
        {
            OfBases(type);
            OfShape(type);
        }

        foreach (var type in options)
        {
            Add(type, TypeRoles.Options);
        }

        Contracts(edges, storeFacts.SelectMany(f => f.Properties).ToLookup(p => p.Type, p => p.Of));
        return _roles;
    }

    private void Add(int type, TypeRoles role)
    {
        if (type != Codebase.None)
        {
            _roles[type] |= role;
        }
    }

    private bool Is(int type, TypeRoles any) => (_roles[type] & any) != 0;

    private void OfStores(StoreTables stores, IReadOnlyCollection<StoreFacts> facts)
    {
        foreach (var entity in stores.Entities)
        {
            Add(entity.Type, entity.Owner == Codebase.None ? TypeRoles.Entity : TypeRoles.ValueObject);
        }

        foreach (var type in stores.Finder.Values)
        {
            Add(type, TypeRoles.ValueObject);
        }

        foreach (var type in stores.Finder.Contexts.Keys)
        {
            Add(type, TypeRoles.StoreContext);
        }

        foreach (var type in stores.Finder.Configurations)
        {
            Add(type, TypeRoles.Mapping);
        }

        // Whoever asks a set or holds SQL works on the store itself; what goes through a repository does not.
        foreach (var member in facts.SelectMany(f => f.Accesses).Select(a => a.Member).Concat(facts.SelectMany(f => f.Sql).Select(s => s.Member)).Where(m => m != Codebase.None))
        {
            var type = _types.Members[member].Type;
            if (!Is(type, TypeRoles.Entity | TypeRoles.StoreContext))
            {
                Add(type, TypeRoles.Repository);
            }
        }
    }

    private void OfEntries(ImmutableArray<EntryPoint> entries, ImmutableArray<MessageHandler> handlers, IEnumerable<MessageSend> sends)
    {
        foreach (var entry in entries)
        {
            Add(entry.Type, entry.Kind switch
            {
                EntryPointKind.Program => TypeRoles.Composition,
                EntryPointKind.Job or EntryPointKind.Hosted => TypeRoles.Background,
                EntryPointKind.Consumer => TypeRoles.Handler,

                // Routes that are mapped where the program is put together make no endpoint of it.
                EntryPointKind.MinimalApi when entry.Member == Codebase.None || _types.Types[entry.Type].Name == "Program" => TypeRoles.None,
                _ => TypeRoles.Endpoint,
            });
        }

        foreach (var handler in handlers)
        {
            Add(handler.Handler, TypeRoles.Handler);
            Add(handler.Message, handler.Kind == MessageKind.Request ? TypeRoles.Request : TypeRoles.Event);
        }

        foreach (var send in sends.Where(s => s.Kind != MessageKind.Request))
        {
            Add(send.Message, TypeRoles.Event);
        }
    }

    private void OfBases(CodeType type)
    {
        if (type.Kind is CodeTypeKind.Enum or CodeTypeKind.Delegate)
        {
            return;
        }

        var isClass = type.Kind != CodeTypeKind.Interface;
        foreach (var name in _tree.Outside(type.Id).Select(b => b.Name).Concat(_tree.Up(type.Id).Skip(1).Select(t => _types.Types[t].Name)))
        {
            Add(type.Id,
                name.EndsWith("Exception", StringComparison.Ordinal) && isClass ? TypeRoles.Exception
                : PipelineBases.Contains(name) ? TypeRoles.Pipeline
                : name.EndsWith("Attribute", StringComparison.Ordinal) ? TypeRoles.Attribute
                : EventMarks.Contains(name) && isClass ? TypeRoles.Event
                : name is "IRequest" or "IBaseRequest" or "ICommand" or "IQuery" && isClass && !type.IsAbstract ? TypeRoles.Request
                : name is "ValueObject" ? TypeRoles.ValueObject
                : name is "ClassMap" or "ClassMapping" or "IAutoMappingOverride" ? TypeRoles.Mapping
                : name.EndsWith("Validator", StringComparison.Ordinal) && isClass ? TypeRoles.Validator
                : ModuleBases.Contains(name) && isClass ? TypeRoles.Composition
                : name is "Controller" or "ControllerBase" or "Hub" or "PageModel" ? TypeRoles.Endpoint
                : IsRepositoryName(name) ? TypeRoles.Repository
                : TypeRoles.None);
        }
    }

    private static bool IsRepositoryName(string name) => name.EndsWith("Repository", StringComparison.Ordinal) || name.EndsWith("Dao", StringComparison.Ordinal) || name.EndsWith("RepositoryBase", StringComparison.Ordinal);

    private void OfShape(CodeType type)
    {
        if (type.Kind == CodeTypeKind.Interface && IsRepositoryName(type.Name))
        {
            Add(type.Id, TypeRoles.Repository);
        }

        var asksForNext = false;
        for (var i = type.FirstMember; i < type.FirstMember + type.MemberCount; i++)
        {
            var member = _types.Members[i];
            if (member.Kind == CodeMemberKind.Constructor)
            {
                asksForNext |= member.Signature.Contains("RequestDelegate ", StringComparison.Ordinal);
            }
            else if (member is { Kind: CodeMemberKind.Method, IsStatic: true } && member.Signature.Contains("(this ", StringComparison.Ordinal))
            {
                Add(type.Id, TypeRoles.Extensions | (Builders.Any(b => member.Signature.Contains("(" + b, StringComparison.Ordinal)) ? TypeRoles.Composition : TypeRoles.None));
            }
            else if (member is { Kind: CodeMemberKind.Method, Name: "ConfigureServices" } && type.Name.StartsWith("Startup", StringComparison.Ordinal))
            {
                Add(type.Id, TypeRoles.Composition);
            }
        }

        if (asksForNext && Enumerable.Range(type.FirstMember, type.MemberCount).Any(i => _types.Members[i].Name is "Invoke" or "InvokeAsync"))
        {
            Add(type.Id, TypeRoles.Pipeline);
        }
    }

    // --- contracts -----------------------------------------------------------------------------------------------------------

    /// <summary>What endpoints take and give, requests and events, and what all those consist of.</summary>
    private void Contracts(ImmutableArray<TypeEdge> edges, ILookup<int, int> parts)
    {
        var left = new Queue<int>();
        void Carry(int type)
        {
            if (!Is(type, TypeRoles.Contract) && IsData(type))
            {
                Add(type, TypeRoles.Contract);
                left.Enqueue(type);
            }
        }

        foreach (var type in _types.Types.Where(t => Is(t.Id, TypeRoles.Request | TypeRoles.Event)))
        {
            Carry(type.Id);
        }

        // Parameters of lambdas are mentions; there the name has to say the rest.
        foreach (var edge in edges.Where(e => Is(e.From, TypeRoles.Endpoint) && (e.Kind == EdgeKind.Signature || (e.Kind is EdgeKind.Mention or EdgeKind.New && ContractNames.Any(_types.Types[e.To].Name.EndsWith)))))
        {
            Carry(edge.To);
        }

        while (left.TryDequeue(out var type))
        {
            foreach (var part in parts[type])
            {
                Carry(part);
            }
        }
    }

    /// <summary>Has values and nothing that runs, and is not kept in a store.</summary>
    private bool IsData(int id)
    {
        var type = _types.Types[id];
        if (Is(id, TypeRoles.Entity | TypeRoles.ValueObject | TypeRoles.Exception | TypeRoles.StoreContext | TypeRoles.Options) || type.IsStatic)
        {
            return false;
        }

        if (type.Kind == CodeTypeKind.Enum)
        {
            return true;
        }

        if (type.Kind is CodeTypeKind.Interface or CodeTypeKind.Delegate)
        {
            return false;
        }

        var values = 0;
        for (var i = type.FirstMember; i < type.FirstMember + type.MemberCount; i++)
        {
            var member = _types.Members[i];
            values += member.Kind == CodeMemberKind.Property ? 1 : 0;
            if (member is { Kind: CodeMemberKind.Method, IsStatic: false } and not { Name: "ToString" or "Equals" or "GetHashCode" or "Deconstruct" or "Validate" or "GetEqualityComponents" })
            {
                return false;
            }
        }

        return values > 0 || Is(id, TypeRoles.Request | TypeRoles.Event) || type.MemberCount == 0;
    }
}
