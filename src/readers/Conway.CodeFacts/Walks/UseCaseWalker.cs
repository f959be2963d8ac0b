using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Entries;
using Conway.CodeFacts.Stores;

namespace Conway.CodeFacts.Walks;

/// <summary>Walks from an entry point through the bodies that it sets going, in the order in which they are written.</summary>
/// <remarks>Each member is entered once for each class of object that it runs on; so a circle ends, and what is called twice is told where it is met first.</remarks>
internal sealed class UseCaseWalker
{
    /// <summary>Calls between the entry point and what is met.</summary>
    public const int DepthMax = 40;

    /// <summary>Members of one use case.</summary>
    public const int MembersMax = 4_000;

    private readonly TypeTable _types;
    private readonly Dispatch _dispatch;
    private readonly ILookup<int, MessageHandler> _handlers;
    private readonly TypeTree _tree;
    private readonly HandlerWrappers _wrappers;
    private readonly Step[][] _steps;
    private readonly int[] _transactions;
    private readonly bool[] _units;

    public UseCaseWalker(TypeTable types, TypeTree tree, Dispatch dispatch, IEnumerable<CallDetail> calls, IEnumerable<OrderedAccess> accesses, IEnumerable<OrderedSend> sends,
        IEnumerable<MessageHandler> handlers, IEnumerable<TransactionUse> transactions, HandlerWrappers wrappers)
    {
        (_types, _tree, _dispatch, _wrappers) = (types, tree, dispatch, wrappers);
        _handlers = handlers.ToLookup(h => h.Message);
        var steps = new List<Step>?[types.Members.Length];
        void Add(int member, Step step) => (steps[member] ??= []).Add(step);
        foreach (var access in accesses)
        {
            Add(access.Access.Member, new(access.Order, access.Access, null, null));
        }

        foreach (var call in calls)
        {
            Add(call.Site.From, new(call.Order, null, call, null));
        }

        foreach (var send in sends)
        {
            Add(send.Send.Member, new(send.Order, null, null, send.Send));
        }

        _steps = [.. steps.Select(s => s is null ? [] : s.OrderBy(x => x.Order).ToArray())]; // stable: accesses before the call that makes them
        _transactions = new int[types.Members.Length];
        _units = new bool[types.Members.Length];
        foreach (var use in transactions.Where(t => t.Member != Codebase.None))
        {
            _transactions[use.Member] += use.Kind == TransactionKind.UnitOfWork ? 0 : 1;
            _units[use.Member] |= use.Kind == TransactionKind.UnitOfWork;
        }
    }

    private readonly record struct Step(int Order, DataAccess? Access, CallDetail? Call, MessageSend? Send);

    /// <summary>What one entry point sets going.</summary>
    public UseCase Walk(EntryPoint entry, int id)
    {
        var walk = new State();
        Enter(walk, entry.Member, entry.Type, 0, isInferred: false);
        return new()
        {
            Id = id,
            EntryPoint = entry.Id,
            Members = [entry.Member, .. walk.Members.Where(m => m != entry.Member)],
            Types = [.. walk.Members.Select(m => _types.Members[m].Type).Distinct().Order()],
            Accesses = [.. walk.Accesses],
            Publishes = [.. walk.Publishes],

            // A unit of work whose own save was met is counted there.
            Transactions = walk.Transactions > 0 ? walk.Transactions : walk.Units,
            IsCut = walk.IsCut,
        };
    }

    private void Enter(State walk, int member, int self, int depth, bool isInferred)
    {
        if (!walk.Entered.Add((member, self)))
        {
            return;
        }

        if (depth > DepthMax || walk.Members.Count >= MembersMax)
        {
            walk.IsCut = true;
            return;
        }

        if (walk.Members.Add(member))
        {
            walk.Transactions += _transactions[member];
            walk.Units += _units[member] ? 1 : 0;
        }

        foreach (var step in _steps[member])
        {
            if (step.Access is { } access)
            {
                var met = new UseCaseAccess(access.Table, access.Entity, access.Mode, access.Place, depth, isInferred || access.IsInferred);
                if (walk.Accesses.Count == 0 || walk.Accesses[^1] is var last && (last.Table, last.Entity, last.Mode, last.Place) != (met.Table, met.Entity, met.Mode, met.Place))
                {
                    walk.Accesses.Add(met);
                }
            }
            else if (step.Call is { } call)
            {
                foreach (var target in _dispatch.Of(call, self))
                {
                    Enter(walk, target.Member, target.Self, depth + 1, isInferred || target.IsInferred);
                }
            }
            else if (step.Send is { } send)
            {
                Sent(walk, send, depth, isInferred);
            }
        }
    }

    private void Sent(State walk, MessageSend send, int depth, bool isInferred)
    {
        if (send.Kind != MessageKind.Request)
        {
            walk.Publishes.Add(send.Message);
        }

        if (send.Kind == MessageKind.Bus)
        {
            return; // handled later, as an entry point of its own
        }

        foreach (var message in _tree.Up(send.Message))
        {
            foreach (var handler in _handlers[message].Where(h => h.Member != Codebase.None && h.Kind != MessageKind.Bus))
            {
                foreach (var around in _wrappers.Of(handler))
                {
                    Enter(walk, around.Member, around.Self, depth + 1, isInferred: true);
                }

                Enter(walk, handler.Member, handler.Handler, depth + 1, isInferred);
            }
        }
    }

    private sealed class State
    {
        public HashSet<(int Member, int Self)> Entered { get; } = [];

        public SortedSet<int> Members { get; } = [];

        public List<UseCaseAccess> Accesses { get; } = [];

        public SortedSet<int> Publishes { get; } = [];

        public int Transactions { get; set; }

        public int Units { get; set; }

        public bool IsCut { get; set; }
    }
}
