using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Conway.Registry.Http;

/// <summary>Takes a request to its endpoint and the reply to the wire: guard, route, answer, write. One bad request never takes the registry.</summary>
internal sealed partial class Dispatcher(Ledger ledger, RegistryOptions options, AgentFacts agent, HostGuard guard, Random random)
{
    private const string Root = "/v1/";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Pretty = new(Compact) { WriteIndented = true, IndentSize = 4 };

    public async Task DispatchAsync(HttpContext context)
    {
        Reply reply;
        try
        {
            reply = guard.Refuse(context.Request) is { } why ? Reply.Plain(why, 403) : await AnswerAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException error)
        {
            reply = Reply.Plain(error.Message, error.StatusCode);
        }
        catch (Exception error)
        {
            Log.Failed(options.Log, error, context.Request.Method, context.Request.Path.Value ?? "");
            reply = Reply.Plain("Internal error: the registry could not answer this request; its log says why.", 500);
        }
        await WriteAsync(context, reply);
    }

    private async Task<Reply> AnswerAsync(HttpContext context)
    {
        var path = Path(context);
        if (!path.StartsWith(Root, StringComparison.Ordinal))
            return Reply.Plain(path == "/" ? "Conway's registry. It speaks Consul's HTTP API under /v1/." : $"Invalid path \"{path}\": everything is under /v1/", path == "/" ? 200 : 404);
        var method = context.Request.Method == "HEAD" ? "GET" : context.Request.Method;
        var (route, rest, allow) = Routes.Find(method, path[Root.Length..]);
        if (route is null && allow.Length > 0) return Reply.Plain($"method {method} not allowed", 405) with { Allow = allow };
        if (route is null) return Reply.Plain($"Invalid URL path: \"{path}\" is not an endpoint of this registry", 404);
        var call = new Call(context, ledger, options, agent, random, rest);
        if (call.Param("dc") is { Length: > 0 } dc && !dc.Equals(options.Datacenter, StringComparison.OrdinalIgnoreCase))
            return Reply.Plain("No path to datacenter", 500);
        return await route.Answer(call);
    }

    /// <summary>From the raw target: the framework's own path keeps %2F encoded, but a key may have been sent with it.</summary>
    private static string Path(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!raw.StartsWith('/')) return context.Request.Path.Value ?? "/";
        var query = raw.IndexOf('?', StringComparison.Ordinal);
        return Uri.UnescapeDataString(query < 0 ? raw : raw[..query]);
    }

    private static async Task WriteAsync(HttpContext context, Reply reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        var headers = response.Headers;
        headers["X-Consul-Knownleader"] = "true";
        headers["X-Consul-Lastcontact"] = "0";
        headers["X-Consul-Effective-Consistency"] = "leader";
        headers["X-Content-Type-Options"] = "nosniff";
        headers.CacheControl = "no-store";
        if (reply.Index is { } index) headers["X-Consul-Index"] = index.ToString(CultureInfo.InvariantCulture);
        if (reply.ContentHash is { } hash) headers["X-Consul-ContentHash"] = hash;
        if (reply.Allow is { } allow) headers.Allow = allow;

        byte[] body;
        if (reply.IsJson)
        {
            response.ContentType = "application/json";
            body = JsonSerializer.SerializeToUtf8Bytes(reply.Json, context.Request.Query.ContainsKey("pretty") ? Pretty : Compact);
        }
        else if (reply.Raw is { } raw)
        {
            // A stored value is anybody's text: it must never run as a page.
            response.ContentType = "text/plain";
            headers.ContentSecurityPolicy = "sandbox";
            body = raw;
        }
        else
        {
            response.ContentType = "text/plain; charset=utf-8";
            body = System.Text.Encoding.UTF8.GetBytes(reply.Text ?? "");
        }
        response.ContentLength = body.Length;
        if (context.Request.Method != "HEAD") await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(4102, LogLevel.Error, "The registry failed at {Method} {Path}.")]
        public static partial void Failed(ILogger log, Exception error, string method, string path);
    }
}
