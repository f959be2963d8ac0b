using System.Collections.Immutable;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Stores;

namespace Conway.CodeFacts.Entries;

/// <summary>Which type handles which message, by the interfaces that say so: those of libraries, and those that a codebase made for itself.</summary>
/// <param name="entries">What files say: which messages are sent to be handled at once, and which methods are subscribed by attribute.</param>
/// <param name="packages">Names of the packages that projects name.</param>
internal sealed class HandlerFinder(TypeTable types, TypeTree tree, EntryFacts[] entries, IReadOnlyCollection<string> packages)
{
    private const int DepthMax = 12;

    private static readonly Dictionary<string, (MessageKind Kind, string Library)> Known = new(StringComparer.Ordinal)
    {
        ["IRequestHandler"] = (MessageKind.Request, "MediatR"),
        ["IStreamRequestHandler"] = (MessageKind.Request, "MediatR"),
        ["AsyncRequestHandler"] = (MessageKind.Request, "MediatR"),
        ["RequestHandler"] = (MessageKind.Request, "MediatR"),
        ["ICommandHandler"] = (MessageKind.Request, "own"),
        ["ICommandHandlerAsync"] = (MessageKind.Request, "own"),
        ["IQueryHandler"] = (MessageKind.Request, "own"),
        ["INotificationHandler"] = (MessageKind.Event, "MediatR"),
        ["NotificationHandler"] = (MessageKind.Event, "MediatR"),
        ["IEventHandler"] = (MessageKind.Event, "own"),
        ["IDomainEventHandler"] = (MessageKind.Event, "own"),
        ["IDomainEventNotificationHandler"] = (MessageKind.Event, "own"),
        ["ILocalEventHandler"] = (MessageKind.Event, "ABP"),
        ["IConsumer"] = (MessageKind.Bus, "MassTransit"),
        ["IHandleMessages"] = (MessageKind.Bus, "NServiceBus"),
        ["IAmStartedByMessages"] = (MessageKind.Bus, "NServiceBus"),
        ["IIntegrationEventHandler"] = (MessageKind.Bus, "own"),
        ["IDistributedEventHandler"] = (MessageKind.Bus, "ABP"),
        ["IMessageHandler"] = (MessageKind.Bus, "own"),
    };

    /// <summary>What <c>CapSubscribe</c> subscribes.</summary>
    public const string Cap = "CAP";

    private static readonly HashSet<string> Conventional = ["Handle", "HandleAsync", "Handles", "HandlesAsync", "Consume", "ConsumeAsync", "Consumes", "ConsumesAsync"];

    private ILookup<string, CodeType>? _byName;

    private static readonly HashSet<string> Methods = ["Handle", "HandleAsync", "Consume", "ConsumeAsync", "HandleEventAsync", "HandleEvent", "Execute", "ExecuteAsync"];

    /// <summary>An interface of the codebase that says of its implementations which message they handle.</summary>
    public static bool IsHandlerInterface(CodeType type) => type.Kind == CodeTypeKind.Interface && Known.ContainsKey(type.Name) && type.FullName.Contains('`');

    /// <summary>Ordered by message, then handler.</summary>
    public ImmutableArray<MessageHandler> Find() =>
    [
        .. types.Types.Where(t => t is { Kind: CodeTypeKind.Class or CodeTypeKind.Record, IsAbstract: false }).SelectMany(HandlersOf).Concat(ByConvention()).Concat(Subscribed())
            .OrderBy(h => h.Message).ThenBy(h => h.Handler).ThenBy(h => h.Kind).DistinctBy(h => (h.Message, h.Handler)),
    ];

    /// <summary>Wolverine asks for no interface: a public method of a fitting name in a public class of a fitting name handles its first parameter.</summary>
    private IEnumerable<MessageHandler> ByConvention()
    {
        if (!packages.Any(p => p.StartsWith("Wolverine", StringComparison.OrdinalIgnoreCase)))
        {
            yield break;
        }

        var atOnce = entries.SelectMany(e => e.Sends).Where(s => s.Called.StartsWith("Invoke", StringComparison.Ordinal) && (s.Through.EndsWith("Bus", StringComparison.Ordinal) || s.Through.EndsWith("MessageContext", StringComparison.Ordinal))).Select(s => s.Message).ToHashSet();
        var marked = entries.SelectMany(e => e.Attributes).Where(a => a is { Member: Codebase.None, Name: "WolverineHandler" }).Select(a => a.Type).ToHashSet();
        var ignored = entries.SelectMany(e => e.Attributes).Where(a => a.Name == "WolverineIgnore").Select(a => (a.Type, a.Member)).ToHashSet();
        foreach (var type in types.Types.Where(t => t is { Kind: CodeTypeKind.Class or CodeTypeKind.Record, IsPublic: true } && (t.IsStatic || !t.IsAbstract)
            && (t.Name.EndsWith("Handler", StringComparison.Ordinal) || t.Name.EndsWith("Consumer", StringComparison.Ordinal) || marked.Contains(t.Id)) && !ignored.Contains((t.Id, Codebase.None))))
        {
            for (var i = type.FirstMember; i < type.FirstMember + type.MemberCount; i++)
            {
                if (types.Members[i] is { Kind: CodeMemberKind.Method, IsPublic: true } method && Conventional.Contains(method.Name) && !ignored.Contains((type.Id, i))
                    && FirstParameter(type, method) is not Codebase.None and var message)
                {
                    yield return new(message, type.Id, i, atOnce.Contains(message) ? MessageKind.Request : MessageKind.Bus, "Wolverine", method.Place);
                }
            }
        }
    }

