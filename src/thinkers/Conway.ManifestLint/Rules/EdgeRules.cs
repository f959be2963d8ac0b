using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>What comes in from outside.</summary>
internal static class EdgeRules
{
    private static readonly string[] Snippets = ["configuration-snippet", "server-snippet", "auth-snippet", "modsecurity-snippet", "stream-snippet"];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("route-backend", Severity.Error, "What an Ingress or a route leads to exists, with that port", "Requests are answered by 503.",
            "Name a Service of the same namespace and one of its ports.", "KL:dangling-ingress KS:ingress-targets-service C-0298 C-0302", InObjects(Backends, "Ingress", "HTTPRoute", "GRPCRoute", "TCPRoute", "UDPRoute", "TLSRoute")),
        Rule("ingress-tls", Severity.Warning, "An Ingress has TLS", "What is sent can be read and changed on the way.",
            "Write 'tls: [{ hosts: [shop.example.com], secretName: shop-tls }]'.", "PO:tlsSettingsMissing C-0263",
            Objects(static (o, _) => o.Spec?["tls"].List().Count > 0 ? null : new Wrong("has no tls", o.Spec), "Ingress")),
        Rule("ingress-snippet", Severity.Error, "An Ingress holds no configuration of nginx", "Who may write an Ingress reads all secrets of the controller.",
            "Use an annotation that says what is meant, or a policy of the gateway.", "CKV_K8S_152 CKV_K8S_153 CKV_K8S_154 C-0059",
            Objects(static (o, _) => o.Annotations.Keys.FirstOrDefault(k => k.StartsWith("nginx.ingress.kubernetes.io/", StringComparison.Ordinal) && Snippets.Contains(k[(k.IndexOf('/') + 1)..])) is { } key ? new Wrong($"has the annotation {key}", o.Metadata?["annotations", key]) : null, "Ingress")),
        Rule("ingress-nginx", Severity.Info, "An Ingress is served by a controller that is maintained", "ingress-nginx gets no mending of holes since March 2026.",
            "Move to the Gateway API or another controller.", "C-0292", Both(Containers(static c => c.Image.Contains("ingress-nginx/controller", StringComparison.Ordinal) || c.Image.Contains("nginx-ingress-controller", StringComparison.Ordinal) ? new Wrong($"runs {c.Image}, which is ingress-nginx", c.At["image"]) : null),
            Objects(static (o, _) => o.Spec?["ingressClassName"]?.Text == "nginx" ? new Wrong("is served by ingress-nginx", o.Spec["ingressClassName"])
                : o.Annotations.GetValueOrDefault("kubernetes.io/ingress.class") == "nginx" ? new Wrong("is served by ingress-nginx", o.Metadata?["annotations", "kubernetes.io/ingress.class"]) : null, "Ingress"))) with { IsOptional = true },
        Rule("route-conflict", Severity.Error, "No two routes take the same host and path", "Which one gets a request depends on which was made first.",
            "Give one of them another host or path.", "", Conflicts),
    ];

    private static IEnumerable<Wrong> Backends(KubeObject route, ManifestSet set)
    {
        if (route.ApiVersion == "networking.k8s.io/v1")
        {
            foreach (var old in (route.Spec?["rules"]).List().SelectMany(r => r["http", "paths"].List()).Select(p => p["backend", "serviceName"]).OfType<Part>())
            {
                yield return new Wrong("says serviceName, which networking.k8s.io/v1 does not know", old, "serviceName") { Mend = "Write 'backend: { service: { name: NAME, port: { number: 80 } } }'." };
            }
        }

        foreach (var (service, port, at, ns) in route.Is("Ingress") ? OfIngress(route) : OfRoute(route))
        {
            if (set.Find("Service", ns, service) is not { } found)
            {
                // A namespace of which no Service was given is not known.
                if (set.Options.IsComplete || set.Of("Service").Any(s => s.Namespace == ns))
                {
                    yield return new Wrong($"leads to the Service '{service}', which is not there", at, service);
                }
            }
            else if (port is not null && found.Spec?["ports"].List() is { } ports && found.Spec["type"]?.Text != "ExternalName" && !ports.Any(p => p["port"]?.Text == port.Text || (route.Is("Ingress") && p["name"]?.Text == port.Text)))
            {
                yield return new Wrong($"leads to port {port.Text} of the Service '{service}', which it does not have", port, $"{service} {port.Text}");
            }
        }
    }

    private static IEnumerable<(string Service, Part? Port, Part At, string Namespace)> OfIngress(KubeObject ingress)
    {
        var backends = (ingress.Spec?["rules"]).List().SelectMany(r => r["http", "paths"].List()).Select(p => p["backend"]).Append(ingress.Spec?["defaultBackend"]).Append(ingress.Spec?["backend"]).OfType<Part>();
        foreach (var backend in backends)
        {
            if (backend["service", "name"] is { } name && name.Word() is { } service)
            {
                yield return (service, backend["service", "port", "number"] ?? backend["service", "port", "name"], name, ingress.Namespace);
            }
            else if (backend["serviceName"] is { } old && old.Word() is { } older)
            {
                yield return (older, backend["servicePort"], old, ingress.Namespace);
            }
        }
    }

    private static IEnumerable<(string Service, Part? Port, Part At, string Namespace)> OfRoute(KubeObject route)
    {
        foreach (var backend in (route.Spec?["rules"]).List().SelectMany(r => r["backendRefs"].List()))
        {
            if (backend["name"] is { } name && name.Word() is { } service && (backend["kind"].Word() ?? "Service") == "Service" && backend["group"].Word() is null)
            {
                yield return (service, backend["port"], name, backend["namespace"].Word() ?? route.Namespace);
            }
        }
    }

    private static IEnumerable<Hit> Conflicts(ManifestSet set)
    {
        var claims = set.Of("Ingress").SelectMany(IngressClaims).Concat(set.Of("HTTPRoute").SelectMany(RouteClaims));
        foreach (var same in claims.GroupBy(c => (c.By, c.Host, c.Path)))
        {
            var first = same.First();
            foreach (var again in same.Skip(1))
            {
                yield return new Hit(again.On, again.At, $"takes {(again.Host.Length == 0 ? "any host" : again.Host)}{again.Path}, as {first.On.Title} at {first.At.Place} does", $"{again.Host}{again.Path}");
            }
        }
    }

    private sealed record Claim(KubeObject On, string By, string Host, string Path, Part At);

    // A canary is meant to take the same path as another.
    private static IEnumerable<Claim> IngressClaims(KubeObject ingress) =>
        from rule in (ingress.Spec?["rules"]).List()
        from path in rule["http", "paths"].List()
        where ingress.Annotations.GetValueOrDefault("nginx.ingress.kubernetes.io/canary") != "true"
        let who = ingress.Spec!["ingressClassName"].Word() ?? ingress.Annotations.GetValueOrDefault("kubernetes.io/ingress.class") ?? ""
        select new Claim(ingress, "Ingress " + who, rule["host"].Word() ?? "", $"{path["path"].Word() ?? "/"} ({path["pathType"].Word() ?? "Prefix"})", path["path"] ?? path);

    private static IEnumerable<Claim> RouteClaims(KubeObject route) =>
        from parent in route.Spec?["parentRefs"].List() ?? []
        let hosts = route.Spec!["hostnames"].List().Select(h => h.Text ?? "").DefaultIfEmpty("")
        from host in hosts
        from rule in route.Spec!["rules"].List()
        from match in rule["matches"] is { Items.Count: > 0 } matches ? matches.Items : [rule]
        let path = ReferenceEquals(match, rule) ? null : match["path"]

        // Headers, methods and queries tell routes of one path apart.
        let more = ReferenceEquals(match, rule) ? "" : string.Join(" ", new[] { "method", "headers", "queryParams" }.Select(k => Flat(match[k])).Where(t => t.Length > 0))
        let who = $"Gateway {parent["namespace"].Word() ?? route.Namespace}/{parent["name"].Word()}/{parent["sectionName"].Word()}/{parent["port"].Word()}"
        select new Claim(route, who, host, $"{path?["value"].Word() ?? "/"} ({path?["type"].Word() ?? "PathPrefix"}{(more.Length == 0 ? "" : " " + more)})", path ?? match);

    private static string Flat(Part? part) => part is null ? "" : part.Text ?? string.Join(",", part.Items.Select(Flat).Concat(part.Entries.Select(e => $"{e.Key}={Flat(e.Value)}")));
}
