using System.Globalization;
using System.Net;
using Conway.Gateway;
using Conway.Model;
using Microsoft.AspNetCore.Http;
using Route = Conway.Model.Route;

namespace Conway.Artifacts.Tests.Mesh;

/// <summary>What a model says of a request, read from the model itself; paths and the choice among routes are those of the gateway of a run.</summary>
internal sealed class ModelReading
{
    private readonly SystemModel _model;
    private readonly (Route Route, GatewayRoute Ready)[] _routes;
    private readonly RouteMatcher _matcher;
    private readonly bool _asksWho;
    private readonly Dictionary<string, RouteMatcher> _patterns = new(StringComparer.Ordinal);

    public ModelReading(SystemModel model)
    {
        _model = model;
        _routes = [.. model.Gateway.Routes.Select((route, i) => (route, Ready(route, i)))];
        _matcher = new RouteMatcher([.. _routes.Select(one => one.Ready)]);
        _asksWho = model.Policies.Mtls == MtlsMode.Strict || (model.Policies.Mtls == MtlsMode.Permissive && model.Policies.DefaultDeny);
    }

    public static string Label(string name) => Plans.ObjectNames.Label(name, Plans.ServicePlan.LabelMax);

    public Decided Decide(Asked asked)
    {
        if (asked.From == Asked.Outside)
        {
            return Enter(asked);
        }

        var callee = _model.Services.Single(service => Label(service.Key) == asked.To).Key;
        RequestPath.Normalize(asked.Path, EscapedSlash.Keep, out var path);
        var alone = new Decided([$"{asked.To} 100 {path}"]);
        var isDeclared = _model.Services.FirstOrDefault(service => Label(service.Key) == asked.From || _model.Jobs.Any(job => $"{job.Key}-job" == asked.From && job.Value.Service == service.Key));
        if (isDeclared.Key is null)
        {
            return !_asksWho ? alone
                : asked.From == Asked.Edge ? MayEdge(callee, asked, path) && IsTokenFine(callee, asked.Token) ? alone : Decided.Refused
                : IPAddress.TryParse(asked.From, out var address) && _model.Services[callee].Expose is { } expose && expose.From.Any(block => IPNetwork.Parse(block).Contains(address)) && IsTokenFine(callee, asked.Token) ? alone : Decided.Refused;
        }

        if (!isDeclared.Value.Calls.TryGetValue(callee, out var call) || (_asksWho && !May(call, asked, path)) || (_asksWho && !IsTokenFine(callee, asked.Token)))
        {
            return Decided.Refused;
        }

        var attempt = call.Timeout ?? call.Budget ?? isDeclared.Value.Api.Budget ?? TimeSpan.FromSeconds(30);
        return new([$"{asked.To} 100 {path} {Limits(asked, call.Retries, attempt, call.Budget ?? attempt * (call.Retries + 1))}"]);
    }

    private Decided Enter(Asked asked)
    {
        // What a run merges is refused: the page says so.
        if (RequestPath.Normalize(asked.Path, EscapedSlash.Reject, out var path) is not null || asked.Path.Contains("//", StringComparison.Ordinal))
        {
            return Decided.Refused;
        }

        if (RouteOf(asked, path) is not { } route)
        {
            return Decided.Refused;
        }

        var isPreflight = asked.Method == "OPTIONS" && route.Methods.Count > 0 && !route.Methods.Contains("OPTIONS");
        if (_asksWho && route.Auth is { } auth && !isPreflight && (asked.Token is not { IsSigned: true } token || token.Issuer != _model.Deploy.Tokens.Issuer || auth.Scopes.Except(token.Scopes).Any()))
        {
            return Decided.Refused;
        }

        var attempt = route.Timeout ?? _model.Services[route.To].Api.Budget ?? TimeSpan.FromSeconds(30);
        return new([.. Shares(route).Where(share => IsTokenFine(share.Service, asked.Token))
            .Select(share => string.Create(CultureInfo.InvariantCulture, $"{Label(share.Service)} {share.Percent} {Rewritten(route, path)} {Limits(asked, route.Retries, attempt, attempt * (route.Retries + 1))}"))]);
    }

    /// <summary>Whether a path means the same to everybody: it comes as a run reads it.</summary>
    public static bool IsPlain(string path) => RequestPath.Normalize(path, EscapedSlash.Reject, out var normal) is null && normal == path;

    /// <summary>What a way in answers that reads no tokens and tries once, of a request with a plain path.</summary>
    public Decided EnterOnce(Asked asked)
    {
        if (RouteOf(ForItself(asked), asked.Path) is not { } route)
        {
            return Decided.Refused;
        }

        var time = route.Timeout ?? _model.Services[route.To].Api.Budget;
        var isNamed = _model.Mesh == "istio" && _asksWho && route.Answering().Any(name => _model.Gateway.Routes.Any(other => other.Auth is not null && other.Answering().Contains(name)));
        return new([.. Shares(route).Select(share => string.Create(CultureInfo.InvariantCulture,
            $"{Label(share.Service)} {share.Percent} {Rewritten(route, asked.Path)} within {(time is { } limit ? Text(limit) : "any time")}{(isNamed ? " as " + Plans.RoutePlan.NameOf(route) : "")}"))]);
    }

