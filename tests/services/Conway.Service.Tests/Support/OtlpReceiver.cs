using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Conway.Service.Tests.Support;

/// <summary>Takes OTLP over HTTP as it comes, byte for byte.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue((context.Request.Path.Value!, body.ToArray()));
            context.Response.ContentType = context.Request.ContentType; // nothing was refused, in either encoding: an empty message
            if (context.Request.HasJsonContentType())
                await context.Response.WriteAsync("{}");
        });
    }

    public string Address => _app.Urls.Single();

    public static async Task<OtlpReceiver> Start()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>True when one message of the signal holds all of these, as text; an id in hexadecimal also as the bytes it stands for.</summary>
    public bool Has(string signal, params ReadOnlySpan<string> parts)
    {
        foreach (var (path, body) in _received)
        {
            if (path == $"/v1/{signal}" && HasAll(body, parts))
                return true;
        }

        return false;
    }

    private static bool HasAll(byte[] body, ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            var asText = body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(part)) >= 0;
            var isId = part.Length == 32 && part.All(char.IsAsciiHexDigit);
            if (!asText && !(isId && body.AsSpan().IndexOf(Convert.FromHexString(part)) >= 0))
                return false;
        }

        return true;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
