using System.Net;
using System.Text;
using Conway.CodeFacts.Traces;

namespace Conway.CodeFacts.Tests;

/// <summary>What the real SDK of OpenTelemetry exports, kept as the Collector's file exporter keeps it: one document a line.</summary>
public sealed class ExportedTraceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_sdk_of_nodejs_exports_is_read_and_its_request_found()
    {
        var address = $"http://127.0.0.1:{FreePorts.Next()}";
        using var listener = new HttpListener { Prefixes = { address + "/" } };
        listener.Start();
        var receiving = ReceiveAsync(listener);
        var (code, output, errors) = await NpmClient.RunAsync("otel", TimeSpan.FromMinutes(4), "send.mjs", "http/json", address, "web");
        Assert.True(code == 0, errors);
        listener.Stop();
        var kept = await receiving;
        Assert.Contains(output.Trim(), kept, StringComparison.Ordinal);

        var codebase = Some.Files(("a.csproj", Some.Web), ("a.cs", """
            using Microsoft.AspNetCore.Mvc;
            [Route("orders")]
            public class OrdersController : ControllerBase { [HttpPost] public void Place() { } }
            """));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(kept));
        var seen = TraceReader.Read(codebase, stream, "traces.json", Cancel);
        Assert.Null(seen.Problem);
        Assert.Empty(seen.Findings);
        Assert.Equal((2L, 1L, 1L, 0L), (seen.Spans, seen.Requests, seen.Matched, seen.Orphans));
        Assert.Equal(["web"], seen.Services);
        Assert.Equal("POST /orders", Assert.Single(codebase.UseCases, u => u.Id == Assert.Single(seen.UseCases).UseCase) is var use ? codebase.EntryPoints[use.EntryPoint].Name : null);
    }

    /// <summary>Answers every export with success until the listener stops; the documents of traces, one a line.</summary>
    private static async Task<string> ReceiveAsync(HttpListener listener)
    {
        var kept = new StringBuilder();
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return kept.ToString();
            }

            using var body = new StreamReader(context.Request.InputStream);
            var document = await body.ReadToEndAsync(Cancel);
            if (context.Request.Url!.AbsolutePath == "/v1/traces")
            {
                kept.Append(document).Append('\n');
            }

            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync("{}"u8.ToArray(), Cancel);
            context.Response.Close();
        }
    }
}
