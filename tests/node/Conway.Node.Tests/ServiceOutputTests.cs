using System.Text;
using Conway.Telemetry;

namespace Conway.Node.Tests;

public sealed class ServiceOutputTests
{
    [Theory]
    [InlineData("fail: Orders[0]", LogSeverity.Error)]
    [InlineData("warn: Microsoft.AspNetCore[1]", LogSeverity.Warning)]
    [InlineData("dbug: X", LogSeverity.Debug)]
    [InlineData("trce: X", LogSeverity.Trace)]
    [InlineData("crit: X", LogSeverity.Critical)]
    [InlineData("info: Microsoft.Hosting.Lifetime[14]", LogSeverity.Information)]
    [InlineData("error: no such table", LogSeverity.Error)]
    [InlineData("Error: listen EADDRINUSE", LogSeverity.Error)]
    [InlineData("TypeError: x is not a function", LogSeverity.Error)]
    [InlineData("Caused by: java.io.IOException: broken pipe", LogSeverity.Error)]
    [InlineData("2026/11/21 22:15:30 [error] 7#0: *1 open() failed", LogSeverity.Error)]
    [InlineData("[2026-11-21T22:15:30Z WARN  app::db] slow", LogSeverity.Warning)]
    [InlineData("2026-11-21 22:15:30,412 ERROR 4711 --- [main] o.s.Boot : no", LogSeverity.Error)]
    [InlineData("[22:15:30 ERR] Serilog says so", LogSeverity.Error)]
    [InlineData("ERROR:root:Python says so", LogSeverity.Error)]
    [InlineData("npm WARN deprecated x", LogSeverity.Warning)]
    [InlineData("npm ERR! code 1", LogSeverity.Error)]
    [InlineData("time=\"2026-11-21T22:15:30Z\" level=error msg=\"no\"", LogSeverity.Error)]
    [InlineData("ts=1 lvl=debug msg=x", LogSeverity.Debug)]
    [InlineData("(node:4711) [DEP0040] DeprecationWarning: old", LogSeverity.Warning)]
    [InlineData("\u001b[41m\u001b[30mfail\u001b[39m\u001b[22m\u001b[49m: Orders[0]", LogSeverity.Error)]
    [InlineData("Unhandled exception. System.InvalidOperationException: boom", LogSeverity.Critical)]
    [InlineData("Traceback (most recent call last):", LogSeverity.Error)]
    [InlineData("panic: runtime error: index out of range", LogSeverity.Critical)]
    [InlineData("Listening on 127.0.0.1:3000", LogSeverity.Unset)]
    [InlineData("GET /panic: 200", LogSeverity.Unset)]
    [InlineData("no error was found", LogSeverity.Unset)]
    [InlineData("lastError: none", LogSeverity.Unset)]
    [InlineData("   at Orders.Program.Main() in Program.cs:line 3", LogSeverity.Unset)]
    [InlineData("", LogSeverity.Unset)]
    [InlineData("\u001b[", LogSeverity.Unset)]
    [InlineData("::::", LogSeverity.Unset)]
    [InlineData("level=", LogSeverity.Unset)]
    public void A_line_of_text_has_the_level_it_begins_with_and_on_standard_error_is_a_warning_when_it_has_none(string text, LogSeverity level)
    {
        Assert.Equal((level, text), Read(text, LogSource.Output));
        Assert.Equal((level == LogSeverity.Unset ? LogSeverity.Warning : level, text), Read(text, LogSource.Error));
    }

    [Theory]
    [InlineData("""{"level":"info","message":"x"}""", LogSeverity.Information)]
    [InlineData("""{"level":50,"msg":"x"}""", LogSeverity.Error)]
    [InlineData("""{"LogLevel":"Critical","Message":"x"}""", LogSeverity.Critical)]
    [InlineData("""{"message":"x"}""", LogSeverity.Warning)]
    [InlineData("""{"level":"unheard of","message":"x"}""", LogSeverity.Warning)]
    public void A_structured_line_on_standard_error_keeps_the_level_it_names(string json, LogSeverity level) => Assert.Equal((level, "x"), Read(json, LogSource.Error));

    [Fact]
    public void A_structured_line_tells_that_it_is_exported_and_keeps_its_exception_under_its_text()
    {
        var line = ServiceOutput.Read(Line(
            """{"timestamp":"2026-11-21T22:15:30.412Z","level":"error","otlp":true,"category":"Orders","message":"it broke","traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","exception":"System.Exception: boom\n   at X","fields":{"otlp":false,"level":"trace"}}""",
            LogSource.Output));
        Assert.Equal((true, LogSeverity.Error, "it broke", "System.Exception: boom\n   at X"), (line.IsExported, line.Level, Text(line.Text), Text(line.Detail)));
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (line.Trace.ToString(), line.Span.ToString()));
    }

    [Theory]
    [InlineData("""{"level":"info","message":"x","otlp":"true"}""")]
    [InlineData("""{"level":"info","message":"x"}""")]
    [InlineData("""{"level":"info","otlp":true,"message":"x" """)]
    public void Only_a_whole_line_that_says_so_counts_as_exported(string json) => Assert.False(ServiceOutput.Read(Line(json, LogSource.Output)).IsExported);

    private static (LogSeverity, string) Read(string text, LogSource source)
    {
        var line = ServiceOutput.Read(Line(text, source));
        return (line.Level, Text(line.Text));
    }

    private static OutputLine Line(string text, LogSource source) => new("orders", "orders-1", default, source, Encoding.UTF8.GetBytes(text));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
