using System.Diagnostics;
using System.Net;
using Conway.Forwarding;
using Conway.Observations;
using Conway.Traffic;
using Microsoft.AspNetCore.Http;

namespace Conway.Mesh;

/// <summary>One listener at work.</summary>
internal sealed class PeerDoor
{
    internal const string SpanSource = "Conway.Mesh";

    private static readonly ActivitySource Source = new(SpanSource);

    private readonly Forwarder _forwarder;
    private readonly TrafficEdge _edge;
    private readonly string _by;
    private readonly CallerDress _dress;
    private readonly AttemptSpans _spans;
    private volatile PeerListener _listener;
    private WireListener? _wire;

    private PeerDoor(PeerListener listener, EndpointPool pool, Forwarder forwarder, TrafficEdge edge)
    {
        _listener = listener;
        Pool = pool;
        _forwarder = forwarder;
        _edge = edge;
        _by = "listener " + pool.Name;
        _dress = new CallerDress(listener.Caller);
        _spans = new AttemptSpans(Source, listener.Caller, listener.Callee);
    }

    internal string Caller => _listener.Caller;

    internal string Callee => _listener.Callee;

    internal int Port => _wire!.Place.Port;

    internal EndpointPool Pool { get; }

    internal static async Task<PeerDoor> OpenAsync(
        PeerListener listener, WireServer wire, Forwarder forwarder, TrafficRecorder recorder, SeededDraw draw, Action<TrafficEvent>? onEvent, CancellationToken cancellation)
    {
        var pool = new EndpointPool($"{listener.Caller} → {listener.Callee}", listener.Policy, listener.Endpoints, draw, onEvent, forwarder.Now);
        var door = new PeerDoor(listener, pool, forwarder, recorder.Edge(listener.Caller, listener.Callee));
        door._wire = await wire.ListenAsync(new IPEndPoint(IPAddress.Loopback, listener.Port), door.AnswerAsync, cancellation);
        return door;
    }

    internal void Apply(PeerListener listener, TimeSpan now)
    {
        _listener = listener;
        Pool.Apply(listener.Policy, listener.Endpoints, now);
    }

    internal Task CloseAsync(TimeSpan drain) => _wire!.CloseAsync(drain);

    internal PeerSnapshot Snapshot(TimeSpan now) => new(Caller, Callee, Port, _wire!.Connections, Pool.Snapshot(now));

    private async Task AnswerAsync(HttpContext http)
    {
        if (IncomingRequest.Admit(http, out var target) is { } refusal)
        {
            await refusal.WriteAsync(http, _by);
            return;
        }

        var began = _forwarder.Now;
        var headers = http.Request.Headers;
        var kind = ExchangeKinds.Of(http);
        var exchange = new Exchange(http, Pool, kind, target, DeadlineOf(headers, kind, began), _dress) { Spans = _spans };
        var result = await _forwarder.ForwardAsync(exchange);
        if (ForwardProblems.Of(result, exchange, Callee) is { } problem)
        {
            await problem.WriteAsync(http, _by);
        }

        var failed = result != ForwardResult.ClientGone && (result != ForwardResult.Answered || http.Response.StatusCode >= 500 || exchange.GrpcStatus > 0);
        _edge.Record(kind.Protocol(), ObservedOperation.Of(http.Request.Method), failed, exchange.RetriesMade, _forwarder.Now - began);
    }

    /// <remarks>What the caller says is left counts, and the budget of this call; the caller's own budget only where it says nothing.</remarks>
    private Deadline DeadlineOf(IHeaderDictionary headers, ExchangeKind kind, TimeSpan now)
    {
        var listener = _listener;
        var deadline = Deadline.After(now, listener.Policy.Budget);
        var isTold = DeadlineFormat.TryParseMilliseconds(headers[WireHeaders.DeadlineMs], out var left);
        deadline = deadline.Or(Deadline.After(now, isTold ? left : listener.RequestBudget));
        return kind == ExchangeKind.Grpc && DeadlineFormat.TryParseGrpc(headers[WireHeaders.GrpcTimeout], out var grpc)
            ? deadline.Or(Deadline.After(now, grpc))
            : deadline;
    }
}
