using System.Text;

namespace Conway.Node.Tests;

public sealed class FoundWhileRunningTests
{
    [Fact]
    public async Task What_is_found_in_the_running_system_is_told_without_being_asked_for_and_keeps_its_time()
    {
        await using var bench = new Bench();
        var host = await bench.StartHealthyAsync();

        // More names of services than telemetry tells apart.
        var resources = Enumerable.Range(0, 1100).Select(number =>
            $$$"""{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"pod-{{{number}}}"}}]},"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x"}}]}]}""");
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new StringContent($$"""{"resourceLogs":[{{string.Join(',', resources)}}]}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"{host.System.OtlpUrl}/v1/logs"), content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();

        await bench.Until(() => bench.Seen.OfType<NodeEvent.FindingsChanged>().Any(told => told.Findings.Any(f => f.Code == "CW7205")), "the finding is told");
        var since = host.SeenFindings.Single(f => f.Finding.Code == "CW7205").Since;
        Assert.InRange(since, host.StartedAt, DateTimeOffset.UtcNow);
        Assert.Equal(since, host.SeenFindings.Single(f => f.Finding.Code == "CW7205").Since);
    }
}
