using Conway.Model;
using Conway.Observations;

namespace Conway.Checks.Observed;

/// <summary>Who called whom in a run, found by fitting spans together, and how much of it was seen.</summary>
/// <remarks>
/// <para>A span that answers is a call by the service of its parent; several attempts of a listener for one call are one. When the parent is lost, the call is counted without a caller. A client span that
/// nobody answers is a call to the service that it names; when it names none, it is left out. A service that goes out and in again through the gateway calls
/// whoever answers there.</para>
/// <para>Lost spans are estimated by parents that are named and missing: when spans are lost independently with probability p, a share p of the named
/// parents is missing.</para></remarks>
internal sealed class ObservedCalls
{
    // A parent chain longer than this is a circle in broken data.
    private const int DepthMax = 256;

    private readonly Dictionary<(string, string), ObservedSpan> _byId = [];
    private readonly Dictionary<string, int> _answered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _unattributed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _begunAnew = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int All, int Rootless)> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Named, int Missing)> _parents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _senders = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string, string)> _attempted = [];
    private readonly SystemModel _model;

    private ObservedCalls(ObservedRun run, SystemModel model)
    {
        Run = run;
        _model = model;
        foreach (var span in run.Spans)
        {
            _byId.TryAdd((span.Trace, span.Id), span);
        }

        var calls = new List<ObservedCall>();
        var met = new HashSet<ObservedSpan>(ReferenceEqualityComparer.Instance);
        var (named, missing) = (0, 0);
        foreach (var span in _byId.Values)
        {
            if (!span.IsAttempt)
            {
                _senders.Add(span.Service);
            }
            else
            {
                var (made, rootless) = _attempts.GetValueOrDefault(span.Service);
                _attempts[span.Service] = (made + 1, rootless + (span.Parent.Length == 0 ? 1 : 0));
            }

            // What stands before the first service (a browser, a load test) need not tell about itself.
            if (span.Parent.Length > 0 && model.Services.ContainsKey(span.Service))
            {
                named++;
                var isMissing = !_byId.ContainsKey((span.Trace, span.Parent));
                missing += isMissing ? 1 : 0;
                if (span.Side is not (SpanSide.Server or SpanSide.Consumer))
                {
                    var own = _parents.GetValueOrDefault(span.Service);
                    _parents[span.Service] = (own.Named + 1, own.Missing + (isMissing ? 1 : 0));
                }
            }

            if (span.Side is SpanSide.Server or SpanSide.Consumer)
            {
                Answer(span, calls, met);
            }
        }

        foreach (var span in _byId.Values.Where(s => s.Side is SpanSide.Client or SpanSide.Producer && !met.Contains(s)))
        {
            Unanswered(span, calls);
        }

        // Spans come in any order; findings must not.
        Calls = [.. calls.OrderBy(c => c.Span.Start).ThenBy(c => c.Span.Trace, StringComparer.Ordinal).ThenBy(c => c.Span.Id, StringComparer.Ordinal)];
        SpanLoss = named == 0 ? 0 : (double)missing / named;
        From = run.Spans.Count == 0 ? default : run.Spans.Min(s => s.Start);
        Until = run.Spans.Count == 0 ? default : run.Spans.Max(s => s.Start + s.Duration);
    }

    /// <summary>The run that was seen.</summary>
    public ObservedRun Run { get; }

    /// <summary>Start of the first span.</summary>
    public DateTimeOffset From { get; }

    /// <summary>End of the last span.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Every call that could be attributed to a caller, by time.</summary>
    public IReadOnlyList<ObservedCall> Calls { get; }

    /// <summary>Requests that were answered, whoever asked.</summary>
    public int Requests => _answered.Values.Sum();

    /// <summary>Share of spans that are missing, 0 to 1, estimated.</summary>
    public double SpanLoss { get; }

    /// <summary>Share of the requests between services whose caller was seen, 0 to 1; 1 when there was none. Of calls that nobody was seen to answer nothing is known: they are no requests.</summary>
    public double Coverage => CoverageOf(Calls.Count(c => c.IsAnswered && _model.Services.ContainsKey(c.Callee)), _unattributed.Values.Sum());

    /// <summary>The same for requests to one service.</summary>
    public double CoverageTo(string service) => CoverageOf(Calls.Count(c => c.Callee == service && c.IsAnswered), _unattributed.GetValueOrDefault(service));

    /// <summary>How many requests a service answered.</summary>
    public int AnsweredBy(string service) => _answered.GetValueOrDefault(service);

    /// <summary>How many requests a service answered that began a new trace.</summary>
    public int BegunAnew(string service) => _begunAnew.GetValueOrDefault(service);

    /// <summary>How many attempts listeners made for a service, and how many of these came without a trace.</summary>
    public (int All, int Rootless) AttemptsOf(string service) => _attempts.GetValueOrDefault(service);

    /// <summary>How many spans within a service (what it does and calls, not what it answers) name a parent, which is its own, and how many of these parents never came.</summary>
    public (int Named, int Missing) ParentsNamedBy(string service) => _parents.GetValueOrDefault(service);

    /// <summary>Whether a service sent a span at all.</summary>
    public bool Sends(string service) => _senders.Contains(service);

    public static ObservedCalls Of(ObservedRun run, SystemModel model) => new(run, model);

    private static double CoverageOf(int seen, int unseen) => seen + unseen == 0 ? 1 : (double)seen / (seen + unseen);

    private void Answer(ObservedSpan span, List<ObservedCall> calls, HashSet<ObservedSpan> met)
    {
        Count(_answered, span.Service);
        if (span.Parent.Length == 0)
        {
            Count(_begunAnew, span.Service);
            return;
        }

        if (!_byId.TryGetValue((span.Trace, span.Parent), out var parent))
        {
            if (_model.Services.ContainsKey(span.Service))
            {
                Count(_unattributed, span.Service);
            }

            return;
        }

        met.Add(parent);
        var around = AroundTheGateway(parent);
        var from = around ?? parent;
        var (outer, call) = CallOf(from);
        met.Add(from);
        if (outer is not null)
        {
            met.Add(outer);
        }

        if (from.Service != span.Service && _attempted.Add((span.Trace, call, span.Service)))
        {
            var told = outer ?? from;
            var caller = told.Side is SpanSide.Client or SpanSide.Producer ? told : told with { Side = span.Side == SpanSide.Consumer ? SpanSide.Producer : SpanSide.Client };
            calls.Add(new ObservedCall(from.Service, span.Service, span.Protocol.Length > 0 ? span.Protocol : "http", span.Operation, RequestOf(from), caller) { IsAnswered = true, IsThroughGateway = around is not null });
        }
    }

    /// <summary>The span of a service of the model that asked the gateway for what it forwards here; null when the request came from outside.</summary>
    private ObservedSpan? AroundTheGateway(ObservedSpan span)
    {
        var at = span;
        for (var depth = 0; depth < DepthMax && at.Service == ObservedEdge.Gateway && !_model.Services.ContainsKey(ObservedEdge.Gateway); depth++)
        {
            if (at.Parent.Length == 0 || !_byId.TryGetValue((at.Trace, at.Parent), out var parent))
            {
                return null;
            }

            at = parent;
        }

        return at != span && _model.Services.ContainsKey(at.Service) ? at : null;
    }

    /// <summary>The call that an attempt belongs to, and what all attempts of it share; for any other span, itself.</summary>
    private (ObservedSpan? Outer, string Id) CallOf(ObservedSpan span) =>
        !span.IsAttempt || span.Parent.Length == 0 ? (null, span.Id)
        : _byId.TryGetValue((span.Trace, span.Parent), out var outer) && outer.Service == span.Service && outer.Side == SpanSide.Client ? (outer, outer.Id)
        : (null, span.Parent);

    private void Unanswered(ObservedSpan span, List<ObservedCall> calls)
    {
        if (span.Peer.Length == 0 || span.Peer == span.Service)
        {
            return;
        }

        var isService = _model.Services.ContainsKey(span.Peer);
        if ((isService || IsData(span.Protocol)) && _attempted.Add((span.Trace, CallOf(span).Id, span.Peer)))
        {
            calls.Add(new ObservedCall(span.Service, span.Peer, span.Protocol.Length > 0 ? span.Protocol : "http", span.Operation, RequestOf(span), span) { IsData = !isService });
        }
    }

    /// <summary>The outermost known span of the same service around a span: what the service was asked for.</summary>
    /// <remarks>What begins after an answer was given is not made for it: nobody waits. It belongs to the work that was begun then.</remarks>
    private RequestId RequestOf(ObservedSpan span)
    {
        var at = span;
        for (var depth = 0; depth < DepthMax && at.Side is not (SpanSide.Server or SpanSide.Consumer); depth++)
        {
            if (at.Parent.Length == 0 || !_byId.TryGetValue((at.Trace, at.Parent), out var parent) || parent.Service != span.Service)
            {
                // The span in between is lost: those that name the same parent still belong together.
                return new RequestId(span.Service, span.Trace, at.Parent.Length > 0 ? at.Parent : at.Id, "");
            }

            if (parent.Start + parent.Duration < span.Start)
            {
                return new RequestId(span.Service, span.Trace, at == span ? $"after {parent.Id}" : at.Id, "");
            }

            at = parent;
        }

        return new RequestId(span.Service, span.Trace, at.Id, at.Side is SpanSide.Server or SpanSide.Consumer ? at.Operation : "");
    }

    private static bool IsData(string protocol) => protocol is "sql" or "redis" or "mongodb" or "memcached" or "elasticsearch";

    private static void Count(Dictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
