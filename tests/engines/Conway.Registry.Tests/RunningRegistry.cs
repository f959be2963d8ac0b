using System.Net;
using System.Text;
using System.Text.Json;

namespace Conway.Registry.Tests;

/// <summary>A registry on free ports, and a plain HTTP client to it.</summary>
internal sealed class RunningRegistry : IAsyncDisposable
{
    private RunningRegistry(RegistryEngine engine)
    {
        Engine = engine;
        Http = new HttpClient { BaseAddress = new Uri(engine.Address, "/v1/"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public RegistryEngine Engine { get; }

    public HttpClient Http { get; }

    public static async Task<RunningRegistry> StartAsync(RegistryOptions? options = null, TimeProvider? time = null) =>
        new(await RegistryEngine.StartAsync(options ?? new RegistryOptions(), time ?? TimeProvider.System, TestContext.Current.CancellationToken));

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var (json, _) = await ReadAsync(path, expected);
        return json;
    }

    /// <summary>The answer and its X-Consul-Index, 0 when it has none.</summary>
    public async Task<(JsonElement Json, ulong Index)> ReadAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Http.GetAsync(path, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"GET {path}: {(int)response.StatusCode} {text}");
        var index = response.Headers.TryGetValues("X-Consul-Index", out var values) ? ulong.Parse(values.Single(), System.Globalization.CultureInfo.InvariantCulture) : 0;
        return (text.Length > 0 && response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonDocument.Parse(text).RootElement : default, index);
    }

    public Task<string> PutAsync(string path, string body = "", HttpStatusCode expected = HttpStatusCode.OK) => SendAsync(HttpMethod.Put, path, body, expected);

    public async Task<string> SendAsync(HttpMethod method, string path, string body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await Http.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Engine.DisposeAsync();
    }
}
