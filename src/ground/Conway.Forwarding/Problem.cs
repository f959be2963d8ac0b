using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Conway.Forwarding;

/// <summary>An answer that Conway gives itself, because no upstream gave one.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable word that programs can compare, <c>no-healthy-endpoint</c>.</param>
/// <param name="Detail">What happened and what to do, in a sentence.</param>
/// <remarks>Written as <c>application/problem+json</c> (RFC 9457); to gRPC callers as a status in trailers, with HTTP 200 as gRPC asks.</remarks>
public sealed record Problem(int Status, string Code, string Detail)
{
    // For people at a terminal: quotes in a sentence stay quotes. The type keeps browsers from reading it as a page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>When to come again. Unset: nothing is said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Methods that may be used, for 405 and for OPTIONS that ends here with 204 and no body. Unset: nothing is said.</summary>
    public string? Allow { get; init; }

    /// <summary>Whether the connection can't be trusted to be in step any more and is closed.</summary>
    public bool ClosesConnection { get; init; }

    /// <summary>The id under which the request is known. Unset: nothing is said.</summary>
    public string? RequestId { get; init; }

    /// <summary>Answers with it. Nothing may have been sent yet; nothing is thrown when the client is gone.</summary>
    /// <param name="http">The request.</param>
    /// <param name="by">Who says so, <c>gateway</c> or <c>listener orders → catalog</c>.</param>
    public async Task WriteAsync(HttpContext http, string by)
    {
        var response = http.Response;
        if (response.HasStarted)
        {
            return;
        }

        response.Clear();
        if (RetryAfter is { } after)
        {
            response.Headers.RetryAfter = ((int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (ExchangeKinds.IsGrpc(http.Request.ContentType) && HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            WriteGrpc(response);
            return;
        }

        if (ClosesConnection && !HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }

        response.StatusCode = Status;
        if (Allow is not null)
        {
            response.Headers.Allow = Allow;
        }

        if (Status == StatusCodes.Status204NoContent)
        {
            return;
        }

        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        var body = ToJson(by);
        response.ContentLength = body.Length;
        try
        {
            await response.Body.WriteAsync(body, http.RequestAborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
        }
    }

    // gRPC's own table, PROTOCOL-HTTP2 and http-grpc-status-mapping.
    private int GrpcStatus => Status switch
    {
        400 => 13,
        401 => 16,
        403 => 7,
        404 => 12,
        408 or 504 => 4,
        413 or 431 => 8,
        429 or 502 or 503 => 14,
        _ => 2,
    };

    private void WriteGrpc(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = GrpcStatus.ToString(CultureInfo.InvariantCulture);
        // A grpc-message is percent-encoded; ours needs it for non-ASCII letters in names.
        response.Headers["grpc-message"] = Uri.EscapeDataString(Detail).Replace("%20", " ", StringComparison.Ordinal);
    }

    private byte[] ToJson(string by)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(Status));
            json.WriteNumber("status", Status);
            json.WriteString("detail", Detail);
            json.WriteString("code", Code);
            json.WriteString("by", by);
            if (RequestId is not null)
            {
                json.WriteString("requestId", RequestId);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
