using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conway.Lowering;

namespace Conway.Supervision;

/// <summary>One answer to the question whether a replica is well.</summary>
/// <param name="Text"><c>200 in 3 ms</c>, <c>no answer within 2s</c>, <c>connection refused</c>.</param>
public readonly record struct HealthAnswer(bool Good, string Text);

/// <summary>Asks one replica after another whether it is well: HTTP GET, or a TCP connect when there is no path. Thread-safe.</summary>
public sealed class HealthProbe : IDisposable
{
    private readonly SocketsHttpHandler _handler = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
        MaxResponseHeadersLength = 16,
        ActivityHeadersPropagator = null,
    };

    private readonly HttpMessageInvoker _client;
    private readonly TimeProvider _clock;

    public HealthProbe(TimeProvider clock)
    {
        _client = new HttpMessageInvoker(_handler, disposeHandler: false);
        _clock = clock;
    }

    /// <summary>Never throws but for cancellation by <paramref name="cancel"/>.</summary>
    public async Task<HealthAnswer> AskAsync(int port, HealthPlan plan, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(plan.Timeout);
        var start = _clock.GetTimestamp();
        try
        {
            if (plan.Path is null)
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), limit.Token).ConfigureAwait(false);
                return new HealthAnswer(true, $"connected in {Milliseconds(start)}");
            }

            var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{(plan.Path.StartsWith('/') ? "" : "/")}{plan.Path}"));
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await _client.SendAsync(request, limit.Token).ConfigureAwait(false);
            return new HealthAnswer(response.IsSuccessStatusCode, $"{(int)response.StatusCode} in {Milliseconds(start)}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new HealthAnswer(false, $"no answer within {Conway.Model.UnitText.Format(plan.Timeout)}");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            return new HealthAnswer(false, Reason(e));
        }
        catch (UriFormatException)
        {
            return new HealthAnswer(false, $"the health path '{plan.Path}' is not a path");
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private string Milliseconds(long start) =>
        string.Create(CultureInfo.InvariantCulture, $"{_clock.GetElapsedTime(start).TotalMilliseconds:0} ms");

    private static string Reason(Exception e) => (e, e.InnerException) switch
    {
        (SocketException { SocketErrorCode: SocketError.ConnectionRefused }, _) or (_, SocketException { SocketErrorCode: SocketError.ConnectionRefused }) => "connection refused",
        (HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }, _) => "the answer is not HTTP",
        (HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }, _) => "the connection was closed without an answer",
        _ => e.Message,
    };
}
