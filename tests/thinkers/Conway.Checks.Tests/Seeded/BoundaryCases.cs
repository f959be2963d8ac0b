using System.Globalization;
using Conway.Model;

namespace Conway.Checks.Tests.Seeded;

/// <summary>3xxx, 4xxx and 6xxx, from the model and the history.</summary>
internal static class BoundaryCases
{
    public static IReadOnlyList<SeededCase> All { get; } =
    [
        new("CW3101",
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                switch (n % 3)
                {
                    case 0: s.Tables(a, "customers", "orders", "x"); s.Tables(b, "customers", "orders"); break;
                    case 1: Variable(s, a, "DB", "Host=db;Database=shop"); Variable(s, b, "STORE", "Host=db;Database=shop"); break;
                    default: s.Request($"{a} GET /\n  shop SELECT orders by sql"); s.Request($"{b} GET /\n  shop SELECT orders by sql"); break;
                }
            },
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                switch (n % 3)
                {
                    case 0: s.Tables(a, "customers", "outbox"); s.Tables(b, "accounts", "outbox"); break;
                    case 1: Variable(s, a, "DB", "Host=db;Database=one"); Variable(s, b, "DB", "Host=db;Database=two"); break;
                    default: s.Request($"{a} GET /\n  postgres SELECT orders by sql"); s.Request($"{b} GET /\n  postgres SELECT orders by sql"); break;
                }
            }),
        new("CW3102",
            (s, n) => { s.Context("loose"); var a = n % 2 == 0 ? s.New() : s.In("loose"); s[a] = s[a] with { Team = null }; },
            (s, n) => { s.Context("tight", "team-tight"); var a = s.In("tight"); s[a] = s[a] with { Team = null }; }),
        new("CW3103",
            (s, n) => { var (a, tiny) = Nano(s); if (n % 2 == 0) { s.Call(tiny, s.New()); } },
            (s, n) =>
            {
                var (_, tiny) = Nano(s);
                switch (n % 5)
                {
                    case 0: s.Call(s.New(), tiny); break;
                    case 1: s.Tables(tiny, "t"); break;
                    case 2: s.Event(tiny, s.New(), "Done"); break;
                    case 3: s.Routes.Add(new Route { Path = "/t", To = tiny }); break;
                    default: s[tiny] = s[tiny] with { Team = "team-of-its-own" }; break;
                }
            }),
        new("CW3104",
            (s, n) => Mega(s, 8 + n, offers: 6 + (n % 4)),
            (s, n) => { if (n % 2 == 0) { Mega(s, 7, offers: 8); } else { Mega(s, 12, offers: 0); } }),
        new("CW3105",
            (s, n) =>
            {
                if (n % 2 == 0)
                {
                    Named(s, (n % 10) switch { 0 => "data-access", 2 => "order-data-access", 4 => "common-service", 6 => "shop-repository", _ => "business-logic" });
                }
                else
                {
                    Uneven(s, 9 + n);
                }
            },
            (s, n) =>
            {
                if (n % 2 == 0)
                {
                    Named(s, (n % 10) switch { 0 => "commons-catalog", 2 => "access-control", 4 => "model-registry", 6 => "crudes", _ => "shared-rides" });
                }
                else
                {
                    Uneven(s, 7);
                }
            }),
        new("CW3108",
            (s, n) => Saga(s, n, without: n % 3),
            (s, n) => Saga(s, n, without: -1)),
        new("CW3110",
            (s, n) => Weak(s, tables: 63 + n, shared: n % 3 > 0, owner: n % 3 > 0, neighbours: 1.0),
            (s, n) => Weak(s, tables: n % 2 == 0 ? 63 : 3 + n, shared: n % 2 == 1, owner: true, neighbours: 0.5)),
        new("CW3201",
            (s, n) => Monolith(s, n, strong: true),
            (s, n) => Monolith(s, n, strong: false)),
        new("CW3202",
            // Instability of the callee 3/4 against 1/3 and 2/5 of the caller, then exactly 30 points apart.
            (s, n) => Unstable(s, callers: 2 + (n % 2), callees: 1 + (n % 2), theirCallers: 1, theirCallees: 3 + (n % 3)),
            (s, n) => Unstable(s, callers: 3, callees: 2, theirCallers: 3, theirCallees: 7)),
        new("CW3203", (s, n) => Commits(s, 100 + (n * 10), 0.21, 4 + (n % 2)), (s, n) => Commits(s, 100, n % 2 == 0 ? 0.20 : 0.9, n % 2 == 0 ? 4 : 3)),
        new("CW3204", (s, n) => Owned(s, 7 + (n % 3), n % 2 == 0), (s, n) => Owned(s, 6, n % 2 == 0)),
        new("CW3205",
            (s, n) => Teams(s, 50, 0.2, 0.2, 0.6 - (n * 0.01)),
            (s, n) => Teams(s, 100, 0.19, 0.2 + (n * 0.01), 0.61 - (n * 0.01))),
        new("CW3301",
            (s, n) => { var c = Contexts(s, 2 + (n % 4)); Ring(s, c, closed: true, ContextPattern.CustomerSupplier); },
            (s, n) => { var c = Contexts(s, 2 + (n % 4)); Ring(s, c, closed: n % 2 == 0, n % 2 == 0 ? ContextPattern.Partnership : ContextPattern.Conformist); }),
        new("CW3302",
            (s, n) => { Mapped(s); Cross(s, "left", "right", n % 2 == 0); },
            (s, n) => { if (n % 2 == 0) { s.Context("left"); s.Context("right"); } else { Mapped(s); s.Context("left", null, ("right", ContextPattern.Conformist)); } Cross(s, "left", "right", n % 4 < 2); }),
        new("CW3303",
            (s, n) => { s.Context("right"); s.Context("left", null, ("right", ContextPattern.SeparateWays)); Cross(s, n % 2 == 0 ? "left" : "right", n % 2 == 0 ? "right" : "left", n % 3 > 0); },
            (s, n) => { s.Context("right"); s.Context("other"); s.Context("left", null, ("right", ContextPattern.SeparateWays), ("other", ContextPattern.OpenHost)); Cross(s, "left", "other", n % 2 == 0); }),
        new("CW3304",
            (s, n) => Kernel(s, n % 3),
            (s, n) => Kernel(s, 3 + (n % 2))),
        new("CW3305",
            (s, n) => { s.Context("up"); s.Context("down", null, ("up", n % 2 == 0 ? ContextPattern.CustomerSupplier : ContextPattern.AntiCorruptionLayer)); Cross(s, "up", "down", call: true); },
            (s, n) => { s.Context("up"); s.Context("down", null, ("up", n % 2 == 0 ? ContextPattern.Partnership : ContextPattern.CustomerSupplier)); Cross(s, "up", "down", call: n % 2 == 0); Cross(s, "down", "up", call: true); }),
        new("CW3306",
            (s, n) => Capability(s, contexts: n % 2 == 0 ? 0 : 2, sameTeam: false),
            (s, n) => Capability(s, contexts: n % 2 == 0 ? 1 : 2, sameTeam: true)),
        new("CW4101",
            (s, n) => Api(s, n, versioned: false),
            (s, n) => Api(s, n, versioned: true)),
        new("CW9001",
            (s, n) => { var a = s.New(); s.Rules["r"] = Own(n, a, missing: true); },
            (s, n) => { var a = s.New(); s[a] = s[a] with { Tags = ["web"] }; s.Rules["r"] = Own(n, a, missing: false); }),
        new("CW9002",
            (s, n) => { var a = s.New(); for (var i = 0; i < 2 + (n % 2); i++) { s.Rules[$"r{i}"] = Own(n, a, missing: false) with { Code = "CW9101" }; } },
            (s, n) => { var a = s.New(); for (var i = 0; i < 2 + (n % 2); i++) { s.Rules[$"r{i}"] = Own(n, a, missing: false) with { Code = $"CW910{i}" }; } }),
        new("CW6103",
            (s, n) => Kinds(s, 4 + (n % 2), exempt: false),
            (s, n) => Kinds(s, n % 2 == 0 ? 3 : 4, exempt: n % 2 == 1)),
    ];

    private static void Variable(Sys s, string service, string name, string value) => s[service] = s[service] with { Environment = new([new(name, value)]) };

    private static (string Caller, string Tiny) Nano(Sys s)
    {
        var (caller, tiny) = (s.New(), s.New("tiny"));
        s[tiny] = s[tiny] with { Owns = NameMap<Store>.Empty, Team = s[caller].Team };
        s.Call(caller, tiny);
        return (caller, tiny);
    }

    private static void Mega(Sys s, int tables, int offers)
    {
        var mega = s.New("mega");
        s.Tables(mega, [.. Enumerable.Range(0, tables).Select(i => $"{mega}_{i}")]);
        for (var i = 0; i < offers; i++)
        {
            s.Event(mega, s.Background[i % s.Background.Count], $"Told{i.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private static void Named(Sys s, string name)
    {
        // New names are numbered, so the service is made under the name that matters by hand.
        var pattern = s.New();
        s[name] = s[pattern] with { Owns = NameMap<Store>.Empty };
        s.Call(s.New(), name);
        s.Call(s.New(), name);
    }

    private static void Uneven(Sys s, int tables)
    {
        foreach (var _ in Enumerable.Range(0, 6))
        {
            s.New();
        }

        var large = s.New("large");
        s.Tables(large, [.. Enumerable.Range(0, tables).Select(i => $"{large}_{i}")]);

        // The usual spread: without it, any difference stands out.
        var other = s.New();
        s.Tables(other, [.. Enumerable.Range(0, 4).Select(i => $"{other}_{i}")]);
    }

    private static void Saga(Sys s, int n, int without)
    {
        var owner = s.New();
        var steps = s.Several(4).Select((callee, i) => new SagaStep { Call = $"{callee}.do", Undo = i == without || i == 3 ? null : $"{callee}.undo" });
        s.Sagas[$"saga{n}"] = new Saga { Owner = owner, Steps = [.. steps] };
    }

    // Everybody's neighbour, with tables of everybody, and too much of it: or with one or two of these mended.
    private static void Weak(Sys s, int tables, bool shared, bool owner, double neighbours)
    {
        var weak = s.New("weak");
        var others = s.Background;
        foreach (var other in others.Take((int)Math.Ceiling(neighbours * others.Count)))
        {
            s.Call(other, weak);
        }

        string[] names = [.. Enumerable.Range(0, tables).Select(i => $"t{i}")];
        s.Tables(weak, names);
        if (shared)
        {
            s.Tables(s.Background[0], names);
        }

        if (!owner)
        {
            s[weak] = s[weak] with { Team = null };
        }
    }

    private static void Monolith(Sys s, int n, bool strong)
    {
        // Only calls and no event: two points. With a circle of a third or a shared store it is told.
        var all = s.Several(12);
        s.Chain(all[..4]);
        foreach (var other in all[4..])
        {
            s.Call(other, all[3]);
        }

        var total = s.Background.Count + 12;
        foreach (var pair in s.Background.Zip(s.Background.Skip(1)))
        {
            s.Call(pair.First, pair.Second);
        }

        s.Call(s.Background[0], all[0]);
        if (strong && n % 2 == 0)
        {
            s.Tables(all[5], "customers", "orders");
            s.Tables(all[6], "customers", "orders");
        }
        else
        {
            // A circle just over, or just not over, thirty percent.
            var ring = (int)Math.Floor(total * 0.3) + (strong ? 1 : 0);
            var members = all.Concat(s.Background).Take(Math.Max(2, ring)).ToArray();
            if (strong || n % 2 == 1)
            {
                s.Call(members[^1], members[0]);
                s.Chain(members);
            }
        }
    }

    private static void Unstable(Sys s, int callers, int callees, int theirCallers, int theirCallees)
    {
        var (caller, callee) = (s.New("stable"), s.New("unstable"));
        s.Call(caller, callee);
        foreach (var one in s.Several(callers))
        {
            s.Call(one, caller);
        }

        foreach (var one in s.Several(callees - 1))
        {
            s.Call(caller, one);
        }

        foreach (var one in s.Several(theirCallers - 1))
        {
            s.Call(one, callee);
        }

        foreach (var one in s.Several(theirCallees))
        {
            s.Call(callee, one);
        }
    }

    private static void Commits(Sys s, int count, double share, int services)
    {
        var all = s.Several(6);
        for (var i = 0; i < count; i++)
        {
            s.Commit("ada", i < Math.Round(count * share) ? [.. all.Take(services)] : [all[i % all.Length]]);
        }
    }

    private static void Owned(Sys s, int services, bool byContext)
    {
        s.Context("wide", "team-wide");
        for (var i = 0; i < services; i++)
        {
            var name = byContext ? s.In("wide") : s.New();
            s[name] = s[name] with { Team = byContext ? null : "team-wide" };
        }
    }

    private static void Teams(Sys s, int commits, params double[] shares)
    {
        var service = s.New();
        s.New();
        foreach (var (i, share) in shares.Index())
        {
            s.Team($"crew{i}", $"dev{i}");
            for (var c = 0; c < Math.Round(share * commits); c++)
            {
                s.Commit($"dev{i}", service);
            }
        }

        // Who belongs to no team does not count, however much he does.
        for (var c = 0; c < commits; c++)
        {
            s.Commit("stranger", service);
        }
    }

    private static string[] Contexts(Sys s, int count) => [.. Enumerable.Range(0, count).Select(i => s.Context($"context{i}"))];

    private static void Ring(Sys s, string[] contexts, bool closed, ContextPattern pattern)
    {
        for (var i = 0; i < contexts.Length - (closed ? 0 : 1); i++)
        {
            s.Context(contexts[i], null, (contexts[(i + 1) % contexts.Length], pattern));
        }
    }

    // A map that shows something, though not these two.
    private static void Mapped(Sys s)
    {
        s.Context("left");
        s.Context("right");
        s.Context("third", null, ("left", ContextPattern.Conformist));
    }

    private static void Cross(Sys s, string from, string to, bool call)
    {
        var (depends, on) = (s.In(from), s.In(to));
        if (call)
        {
            s.Call(depends, on);
        }
        else
        {
            s.Event(on, depends, "Happened");
        }
    }

    private static void Kernel(Sys s, int shape)
    {
        switch (shape)
        {
            case 0: s.Context("b", "team-b"); s.Context("a", "team-a", ("b", ContextPattern.SharedKernel)); break;
            case 1: s.Context("b"); s.Context("c"); s.Context("a", null, ("b", ContextPattern.SharedKernel), ("c", ContextPattern.SharedKernel)); break;
            case 2: s.Context("b", null, ("a", ContextPattern.Conformist)); s.Context("a", null, ("b", ContextPattern.SharedKernel)); break;
            case 3: s.Context("b", "team-a"); s.Context("a", "team-a", ("b", ContextPattern.SharedKernel)); break;
            default: s.Context("b", null, ("a", ContextPattern.SharedKernel)); s.Context("a", null, ("b", ContextPattern.SharedKernel)); break;
        }
    }

    private static void Capability(Sys s, int contexts, bool sameTeam)
    {
        s.Capabilities["sell"] = new Capability();
        s.Capabilities["deliver"] = new Capability();
        s.Context("delivery", "team-d");
        s.Realises("delivery", "deliver");
        for (var i = 0; i < contexts; i++)
        {
            s.Context($"c{i}", sameTeam ? "team-a" : $"team-{i}");
            s.Realises($"c{i}", "sell");
        }
    }

    private static void Api(Sys s, int n, bool versioned)
    {
        var a = s.New();
        var byContract = n % 2 == 0;
        s[a] = s[a] with { Api = new Api { Rest = byContract ? (versioned && n % 3 == 0 ? "orders.v1.json" : "orders.json") : null, Versions = versioned && n % 3 == 1 ? ["v1"] : [] } };
        s.Routes.Add(new Route { Path = versioned && n % 3 == 2 ? "/v1/orders/**" : "/orders/**", To = a, Headers = versioned && !byContract && n % 3 == 0 ? new([new("X-Api-Version", "1")]) : NameMap<string>.Empty });
        if (!byContract)
        {
            s.Routes.Add(new Route { Path = "/v2/carts/**", To = s.New() });
        }
    }

    private static OwnRule Own(int n, string service, bool missing)
    {
        var there = new ServiceSelection { Name = service };
        var other = (n % 3) switch
        {
            0 => new ServiceSelection { Tag = missing ? "wbe" : null, Name = missing ? null : "*" },
            1 => new ServiceSelection { Name = missing ? "gone-*" : service[..2] + "*" },
            _ => new ServiceSelection { Name = service, Team = missing ? "nobody" : null },
        };
        var rule = new OwnRule { Code = "CW9100", Because = "it was decided" };
        return (n % 4) switch
        {
            0 => rule with { Forbid = new DependencyRule { From = other, To = there } },
            1 => rule with { Only = new DependencyRule { From = there, To = other } },
            2 => rule with { Named = new NamingRule { Services = other, Like = "*" } },
            _ => rule with { Layers = missing ? ["nothing"] : n % 2 == 0 ? [] : ["web"] },
        };
    }

    private static void Kinds(Sys s, int kinds, bool exempt)
    {
        // Three kinds for up to ten services: the healthy part would allow more.
        foreach (var name in s.Background)
        {
            s[name] = s[name] with { Tags = ["polyglot"] };
        }

        foreach (var (i, engine) in Enum.GetValues<StoreEngine>().Take(kinds).Index())
        {
            var a = s.New();
            s[a] = s[a] with { Owns = new([new($"{a}-store", new Store { Engine = engine })]), Tags = exempt && i == kinds - 1 ? ["polyglot"] : [] };
        }
    }
}
