using Conway.Model;

namespace Conway.Checks.Tests.Seeded;

/// <summary>2xxx, from the model alone.</summary>
internal static class CallCases
{
    public static IReadOnlyList<SeededCase> All { get; } =
    [
        new("CW2101",
            (s, n) => { var ring = s.Several(2 + (n % 5)); s.Chain([.. ring, ring[0]]); },
            (s, n) => { var row = s.Several(2 + (n % 3)); s.Chain(row); s.Event(row[^1], row[0], "Done"); }),
        new("CW2103",
            (s, n) => s.Call(s.New(), s.New(), new Call { Retries = n % 2 }),
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Call(a, b, n % 2 == 0 ? new Call { Budget = Ms(1 + n) } : new Call());
                s[a] = s[a] with { Api = new Api { Budget = n % 2 == 0 ? null : Ms(1000 + n) } };
            }),
        new("CW2104", (s, n) => Budgeted(s, Ms(100 * (n + 1)), Ms((100 * (n + 1)) + 1), n % 2 == 0), (s, n) => Budgeted(s, Ms(100 * (n + 1)), Ms(100 * (n + 1)), n % 2 == 0)),
        new("CW2105",
            (s, n) => { if (n % 2 == 0) { Retried(s, 2, 2); } else { Retried(s, 1, 0, 1, 1, 1 + (n % 3)); } },
            (s, n) => { if (n % 2 == 0) { Retried(s, 1, 3); } else { Retried(s, 0, 8); } }),
        new("CW2106", (s, n) => s.Chain(s.Several(6 + (n % 4)), Fast), (s, n) => { s.Chain(s.Several(5), Fast); s.Chain(s.Several(5), Fast); }),
        new("CW2107",
            (s, n) => s.Call(s.New(), s.New(), new Call { Timeout = Ms(100 + n), Retries = 2, Budget = Ms((3 * (100 + n)) - 1) }),
            (s, n) => s.Call(s.New(), s.New(), new Call { Timeout = Ms(100 + n), Retries = 2, Budget = Ms(3 * (100 + n)) })),
        new("CW2108",
            (s, n) => s.Routes.Add(new Route { Path = "/a", To = s.New(), Methods = n % 2 == 0 ? ["POST"] : ["POST", "PATCH"], Retries = 1 + (n % 3) }),
            (s, n) => s.Routes.Add(new Route { Path = "/a", To = s.New(), Methods = n % 2 == 0 ? ["POST", "PUT"] : ["POST"], Retries = n % 2 == 0 ? 2 : 0 })),
        new("CW2109",
            (s, n) => { var ring = s.Several(2 + (n % 4)); After(s, [.. ring, ring[0]], n % 2 == 0); },
            (s, n) => After(s, s.Several(2 + (n % 4)), n % 2 == 0)),
        new("CW2110",
            (s, n) => { var row = s.Several(2 + (n % 4)); s.Chain(row); s.Event(row[^1], row[0], "Done"); },
            (s, n) =>
            {
                var row = s.Several(2 + (n % 4));
                s.Chain(row);
                if (n % 2 == 0) { s.Event(row[0], row[^1], "Begun"); } else { s.Chain([row[^1], row[0]]); }
            }),
        new("CW2111",
            (s, n) => s.Call(s.New(), s.New(), new Call { Timeout = Ms(100), Retries = 1 + (n % 3), Outlier = new Outlier { Consecutive5xx = 0 } }),
            (s, n) => s.Call(s.New(), s.New(), new Call { Timeout = Ms(100), Retries = n % 2, Outlier = new Outlier { Consecutive5xx = n % 2 } })),
        new("CW2112",
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                Variable(s, a, "UPSTREAM", (n % 5) switch { 0 => $"http://{b}:8080", 1 => "http://localhost:5001/api", 2 => "https://10.0.0.7", 3 => $"http://{b}.shop.svc.cluster.local", _ => "amqp://127.0.0.1:5672" });
            },
            (s, n) => Variable(s, s.New(), (n % 5) == 4 ? "ASPNETCORE_URLS" : "UPSTREAM", (n % 5) switch
            {
                0 => "https://api.bank.example/v1", 1 => "${env:CATALOG_URL}", 2 => "/srv/data", 3 => $"{s.Background[0]} is down", _ => "http://localhost:5001",
            })),
        new("CW2201",
            (s, n) => { var a = s.New(); s[a] = s[a] with { Project = null, Command = $"node {n}.js", Health = n % 2 == 0 ? null : new Health() }; },
            (s, n) => { var a = s.New(); s[a] = n % 2 == 0 ? s[a] with { Health = null } : s[a] with { Project = null, Command = "node a.js" }; }),
        new("CW2202",
            (s, n) => { var a = s.New(); s[a] = s[a] with { Slo = n % 2 == 0 ? null : new Slo() }; if (n % 3 > 0) { s.Routes.Add(new Route { Path = "/a", To = a }); } },
            (s, n) => { var a = s.New(); s[a] = s[a] with { Slo = new Slo { Latency = new LatencyGoal { P99 = Ms(100 + n) } } }; s.Routes.Add(new Route { Path = "/a", To = a }); }),
        new("CW2203", (s, n) => Promised(s, 1 + (n % 3), 0.001), (s, n) => Promised(s, 1 + (n % 3), -0.001)),
        new("CW2303",
            (s, n) => Hub(s, replicas: n % 2, extra: 0),
            (s, n) => Hub(s, replicas: n % 2 == 0 ? 2 : 1, extra: n % 2 == 0 ? 0 : -1)),
    ];

    private static Call Fast => new() { Timeout = Ms(50) };

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);

    private static void Budgeted(Sys s, TimeSpan budget, TimeSpan wait, bool isTimeout)
    {
        var (a, b) = (s.New(), s.New());
        s[a] = s[a] with { Api = new Api { Budget = budget } };
        s.Call(a, b, isTimeout ? new Call { Timeout = wait } : new Call { Timeout = Ms(1), Budget = wait });
    }

    private static void Retried(Sys s, params int[] retries)
    {
        var row = s.Several(retries.Length + 1);
        for (var i = 0; i < retries.Length; i++)
        {
            s.Call(row[i], row[i + 1], new Call { Timeout = Ms(50), Retries = retries[i] });
        }
    }

    private static void After(Sys s, IReadOnlyList<string> names, bool mixed)
    {
        for (var i = 1; i < names.Count; i++)
        {
            if (mixed && i == 1 && names.Count > 2)
            {
                s.Call(names[0], names[1], new Call { Timeout = Ms(100), Required = true });
            }
            else
            {
                s[names[i - 1]] = s[names[i - 1]] with { After = [names[i]] };
            }
        }
    }

    private static void Variable(Sys s, string service, string name, string value) => s[service] = s[service] with { Environment = new([new(name, value)]) };

    private static void Promised(Sys s, int callees, double over)
    {
        var (a, possible) = (s.New(), 100.0);
        foreach (var callee in s.Several(callees))
        {
            s[callee] = s[callee] with { Slo = new Slo { Availability = new Percentage(99.5) } };
            s.Call(a, callee, new Call { Timeout = Ms(50), Required = true });
            possible *= 0.995;
        }

        s[a] = s[a] with { Slo = new Slo { Availability = new Percentage(possible + over) } };
    }

    // Exactly half of the other services, or as many less.
    private static void Hub(Sys s, int replicas, int extra)
    {
        var hub = s.New("hub");
        s[hub] = s[hub] with { Replicas = replicas };
        var others = s.Background.Concat(s.Several(s.Background.Count % 2)).ToArray();
        foreach (var caller in others.Take((others.Length / 2) + extra))
        {
            s.Call(caller, hub);
        }
    }
}
