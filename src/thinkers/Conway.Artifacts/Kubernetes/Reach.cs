using System.Globalization;
using System.Net;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>Where in the network something lies that is not of the system: a namespace or addresses, and a port.</summary>
/// <param name="Namespace">Null when <paramref name="Addresses"/> is set.</param>
/// <param name="Addresses">In CIDR form; null when <paramref name="Namespace"/> is set.</param>
internal sealed record Reach(string? Namespace, string? Addresses, int Port)
{
    /// <summary>What a service reaches beyond its calls: the key of <c>deploy.reach</c>, the part of the model that needs it, and words for it.</summary>
    public static IEnumerable<(string Key, string Path, string What)> NeedsOf(SystemPlan system, ServicePlan plan)
    {
        foreach (var (name, store) in plan.Service.Owns.Where(store => !SystemPlan.IsFile(system.Model, store.Value)))
        {
            var key = (store.Engine ?? StoreEngine.Postgresql) switch { StoreEngine.Postgresql => "postgresql", StoreEngine.Redis => "redis", StoreEngine.Document => "document", _ => "event-store" };
            yield return (key, $"{plan.Path}.owns.{name}", $"keeps '{name}' in {key}");
        }

        if (plan.Service.Publishes.Count > 0 || plan.Service.Consumes.Count > 0)
        {
            yield return ("broker", plan.Service.Publishes.Count > 0 ? $"{plan.Path}.publishes" : $"{plan.Path}.consumes", "sends or takes events");
        }

        if (system.Model.Deploy.Telemetry is not null)
        {
            yield return ("telemetry", "deploy.telemetry", "sends telemetry");
        }
    }

    /// <summary>Null, and a finding once for each key, when the model does not say where, or not in a form that can be used.</summary>
    public static Reach? Of(SystemPlan system, ServicePlan plan, (string Key, string Path, string What) need, List<Finding> findings)
    {
        var path = $"deploy.reach.{need.Key}";
        var written = system.Model.Deploy.Reach.TryGetValue(need.Key, out var text) ? text : null;
        if (written is not null && Parse(written) is { } reach)
        {
            return reach;
        }

        if (findings.All(finding => finding.ModelPath != path))
        {
            findings.Add(ArtifactFindings.Needed(
                path,
                written is null ? $"'{plan.Name}' {need.What}, and nothing says where in the network that is." : $"'{written}' is no place in the network.",
                $"Write the namespace or the addresses, and the port: 'deploy: {{ reach: {{ {need.Key}: \"data:5432\" }} }}' or \"10.20.0.0/16:5432\"."));
        }

        return null;
    }

    /// <summary>Null when the model does not say where, or not in a form that can be used.</summary>
    public static Reach? Written(SystemPlan system, string key) => system.Model.Deploy.Reach.TryGetValue(key, out var text) ? Parse(text) : null;

    /// <summary>Where an address leads: as <c>deploy.reach</c> says, else by itself where its host is <c>NAME.NAMESPACE</c>; null, and a finding, when neither tells.</summary>
    /// <param name="what">Who goes there, as the beginning of a sentence.</param>
    public static Reach? OfAddress(SystemPlan system, Uri address, string key, string what, List<Finding> findings)
    {
        var isWritten = system.Model.Deploy.Reach.TryGetValue(key, out var written);
        var reach = isWritten ? Parse(written!) : address.Host.Split('.') is [_, var space, ..] host && (host.Length == 2 || host[2..] is ["svc"] or ["svc", "cluster", "local"]) ? Parse(string.Create(CultureInfo.InvariantCulture, $"{space}:{address.Port}")) : null;
        if (reach is null)
        {
            findings.Add(ArtifactFindings.Needed(
                $"deploy.reach.{key}",
                isWritten ? $"'{written}' is no place in the network." : $"{what} '{address.Host}', and nothing says where in the network that is.",
                $"Write the namespace or the addresses, and the port: 'deploy: {{ reach: {{ {key}: \"data:4318\" }} }}' or \"10.20.0.0/16:443\"."));
        }

        return reach;
    }

    /// <summary>As it is written in a model.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Namespace ?? (Addresses!.Contains(':', StringComparison.Ordinal) ? $"[{Addresses}]" : Addresses)}:{Port}");

    public YamlMap Peer() => Addresses is { } block
        ? new YamlMap().Set("ipBlock", new YamlMap().Set("cidr", block))
        : new YamlMap().Set("namespaceSelector", new YamlMap().Set("matchLabels", new YamlMap().Set(KubeMetadata.NamespaceLabel, Namespace!)));

    /// <summary>Whether a text is a block of addresses.</summary>
    public static bool IsBlock(string text) => IPNetwork.TryParse(text, out _);

    /// <summary>Null for a text that is no place.</summary>
    public static Reach? Parse(string text)
    {
        var at = text.LastIndexOf(':');
        if (at <= 0 || !int.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            return null;
        }

        var place = text[..at];
        if (place.Contains('/', StringComparison.Ordinal))
        {
            var inner = place is ['[', .., ']'] ? place[1..^1] : place;
            return IPNetwork.TryParse(inner, out var network) ? new Reach(null, network.ToString(), port) : null;
        }

        return Names.IsName(place) && place[^1] != '-' ? new Reach(place, null, port) : null;
    }
}
