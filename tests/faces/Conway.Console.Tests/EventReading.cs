namespace Conway.Console.Tests;

/// <summary>A reader of server-sent events.</summary>
internal sealed class EventReading(HttpResponseMessage answer, StreamReader lines) : IDisposable
{
    public string Data { get; private set; } = "";

    public static async Task<EventReading> OpenAsync(HttpClient program, string path)
    {
        var answer = await program.GetAsync($"/api/v1/{path}", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    public async Task<string?> LineAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience.Limit);
        return await lines.ReadLineAsync(limit.Token);
    }

    /// <summary>The name of the next event; its data is in <see cref="Data"/>. Comments are passed over.</summary>
    public async Task<string> NextAsync()
    {
        var name = "";
        while (await LineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                Data = line[6..];
            }
            else if (line.Length == 0 && name.Length > 0)
            {
                return name;
            }
        }

        throw new EndOfStreamException();
    }

    /// <summary>Reads on until this event comes.</summary>
    public async Task UntilAsync(string name, string data)
    {
        while (await NextAsync() != name || Data != data)
        {
        }
    }

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
    }
}
