using System.Text.RegularExpressions;
using Conway.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Conway.Gateway;

/// <summary>One route for one of its hosts, made ready to be compared.</summary>
internal sealed class CompiledRoute
{
    private readonly HostPattern _host;
    private readonly HashSet<string>? _methods;
    private readonly ValueTest[] _headers;
    private readonly ValueTest[] _query;
    private readonly int _order;
    private readonly Dictionary<string, string> _operations;

    private CompiledRoute(GatewayRoute route, HostPattern host, PathPattern path, int order)
    {
        Route = route;
        Path = path;
        _host = host;
        _order = order;
        _methods = route.Methods.Count == 0 ? null : new HashSet<string>(route.Methods, StringComparer.Ordinal);
        _headers = [.. route.Headers.Select(h => new ValueTest(h))];
        _query = [.. route.Query.Select(q => new ValueTest(q))];
        _operations = ObservedOperation.All.ToDictionary(m => m, m => $"{m} {route.Path.Value}", StringComparer.Ordinal);
    }

    internal GatewayRoute Route { get; }

    internal PathPattern Path { get; }

    /// <summary>The word for a request that this route took, in observed traffic: method and path as the route writes it.</summary>
    internal string OperationOf(string method) => _operations[ObservedOperation.Of(method)];

    internal static IEnumerable<CompiledRoute> Of(GatewayRoute route, int order)
    {
        try
        {
            var path = PathPattern.Of(route.Path);
            return route.Hosts.Count == 0
                ? [new CompiledRoute(route, HostPattern.Any, path, order)]
                : [.. route.Hosts.Select(h => new CompiledRoute(route, HostPattern.Of(h), path, order))];
        }
        catch (ArgumentException malformed)
        {
            throw new ArgumentException($"Route '{route.Id}': {malformed.Message}", malformed);
        }
    }

    internal static int ByPrecedence(CompiledRoute a, CompiledRoute b)
    {
        int[] comparisons =
        [
            a._host.CompareTo(b._host),
            a.Path.Rank.CompareTo(b.Path.Rank),
            b.Path.LiteralLength.CompareTo(a.Path.LiteralLength),
            b.Path.LiteralTotal.CompareTo(a.Path.LiteralTotal),
            (a._methods is null).CompareTo(b._methods is null),
            b._headers.Length.CompareTo(a._headers.Length),
            b._query.Length.CompareTo(a._query.Length),
            a._order.CompareTo(b._order),
        ];
        return Array.Find(comparisons, c => c != 0);
    }

    internal bool Matches(HttpRequest request, ReadOnlySpan<char> host, ReadOnlySpan<char> path) =>
        _host.Matches(host)
        && Path.Matches(path)
        && MatchesMethod(request)
        && MatchesHeaders(request)
        && MatchesQuery(request);

    // A CORS preflight asks on behalf of the method it names; it goes where that will go.
    private bool MatchesMethod(HttpRequest request) =>
        _methods is null
        || _methods.Contains(request.Method)
        || (HttpMethods.IsOptions(request.Method)
            && request.Headers.Origin.Count > 0
            && request.Headers.AccessControlRequestMethod is { Count: 1 } asked
            && _methods.Contains(asked[0]!));

    private bool MatchesHeaders(HttpRequest request)
    {
        foreach (var header in _headers)
        {
            if (!request.Headers.TryGetValue(header.Name, out var value) || !header.Matches(value.ToString()))
            {
                return false;
            }
        }

        return true;
    }

    private bool MatchesQuery(HttpRequest request)
    {
        foreach (var parameter in _query)
        {
            if (!MatchesQuery_Parameter(request.QueryString.Value, parameter))
            {
                return false;
            }
        }

        return true;
    }

    // Names differ by case, as URLs do. Of a parameter that comes more than once the first counts, as the Gateway API suggests.
    private static bool MatchesQuery_Parameter(string? query, ValueTest parameter)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span.SequenceEqual(parameter.Name))
            {
                return parameter.Matches(pair.DecodeValue().ToString());
            }
        }

        return false;
    }

    private sealed class ValueTest(ValueMatch match)
    {
        private readonly Regex? _regex = match is { IsRegex: true, Value: not null }
            ? new Regex($"^(?:{match.Value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)
            : null;

        internal string Name { get; } = match.Name;

        internal bool Matches(string value) => match.Value is null || (_regex?.IsMatch(value) ?? value == match.Value);
    }
}
