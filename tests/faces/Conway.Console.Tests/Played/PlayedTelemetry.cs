using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Conway.Console.Api;

namespace Conway.Console.Tests.Played;

/// <summary>What a played system sent: always the same, from a seed.</summary>
internal static partial class PlayedTelemetry
{
    public const int LogCount = 2_000;
    private static readonly DateTimeOffset Begin = new(2026, 11, 21, 22, 16, 0, TimeSpan.Zero);
    private static readonly string[] Words = ["trace", "debug", "info", "warn", "error", "fatal"];
    private static readonly Trace[] AllTraces = [.. Enumerable.Range(0, 60).Select(MakeTrace)];
    private static readonly LogRecord[] AllLogs = [.. Enumerable.Range(0, LogCount).Select(MakeLog)];

    /// <summary>The id of a trace of <see cref="LargeTraceSpans"/> spans.</summary>
    public const string LargeTrace = "1a26e0000000000000000000000005d1";

    public const int LargeTraceSpans = 5_000;

    public static string FailedTrace => AllTraces[4].TraceId;

    public static LogRecord MakeLog(int number)
    {
        var service = PlayedService.Shop[number % 7].Name;
        var (level, message) = (number % 23) switch
        {
            3 => (LogLevel.Warn, "Retrying payments: attempt 2 of 3 after 503"),
            7 => (LogLevel.Error, "card refused: insufficient funds (order o-17)"),
            11 => (LogLevel.Debug, "Pool returned connection 4"),
            19 => (LogLevel.Fatal, "Unhandled exception. System.InvalidOperationException: no such table: stock\n   at Inventory.Stock.Read(String sku) in Stock.cs:line 41"),
            _ => (LogLevel.Info, "Request finished HTTP/1.1 GET /products?page=2 - 200 in 3.1 ms"),
        };
        var trace = AllTraces?[number % 60];
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{number / 1000:000000}-{number % 1000:000}"), Begin.AddMilliseconds(number * 250), service, $"{service}-1", level, message,
            trace?.TraceId, trace?.Spans[0].SpanId, service == "shipping" ? LogSource.Stdout : LogSource.Otlp,
            level == LogLevel.Error ? new Dictionary<string, JsonElement> { ["order.id"] = JsonSerializer.SerializeToElement("o-17") } : []);
    }

    public static void Check(string query)
    {
        if (Level().Match(query) is { Success: true } match && !Words.Contains(match.Groups[1].Value))
        {
            throw new BadQueryException($"'{match.Groups[1].Value}' is not a level. Levels are {string.Join(", ", Words)}.", match.Groups[1].Index);
        }
    }

    public static LogPage Logs(string query, int limit, string? before)
    {
        Check(query);
        var found = AllLogs.Where(log => query.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Matches(log, word)) && (before is null || string.CompareOrdinal(log.Id, before) < 0)).ToArray();
        var page = found.TakeLast(limit).ToArray();
        return new(page, page.Length < found.Length ? page[0].Id : null, AllLogs.Length, true);
    }

    /// <param name="count">How many there are in all; the numbers of the newest come first, and a number is the cursor.</param>
    public static TracePage Traces(string query, int limit, string? before, int count)
    {
        Check(query);
        var newest = string.IsNullOrEmpty(before) ? count : int.Parse(before, CultureInfo.InvariantCulture);
        var found = Enumerable.Range(0, newest).Reverse().Select(number => (Number: number, Trace: number < AllTraces.Length ? AllTraces[number] : MakeTrace(number)))
            .Where(one => !query.Contains("status:error", StringComparison.Ordinal) || one.Trace.Spans.Any(span => span.Status == SpanStatus.Error))
            .Take(limit).ToArray();
        return new([.. found.Select(one => Summary(one.Trace))], found.Length == limit && found[^1].Number > 0 ? found[^1].Number.ToString(CultureInfo.InvariantCulture) : null, true);
    }

    public static Trace? FindTrace(string id) => id == LargeTrace ? MakeLargeTrace() : AllTraces.FirstOrDefault(trace => trace.TraceId == id) is { } found
        ? found with { Logs = [.. AllLogs.Where(log => log.TraceId == id).Take(12)] }
        : null;

    public const string EarlierRun = "r-20261121-200112-aa01";

    /// <summary>A run whose node was killed while it wrote.</summary>
    public const string DamagedRun = "r-20261120-221530-dd04";

    public static IReadOnlyList<string> DamageOf(string? run) => run == DamagedRun
        ? ["'traces/000002.seg' can be read up to byte 81,920: 312 bytes after it were not written whole, or are damaged.", "'logs/000007.seg' does not begin as a segment does: 4,096 bytes are left out."]
        : [];

    public static Comparison ComparedQuiet(string run, string with) => new(new(run, Begin, Begin.AddMinutes(10), true, []), new(with, Begin.AddDays(-1), Begin.AddDays(-1).AddMinutes(5), true, DamageOf(with)), []);

    /// <summary>The third service is slower and more broken than it was, the fifth is faster, of the sixth there is too little, the others are as they were.</summary>
    public static Comparison Compared(string[] services, string run, string with) => ComparedQuiet(run, with) with
    {
        Rows = [.. services.SelectMany((service, index) => new ComparedRow[]
        {
            Row(service, null, index),
            Row(service, "GET /", index),
            Row(service, "POST /", index == 2 ? 0 : index),
            index == 2 ? new(service, "PUT /new", new(3, 0, 0.01, 0, 8, 9, 9), null, null) : new(service, "DELETE /old", null, new(12, 1, 0.02, 0.083, 8, 9, 9), null),
        })],
    };

    private static ComparedRow Row(string service, string? route, int index)
    {
        var before = new ComparedFigures(1280 - (100 * index), 13, 4.27, 13.0 / (1280 - (100 * index)), 8, 31, 44);
        Difference same = new(1, 0.94, 1.07, Verdict.Noise), unknown = new(1.2, null, null, Verdict.TooFew);
        return index switch
        {
            2 => new(service, route, new(2210, 75, 3.68, 75.0 / 2210, 16.2, 66, 131), before, new(
                3.68 / 4.27, new(0.0219, 0.008, 0.036, Verdict.More), new(2.03, 1.86, 2.2, Verdict.More), new(2.13, 1.9, 2.4, Verdict.More), new(2.98, 2.1, 4.4, Verdict.More))),
            4 => new(service, route, new(2210, 24, 3.68, 24.0 / 2210, 4.9, 30, 41), before, new(
                3.68 / 4.27, new(-0.0003, -0.01, 0.009, Verdict.Noise), new(0.61, 0.55, 0.68, Verdict.Less), new(0.97, 0.8, 1.15, Verdict.Noise), new(0.93, 0.6, 1.4, Verdict.Noise))),
            5 => new(service, route, new(31, 1, 0.05, 1.0 / 31, 8.1, 33, 60), before, new(
                0.05 / 4.27, new(0.02, -0.04, 0.2, Verdict.Noise), new(1.01, 0.8, 1.3, Verdict.Noise), unknown with { Value = 1.06 }, unknown with { Value = 1.36 })),
            _ => new(service, route, new(2210, 22, 3.68, 22.0 / 2210, 8, 31, 45), before, new(3.68 / 4.27, new(-0.0002, -0.009, 0.009, Verdict.Noise), same, same, same with { Value = 1.02 })),
        };
    }

    public static Red Red(string[] services, TimeSpan window, bool trouble) => new(window.TotalMilliseconds, Begin, Begin + window, true, [], [.. services.SelectMany((service, index) => new string?[] { null, "GET /", "POST /" }.Select(route => new RedRow(
        service, route, 310, 1.03 + index, trouble && service == "orders" ? 0.034 : 0, 8, 20.1, 44 + index,
        [.. Enumerable.Range(0, 60).Select(at => new RedPoint(Begin.AddSeconds(at * 5), 1 + (at % 7 * 0.1), trouble && at > 40 && service == "orders" ? 0.1 : 0, at == 12 ? null : 40 + (at % 9)))])))]);

    public static IEnumerable<Metric> Metrics(string service) =>
    [
        new("http.server.request.duration", service, "s", "histogram", "Duration of HTTP server requests.", ["http.route"]),
        new("process.memory.usage", service, "By", "gauge", "The memory in use.", ["service.instance.id"]),
    ];

    public static MetricSeries? Series(SeriesQuestion question)
    {
        var histogram = question.Name == "http.server.request.duration";
        if (!histogram && question.Name != "process.memory.usage")
        {
            return null;
        }

        var key = histogram ? "http.route" : "service.instance.id";
        return new(question.Name, histogram ? "s" : "By", histogram ? "histogram" : "gauge", [.. Enumerable.Range(1, 2).Select(line => new MetricLine(
            new Dictionary<string, JsonElement> { [key] = JsonSerializer.SerializeToElement(histogram ? $"/orders/{line}" : $"{question.Service}-{line}") },
            [.. Enumerable.Range(0, question.Points).Where(at => at is < 20 or > 24).Select(at => new MetricPoint(
                Begin.AddSeconds(at * 5), histogram ? null : 9e7 * line, histogram ? 0.008 * line : null, histogram ? 0.02 * line : null, histogram ? (0.04 * line) + (at % 5 * 0.004) : null, histogram ? 12 : null))]))]);
    }

    private static bool Matches(LogRecord log, string word)
    {
        var negated = word.StartsWith('-');
        var text = negated ? word[1..] : word;
        var found = text.Split(':', 2) switch
        {
            ["level", var level] => log.Level.ToString().Equals(level, StringComparison.OrdinalIgnoreCase),
            ["service", var service] => log.Service == service,
            ["trace", var trace] => log.TraceId == trace,
            _ => log.Message.Contains(text.Trim('"'), StringComparison.OrdinalIgnoreCase),
        };
        return found != negated;
    }

    private static TraceSummary Summary(Trace trace) => new(
        trace.TraceId, trace.Start, trace.DurationMs, trace.Spans[0].Service, trace.Spans[0].Name, trace.Spans.Count, trace.Spans.Count(span => span.Status == SpanStatus.Error),
        [.. trace.Spans.GroupBy(span => span.Service).Select(group => new TraceService(group.Key, group.Count(), group.Count(span => span.Status == SpanStatus.Error)))]);

    private static Trace MakeTrace(int number)
    {
        var (id, order, failed) = ($"4bf92f3577b34da6a3ce929d{number:x8}", number % 3 == 1, number % 10 == 4);
        var start = Begin.AddSeconds(number * 4);
        var whole = order ? 48 + (number % 60) : 9;
        List<Span> spans = [];
        var root = Add(null, "gateway", order ? "POST /api/orders/**" : "GET /api/products/**", "server", 0, whole);
        if (!order)
        {
            Add(root, "catalog", "GET /products", "server", 1, whole - 2);
            return Made();
        }

        var orders = Add(root, "orders", "POST /orders", "server", 1, whole - 2);
        var catalog = Add(orders, "orders", "GET catalog", "client", 3, 9);
        Add(catalog, "catalog", "GET /products/{id}", "server", 3.8, 7.4);
        var payments = Add(orders, "orders", "POST payments", "client", 14, whole - 20);
        Add(payments, "payments", "POST /charges", "server", 15, whole - 22);
        return Made();

        string Add(string? parent, string service, string name, string kind, double from, double length)
        {
            var error = failed && service != "catalog";
            spans.Add(new(
                $"{number:x8}{spans.Count:x8}", parent, service, $"{service}-1", name, kind, from, length, length / 3, error ? SpanStatus.Error : SpanStatus.Unset, error ? "card refused by issuer" : null,
                service != "catalog", false, new Dictionary<string, JsonElement> { ["http.response.status_code"] = JsonSerializer.SerializeToElement(error ? 402 : 200) },
                error ? [new("exception", from + 2, new Dictionary<string, JsonElement> { ["exception.stacktrace"] = JsonSerializer.SerializeToElement("   at Payments.Charges.Charge(Card card)\n   at Payments.Program.Main()") })] : []));
            return spans[^1].SpanId;
        }

        Trace Made() => new(id, start, whole, whole, spans, [.. spans.Where(span => span.OnCriticalPath).Select(span => new CriticalStretch(span.SpanId, span.StartMs, span.StartMs + span.SelfMs))], []);
    }

    /// <summary>One request that fans out: to 99 services, each of which asks its store 49 times.</summary>
    private static Trace MakeLargeTrace()
    {
        var made = 0;
        List<Span> spans = [Make(null, "gateway", "GET /report", "server", 0, 4_990)];
        var root = spans[0].SpanId;
        for (var call = 0; call < 99; call++)
        {
            var service = string.Create(CultureInfo.InvariantCulture, $"svc-{call:000}");
            spans.Add(Make(root, service, "GET /part", "server", 10 + (call * 50), 49));
            var parent = spans[^1].SpanId;
            spans.AddRange(Enumerable.Range(0, 49).Select(query => Make(parent, service, $"select part {query}", "client", 10 + (call * 50) + query, 0.9)));
        }

        spans.AddRange(Enumerable.Range(0, LargeTraceSpans - spans.Count - 1).Select(call => Make(root, "gateway", $"GET part {call}", "client", 4_970, 3)));
        spans.Add(Make(root, "gateway", "the last of all", "internal", 4_985, 4));
        return new(LargeTrace, Begin, 4_990, 4_990, spans, [new(root, 0, 4_990)], []);

        Span Make(string? parent, string service, string name, string kind, double from, double length) => new(
            $"{made++:x16}", parent, service, $"{service}-1", name, kind, from, length, length, SpanStatus.Unset, null, parent is null, false,
            new Dictionary<string, JsonElement>(), []);
    }

    [GeneratedRegex(@"\blevel:(\S*)")]
    private static partial Regex Level();
}