    /// <summary>Whether one of some routes, by their numbers, takes a request of which others may take more.</summary>
    public bool IsTakenBy(IReadOnlyCollection<int> routes, Asked asked) =>
        new RouteMatcher([.. _routes.Where((_, i) => routes.Contains(i)).Select(one => one.Ready)]).Match(Request(ForItself(asked)), asked.Path) is not null;

    // What a browser asks before (CORS) is no more than its method here.
    private static Asked ForItself(Asked asked) => asked with { Headers = asked.Headers.Where(one => one.Key != "Origin").ToDictionary(StringComparer.OrdinalIgnoreCase) };

    private Route? RouteOf(Asked asked, string path) => _matcher.Match(Request(asked), path) is { } ready ? _routes.Single(one => one.Ready == ready).Route : null;

    private static IEnumerable<(string Service, double Percent)> Shares(Route route) =>
        route.Split.Select(share => (share.Key, share.Value.Percent)).Append((route.To, 100 - route.Split.Values.Sum(share => share.Percent))).Where(share => share.Item2 > 0);

    // A run sends what may be repeated again after a failure; a refused connection sends nothing, so it asks others in any case.
    private static string Limits(Asked asked, int retries, TimeSpan attempt, TimeSpan all)
    {
        var repeats = retries > 0 && (asked.Method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "TRACE" || asked.Headers.Any(one => one.Key.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase) && one.Value.Length > 0));
        return string.Create(CultureInfo.InvariantCulture, $"within {Text(all)} {(repeats ? retries : 2)}x{Text(attempt)} {(repeats ? "connect-failure,refused-stream,reset,gateway-error,unavailable" : "connect-failure,refused-stream")}");
    }

    private static string Text(TimeSpan time) => time.TotalMilliseconds % 1000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms");

    /// <summary>A token that came to a service with a protected route must be a good one, whoever brings it.</summary>
    private bool IsTokenFine(string service, Token? token) =>
        !_asksWho || token is null || !_model.Gateway.Routes.Any(route => route.Auth is not null && route.Answering().Contains(service))
        || (token.IsSigned && token.Issuer == _model.Deploy.Tokens.Issuer && (_model.Deploy.Tokens.Audiences.Count == 0 || _model.Deploy.Tokens.Audiences.Contains(token.Audience)));

    // Somebody at the gateway's place who asks by himself: for nothing that no route leads to; and a route that is protected knows whom it let in.
    private bool MayEdge(string callee, Asked asked, string path)
    {
        var leading = _model.Gateway.Routes.Where(route => route.Answering().Contains(callee)).ToArray();
        var isNamed = leading.Any(route => route.Answering().Any(name => _model.Gateway.Routes.Any(other => other.Auth is not null && other.Answering().Contains(name))));
        return !isNamed && leading.Any(route => Takes(Rewritten(route), route.Methods, asked, path, _model.Deploy.Edge.Kind == "istio"));
    }

    private bool May(Call call, Asked asked, string path) => call.Only.Count == 0
        || call.Only.Any(one => Takes(one[one.IndexOf('/', StringComparison.Ordinal)..], one[0] == '/' ? [] : [one.Split(' ')[0]], asked, path, isPreflightTaken: false));

    // A service that calls another asks nothing first, as browsers do.
    private bool Takes(string pattern, IEnumerable<string> methods, Asked asked, string path, bool isPreflightTaken)
    {
        var key = $"{pattern} {string.Join(' ', methods)}";
        if (!_patterns.TryGetValue(key, out var matcher))
        {
            _patterns[key] = matcher = new RouteMatcher([new GatewayRoute { Id = "one", Path = PathMatch.Pattern(pattern), Methods = [.. methods], Cluster = "any" }]);
        }

        return matcher.Match(Request(isPreflightTaken ? asked : asked with { Headers = new Dictionary<string, string>() }), path) is not null;
    }

    private static string Rewritten(Route route)
    {
        var wild = route.Path.IndexOfAny(['*', '{']);
        return route.Rewrite is not { } prefix ? route.Path : wild < 0 ? (prefix.TrimEnd('/') is { Length: > 0 } whole ? whole : "/") : prefix.TrimEnd('/') + route.Path[route.Path.LastIndexOf('/', wild)..];
    }

    private static string Rewritten(Route route, string path)
    {
        if (route.Rewrite is not { } prefix)
        {
            return path;
        }

        var wild = route.Path.IndexOfAny(['*', '{']);
        var text = prefix.TrimEnd('/') + (wild < 0 ? "" : path[route.Path.LastIndexOf('/', wild)..]);
        return text.StartsWith('/') ? text : "/" + text;
    }

    private GatewayRoute Ready(Route route, int i) => new()
    {
        Id = i.ToString(CultureInfo.InvariantCulture),
        Hosts = [route.Host ?? _model.Deploy.Edge.Host!],
        Path = PathMatch.Pattern(route.Path),
        Methods = [.. route.Methods],
        Headers = [.. route.Headers.Select(one => new ValueMatch(one.Key, one.Value))],
        Query = [.. route.Query.Select(one => new ValueMatch(one.Key, one.Value))],
        Cluster = route.To,
    };

    private static HttpRequest Request(Asked asked)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host, request.QueryString) = (asked.Method, new HostString(asked.Host), QueryString.Create(asked.Query.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))));
        foreach (var (name, value) in asked.Headers)
        {
            request.Headers[name] = value;
        }

        return request;
    }
}
