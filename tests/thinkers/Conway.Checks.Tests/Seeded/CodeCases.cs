using Conway.CodeFacts;
using Conway.Model;

namespace Conway.Checks.Tests.Seeded;

/// <summary>What needs code or manifests.</summary>
internal static class CodeCases
{
    private const TypeRoles Business = TypeRoles.Entity;

    public static IReadOnlyList<SeededCase> All { get; } =
    [
        new("CW2112",
            (s, n) => { var (a, b) = (s.New(), s.New()); s.Call(a, b); s.Says(a, $"get('http://{(n % 4) switch { 0 => $"{b}:8080", 1 => "localhost:5001", 2 => "10.0.0.7", _ => "api.bank.test" }}/x')"); },
            (s, n) =>
            {
                var a = s.New();
                var (file, line) = (n % 5) switch
                {
                    0 => ("main.js", "svg('http://www.w3.org/2000/svg')"),
                    1 => ("Program.cs", "app.Run(\"http://localhost:5000\");"),
                    2 => ("main.py", "# 'http://10.0.0.7'"),
                    3 => ("appsettings.json", "{ \"Bank\": \"http://localhost:5001\" }"),
                    _ => ("main.js", $"new URL(request.url, 'http://{a}')"),
                };
                s.Says(a, line, file);
            }),
        new("CW7106",
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                var (file, line) = (n % 5) switch
                {
                    0 => ("main.js", $"get(process.env.{Names.ToVariable(b)}_URL)"),
                    1 => ("Program.cs", $"builder.AddConwayClient<Client>(\"{b}\");"),
                    2 => ("main.py", $"get('http://{b}:8080/')"),
                    3 => ("main.go", $"http.Get(\"http://{b}.shop.svc.cluster.local/\")"),
                    _ => ("appsettings.json", $"{{ \"Url\": \"https+http://{b}\" }}"),
                };
                s.Says(a, line, file);
            },
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                switch (n % 5)
                {
                    case 0: s.Call(a, b); s.Says(a, $"get(process.env.{Names.ToVariable(b)}_URL)"); break;
                    case 1: s.Says(a, $"open(process.env.{Names.ToVariable(a)}_DB_URL); get(process.env.{Names.ToVariable(a)}_URL)"); break;
                    case 2: s.Says(a, $"// get('http://{b}')"); break;
                    case 3: s.Says("shared", $"get('http://{b}')"); s.Says(a, "run()"); break;
                    default: s.Says(a, $"get('https://{b}.example.com/'); log('see http://{b}')"); break;
                }
            }),
        new("CW7107",
            (s, n) => { var (a, b, c) = (s.New(), s.New(), s.New()); s.Call(a, b); s.Call(a, c); s.Says(a, n % 2 == 0 ? "run()" : $"get(process.env.{Names.ToVariable(c)}_URL)"); },
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Call(a, b);
                switch (n % 5)
                {
                    case 0: s.Says(a, $"get(process.env.{Names.ToVariable(b)}_URL)"); break;
                    case 1: s.Says(a, "get(process.env[name + '_URL'])"); break;
                    case 2: s.Says(a, "run()"); s.Says("shared", $"get('http://{b}')"); break;
                    case 3: s.Says(s.New(), "run()"); break;
                    default: s.Says(a, "run()"); s.Request($"{a} GET /\n  {b} GET /"); break;
                }
            }),
        new("CW2301",
            (s, n) => s.Source.Outbound(Type(s, s.New()), $"/products/{n}", inLoop: true),
            (s, n) => s.Source.Outbound(n % 2 == 0 ? Type(s, s.New()) : s.Source.Type("src/shared", "Loader"), $"/products/{n}", inLoop: n % 2 == 1)),
        new("CW3103",
            (s, n) => Small(s, lines: 40 + n, operations: n % 3, callers: 1),
            (s, n) => Small(s, lines: n % 3 == 0 ? 60 : 40, operations: n % 3 == 1 ? 3 : 1, callers: n % 3 == 2 ? 2 : 1)),
        new("CW3104",
            (s, n) => Large(s, n % 2 == 0 ? 301 : 10, n % 2 == 0 ? 20 : 2_701),
            (s, n) => Large(s, n % 2 == 0 ? 300 : 10, n % 2 == 0 ? 20 : 2_700)),
        new("CW3105",
            (s, n) => Parts(s, 10 + n, 0.8, n % 2 == 0 ? TypeRoles.Repository : TypeRoles.Contract, touches: false),
            (s, n) => Parts(s, n % 3 == 0 ? 9 : 20, n % 3 == 1 ? 0.75 : 0.9, TypeRoles.Repository, touches: n % 3 == 2)),
        new("CW3107",
            (s, n) => Publishes(s, n, writes: true, publishes: true, outbox: false),
            (s, n) => Publishes(s, n, writes: n % 3 != 0, publishes: n % 3 != 1, outbox: n % 3 == 2)),
        new("CW3109",
            (s, n) =>
            {
                var services = s.Several(2 + (n % 2));
                s.Tables(services[0], "ledger", "entries");
                foreach (var service in services.Skip(n % 2))
                {
                    s.Source.Access(Type(s, service), n % 3 == 0 ? "Ledger" : "ledger", AccessMode.Write);
                }
            },
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Source.Access(Type(s, a), "ledger", AccessMode.Write);
                s.Source.Access(Type(s, b), n % 2 == 0 ? "ledger" : "outbox", n % 2 == 0 ? AccessMode.Read : AccessMode.Write);
                s.Source.Access(Type(s, a), "outbox", AccessMode.Write);

                // A table of the same name in a database of its own.
                s.Source.Access(Type(s, a), "customers", AccessMode.Write);
                s.Source.Access(Type(s, b), "customers", AccessMode.Write);
                if (n % 3 > 0)
                {
                    s.Tables(a, "ledger", "customers");
                    s.Tables(b, n % 3 == 1 ? ["customers"] : ["customers", "b"]);
                }
            }),
        new("CW3101",
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Tables(a, "orders", "lines");
                s.Source.Access(Type(s, a), "orders", AccessMode.Write);
                s.Source.Access(Type(s, b), n % 2 == 0 ? "orders" : "sales.Orders", AccessMode.Read);
            },
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Tables(a, "orders", "lines");
                s.Source.Access(Type(s, a), "orders", AccessMode.Write);
                s.Source.Access(Type(s, b), n % 2 == 0 ? "orders" : "other", AccessMode.Read);
                if (n % 4 == 0)
                {
                    s.Tables(b, "orders", "copies");
                }
                else
                {
                    s.Tables(b);
                }
            }),
        new("CW3401",
            (s, n) => Library(s, 2 + (n % 3), (n % 3) switch { 0 => TypeRoles.Entity, 1 => TypeRoles.Handler, _ => TypeRoles.Repository }, through: n % 2 == 0),
            (s, n) => Library(s, n % 2 == 0 ? 3 : 1, n % 2 == 0 ? (n % 4 == 0 ? TypeRoles.Contract : TypeRoles.Extensions) : Business, through: false)),
        new("CW6101",
            (s, n) => Logs(s, (n % 3) switch { 0 => ["NLog"], 1 => ["log4net"], _ => ["Serilog", "Serilog.Sinks.File"] }),
            (s, n) => Logs(s, (n % 4) switch { 0 => ["NLog", "OpenTelemetry.Extensions.Hosting"], 1 => ["Serilog", "Serilog.Sinks.File", "Serilog.Sinks.Seq"], 2 => ["Serilog"], _ => ["log4net", "Conway.Service"] })),
        new("CW6102",
            (s, n) => s.Deployed(Open(s, n, services: 2 + (n % 2), gateway: 0)),
            (s, n) => s.Deployed(Open(s, n, services: n % 2 == 0 ? 1 : 3, gateway: n % 2 == 0 ? 0 : 1 + (n % 3)))),
        new("CW6104",
            (s, n) => s.Deployed(Risky(s, n, n % 3)),
            (s, n) => s.Deployed(Risky(s, n, 3 + (n % 3)))),
        new("CW3101",
            (s, n) => s.Deployed(Connected(s, n, same: true)),
            (s, n) => s.Deployed(Connected(s, n, same: false))),
    ];

    private static int Type(Sys s, string service, TypeRoles roles = TypeRoles.None, int lines = 20) => s.Source.Type($"src/{service}", "T", roles, lines);

    private static void Small(Sys s, int lines, int operations, int callers)
    {
        foreach (var usual in s.Several(5))
        {
            s.Source.Entry(Type(s, usual, lines: 1000), "/usual");
        }

        var tiny = s.New("tiny");
        var type = Type(s, tiny, lines: lines);
        for (var i = 0; i < operations; i++)
        {
            s.Source.Entry(type, $"/op{i}");
        }

        foreach (var caller in s.Several(callers))
        {
            s.Call(caller, tiny);
        }
    }

    private static void Large(Sys s, int types, int linesEach)
    {
        var large = s.New("large");
        for (var i = 0; i < types; i++)
        {
            Type(s, large, lines: linesEach);
        }
    }

    private static void Parts(Sys s, int types, double share, TypeRoles role, bool touches)
    {
        var service = s.New();
        s.Source.Access(Type(s, s.New()), "theirs", AccessMode.Read);
        for (var i = 0; i < types; i++)
        {
            Type(s, service, i < Math.Ceiling(share * types) ? role : TypeRoles.Endpoint);
        }

        if (touches)
        {
            s.Source.Access(Type(s, service), "own", AccessMode.Read);
        }
    }

    private static void Publishes(Sys s, int n, bool writes, bool publishes, bool outbox)
    {
        var service = s.New();
        var (type, message) = (Type(s, service, TypeRoles.Endpoint), s.Source.Type($"src/{service}", "Placed", TypeRoles.Event));
        s.Source.UseCase(s.Source.Entry(type, $"/orders{n}"), writes ? "orders" : null, publishes ? message : null);
        if (outbox)
        {
            s.Source.Type($"src/{service}", "OutboxMessage");
        }
    }

    private static void Library(Sys s, int users, TypeRoles roles, bool through)
    {
        var library = s.Source.Project("src/Shop.Domain", []);
        s.Source.Type("src/Shop.Domain", "Order", roles, project: library);
        var between = through ? s.Source.Project("src/Shop.Common", [], library) : library;
        foreach (var user in s.Several(users))
        {
            Type(s, user);
            s.Source.Project($"src/{user}", [], between);
        }
    }

    private static void Logs(Sys s, string[] packages)
    {
        var service = s.New();
        Type(s, service);
        s.Source.Project($"src/{service}", packages);
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
