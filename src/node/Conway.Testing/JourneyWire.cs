using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Conway.Testing.Steps;

namespace Conway.Testing;

/// <summary>Sends the requests of journeys and reads what comes back. Thread-safe.</summary>
/// <remarks>No proxy: the system is on this machine. No redirects and no cookies, which would do more than a step says.</remarks>
internal sealed class JourneyWire : IDisposable
{
    /// <summary>How much of a body is read: 1 MiB. A journey looks at answers; it does not download.</summary>
    public const int BodyMax = 1 << 20;

    private const int ConnectionsMax = 256;
    private const int BufferSize = 16 << 10;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null, // traceparent is ours to write
        MaxConnectionsPerServer = ConnectionsMax,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
    });

    /// <summary>The answer, or why there is none.</summary>
    public async Task<(Answer? Answer, string? Trouble)> SendAsync(string journey, StepRequest request, string traceParent, CancellationToken cancel)
    {
        try
        {
            using var message = Message(journey, request, traceParent);
            using var response = await _http.SendAsync(message, cancel).ConfigureAwait(false);
            return (await ReadAsync(response, request.LooksInside, cancel).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, Told(e));
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Message(string journey, StepRequest request, string traceParent)
    {
        var message = new HttpRequestMessage(request.Method, request.Target);
        message.Headers.TryAddWithoutValidation("traceparent", traceParent);
        message.Headers.TryAddWithoutValidation("conway-journey", journey);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in request.Headers)
        {
            Add(message, name, value);
        }

        if (!message.Headers.Contains("user-agent"))
        {
            message.Headers.TryAddWithoutValidation("user-agent", $"conway-journey/{journey}");
        }

        return message;
    }

    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (message.Headers.TryAddWithoutValidation(name, value))
        {
            return;
        }

        // Those that are about the body, such as Content-Type, live with it.
        message.Content ??= new ByteArrayContent([]);
        message.Content.Headers.Remove(name);
        message.Content.Headers.TryAddWithoutValidation(name, value);
    }

    private static async Task<Answer> ReadAsync(HttpResponseMessage response, bool looksInside, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        using var body = new MemoryStream();
        using var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var buffer = new byte[BufferSize];
        for (var length = 0L; ;)
        {
            var read = await stream.ReadAsync(buffer, cancel).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            length += read;
            if (length > BodyMax)
            {
                return new Answer(status, null, "the answer is larger than 1 MiB");
            }

            if (looksInside)
            {
                body.Write(buffer, 0, read);
            }
        }

        return looksInside ? Parsed(status, body, response.Content.Headers.ContentType?.MediaType) : new Answer(status, null, null);
    }

    private static Answer Parsed(int status, MemoryStream body, string? mediaType)
    {
        try
        {
            using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return new Answer(status, document.RootElement.Clone(), null);
        }
        catch (JsonException)
        {
            var what = body.Length == 0 ? "is empty" : mediaType is null or "application/json" ? "cannot be read" : $"is {mediaType}";
            return new Answer(status, null, $"expected JSON, but the answer {what}");
        }
    }

    private static string Told(Exception failure) =>
        failure switch
        {
            HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "nobody listens there: the connection was refused",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => $"no connection: {failure.GetBaseException().Message}",
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "the answer is not HTTP",
            _ => "the connection broke off before the answer was whole",
        };
}
