using Conway.Model;

namespace Conway.Artifacts.Tests.Mesh;

/// <summary>Requests near the edges of what a model says: paths that almost match, methods, headers and tokens that almost suffice.</summary>
internal sealed class SampledRequests(SystemModel model, IReadOnlyList<string> workloads, int seed)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

    private readonly Random _random = new(seed);
    private readonly string[] _services = [.. model.Services.Keys];
    private readonly string[] _paths = [.. model.Gateway.Routes.SelectMany(route => new[] { route.Path, route.Rewrite }).OfType<string>().Concat(model.Services.Values.SelectMany(service => service.Calls.Values).SelectMany(call => call.Only).Select(one => one[one.IndexOf('/', StringComparison.Ordinal)..])).Append("/").Distinct()];
    private readonly string[] _hosts = [.. model.Gateway.Routes.Select(route => route.Host ?? model.Deploy.Edge.Host!).SelectMany(host => host.StartsWith("*.", StringComparison.Ordinal) ? new[] { "a" + host[1..], "a.b" + host[1..], host[2..] } : [host, "a." + host]).Append("elsewhere.example.org").Distinct()];

    public Asked Next()
    {
        // Half of those inside are calls that are declared.
        var kind = _random.Next(20);
        var from = kind < 9 && model.Gateway.Routes.Count > 0 ? Asked.Outside : kind < 11 ? Asked.Edge : kind < 12 ? Asked.Stranger : kind < 13 ? Any(["203.0.113.7", "198.51.100.7", "192.0.2.7", "2001:db8::7"]) : Any(workloads);
        var to = from == Asked.Outside ? "" : ModelReading.Label(Any(_services));
        if (model.Services.FirstOrDefault(service => ModelReading.Label(service.Key) == from).Value is { Calls.Count: > 0 } caller && _random.Next(3) > 0)
        {
            to = ModelReading.Label(Any([.. caller.Calls.Keys]));
        }

        // Half of them are about what is written for them: the host and path of one route, or what a caller may ask for.
        var route = from == Asked.Outside && _random.Next(2) == 0 ? Any(model.Gateway.Routes.ToArray()) : null;
        var only = model.Services.FirstOrDefault(service => ModelReading.Label(service.Key) == from).Value?.Calls.FirstOrDefault(call => ModelReading.Label(call.Key) == to).Value?.Only.Select(one => one[one.IndexOf('/', StringComparison.Ordinal)..]).ToArray();
        var written = route?.Path ?? (only is { Length: > 0 } && _random.Next(2) == 0 ? Any(only) : Any(_paths));
        var host = from != Asked.Outside ? "" : route is not null ? (route.Host ?? model.Deploy.Edge.Host!).Replace("*", "a", StringComparison.Ordinal) : _random.Next(2) == 0 ? model.Deploy.Edge.Host! : Any(_hosts);
        return new Asked(from, to, host, Any(Methods), Path(written, from == Asked.Outside), Headers(), Query(), OfSomebody());
    }

    private string Path(string written, bool isOutside)
    {
        var segments = written.Split('/').Select(segment => segment switch
        {
            "**" => Any(["", "x", "x/y", "admin", "42/lines"]),
            _ when segment == "*" || segment.StartsWith('{') => Any(["42", "x", "admin", "", "a-b"]),
            _ => segment,
        });
        var path = string.Join('/', segments).Replace("//", "/", StringComparison.Ordinal);
        return _random.Next(16) switch
        {
            0 => $"/{path.Trim('/')}d",
            1 => path.TrimEnd('/') + "/",
            2 => path.TrimEnd('/') + "/more",
            3 => path.ToUpperInvariant(),
            4 => path.TrimEnd('/') + "/../" + Any(_paths).Trim('/', '*').Replace("*", "x", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal),
            5 => "/x/%2e%2e" + path,
            6 => path.Replace("a", "%61", StringComparison.Ordinal),
            7 => path.TrimEnd('/') + "/..%2fadmin",
            8 when isOutside => "/" + path,
            9 => path.LastIndexOf('/') is > 0 and var end ? path[..end] : path,
            10 => path.Length > 2 ? path[..^1] : path,
            11 when isOutside => path.TrimEnd('/') + "/a%5Cb",
            12 => $"/{written.Split('*', '{')[0].Trim('/')}d",
            _ => path,
        };
    }

    private Dictionary<string, string> Headers()
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in model.Gateway.Routes.SelectMany(route => route.Headers).Where(_ => _random.Next(2) == 0))
        {
            headers[name] = _random.Next(3) == 0 ? value + "x" : value;
        }

        if (_random.Next(4) == 0)
        {
            headers["Idempotency-Key"] = "k";
        }

        if (_random.Next(4) == 0)
        {
            headers["Origin"] = "https://shop.example.com";
            headers["Access-Control-Request-Method"] = Any(Methods);
        }

        // What nobody outside may say.
        if (_random.Next(4) == 0 && model.Gateway.Routes.Count > 0)
        {
            headers[Plans.RoutePlan.Header] = "000000";
        }

        return headers;
    }

    private Dictionary<string, string> Query() =>
        model.Gateway.Routes.SelectMany(route => route.Query).Where(_ => _random.Next(2) == 0).DistinctBy(one => one.Key).ToDictionary(one => one.Key, one => _random.Next(3) == 0 ? one.Value + "x" : one.Value, StringComparer.Ordinal);

    private Token? OfSomebody()
    {
        var scopes = model.Gateway.Routes.SelectMany(route => route.Auth?.Scopes ?? []).Append("other").Distinct().ToArray();
        return _random.Next(3) == 0 ? null : new Token(
            _random.Next(8) == 0 ? "https://other.example.com" : model.Deploy.Tokens.Issuer ?? "https://id.example.com", _random.Next(8) == 0 ? "others" : model.Deploy.Tokens.Audiences.FirstOrDefault() ?? "any",
            [.. scopes.Where(_ => _random.Next(3) > 0)], _random.Next(10) > 0);
    }

    private T Any<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
