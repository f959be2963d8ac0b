using Conway.Forwarding;
using Conway.Traffic;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Conway.Gateway;

/// <summary>What happens to one request: admit, normalise, match, clean, forward, count.</summary>
internal sealed class GatewayRequests(GatewayEngine engine)
{
    private const int ShownMax = 200;

    private readonly string _by = engine.Options.Name;
    private readonly ViaTrail _via = new(engine.Options.Pseudonym, engine.Options.PassesMax);

    internal async Task AnswerAsync(HttpContext http)
    {
        var state = engine.State;
        var began = engine.Forwarder.Now;
        var refusal = Admit(http, state, out var route, out var path, out var target, out var queryAt);
        if (refusal is not null)
        {
            await refusal.WriteAsync(http, _by);
            return;
        }

        var kind = ExchangeKinds.Of(http);
        var upstream = state.Upstreams[route!.Route.Cluster];
        using var spans = GatewaySpans.Start(http, route.Route, path);
        var dress = new OutsideHeaders(http.Request, spans.Context, _via.HopOf(http.Request));
        var exchange = new Exchange(
            http, upstream.Pool, kind, UpstreamTarget.Of(route, path, target, queryAt), DeadlineOf(http, route.Route, upstream, kind, began), dress)
        {
            Host = route.Route.Rewrite?.Host,
            Retries = route.Route.Retries,
        };
        var result = await engine.Forwarder.ForwardAsync(exchange);
        if (ForwardProblems.Of(result, exchange, upstream.Name) is { } problem)
        {
            await (problem with { RequestId = dress.RequestId }).WriteAsync(http, _by);
        }

        spans.End(exchange, result);
        var failed = result != ForwardResult.ClientGone && (result != ForwardResult.Answered || http.Response.StatusCode >= 500 || exchange.GrpcStatus > 0);
        upstream.Edge.Record(kind.Protocol(), route.OperationOf(http.Request.Method), failed, exchange.RetriesMade, engine.Forwarder.Now - began);
    }

    private Problem? Admit(HttpContext http, RoutingState state, out CompiledRoute? route, out string path, out string target, out int queryAt)
    {
        (route, path, queryAt) = (null, "", 0);
        if (IncomingRequest.Admit(http, out target) is { } refusal)
        {
            return refusal;
        }

        if (_via.Refusal(http.Request) is { } loop)
        {
            return loop;
        }

        queryAt = target.IndexOf('?', StringComparison.Ordinal);
        queryAt = queryAt < 0 ? target.Length : queryAt;
        if (RequestPath.Normalize(queryAt == target.Length ? target : target[..queryAt], engine.Options.EscapedSlash, out path) is { } malformed)
        {
            return new Problem(400, "bad-path", $"The path is refused: {malformed}.");
        }

        route = state.Matcher.Find(http.Request, path);
        if (route is null)
        {
            return new Problem(404, "no-route", $"No route takes {http.Request.Method} {Shown(http.Request.Host.Value)}{Shown(path)}.");
        }

        return Admit_Size(http, route.Route.RequestBodyBytesMax);
    }

    // A length that is declared is judged at once, before anything is asked of the upstream; the rest is counted while it is read.
    private static Problem? Admit_Size(HttpContext http, long? routeMax)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { } limit)
        {
            return null;
        }

        if (routeMax is not null && !limit.IsReadOnly)
        {
            limit.MaxRequestBodySize = routeMax;
        }

        return http.Request.ContentLength > limit.MaxRequestBodySize
            ? new Problem(413, "body-too-large", $"The request's body has {http.Request.ContentLength} bytes; at most {limit.MaxRequestBodySize} are accepted.")
            {
                ClosesConnection = true,
            }
            : null;
    }

    private static Deadline DeadlineOf(HttpContext http, GatewayRoute route, Upstream upstream, ExchangeKind kind, TimeSpan now)
    {
        var deadline = Deadline.After(now, route.Timeout ?? upstream.Pool.Policy.Budget);
        return kind == ExchangeKind.Grpc && DeadlineFormat.TryParseGrpc(http.Request.Headers[WireHeaders.GrpcTimeout], out var grpc)
            ? deadline.Or(Deadline.After(now, grpc))
            : deadline;
    }

    private static string Shown(string? text) => text is null ? "" : text.Length <= ShownMax ? text : string.Concat(text.AsSpan(0, ShownMax), "…");
}
