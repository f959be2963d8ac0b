using System.Diagnostics;
using System.Text.Json;
using Conway.Service.Logs;
using Conway.Service.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using static Conway.Service.Tests.Support.RunningService;

namespace Conway.Service.Tests;

public sealed class LogTests
{
    [Fact]
    public async Task Each_request_leaves_one_line()
    {
        await using var service = await Start(app => app.MapGet("/things/{id}", (string id) => id));

        await service.Http.GetStringAsync("/things/7", Ct);

        await Eventually.True(() => service.Logs.Of("Conway.Requests").Any(), "the request's line");
        var line = Assert.Single(service.Logs.Of("Conway.Requests"));
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Matches(@"^GET /things/7 200 in [0-9.]+ ms$", line.Message);
    }

    [Fact]
    public async Task A_failed_request_is_an_error_with_the_status_the_client_got()
    {
        await using var service = await Start(app => app.MapGet("/boom", string () => throw new InvalidOperationException("boom")));

        using var answer = await service.Http.GetAsync("/boom", Ct);

        await Eventually.True(() => service.Logs.Of("Conway.Requests").Any(), "the request's line");
        var line = Assert.Single(service.Logs.Of("Conway.Requests"));
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.StartsWith("GET /boom 500 ", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_probes_leave_no_line()
    {
        await using var service = await Start(app => app.MapGet("/work", () => "done"));

        await service.Http.GetStringAsync("/health/ready", Ct);
        await service.Http.GetStringAsync("/work", Ct);

        await Eventually.True(() => service.Logs.Of("Conway.Requests").Any(), "the request's line");
        Assert.StartsWith("GET /work ", Assert.Single(service.Logs.Of("Conway.Requests")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_logs_can_be_turned_off()
    {
        await using var service = await Start(app => app.MapGet("/work", () => "done"), options: o => o.RequestLogs = false);

        await service.Http.GetStringAsync("/work", Ct);

        Assert.Empty(service.Logs.Of("Conway.Requests"));
    }

    [Fact]
    public void Under_conway_a_line_is_one_json_object_with_the_trace()
    {
        using var span = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();

        var json = JsonDocument.Parse(Written(new JsonLines(new ConwayOptions().ToMasks(), TimeProvider.System, isExported: false))).RootElement;

        Assert.Equal("warn", json.GetProperty("level").GetString());
        Assert.False(json.TryGetProperty("otlp", out _));
        Assert.Equal("paid by ***\nwith 3", json.GetProperty("message").GetString());
        Assert.Equal(span.TraceId.ToHexString(), json.GetProperty("traceId").GetString());
        Assert.Equal(span.SpanId.ToHexString(), json.GetProperty("spanId").GetString());
        Assert.Equal("""{"Mail":"***","Count":3,"Password":"***"}""", json.GetProperty("fields").GetRawText());
        Assert.Contains("FormatException", json.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('x', 3)]
    [InlineData('\u0001', 6)]
    [InlineData('\u20ac', 3)]
    [InlineData('\ud83d', 4)]
    public void A_line_that_would_be_too_long_to_be_read_as_one_is_cut_and_stays_one_object(char letter, int times)
    {
        var text = letter == '\ud83d' ? string.Concat(Enumerable.Repeat("😀", 20_000)) : new string(letter, 60_000 / times);
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
            LogLevel.Error, "Orders", 1, [new("Text", text), new("{OriginalFormat}", "{Text}")], new FormatException(text), (_, _) => text);
        using var writer = new StringWriter();
        new JsonLines(new ConwayOptions().ToMasks(), TimeProvider.System, isExported: true).Write(entry, null, writer);

        var line = writer.ToString().TrimEnd();
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 1000, JsonLines.LineBytesMax);
        var json = JsonDocument.Parse(line).RootElement;
        Assert.True(json.GetProperty("otlp").GetBoolean());
        var message = json.GetProperty("message").GetString()!;
        Assert.EndsWith("…", message, StringComparison.Ordinal);
        Assert.StartsWith(message[..^1], text, StringComparison.Ordinal);
        Assert.InRange(message.Length, 900, 1001);
        Assert.DoesNotContain('\ufffd', message);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(true, "http://elsewhere:4318/v1/logs", false)]
    public async Task A_line_says_that_it_is_exported_exactly_when_the_platform_gets_the_record(bool telemetry, string? elsewhere, bool says)
    {
        await using var receiver = await OtlpReceiver.Start();
        await using var service = await Start(
            options: o => o.Telemetry = telemetry,
            environment: [("CONWAY_RUN", "r-1"), ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), .. elsewhere is null ? [] : new[] { ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", elsewhere) }]);

        var formatter = service.App.Services.GetServices<ConsoleFormatter>().Single(f => f.Name == JsonLines.FormatterName);
        Assert.Equal(says, Written(formatter).Contains("\"otlp\":true", StringComparison.Ordinal));
    }

    [Fact]
    public void At_a_terminal_a_line_is_text_with_the_same_masks()
    {
        var text = Written(new HumanLines(new ConwayOptions().ToMasks(), TimeProvider.System));

        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d\d\d warn  Orders: paid by \*\*\*", text);
    }

    [Theory]
    [InlineData(null, "conway-text")]
    [InlineData("r-1", "conway-json")]
    public async Task The_form_of_lines_depends_on_who_reads_them(string? run, string formatter)
    {
        await using var service = await Start(
            options: o => o.RequestLogs = false,
            environment: run is null ? [] : [("CONWAY_RUN", run)]);

        Assert.Equal(formatter, service.App.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }

    private static string Written(ConsoleFormatter formatter)
    {
        KeyValuePair<string, object?>[] state =
        [
            new("Mail", "ada@example.com"), new("Count", 3), new("Password", "x"), new("Missing", null), new("{OriginalFormat}", "paid by {Mail}\nwith {Count}"),
        ];
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
            LogLevel.Warning, "Orders", 1, state, new FormatException("bad"), (_, _) => "paid by ada@example.com\nwith 3");
        using var writer = new StringWriter();
        formatter.Write(entry, null, writer);
        return writer.ToString();
    }
}
