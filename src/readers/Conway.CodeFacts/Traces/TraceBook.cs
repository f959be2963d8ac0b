using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Conway.CodeFacts.Traces;

/// <summary>Puts spans below their requests, whatever the order in which they come, and counts by use case.</summary>
/// <remarks>Spans of a trace are kept until there are too many of all; then the oldest traces are closed. What comes later of a closed trace begins anew:
/// without its request it is counted as an orphan.</remarks>
internal sealed class TraceBook(Codebase code, SpanMatcher matcher, int heldMax = TraceBook.HeldMax)
{
    /// <summary>Some 60 MB.</summary>
    public const int HeldMax = 500_000;

    /// <summary>Different names that are counted; further ones count together.</summary>
    private const int NamesMax = 5000;

    private const string OtherNames = "requests of other names";

    private readonly Dictionary<ulong, List<HeldSpan>> _traces = [];
    private readonly Queue<ulong> _order = new();
    private readonly SortedDictionary<int, Counted> _useCases = [];
    private readonly Dictionary<string, long> _unmatched = new(StringComparer.Ordinal);
    private int _held;

    /// <summary>Spans whose trace is still open.</summary>
    internal int Held => _held;

    public long Spans { get; private set; }

    public long Requests { get; private set; }

    public long Matched { get; private set; }

    public long Below { get; private set; }

    public long BelowUnmatched { get; private set; }

    public long Orphans { get; private set; }

    /// <summary>Most frequent first, then ordinal.</summary>
    public ImmutableArray<(string Name, long Requests)> Unmatched =>
        [.. _unmatched.OrderByDescending(u => u.Value).ThenBy(u => u.Key, StringComparer.Ordinal).Take(SeenTraffic.UnmatchedMax).Select(u => (u.Key, u.Value))];

    public ImmutableArray<SeenUseCase> UseCases => [.. _useCases.Where(u => u.Value.Requests > 0).Select(u => u.Value.Seen(u.Key))];

    public void Add(SpanText span)
    {
        Spans++;
        var isRequest = SpanMatcher.IsRequest(span);
        var useCases = isRequest ? matcher.UseCasesOf(span) : null;
        var held = new HeldSpan(span.Id, span.Parent, useCases, isRequest ? SeenWork.None : matcher.WorkOf(span), span.DurationMs,
            span.Kind is SpanKind.Client or SpanKind.Producer, useCases is { Length: 0 } ? Known(SpanMatcher.NameOf(span)) : null);
        if (!_traces.TryGetValue(span.Trace, out var trace))
        {
            _traces[span.Trace] = trace = [];
            _order.Enqueue(span.Trace);
        }

        trace.Add(held);
        for (_held++; _held > heldMax && _order.TryDequeue(out var oldest);)
        {
            Close(oldest);
        }
    }

    /// <summary>Closes what is still open.</summary>
    public void End()
    {
        while (_order.TryDequeue(out var trace))
        {
            Close(trace);
        }
    }

