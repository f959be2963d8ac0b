namespace Conway.Registry.Http;

/// <summary>One endpoint: a method, a path under <c>/v1/</c> (ending in <c>/</c> when something follows), and who answers.</summary>
internal sealed record Route(string Method, string Path, Func<Call, Task<Reply>> Answer);

/// <summary>Every endpoint there is. A new one is a line here.</summary>
internal static class Routes
{
    public static Route[] All { get; } =
    [
        new("GET", "agent/self", AgentEndpoints.Self),
        new("GET", "agent/members", AgentEndpoints.Members),
        new("PUT", "agent/maintenance", AgentEndpoints.MaintainNode),
        new("GET", "agent/services", AgentServiceEndpoints.List),
        new("PUT", "agent/service/register", AgentServiceEndpoints.Register),
        new("PUT", "agent/service/deregister/", AgentServiceEndpoints.Deregister),
        new("PUT", "agent/service/maintenance/", AgentEndpoints.MaintainService),
        new("GET", "agent/service/", AgentServiceEndpoints.Read),
        new("GET", "agent/health/service/id/", AgentServiceEndpoints.HealthById),
        new("GET", "agent/health/service/name/", AgentServiceEndpoints.HealthByName),
        new("GET", "agent/checks", AgentCheckEndpoints.List),
        new("PUT", "agent/check/register", AgentCheckEndpoints.Register),
        new("PUT", "agent/check/deregister/", AgentCheckEndpoints.Deregister),
        new("PUT", "agent/check/pass/", AgentCheckEndpoints.Pass),
        new("PUT", "agent/check/warn/", AgentCheckEndpoints.Warn),
        new("PUT", "agent/check/fail/", AgentCheckEndpoints.Fail),
        new("PUT", "agent/check/update/", AgentCheckEndpoints.Update),

        new("GET", "catalog/datacenters", CatalogEndpoints.Datacenters),
        new("GET", "catalog/services", CatalogEndpoints.Services),
        new("GET", "catalog/service/", CatalogEndpoints.Service),
        new("GET", "catalog/nodes", CatalogEndpoints.Nodes),
        new("GET", "catalog/node/", CatalogEndpoints.Node),
        new("GET", "catalog/node-services/", CatalogEndpoints.NodeServices),
        new("PUT", "catalog/register", CatalogWriteEndpoints.Register),
        new("PUT", "catalog/deregister", CatalogWriteEndpoints.Deregister),

        new("GET", "health/service/", HealthEndpoints.Service),
        new("GET", "health/checks/", HealthEndpoints.Checks),
        new("GET", "health/node/", HealthEndpoints.Node),
        new("GET", "health/state/", HealthEndpoints.State),

        new("GET", "kv/", KvEndpoints.Read),
        new("PUT", "kv/", KvEndpoints.Write),
        new("DELETE", "kv/", KvEndpoints.Delete),

        new("PUT", "session/create", SessionEndpoints.Create),
        new("PUT", "session/destroy/", SessionEndpoints.Destroy),
        new("PUT", "session/renew/", SessionEndpoints.Renew),
        new("GET", "session/info/", SessionEndpoints.Info),
        new("GET", "session/list", SessionEndpoints.List),
        new("GET", "session/node/", SessionEndpoints.OfNode),

        new("PUT", "txn", TxnEndpoint.Run),

        new("GET", "status/leader", AgentEndpoints.LeaderAddress),
        new("GET", "status/peers", AgentEndpoints.Peers),
    ];

    /// <summary>Finds who answers; failing that, which methods the path would have.</summary>
    /// <param name="path">Percent-decoded, without <c>/v1/</c>.</param>
    public static (Route? Route, string Tail, string Allow) Find(string method, string path)
    {
        var allowed = new List<string>();
        foreach (var route in All)
        {
            if (TailOf(route.Path, path) is not { } rest) continue;
            if (route.Method == method) return (route, rest, "");
            allowed.Add(route.Method);
        }
        return (null, "", string.Join(",", allowed));
    }

    private static string? TailOf(string pattern, string path)
    {
        if (!pattern.EndsWith('/')) return path == pattern || (path.Length == pattern.Length + 1 && path[^1] == '/' && path.StartsWith(pattern, StringComparison.Ordinal)) ? "" : null;
        if (path.StartsWith(pattern, StringComparison.Ordinal)) return path[pattern.Length..];
        // "/v1/kv?keys" means the root, like "/v1/kv/?keys".
        return path.Length == pattern.Length - 1 && pattern.StartsWith(path, StringComparison.Ordinal) ? "" : null;
    }
}