    /// <summary>Methods that CAP calls with what comes on a topic.</summary>
    private IEnumerable<MessageHandler> Subscribed()
    {
        foreach (var attribute in entries.SelectMany(e => e.Attributes).Where(a => a.Member != Codebase.None && a.Name == "CapSubscribe"))
        {
            if (FirstParameter(types.Types[attribute.Type], types.Members[attribute.Member]) is not Codebase.None and var message)
            {
                yield return new(message, attribute.Type, attribute.Member, MessageKind.Bus, Cap, attribute.Place);
            }
        }
    }

    /// <summary>The type of the first parameter, by its name: the only one of the codebase that is called so, or the one beside the handler.</summary>
    private int FirstParameter(CodeType handler, CodeMember method)
    {
        var open = method.Signature.IndexOf('(', StringComparison.Ordinal);
        var parameter = open < 0 ? "" : method.Signature[(open + 1)..].Split(',', ')')[0].Trim();
        var words = parameter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || words[^2] is not { Length: > 0 } named || named.AsSpan().IndexOfAny("<>[]?(") >= 0)
        {
            return Codebase.None;
        }

        var name = named[(named.LastIndexOf('.') + 1)..];
        _byName ??= types.Types.Where(t => t.Kind is CodeTypeKind.Class or CodeTypeKind.Record or CodeTypeKind.Struct or CodeTypeKind.RecordStruct or CodeTypeKind.Interface).ToLookup(t => t.Name, StringComparer.Ordinal);
        var meant = _byName[name].Take(2).Count() == 1 ? _byName[name] : _byName[name].Where(t => t.Namespace == handler.Namespace && (t.Outer == Codebase.None || t.Outer == handler.Id));
        return meant.Select(t => t.Id).DefaultIfEmpty(Codebase.None).First();
    }

    private IEnumerable<MessageHandler> HandlersOf(CodeType type)
    {
        foreach (var (said, arguments) in BasesOf(type.Id, [], 0))
        {
            if (Known.TryGetValue(said.Name, out var known) && arguments is [{ IsType: true, Type: var message }, ..])
            {
                yield return new(message, type.Id, MemberFor(type, types.Types[message].Name), known.Kind, said.Base == Codebase.None ? known.Library : "own", said.Place);
            }
        }
    }

    /// <summary>Everything a type derives from, with what it gives for the type parameters there. The nearest library's word goes before the codebase's.</summary>
    private IEnumerable<(BaseFact Said, ImmutableArray<Subject> Arguments)> BasesOf(int type, ImmutableArray<Subject> given, int depth)
    {
        foreach (var said in tree.BasesOf(type))
        {
            ImmutableArray<Subject> arguments = depth == 0 ? said.Arguments : [.. said.Arguments.Select(a => a.Given(given, []))];
            yield return (said, arguments);
            if (said.Base != Codebase.None && depth < DepthMax)
            {
                foreach (var further in BasesOf(said.Base, arguments, depth + 1))
                {
                    yield return further;
                }
            }
        }
    }

    /// <summary>The method that takes the message; a base's, if the type itself has none.</summary>
    private int MemberFor(CodeType type, string message)
    {
        var named = Codebase.None;
        foreach (var id in tree.Up(type.Id).Where(t => types.Types[t].Kind != CodeTypeKind.Interface))
        {
            var at = types.Types[id];
            for (var i = at.FirstMember; i < at.FirstMember + at.MemberCount; i++)
            {
                if (types.Members[i] is { Kind: CodeMemberKind.Method, IsStatic: false, IsAbstract: false } member && Methods.Contains(member.Name))
                {
                    if (member.Signature.Contains("(" + message + " ", StringComparison.Ordinal) || member.Signature.Contains("<" + message + ">", StringComparison.Ordinal) || member.Signature.Contains("." + message + " ", StringComparison.Ordinal))
                    {
                        return i;
                    }

                    named = named == Codebase.None ? i : named;
                }
            }
        }

        return named;
    }
}
