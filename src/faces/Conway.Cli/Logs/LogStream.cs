using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;

namespace Conway.Cli;

/// <summary>New log records as the node sends them.</summary>
internal sealed class LogStream
{
    // Bounded: when the output is slower than the node, the node is not read on, and counts what it drops.
    private readonly Channel<SseItem<string>> _items = Channel.CreateBounded<SseItem<string>>(1024);

    /// <summary>Begins to read at once; what comes is kept until it is printed.</summary>
    public static LogStream Open(NodeClient node, string query, CancellationToken cancellationToken)
    {
        var stream = new LogStream();
        _ = stream.ReadAsync(node, query, cancellationToken);
        return stream;
    }

    /// <summary>Prints until the node ends. Records with an id in <paramref name="printed"/> have been printed already.</summary>
    public async Task PrintAsync(LogForm form, IReadOnlySet<string> printed, Terminal terminal)
    {
        await foreach (var item in _items.Reader.ReadAllAsync())
        {
            if (item.EventType == "log" && JsonSerializer.Deserialize(item.Data, NodeApiJson.Default.LogView) is { } record)
            {
                if (!printed.Contains(record.Id))
                {
                    form.Write(record);
                }
            }
            else if (item.EventType == "dropped" && JsonSerializer.Deserialize(item.Data, NodeApiJson.Default.DroppedView) is { } dropped)
            {
                terminal.Note($"note: {dropped.Count} records were left out, because they came faster than they were read.");
            }

            // What is printed must be seen now, but not each line costs a write while many wait.
            if (!_items.Reader.TryPeek(out _))
            {
                terminal.Output.Flush();
            }
        }
    }

    private async Task ReadAsync(NodeClient node, string query, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in node.EventsAsync($"logs/stream?query={Uri.EscapeDataString(query)}", cancellationToken))
            {
                await _items.Writer.WriteAsync(item, cancellationToken);
            }

            _items.Writer.Complete();
        }
        catch (Exception e)
        {
            _items.Writer.Complete(e);
        }
    }
}
