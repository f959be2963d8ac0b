using Conway.Model;

namespace Conway.Checks.Tests.Seeded;

/// <summary>What needs traces.</summary>
internal static class TrafficCases
{
    public static IReadOnlyList<SeededCase> All { get; } =
    [
        new("CW2204",
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Call(a, b);
                s.Attempts = 1;
                s.Request($"{a} GET / x{20 + n}\n  {b} GET /b");
                if (n % 2 == 0) { s.Request($"lost {b}"); } else { s.Request($"{a} GET /loose x{2 + (n / 5)} loose\n  {b} GET /b"); }
            },
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Call(a, b);
                s.Attempts = n % 2;
                s.Request($"{a} GET / x{19}\n  {b} GET /b");
                if (n % 3 == 0) { s.Request($"{a} GET /loose x1 loose\n  {b} GET /b"); }
            }),
        new("CW2301",
            (s, n) => Chatty(s, n, many: n % 2 == 0 ? 5 + n : 1, loop: n % 2 == 0 ? 0 : 3, requests: 10 + n),
            (s, n) => Chatty(s, n, many: n % 3 == 2 ? 20 : 2, loop: 2, requests: n % 3 == 2 ? 9 : 10 + n)),
        new("CW2302",
            (s, n) => { if (n % 3 == 2) { Directs(s, 8 + n, []); } else { Directs(s, 0, s.Several(5 + (n % 4))); } },
            (s, n) => { if (n % 2 == 0) { Directs(s, 7, []); } else { Directs(s, 0, s.Several(4)); } }),
        new("CW2204",
            (s, n) => { var (a, b) = Calls(s, 20 + n); s.Torn = (a, 0.3 + (n * 0.07)); },
            (s, n) =>
            {
                // Nothing is lost, or a share of everything, or one of very many.
                var (a, b) = Calls(s, n % 3 == 2 ? 9 : 40);
                switch (n % 3)
                {
                    case 0: s.Torn = (b, 0.5); break;
                    case 1: s.Loss = 0.3; Calls(s, 60); break;
                    default: s.Torn = (a, 0.5); break;
                }
            }),
        new("CW3106",
            (s, n) => Intimate(s, used: 6 + (n % 4), of: 10),
            (s, n) => { if (n % 2 == 0) { Intimate(s, used: 5, of: 10); } else { Intimate(s, used: 4, of: 4); } }),
        new("CW3107",
            (s, n) => Writes(s, n, n % 2 == 0 ? ["POST /reservations", "POST /payments"] : ["PUT /a", "DELETE /b", "PATCH /c"], saga: n % 4 == 2 ? 1 : 0, publish: false),
            (s, n) => Writes(s, n, (n % 3) switch { 0 => ["POST /reservations", "GET /prices"], 1 => ["POST /items/search", "POST /prices/quote"], _ => ["POST /reservations", "POST /payments"] }, saga: n % 3 == 2 ? 9 : 0, publish: false)),
        new("CW3107",
            (s, n) => Writes(s, n, ["GET /a"], saga: 0, publish: true),
            (s, n) => { Writes(s, n, ["GET /a"], saga: 0, publish: true, outbox: true); }),
        new("CW3109",
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Tables(a, "ledger");
                s.Request($"{b} POST / x{3 + n}\n  book UPDATE ledger by sql");
                if (n % 2 == 0) { s.Request($"{a} POST / x{3 + n}\n  book INSERT ledger by sql"); }
            },
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Tables(a, "ledger");
                s.Request($"{a} POST / x{3 + n}\n  book INSERT ledger by sql");
                s.Request(n % 2 == 0 ? $"{b} POST / x{2}\n  book UPDATE ledger by sql" : $"{b} GET / x{30}\n  book SELECT ledger by sql");
            }),
        new("CW7101",
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                s.Call(b, a);
                s.Attempts = n % 3;
                s.Request($"{a} GET / x{1 + n}\n  {b} {(n % 4 == 3 ? "Happened by kafka" : "GET /b")}");
            },
            (s, n) =>
            {
                var (a, b) = (s.New(), s.New());
                if (n % 4 == 3) { s.Event(a, b, "Happened"); } else { s.Call(a, b); }
                s.Attempts = n % 3;
                s.Request($"{a} GET / x{1 + n}\n  {b} {(n % 4 == 3 ? "Happened by kafka" : "GET /b")}");
                s.Request($"gateway GET /b\n  {b} GET /b");
            }),
        new("CW7102",
            (s, n) => { var (a, b, c) = (s.New(), s.New(), s.New()); s.Call(a, b); s.Call(a, c); s.Attempts = n % 3; s.Request($"{a} GET / x{1 + n}\n  {c} GET /c"); },
            (s, n) => { var (a, b, c) = (s.New(), s.New(), s.New()); s.Call(a, b); if (n % 2 == 0) { s.Request($"{c} GET /"); } else { s.Request($"{a} GET /\n  {b} GET /"); } }),
        new("CW7103",
            (s, n) => Spoken(s, n % 2 == 0 ? CallProtocol.Grpc : CallProtocol.Http, n % 2 == 0 ? "http" : "grpc", n),
            (s, n) => Spoken(s, n % 2 == 0 ? CallProtocol.Grpc : CallProtocol.Http, n % 2 == 0 ? "grpc" : "http", n)),
        new("CW7104",
            (s, n) => Border(s, n, ContextPattern.SeparateWays),
            (s, n) => Border(s, n, n % 2 == 0 ? ContextPattern.Conformist : ContextPattern.OpenHost)),
        new("CW7105",
            (s, n) => { Seen(s); s.Loss = 0.35 + (n * 0.02); },
            (s, n) => { Seen(s); s.Loss = n * 0.008; }),
    ];

    private static void Chatty(Sys s, int n, int many, int loop, int requests)
    {
        var (a, b) = (s.New(), s.New());
        s.Call(a, b);
        s.Attempts = n % 3;
        var lines = Enumerable.Range(0, many).Select(i => $"  {b} GET /part{i}").ToList();
        if (loop > 0)
        {
            lines.Add($"  {b} GET /items/{{id}} x{loop}");
        }

        s.Request($"{a} GET /page x{requests}\n{string.Join('\n', lines)}");
    }

    private static void Directs(Sys s, int declared, string[] called)
    {
        var a = s.New("lead");
        foreach (var callee in s.Several(declared).Concat(called))
        {
            s.Call(a, callee);
        }

        if (called.Length > 0)
        {
            s.Request($"{a} POST /process x5\n{string.Join('\n', called.Select(c => $"  {c} GET /"))}");
        }
    }

    private static (string Caller, string Callee) Calls(Sys s, int times)
    {
        var (a, b) = (s.New(), s.New());
        s.Call(a, b);
        s.Request($"gateway GET / x{times}\n  {a} GET /\n    {b} GET /b");
        return (a, b);
    }

    private static void Intimate(Sys s, int used, int of)
    {
        var (a, b, callee) = (s.New(), s.New(), s.New());
        s.Call(a, callee);
        s.Call(b, callee);
        s.Request($"{a} GET /\n{string.Join('\n', Enumerable.Range(0, used).Select(i => $"  {callee} GET /op{i}"))}");
        s.Request($"gateway GET /\n{string.Join('\n', Enumerable.Range(0, of).Select(i => $"  {callee} GET /op{i}"))}");
        s.Request($"{b} GET /\n  {callee} GET /op0");
    }

    private static void Writes(Sys s, int n, string[] operations, int saga, bool publish, bool outbox = false)
    {
        var a = s.New();
        var callees = s.Several(operations.Length);
        foreach (var callee in callees)
        {
            s.Call(a, callee);
        }

        if (saga > 0)
        {
            s.Sagas["flow"] = new Saga { Owner = a, Steps = [.. callees.Take(saga).Select(c => new SagaStep { Call = $"{c}.do", Undo = $"{c}.undo" })] };
        }

        var lines = callees.Zip(operations, (c, o) => $"  {c} {o}").ToList();
        if (publish)
        {
            var listener = s.New();
            s.Event(a, listener, "Placed");
            lines.Add($"  {a}-db INSERT orders by sql");
            if (outbox)
            {
                lines.Add($"  {a}-db INSERT outbox by sql");
            }

            lines.Add($"  {listener} Placed by kafka");
        }

        s.Attempts = n % 2;
        s.Request($"{a} POST /orders x{3 + n}\n{string.Join('\n', lines)}");
    }

    private static void Spoken(Sys s, CallProtocol declared, string seen, int n)
    {
        var (a, b) = (s.New(), s.New());
        s.Call(a, b, new Call { Timeout = TimeSpan.FromMilliseconds(100), Protocol = declared });
        s.Attempts = n % 3;
        s.Request($"{a} GET / x{1 + n}\n  {b} Do by {seen}");
    }

    private static void Border(Sys s, int n, ContextPattern pattern)
    {
        s.Context("right");
        s.Context("left", null, ("right", pattern));
        var (a, b) = (s.In(n % 2 == 0 ? "left" : "right"), s.In(n % 2 == 0 ? "right" : "left"));
        if (n % 3 == 0)
        {
            s.Call(a, b);
        }

        s.Request($"{a} GET / x{1 + n}\n  {b} GET /b");
    }

    private static void Seen(Sys s)
    {
        var row = s.Several(4);
        s.Chain(row);
        s.Request($"{row[0]} GET / x200\n  {row[1]} GET /\n    {row[2]} GET /\n      {row[3]} GET /");
    }
}
