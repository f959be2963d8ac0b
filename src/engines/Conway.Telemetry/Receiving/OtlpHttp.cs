using System.Globalization;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Conway.Telemetry.Receiving;

/// <summary>OTLP over HTTP: <c>POST /v1/traces</c>, <c>/v1/metrics</c>, <c>/v1/logs</c>, protobuf or JSON, plain or gzip.</summary>
/// <remarks>Source: OTLP specification 1.x, section OTLP/HTTP. Every error is a <c>google.rpc.Status</c> in the encoding of the request.</remarks>
internal sealed class OtlpHttp(OtlpIntake intake, TelemetryOptions options)
{
    /// <summary>How long a sender is asked to wait when telemetry comes too fast: some blocks are written in it.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    public static Signal? SignalOf(PathString path) => path.Value switch
    {
        "/v1/traces" => Signal.Traces,
        "/v1/metrics" => Signal.Metrics,
        "/v1/logs" => Signal.Logs,
        _ => null,
    };

    public async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        var json = MediaTypeIs(request.ContentType, Json);
        if (SignalOf(request.Path) is not { } signal)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, 5, "OTLP is served at /v1/traces, /v1/metrics and /v1/logs; metrics for Prometheus at /metrics.", json);
        }
        else if (!HttpMethods.IsPost(request.Method))
        {
            context.Response.Headers.Allow = "POST";
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, 12, "OTLP is sent with POST.", json);
        }
        else if (!json && !MediaTypeIs(request.ContentType, Protobuf))
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, 3, $"The content type must be {Protobuf} or {Json}.", json);
        }
        else if (request.Headers.ContentEncoding.ToString() is not ("" or "identity" or "gzip") and var encoding)
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, 3, $"The content encoding '{encoding}' is not known; gzip is.", json);
        }
        else
        {
            await TakeAsync(context, signal, json);
        }
    }

    private async Task TakeAsync(HttpContext context, Signal signal, bool json)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // Our own limit decides, with an answer that says so.
            size.MaxRequestBodySize = null;
        }

        using var body = new ByteBuffer(64 * 1024);
        try
        {
            var gzip = context.Request.Headers.ContentEncoding == "gzip";
            if (!await RequestBody.TryReadAsync(context.Request, gzip, options.RequestBytesMax, body, context.RequestAborted))
            {
                await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, 8, $"A request may have {options.RequestBytesMax} bytes, counted after decompression.", json);
                return;
            }
        }
        catch (InvalidDataException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, 3, "The body is not gzip, although its content encoding says so.", json);
            return;
        }

        var (result, detail) = json ? AcceptJson(signal, body) : (intake.Accept(signal, body.Span), null);
        switch (result.Outcome)
        {
            case IntakeOutcome.Malformed:
                await RefuseAsync(context, StatusCodes.Status400BadRequest, 3, detail ?? result.Message!, json);
                break;
            case IntakeOutcome.Busy:
                context.Response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, 14, result.Message!, json, RetryAfter);
                break;
            default:
                await WriteAsync(context, StatusCodes.Status200OK, OtlpAnswer.Success(signal, result.Rejected, result.Message, json), json);
                break;
        }
    }

    private (IntakeResult Result, string? Detail) AcceptJson(Signal signal, ByteBuffer body)
    {
        using var protobuf = new ByteBuffer(body.Length);
        if (OtlpJson.Transcode(body.Span, OtlpShapes.Of(signal), protobuf) is not { } wrong)
        {
            return (intake.Accept(signal, protobuf.Span), null);
        }

        intake.CountMalformed();
        return (new(IntakeOutcome.Malformed), wrong);
    }

    private static Task RefuseAsync(HttpContext context, int status, int code, string message, bool json, TimeSpan? retryAfter = null) =>
        WriteAsync(context, status, OtlpAnswer.Status(code, message, json, retryAfter), json);

    private static async Task WriteAsync(HttpContext context, int status, byte[] body, bool json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = json ? Json : Protobuf;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static bool MediaTypeIs(string? contentType, string type) =>
        contentType is not null && contentType.StartsWith(type, StringComparison.OrdinalIgnoreCase) && (contentType.Length == type.Length || contentType[type.Length] is ';' or ' ');
}
