using Conway.CodeFacts;
using Conway.Model;

namespace Conway.Checks.Tests.Seeded;

/// <summary>What needs code.</summary>
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
                    2 => ("main.py", $"get('http://{b}{(n > 4 ? "-api" : "")}:8080/')"),
                    3 => ("main.go", $"http.Get(\"http://{b}.shop.svc.cluster.local/\")"),
                    _ => ("appsettings.json", n > 8 ? "{ \"Catalog\": \"http://localhost:5101/\" }" : n > 4 ? "{ \"Catalog\": \"localhost:5101\" }" : $"{{ \"Url\": \"https+http://{b}\" }}"),
                };
                s.Says(a, line, file);
                s.Says(b, "{ \"applicationUrl\": \"https://localhost:7101;http://localhost:5101\" }", "launchSettings.json");
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
                    default:
                        // An address on this machine that is its own, or that two listen on, tells nothing.
                        s.Says(a, $"get('https://{b}.example.com/'); log('see http://{b}')");
                        s.Says(a, "{ \"applicationUrl\": \"http://localhost:5101\" }", "launchSettings.json");
                        s.Says(b, $"{{ \"applicationUrl\": \"http://localhost:{(n > 4 ? 5101 : 5102)}\" }}", "launchSettings.json");
                        s.Says(a, "{ \"Self\": \"http://localhost:5101/\" }", "appsettings.json");
                        break;
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
                    case 0: s.Says(a, n > 4 ? $"get('http://{b}-service/')" : $"get(process.env.{Names.ToVariable(b)}_URL)"); break;
                    case 1 when n > 4: s.Says(a, "{ \"Other\": \"http://localhost:5101\" }", "appsettings.json"); s.Says(b, "{ \"applicationUrl\": \"http://localhost:5101\" }", "launchSettings.json"); break;
                    case 1: s.Says(a, "get(process.env[name + '_URL'])"); break;
                    case 2: s.Says(a, "run()"); s.Says("shared", $"get('http://{b}')"); break;
                    case 3: s.Says(s.New(), "run()"); break;
                    default: s.Says(a, "run()"); s.Request($"{a} GET /\n  {b} GET /"); break;
                }
            }),
        new("CW2301",
            (s, n) => s.Source.Outbound(Type(s, s.New()), $"/products/{n}", inLoop: true),
            (s, n) => s.Source.Outbound(n % 2 == 0 ? Type(s, s.New()) : s.Source.Type("src/shared", "Loader"), $"/products/{n}", inLoop: n % 2 == 1)),
        new("CW2204",
            (s, n) => Logs(s, (n % 5) switch { 0 => [], 1 => ["prometheus-net.AspNetCore"], 2 => ["Jaeger", "Serilog"], 3 => ["Serilog.Sinks.Console", "Npgsql"], _ => ["OpenTelemetryish"] }),
            (s, n) =>
            {
                switch (n % 5)
                {
                    case 0: Logs(s, ["OpenTelemetry.Extensions.Hosting"]); break;
                    case 1: Logs(s, ["Conway.Service"]); break;
                    case 2: Logs(s, ["prometheus-net", "Jaeger"]); break;
                    case 3: { var a = Logs(s, []); Variable(s, a, "CORECLR_PROFILER", "{918728DD-259F-4A6A-AC2B-B85E1B658318}"); break; }
                    default: { var a = s.New(); Type(s, a); var shared = s.Source.Project("src/Defaults", ["OpenTelemetry.Exporter.OpenTelemetryProtocol"]); s.Source.Project($"src/{a}", [], shared); break; }
                }
            }),
        new("CW3103",
            (s, n) => Small(s, lines: 40 + n, operations: n % 3, callers: 1),
            (s, n) => Small(s, lines: n % 3 == 0 ? 60 : 40, operations: n % 3 == 1 ? 3 : 1, callers: n % 3 == 2 ? 2 : 1)),
        new("CW3104",
            (s, n) => Large(s, n % 2 == 0 ? 301 : 10, n % 2 == 0 ? 20 : 2_701),
            (s, n) => Large(s, n % 2 == 0 ? 300 : 10, n % 2 == 0 ? 20 : 2_700)),
        new("CW3105",
            (s, n) => Parts(s, 10 + n, 0.8, n % 2 == 0 ? TypeRoles.Repository : TypeRoles.Contract, touches: false),
            (s, n) => Parts(s, n % 3 == 0 ? 9 : 20, n % 3 == 1 ? 0.75 : 0.9, TypeRoles.Repository, touches: n % 3 == 2)),
        new("CW3105",
            (s, n) => Entities(s, n % 2 == 0 ? 9 + n : 1, usual: n % 2 == 0 ? 2 : 10),
            (s, n) => Entities(s, n % 2 == 0 ? 7 : 9, usual: n % 2 == 0 ? 2 : 10)),
        new("CW3105",
            (s, n) => Written(s, here: 1 + (n % 3), there: 4 + n),
            (s, n) => { switch (n % 3) { case 0: Written(s, here: 4 + n, there: 4 + n); break; case 1: Written(s, here: 0, there: 2); break; default: Written(s, here: 1, there: 9, isOwned: false); break; } }),
        new("CW3105",
            (s, n) => Misplaced(s, types: 60, crossing: 20 + n, misplaced: 5 + n),
            (s, n) =>
            {
                // Too few calls, too little spared, or too many types to move.
                switch (n % 3)
                {
                    case 0: Misplaced(s, types: 60, crossing: 5, misplaced: 10); break;
                    case 1: Misplaced(s, types: 60, crossing: 50 + n, misplaced: 8); break;
                    default: Misplaced(s, types: 12, crossing: 20, misplaced: 12); break;
                }
            }),
        new("CW3106",
            (s, n) => Twins(s, entities: 2 + (n % 3), differing: n % 2),
            (s, n) => { switch (n % 3) { case 0: Twins(s, entities: 1, differing: 0); break; case 1: Twins(s, entities: 3, differing: 2); break; default: Twins(s, entities: 3, differing: 0, prefix: "Outbox"); break; } }),
        new("CW3106",
            (s, n) => Reads(s, tables: 2 + n, read: (int)Math.Ceiling(0.6 * (2 + n)), isOwn: false),
            (s, n) => Reads(s, tables: n % 2 == 0 ? 5 : 2 + n, read: n % 2 == 0 ? 2 : 2 + n, isOwn: n % 2 == 1)),
        new("CW3107",
            (s, n) => Spread(s, n, EntryPointKind.MinimalApi, "POST", saga: false),
            (s, n) => Spread(s, n, n % 3 == 0 ? EntryPointKind.Consumer : EntryPointKind.Controller, n % 3 == 1 ? "GET" : "POST", saga: n % 3 == 2)),
        new("CW3107",
            (s, n) => Scoped(s, TransactionKind.Scope, "one", "two"),
            (s, n) => { if (n % 2 == 0) { Scoped(s, TransactionKind.Save, "one", "two"); } else { Scoped(s, TransactionKind.Scope, "one"); } }),
        new("CW3109",
            (s, n) => Unwritten(s, n, isWritten: false, isRead: true),
            (s, n) => Unwritten(s, n, isWritten: n % 2 == 0, isRead: n % 2 == 0)),
        new("CW3109",
            (s, n) => ThroughOne(s, writers: 2 + (n % 2), contexts: 1),
            (s, n) => ThroughOne(s, writers: n % 3 == 0 ? 1 : 2, contexts: n % 3 == 1 ? 2 : 1, isReferred: n % 3 != 2)),
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
        new("CW6103",
            (s, n) => Kinds(s, n, 4),
            (s, n) => Kinds(s, n, 3)),
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
        s.Source.UseCase(s.Source.Entry(type, $"/orders{n}"), writes ? ["orders"] : [], publishes ? [message] : []);
        if (outbox)
        {
            s.Source.Type($"src/{service}", "OutboxMessage");
        }
    }

    private static void Entities(Sys s, int odd, int usual)
    {
        // Where the model names no table, the source is counted.
        foreach (var name in s.Background)
        {
            s[name] = s[name] with { Owns = NameMap<Store>.Empty };
        }

        foreach (var count in Enumerable.Repeat(usual, 7).Append(odd))
        {
            var service = s.New();
            s[service] = s[service] with { Owns = NameMap<Store>.Empty };
            for (var i = 0; i < count; i++)
            {
                Type(s, service, TypeRoles.Entity);
            }
        }
    }

    private static void Written(Sys s, int here, int there, bool isOwned = true)
    {
        var (a, b) = (s.New(), s.New());
        if (isOwned)
        {
            s.Tables(a, "ledger", "entries");
            s.Tables(b, "bills");
        }

        foreach (var service in Enumerable.Repeat(a, here).Concat(Enumerable.Repeat(b, there)))
        {
            s.Source.Access(Type(s, service), "ledger", AccessMode.Write);
        }
    }

    /// <summary>Two services that call each other evenly, and one type that works for the other side.</summary>
    private static void Misplaced(Sys s, int types, int crossing, int misplaced)
    {
        var (a, b) = (s.New(), s.New());
        var here = Enumerable.Range(0, types / 2).Select(_ => Type(s, a)).ToArray();
        var there = Enumerable.Range(0, types / 2).Select(_ => Type(s, b)).ToArray();
        for (var i = 0; i < crossing; i++)
        {
            // Each is called at home as often as from the other side, so that no move of these spares anything.
            var at = 1 + (i % (here.Length - 1));
            s.Source.Calls(here[at], there[at], 1);
            s.Source.Calls(here[at], here[1 + (at % (here.Length - 1))], 2);
            s.Source.Calls(there[at], there[1 + (at % (there.Length - 1))], 2);
        }

        for (var i = 0; i < misplaced; i++)
        {
            s.Source.Calls(here[0], there[1 + (i % (there.Length - 1))], 1);
        }
    }

    private static void Twins(Sys s, int entities, int differing, string prefix = "")
    {
        var (a, b) = (s.New(), s.New());
        for (var i = 0; i < entities; i++)
        {
            string[] properties = ["Id", "Name", "Street", "City", "Phone", "Mail"];
            s.Source.Entity($"src/{a}", $"{prefix}Customer{i}", properties);
            s.Source.Entity($"src/{b}", $"{prefix}Customer{i}", [.. properties[differing..], .. Enumerable.Range(0, differing).Select(d => $"Other{d}")]);
        }
    }

    private static void Reads(Sys s, int tables, int read, bool isOwn)
    {
        var (a, b) = (s.New(), s.New());
        string[] names = [.. Enumerable.Range(0, tables).Select(i => $"ledger_{i}")];
        s.Tables(a, names);
        s.Tables(b, isOwn ? names : ["bills"]);
        foreach (var name in names.Take(read))
        {
            s.Source.Access(Type(s, b), name, AccessMode.Read);
        }
    }

    private static void Spread(Sys s, int n, EntryPointKind kind, string method, bool saga)
    {
        s["payments"] = s[s.New()];
        s["stock-service"] = s[s.New()];
        var service = s.New();
        var endpoint = Type(s, service, TypeRoles.Endpoint);
        var (payments, stock) = (s.Source.Type($"src/{service}", n % 2 == 0 ? "PaymentsClient" : "IPaymentsApi", isAlone: true), s.Source.Type($"src/{service}", "StockHttpClient", isAlone: true));
        s.Source.Outbound(payments, $"/charges/{n}", inLoop: false, method);
        s.Source.Outbound(stock, n % 3 == 0 ? "http://stock-service/reservations" : "reservations", inLoop: false, method);
        s.Source.UseCase(s.Source.Entry(endpoint, "/orders", kind), [], [], payments, stock);
        if (saga)
        {
            s.Sagas["ordering"] = new Saga { Owner = service, Steps = [new SagaStep { Call = "payments.charge", Undo = "payments.refund" }, new SagaStep { Call = "stock-service.reserve", Undo = "stock-service.release" }] };
        }
    }

    private static void Scoped(Sys s, TransactionKind kind, params string[] stores)
    {
        var service = s.New();
        foreach (var store in stores)
        {
            s.Source.Context($"src/{service}", $"{store}Db", 0, $"{store}_items", $"{store}_lines");
        }

        var endpoint = Type(s, service, TypeRoles.Endpoint);
        s.Source.Scope(endpoint, kind);
        s.Source.UseCase(s.Source.Entry(endpoint, "/both"), [.. stores.SelectMany(o => new[] { $"{o}_items", $"{o}_lines" })], []);
    }

    private static void Unwritten(Sys s, int n, bool isWritten, bool isRead)
    {
        var (a, b) = (s.New(), s.New());
        s.Tables(a, "rates", "bills");
        s.Source.Access(Type(s, a), "bills", AccessMode.Write);
        if (isRead)
        {
            s.Source.Access(Type(s, n % 2 == 0 ? a : b), "rates", AccessMode.Read);
        }

        if (isWritten)
        {
            s.Source.Access(Type(s, a), "rates", AccessMode.Write);
        }
    }

    private static void ThroughOne(Sys s, int writers, int contexts, bool isReferred = true)
    {
        var shared = Enumerable.Range(0, contexts).Select(i => s.Source.Project($"src/shared{i}", [])).ToArray();
        for (var i = 0; i < contexts; i++)
        {
            s.Source.Context($"src/shared{i}", $"Db{i}", shared[i], "customers");
        }

        foreach (var service in s.Several(writers))
        {
            // Who cannot name the class writes another table of that name.
            s.Source.Project($"src/{service}", [], isReferred ? shared : []);
            s.Source.Access(Type(s, service), "customers", AccessMode.Write);
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

    private static string Logs(Sys s, string[] packages)
    {
        var service = s.New();
        Type(s, service);
        s.Source.Project($"src/{service}", packages);
        return service;
    }

    private static void Variable(Sys s, string service, string name, string value) => s[service] = s[service] with { Environment = new([new(name, value)]) };

    /// <summary>So many kinds of one thing, as packages, images or commands tell them.</summary>
    private static void Kinds(Sys s, int n, int kinds)
    {
        // Up to ten services may have three kinds: the healthy part would allow more.
        foreach (var name in s.Background)
        {
            s[name] = s[name] with { Tags = ["polyglot"] };
        }

        var all = (n % 4) switch
        {
            0 => new[] { "RabbitMQ.Client", "Confluent.Kafka", "Azure.Messaging.ServiceBus", "AWSSDK.SQS" },
            1 => ["Npgsql.EntityFrameworkCore.PostgreSQL", "MongoDB.Driver", "Microsoft.EntityFrameworkCore.SqlServer", "StackExchange.Redis"],
            2 => ["postgres:17", "mcr.microsoft.com/mssql/server:2022-latest", "docker.io/library/mongo:8", "redis:7-alpine"],
            _ => ["node server.js", "python3 -m shop", "java -jar shop.jar", "/usr/local/bin/go run ."],
        };
        if (n % 4 == 2)
        {
            s.Deployed(("compose.yaml", "services:\n" + string.Concat(all.Take(kinds).Append("postgres:16").Select((image, i) => $"  db{i}: {{ image: \"{image}\" }}\n"))));
            return;
        }

        // The last kind once more: it is uses that are many, and not kinds.
        foreach (var kind in all.Take(kinds).Append(all[kinds - 1]))
        {
            var a = s.New();
            s[a] = s[a] with { Owns = NameMap<Store>.Empty };
            if (n % 4 == 3)
            {
                s[a] = s[a] with { Project = null, Command = kind };
            }
            else
            {
                Type(s, a);
                s.Source.Project($"src/{a}", [kind, "Serilog"]);
            }
        }
    }
}
