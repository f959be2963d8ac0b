using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Conway.Console.Streams;

/// <summary>One answer as server-sent events: <c>event: log\ndata: {…}\n\n</c>.</summary>
/// <remarks>One writer. JSON is written without line breaks, so that a record is always one data line.
/// Source: WHATWG HTML, section 9.2.</remarks>
internal sealed class EventStream
{
    private static readonly byte[] Event = "event: "u8.ToArray();
    private static readonly byte[] Data = "\ndata: "u8.ToArray();
    private static readonly byte[] End = "\n\n"u8.ToArray();
    private static readonly byte[] Alive = ": alive\n\n"u8.ToArray();
    private readonly HttpContext _http;

    private EventStream(HttpContext http) => _http = http;

    /// <summary>Begins the answer; the headers are sent at once, so that the reader knows it is connected.</summary>
    public static async Task<EventStream> OpenAsync(HttpContext http)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        var stream = new EventStream(http);
        await stream.HeartbeatAsync();
        return stream;
    }

    /// <summary>Adds an event; it leaves with the next <see cref="FlushAsync"/>.</summary>
    public void Add<T>(ReadOnlySpan<byte> name, T value, JsonTypeInfo<T> type)
    {
        var body = _http.Response.BodyWriter;
        Write(Event);
        Write(name);
        Write(Data);
        using (var json = new Utf8JsonWriter(body))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        Write(End);
    }

    public async Task FlushAsync() => await _http.Response.BodyWriter.FlushAsync(_http.RequestAborted);

    /// <summary>A comment, which readers pass over; it keeps the connection and finds out that a reader is gone.</summary>
    public Task HeartbeatAsync()
    {
        Write(Alive);
        return FlushAsync();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        var body = _http.Response.BodyWriter;
        bytes.CopyTo(body.GetSpan(bytes.Length));
        body.Advance(bytes.Length);
    }
}
