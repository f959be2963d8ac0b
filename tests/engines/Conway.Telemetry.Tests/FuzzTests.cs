using System.Text;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry.Tests;

public sealed class FuzzTests
{
    private static readonly (Signal Signal, byte[] Request)[] Seeds =
    [
        (Signal.Traces, Otlp.Request("orders", [Some.Span(1, error: true, attributes: [("a", "b"), ("l", new object[] { 1, "x", new Dictionary<string, object> { ["k"] = 2.5 } })]), Some.Span(2, parent: 1, kind: SpanKind.Client)])),
        (Signal.Logs, Otlp.Request("orders", [Some.Log("hello", LogSeverity.Error, 1, 2, attributes: ("k", true))])),
        (Signal.Metrics, Otlp.Request("orders", [MetricTests.Counter("c", 5), MetricTests.Histogram("h", [1, 2, 3], [1.0, 2.0]), MetricTests.Exponential("e", 0, [1, 2]), MetricTests.Summary("s")])),
    ];

    private static (TelemetryStore Store, OtlpIntake Intake) Start()
    {
        var store = new TelemetryStore(new TelemetryOptions(), new SegmentDisk(), TimeProvider.System, TestContext.Current.CancellationToken);
        return (store, new OtlpIntake(store, new Watchers(TimeProvider.System)));
    }

    [Fact]
    public async Task Every_cut_of_a_request_is_told_from_the_whole()
    {
        var (store, intake) = Start();
        await using (store)
        {
            foreach (var (signal, request) in Seeds)
            {
                Assert.Equal(IntakeOutcome.Taken, intake.Accept(signal, request).Outcome);
                for (var length = 1; length < request.Length; length++)
                {
                    Assert.Equal(IntakeOutcome.Malformed, intake.Accept(signal, request.AsSpan(0, length)).Outcome);
                }
            }
        }
    }

    [Fact]
    public async Task Twenty_thousand_seeded_mutations_of_protobuf_are_taken_or_refused_and_what_was_taken_can_be_read()
    {
        var random = new Random(20261121);
        var (store, intake) = Start();
        await using (store)
        {
            var outcomes = new int[3];
            for (var round = 0; round < 20_000; round++)
            {
                var (signal, seed) = Seeds[round % Seeds.Length];
                var bytes = seed.ToArray();
                for (var changes = random.Next(1, 4); changes > 0; changes--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                outcomes[(int)intake.Accept(signal, bytes).Outcome]++;
            }

            Assert.True(outcomes[(int)IntakeOutcome.Taken] > 1000 && outcomes[(int)IntakeOutcome.Malformed] > 1000, string.Join(' ', outcomes));
            Assert.Equal(0, outcomes[(int)IntakeOutcome.Busy]);
            var queries = new TelemetryQueries(store, TimeProvider.System);
            var stop = TestContext.Current.CancellationToken;
            TelemetryQuery.TryParse("zzz", out var query, out _);
            await queries.SearchLogsAsync(query!, new PageRequest(), stop);
            await queries.SearchTracesAsync(query!, new PageRequest(), stop);
            await queries.SearchTracesAsync(TelemetryQuery.Everything, new PageRequest(1000), stop);
            await queries.SearchLogsAsync(TelemetryQuery.Everything, new PageRequest(1000), stop);
            Assert.NotNull(await queries.FindTraceAsync(Some.Trace(), stop));
            foreach (var name in await queries.ListMetricsAsync(null, stop))
            {
                await queries.QueryMetricAsync(new() { Service = name.Service, Name = name.Name, From = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.MaxValue }, stop);
            }
        }
    }

    [Fact]
    public void Twenty_thousand_seeded_mutations_of_json_are_read_or_refused()
    {
        var random = new Random(20261122);
        var seed = Encoding.UTF8.GetBytes("""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"o"}}]},"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd0000000000000001",
            "spanId":"00000000000000a1","name":"x","kind":2,"startTimeUnixNano":"17952","endTimeUnixNano":17953,"attributes":[{"key":"d","value":{"doubleValue":1.5}},{"key":"b",
            "value":{"bytesValue":"AQI="}},{"key":"l","value":{"arrayValue":{"values":[{"boolValue":true},{"kvlistValue":{"values":[]}}]}}}],"status":{"code":2}}]}]}]}
            """);
        var (read, refused) = (0, 0);
        using var output = new ByteBuffer();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = seed.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(round % 2 == 0 ? 256 : 127);
            }

            output.Clear();
            if (OtlpJson.Transcode(bytes, OtlpShapes.Traces, output) is null)
            {
                read++;
                Assert.True(OtlpCheck.IsWellFormed(output.Span, OtlpShapes.Traces));
            }
            else
            {
                refused++;
            }
        }

        Assert.True(read > 1000 && refused > 1000, $"{read} {refused}");
    }
}
