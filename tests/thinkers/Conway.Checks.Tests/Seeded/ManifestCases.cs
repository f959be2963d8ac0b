using Conway.Model;

namespace Conway.Checks.Tests.Seeded;

/// <summary>What needs manifests.</summary>
internal static class ManifestCases
{
    public static IReadOnlyList<SeededCase> All { get; } =
    [
        new("CW6102",
            (s, n) => s.Deployed(Open(s, n, services: 2 + (n % 2), gateway: 0)),
            (s, n) => s.Deployed(Open(s, n, services: n % 2 == 0 ? 1 : 3, gateway: n % 2 == 0 ? 0 : 1 + (n % 3)))),
        new("CW6104",
            (s, n) => s.Deployed(Risky(s, n, n % 3)),
            (s, n) => s.Deployed(Risky(s, n, 3 + (n % 3)))),
        new("CW6104",
            (s, n) => { s.IsRepository = true; s.Deployed(Risky(s, n, 3 + (n % 3))); if (n % 2 == 0) { s.Deployed((".github/dependabot.yml", "version: 2")); } },
            (s, n) =>
            {
                s.IsRepository = n % 3 < 2;
                s.Deployed(n % 3 == 0 ? ("compose.yaml", $"services:\n  {s.New()}:\n    image: \"shop/orders:${{TAG:-1.4}}\"\n") : Risky(s, n, 3 + (n % 3)));
                if (n % 3 == 1) { s.Deployed(((n % 4) switch { 0 => ".github/workflows/ci.yml", 1 => ".gitlab-ci.yml", 2 => "build/azure-pipelines.release.yml", _ => "Jenkinsfile" }, "steps: []")); }
            }),
        new("CW6104",
            (s, n) => s.Deployed(("compose.yaml", $"services:\n  {s.New()}:\n    image: \"{(n % 2 == 0 ? "${REGISTRY:-shop}/orders:${TAG:-latest}" : "shop/orders:${TAG-latest}")}\"\n")),
            (s, n) => s.Deployed(("compose.yaml", $"services:\n  {s.New()}:\n    image: \"{(n % 2 == 0 ? "${REGISTRY:-shop}/orders:${TAG}" : "${ORDERS_IMAGE}")}\"\n"))),
        new("CW3101",
            (s, n) => s.Deployed(Connected(s, n, same: true)),
            (s, n) => s.Deployed(Connected(s, n, same: false))),
        new("CW7106",
            (s, n) => Told(s, n % 2, isMeant: true),
            (s, n) => Told(s, n % 3, isMeant: false)),
        new("CW2112",
            (s, n) => { var (a, b) = (s.New(), s.New()); s.Call(a, b); s.Says(a, $"get('http://{b}:80/')"); },
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Call(a, b);
                s.Says(a, "run()");
                s.Deployed(("compose.yaml", $"services:\n  {a}:\n    environment: {{ OTHER: \"http://{b}:80\" }}\n"));
            }),
    ];

    /// <summary>An address that only a manifest can explain: one that it gives, or a port that it publishes.</summary>
    private static void Told(Sys s, int which, bool isMeant)
    {
        var (a, b, c) = (s.New(), s.New(), s.New());
        s.Says(a, which == 1 ? "{ \"Other\": \"http://localhost:8000\" }" : "run()", which == 1 ? "appsettings.json" : "main.js");
        s.Deployed(("compose.yaml", which switch
        {
            0 => $"services:\n  {a}:\n    environment: {{ Urls__Other: \"http://{(isMeant ? b : a)}:80\" }}\n  {b}: {{ }}\n",
            1 => $"services:\n  {b}:\n    ports: [ \"127.0.0.1:8000:80/tcp\" ]\n  {c}:\n    ports: [ \"{(isMeant ? 8001 : 8000)}:80\" ]\n",
            _ => $"services:\n  {a}:\n    environment: [ \"OTHER=http://{b}.example.com\", \"NAME={b}\" ]\n",
        }));
    }

    private static (string, string) Open(Sys s, int n, int services, int gateway)
    {
        var names = s.Several(services);
        if (n % 3 == 0)
        {
            return ("compose.yaml", "services:\n" + string.Concat(names.Select((a, i) => $"  {a}: {{ image: x:1, ports: [\"{8000 + i}:80\"] }}\n")) + (gateway > 0 ? "  edge: { image: \"nginx:1.27\" }\n" : ""));
        }

        var kind = n % 2 == 0 ? "NodePort" : "LoadBalancer";
        return ("k8s/all.yaml", string.Join("\n---\n", names.Select(a => $"{{ apiVersion: v1, kind: Service, metadata: {{ name: {a} }}, spec: {{ type: {kind} }} }}")
            .Append($"{{ apiVersion: apps/v1, kind: Deployment, metadata: {{ name: {names[0]} }}, spec: {{}} }}")
            .Concat(gateway > 0 ? [$"{{ apiVersion: networking.k8s.io/v1, kind: {(gateway == 1 ? "Ingress" : "HTTPRoute")}, metadata: {{ name: edge }} }}"] : [])));
    }

    private static (string, string) Risky(Sys s, int n, int shape)
    {
        var a = s.New();
        s[a] = s[a] with { Tags = ["critical"] };
        var (image, limits, replicas) = shape switch
        {
            0 => (n % 2 == 0 ? "shop/orders:latest" : "registry:5000/shop/orders", "256Mi", 2),
            1 => ("shop/orders:1.4", n % 2 == 0 ? "256Mi" : "", 2),
            2 => ("shop/orders:1.4", "256Mi", 1),
            _ => (shape == 3 ? "shop/orders:1.4" : "registry:5000/orders@sha256:abc", "256Mi", 2),
        };
        if (shape == 5)
        {
            s[a] = s[a] with { Tags = [], Slo = new Slo { Availability = new Percentage(99.5) } };
            replicas = 1;
        }

        return ("k8s/orders.yaml", $$"""
            apiVersion: apps/v1
            kind: {{(n % 2 == 0 ? "Deployment" : "StatefulSet")}}
            metadata: { name: {{a}} }
            spec:
              replicas: {{replicas}}
              template:
                spec:
                  containers:
                    - name: main
                      image: "{{image}}"
                      {{(shape == 1 && n % 2 == 0 ? "tty: false" : "readinessProbe: { httpGet: { path: /health } }")}}
                      resources: { limits: { {{(limits.Length > 0 ? $"memory: {limits}" : "cpu: 1")}} } }
            """);
    }

    private static (string, string) Connected(Sys s, int n, bool same)
    {
        var (a, b) = (s.New(), s.New());
        var (one, two) = ("Host=db;Database=one;Username=x", same ? "Host=db;Database=one;Username=x" : "Host=db;Database=two;Username=x");
        return n % 2 == 0
            ? ("compose.yaml", $"services:\n  {a}:\n    image: x:1\n    environment: {{ DB: \"{one}\" }}\n  {b}:\n    image: x:1\n    environment: [ \"STORE={two}\" ]\n")
            : ("k8s.yaml", string.Join("\n---\n", new[] { (a, one), (b, two) }.Select(x => $"{{ apiVersion: apps/v1, kind: Deployment, metadata: {{ name: {x.Item1} }}, spec: {{ template: {{ spec: {{ containers: [ {{ image: \"x:1\", env: [ {{ name: DB, value: \"{x.Item2}\" }} ] }} ] }} }} }} }}")));
    }
}