    // One text for all spans of a name.
    private string Known(string name)
    {
        name = name.Length > 200 ? name[..200] + "…" : name;
        ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(_unmatched, name);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref count))
        {
            return name;
        }

        name = _unmatched.Count < NamesMax ? name : OtherNames;
        _unmatched.TryAdd(name, 0);
        return name;
    }

    private void Close(ulong id)
    {
        if (!_traces.Remove(id, out var trace))
        {
            return;
        }

        _held -= trace.Count;
        var (owner, from, calls) = (new int[trace.Count], new int[trace.Count], new long[trace.Count]);
        Settle(trace, owner, from);
        for (var i = 0; i < trace.Count; i++)
        {
            var by = owner[i];
            if (by == Nobody)
            {
                Orphans++;
            }
            else if (by == i)
            {
                Request(trace[i]);
            }
            else if (trace[by].UseCases!.Length == 0)
            {
                BelowUnmatched++;
            }
            else
            {
                Below++;
                calls[by] += trace[i].Leaves ? 1 : 0;
                foreach (var useCase in trace[by].UseCases!)
                {
                    Of(useCase).Add(trace[i].Work, from[i]);
                }
            }
        }

        for (var i = 0; i < trace.Count; i++)
        {
            foreach (var useCase in owner[i] == i ? trace[i].UseCases! : [])
            {
                Of(useCase).Ran(trace[i].DurationMs, calls[i]);
            }
        }
    }

    private const int Nobody = -1;
    private const int Unknown = -2;
    private const int OnTheWay = -3;

    /// <summary>The request that each span is below, and the type that was running when it began.</summary>
    private void Settle(List<HeldSpan> trace, int[] owner, int[] from)
    {
        var byId = new Dictionary<ulong, int>(trace.Count);
        for (var i = 0; i < trace.Count; i++)
        {
            byId.TryAdd(trace[i].Id, i);
        }

        Array.Fill(owner, Unknown);
        var way = new Stack<int>();
        for (var i = 0; i < trace.Count; i++)
        {
            for (var at = i; owner[at] == Unknown;)
            {
                way.Push(at);
                owner[at] = OnTheWay;
                if (trace[at].Parent == 0 || !byId.TryGetValue(trace[at].Parent, out at))
                {
                    break;
                }
            }

            while (way.TryPop(out var at))
            {
                // A span that is its own ancestor has none.
                var parent = trace[at].Parent != 0 && byId.TryGetValue(trace[at].Parent, out var p) && owner[p] >= Nobody ? p : Nobody;
                var above = parent == Nobody ? Nobody : owner[parent];
                owner[at] = IsOwn(trace, at, above) ? at : above;
                from[at] = owner[at] == at || parent == Nobody ? TypeOf(trace[at])
                    : trace[parent].Work.Type != Codebase.None ? trace[parent].Work.Type : owner[parent] == parent ? TypeOf(trace[parent]) : from[parent];
            }
        }
    }

    /// <summary>A request is one of its own, but not when it tells again what the request above it tells: to receive a message, and to handle it.</summary>
    private static bool IsOwn(List<HeldSpan> trace, int at, int above) =>
        trace[at].UseCases is { } useCases && !(above != Nobody && useCases.Length > 0 && useCases.AsSpan().SequenceEqual(trace[above].UseCases));

    private int TypeOf(in HeldSpan request) => request.UseCases is [var first, ..] ? code.EntryPoints[code.UseCases[first].EntryPoint].Type : Codebase.None;

    private void Request(in HeldSpan request)
    {
        Requests++;
        if (request.UseCases!.Length > 0)
        {
            Matched++;
        }
        else
        {
            _unmatched[request.Name!]++;
        }
    }

    private Counted Of(int useCase) => _useCases.TryGetValue(useCase, out var known) ? known : _useCases[useCase] = new Counted();

    /// <param name="UseCases">Of a request; null for what is none.</param>
    /// <param name="Leaves">It calls something outside of the process.</param>
    /// <param name="Name">Of a request without a use case.</param>
    private readonly record struct HeldSpan(ulong Id, ulong Parent, int[]? UseCases, SeenWork Work, double DurationMs, bool Leaves, string? Name);

    private sealed class Counted
    {
        private readonly Spread _durations = new();
        private readonly Spread _calls = new();
        private readonly SortedDictionary<(AccessMode Mode, int Table), long> _accesses = [];
        private readonly SortedDictionary<(int From, int To), long> _types = [];

        public long Requests { get; private set; }

        public void Ran(double durationMs, long calls)
        {
            Requests++;
            _durations.Add(durationMs);
            _calls.Add(calls);
        }

        public void Add(SeenWork work, int from)
        {
            foreach (var (table, mode) in work.Accesses)
            {
                _accesses[(mode, table)] = _accesses.GetValueOrDefault((mode, table)) + 1;
            }

            if (work.Type != Codebase.None && from != Codebase.None && work.Type != from)
            {
                _types[(from, work.Type)] = _types.GetValueOrDefault((from, work.Type)) + 1;
            }
        }

        public SeenUseCase Seen(int useCase) => new()
        {
            UseCase = useCase,
            Requests = Requests,
            DurationP50Ms = _durations.At(0.5),
            DurationP95Ms = _durations.At(0.95),
            CallsP50 = (long)Math.Round(_calls.At(0.5)),
            CallsP95 = (long)Math.Round(_calls.At(0.95)),
            Accesses = [.. _accesses.Select(a => new SeenAccess(a.Key.Table, a.Key.Mode, a.Value))],
            Calls = [.. _types.Select(c => new SeenCall(c.Key.From, c.Key.To, c.Value))],
        };
    }
}
