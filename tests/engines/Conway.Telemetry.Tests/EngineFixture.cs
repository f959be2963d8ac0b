using System.Net;
using System.Net.Http.Headers;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Tests;

/// <summary>A real engine on a free port with a folder of its own.</summary>
internal sealed class EngineFixture : IAsyncDisposable
{
    private EngineFixture(TelemetryEngine engine, string root)
    {
        Engine = engine;
        Root = root;
        Client = new HttpClient { BaseAddress = new Uri(engine.Endpoint), Timeout = TimeSpan.FromSeconds(30) };
    }

    public TelemetryEngine Engine { get; }

    public TelemetryQueries Queries => Engine.Queries;

    public HttpClient Client { get; }

    public string Root { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static string NewRoot() => Directory.CreateTempSubdirectory("conway-telemetry-").FullName;

    public static async Task<EngineFixture> StartAsync(Func<TelemetryOptions, TelemetryOptions>? with = null, SegmentDisk? disk = null, string? root = null, TimeProvider? clock = null)
    {
        root ??= NewRoot();
        var options = new TelemetryOptions { Root = root, Run = "r-1", Age = Some.Forever };
        return new EngineFixture(await TelemetryEngine.StartAsync(with?.Invoke(options) ?? options, disk ?? new SegmentDisk(), clock ?? TimeProvider.System, Stop), root);
    }

    public async Task<HttpResponseMessage> PostAsync(Signal signal, byte[] body, string type = "application/x-protobuf", string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await Client.PostAsync(new Uri($"/v1/{signal.ToString().ToLowerInvariant()}", UriKind.Relative), content, Stop);
    }

    public async Task SendAsync(Signal signal, string service, params byte[][] items)
    {
        using var answer = await PostAsync(signal, Otlp.Request(service, items));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Engine.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
