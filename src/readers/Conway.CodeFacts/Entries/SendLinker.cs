using System.Collections.Immutable;
using Conway.CodeFacts.Declared;

namespace Conway.CodeFacts.Entries;

/// <summary>A message that is sent, with its place among everything that the member does.</summary>
internal readonly record struct OrderedSend(int Order, MessageSend Send);

/// <summary>Which objects that are given to something called like a sender are messages: those that something handles, and those given to a bus.</summary>
internal static class SendLinker
{
    private static readonly string[] Buses = ["Bus", "PublishEndpoint", "SendEndpoint", "MessageSession", "MessageHandlerContext", "ConsumeContext", "MessageContext", "CapPublisher", "MessageBroker", "MessagePublisher", "Producer"];

    /// <summary>Ordered by member, then as written.</summary>
    public static ImmutableArray<OrderedSend> Link(TypeTree tree, IEnumerable<SendUse> uses, ImmutableArray<MessageHandler> handlers)
    {
        var kinds = handlers.GroupBy(h => h.Message).ToDictionary(g => g.Key, g => g.Min(h => h.Kind));
        var sends = new List<OrderedSend>();
        foreach (var use in uses)
        {
            var isBus = Buses.Any(b => use.Through.EndsWith(b, StringComparison.Ordinal)) && (use.Called.StartsWith("Publish", StringComparison.Ordinal) || use.Called.StartsWith("Send", StringComparison.Ordinal) || use.Called.StartsWith("Produce", StringComparison.Ordinal));
            var handled = tree.Up(use.Message).FirstOrDefault(kinds.ContainsKey, Codebase.None);
            if (handled == Codebase.None && !isBus)
            {
                continue;
            }

            var kind = handled != Codebase.None ? kinds[handled] : MessageKind.Bus;
            sends.Add(new(use.Order, new(use.Member, use.Message, kind, use.Place, use.InLoop, kind == MessageKind.Bus)));
        }

        return [.. sends.OrderBy(s => s.Send.Member).ThenBy(s => s.Order)];
    }
}
