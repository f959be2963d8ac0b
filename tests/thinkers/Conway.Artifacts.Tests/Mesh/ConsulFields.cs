using System.Text.Json.Nodes;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests.Mesh;

/// <summary>The fields of Consul's resources that are in use, by hand from their definitions: a field that is not here is none, or nobody has looked it up.</summary>
internal static class ConsulFields
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["Mesh"] =
        [
            "transparentProxy.meshDestinationsOnly: bool", "allowEnablingPermissiveMutualTLS: bool", "tls.incoming.tlsMinVersion: text", "tls.outgoing.tlsMinVersion: text",
            "http.incoming.requestNormalization.mergeSlashes: bool", "http.incoming.requestNormalization.pathWithEscapedSlashesAction: text",
        ],
        ["ServiceDefaults"] =
        [
            "protocol: text", "mutualTLSMode: text", "localRequestTimeoutMs: number", "upstreamConfig.overrides[].name: text",
            "upstreamConfig.overrides[].passiveHealthCheck.interval: text", "upstreamConfig.overrides[].passiveHealthCheck.maxFailures: number", "upstreamConfig.overrides[].passiveHealthCheck.enforcingConsecutive5xx: number",
            "upstreamConfig.overrides[].passiveHealthCheck.maxEjectionPercent: number", "upstreamConfig.overrides[].passiveHealthCheck.baseEjectionTime: text",
        ],
        ["ServiceResolver"] = ["connectTimeout: text", "loadBalancer.policy: text"],
        ["ServiceRouter"] =
        [
            "routes[].match.http.methods[]: text", "routes[].match.http.header[].name: text", "routes[].match.http.header[].regex: text",
            "routes[].destination.requestTimeout: text", "routes[].destination.numRetries: number", "routes[].destination.retryOn[]: text",
        ],
        ["ServiceIntentions"] =
        [
            "destination.name: text", "sources[].name: text", "sources[].action: text", "sources[].permissions[].action: text", "sources[].permissions[].http.methods[]: text",
            "sources[].permissions[].http.pathExact: text", "sources[].permissions[].http.pathPrefix: text", "sources[].permissions[].http.pathRegex: text",
        ],
    };

    /// <summary>Fields that are not known or hold what they can't.</summary>
    public static IEnumerable<string> Unknown(JsonObject entry)
    {
        var fields = Known.GetValueOrDefault(Kind(entry)) ?? [];
        var around = entry.Select(one => one.Key).Except(["apiVersion", "kind", "metadata", "spec"]).Append(entry["apiVersion"]!.GetValue<string>()).Except(["consul.hashicorp.com/v1alpha1"]);
        return around.Concat(Leaves(entry["spec"]!, "").Distinct().Except(fields)).Select(field => $"{Kind(entry)} {Name(entry)}: {field}");
    }

    private static IEnumerable<string> Leaves(JsonNode node, string path) => node switch
    {
        JsonObject map => map.SelectMany(one => Leaves(one.Value!, path.Length == 0 ? one.Key : $"{path}.{one.Key}")),
        JsonArray list => list.SelectMany(one => Leaves(one!, $"{path}[]")),
        _ => [$"{path}: {node.GetValueKind() switch { System.Text.Json.JsonValueKind.String => "text", System.Text.Json.JsonValueKind.Number => "number", _ => "bool" }}"],
    };
}
