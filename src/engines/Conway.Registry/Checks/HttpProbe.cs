using System.Text;

namespace Conway.Registry.Checks;

/// <summary>2xx is passing, 429 warning, anything else critical. The output is the start of the body.</summary>
internal sealed class HttpProbe : Probe
{
    private readonly CheckDefinition _definition;
    private readonly HttpClient _client;

    public HttpProbe(CheckDefinition definition)
    {
        _definition = definition;
        // A kept connection would hide that the instance takes no new ones, which is what its callers need.
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.Zero,
            AllowAutoRedirect = !definition.DisableRedirects,
            UseProxy = false,
            UseCookies = false,
        };
        if (definition.Target.StartsWith("https", StringComparison.OrdinalIgnoreCase)) handler.SslOptions = Tls(definition, new Uri(definition.Target).Host);
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public override async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(_definition.Method.ToUpperInvariant()), _definition.Target);
        if (_definition.Body.Length > 0) request.Content = new StringContent(_definition.Body, Encoding.UTF8);
        request.Headers.TryAddWithoutValidation("User-Agent", "Consul Health Check");
        request.Headers.TryAddWithoutValidation("Accept", "text/plain, text/*, */*");
        foreach (var (name, values) in _definition.Header)
        {
            if (name.Equals("Host", StringComparison.OrdinalIgnoreCase)) request.Headers.Host = values.FirstOrDefault();
            else if (!request.Headers.TryAddWithoutValidation(name, values)) request.Content?.Headers.TryAddWithoutValidation(name, values);
        }

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var status = (int)response.StatusCode;
        var output = $"HTTP {_definition.Method} {_definition.Target}: {status} {response.ReasonPhrase} Output: {await StartOfBodyAsync(response, cancellation)}";
        return new ProbeResult(status is >= 200 and < 300 ? InstanceHealth.Passing : status == 429 ? InstanceHealth.Warning : InstanceHealth.Critical, output);
    }

    public override void Dispose() => _client.Dispose();

    private async Task<string> StartOfBodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[_definition.OutputMaxSize];
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }
}
