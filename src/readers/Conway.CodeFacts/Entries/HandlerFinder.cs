using System.Collections.Immutable;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Stores;

namespace Conway.CodeFacts.Entries;

/// <summary>Which type handles which message, by the interfaces that say so: those of libraries, and those that a codebase made for itself.</summary>
internal sealed class HandlerFinder(TypeTable types, TypeTree tree)
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

    private static readonly HashSet<string> Methods = ["Handle", "HandleAsync", "Consume", "ConsumeAsync", "HandleEventAsync", "HandleEvent", "Execute", "ExecuteAsync"];

    /// <summary>An interface of the codebase that says of its implementations which message they handle.</summary>
    public static bool IsHandlerInterface(CodeType type) => type.Kind == CodeTypeKind.Interface && Known.ContainsKey(type.Name) && type.FullName.Contains('`');

    /// <summary>Ordered by message, then handler.</summary>
    public ImmutableArray<MessageHandler> Find() =>
    [
        .. types.Types.Where(t => t is { Kind: CodeTypeKind.Class or CodeTypeKind.Record, IsAbstract: false }).SelectMany(HandlersOf)
            .OrderBy(h => h.Message).ThenBy(h => h.Handler).ThenBy(h => h.Kind).DistinctBy(h => (h.Message, h.Handler)),
    ];

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
