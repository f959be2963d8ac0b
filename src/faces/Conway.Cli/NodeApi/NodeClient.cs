using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Conway.Cli;

/// <summary>Talks to the running node over its HTTP API.</summary>
public sealed class NodeClient : IDisposable
{
    private readonly HttpClient _http;

    public NodeClient(NodeFile node)
    {
        Node = node;

        // Loopback must not go through a proxy that the environment names.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(node.Url.TrimEnd('/') + "/api/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", node.Token);
    }

    public NodeFile Node { get; }

    public Task<SystemView> SystemAsync(CancellationToken cancellationToken) => GetAsync("system", NodeApiJson.Default.SystemView, cancellationToken);

    public Task<ServiceView[]> ServicesAsync(CancellationToken cancellationToken) => GetAsync("services", NodeApiJson.Default.ServiceViewArray, cancellationToken);

    public Task<ServiceView> ServiceAsync(string name, CancellationToken cancellationToken) =>
        GetAsync($"services/{Uri.EscapeDataString(name)}", NodeApiJson.Default.ServiceView, cancellationToken);

    /// <summary>The node's own object, with everything in it.</summary>
    public Task<JsonElement> RawServiceAsync(string name, CancellationToken cancellationToken) =>
        GetAsync($"services/{Uri.EscapeDataString(name)}", NodeApiJson.Default.JsonElement, cancellationToken);

    public Task<GraphEdges> GraphAsync(TimeSpan window, CancellationToken cancellationToken) =>
        GetAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"graph?windowMs={window.TotalMilliseconds:0}"), NodeApiJson.Default.GraphEdges, cancellationToken);

    public Task<LogPage> LogsAsync(string query, int limit, string? before, CancellationToken cancellationToken) =>
        GetAsync(
            $"logs?query={Uri.EscapeDataString(query)}&limit={limit}{(before is null ? "" : $"&before={Uri.EscapeDataString(before)}")}",
            NodeApiJson.Default.LogPage, cancellationToken);

    public Task<OnceCode> CodeAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "codes", NodeApiJson.Default.OnceCode, cancellationToken);

    /// <param name="service">Name of a service.</param>
    /// <param name="act"><c>start</c>, <c>stop</c> or <c>restart</c></param>
    /// <param name="cancellationToken">Ends the wait for the answer, not what was asked.</param>
    public Task ActAsync(string service, string act, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"services/{Uri.EscapeDataString(service)}/{act}", NodeApiJson.Default.JsonElement, cancellationToken);

    /// <summary>Asks the whole node to end.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, "stop", cancellationToken);
    }

    /// <summary>Server-sent events until the node ends them; name and data.</summary>
    public async IAsyncEnumerable<SseItem<string>> EventsAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ThrowIfRefused(answer, cancellationToken);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            yield return item;
        }
    }

    public void Dispose() => _http.Dispose();

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, type, cancellationToken);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(method, path, cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
            ?? throw new JsonException($"The node answered {method} {path} with null.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ThrowIfRefused(answer, cancellationToken);
        return answer;
    }

    private static async Task ThrowIfRefused(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        var status = answer.StatusCode;
        string? detail = null;
        try
        {
            var problem = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(cancellationToken), NodeApiJson.Default.ProblemView);
            detail = problem?.Detail ?? problem?.Title;
        }
        catch (JsonException)
        {
            // Not problem details: the status has to do.
        }

        answer.Dispose();
        throw new NodeRefused(status, detail ?? $"the node answered {(int)status}.");
    }
}

/// <summary>The node understood and said no; the message is its reason.</summary>
public sealed class NodeRefused(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
