using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry.Otlp;

/// <summary>What became of one export request.</summary>
/// <param name="Outcome">Taken, refused for ever, or refused for now.</param>
/// <param name="Accepted">Records stored.</param>
/// <param name="Rejected">Records of a taken request that were not stored; their sender must not send them again.</param>
/// <param name="Message">Why not all; unset when all is well.</param>
internal readonly record struct IntakeResult(IntakeOutcome Outcome, int Accepted = 0, int Rejected = 0, string? Message = null);

/// <summary>How a request ended.</summary>
internal enum IntakeOutcome
{
    /// <summary>Decoded and queued.</summary>
    Taken,

    /// <summary>Not OTLP; sending it again is no use.</summary>
    Malformed,

    /// <summary>Nothing was stored; the sender may try again later.</summary>
    Busy,
}

/// <summary>Decodes export requests into the store's blocks and shows each record to the watchers. Safe for concurrent use.</summary>
internal sealed class OtlpIntake(TelemetryStore store, Watchers watchers)
{
    // In a request the resources, in a resource the resource itself, in a scope the scope itself; the other field holds the items.
    private const int Head = 1;
    private const int Items = 2;

    // One for each request thread, kept for the next request.
    [ThreadStatic]
    private static ByteBuffer? t_scratch;

    private long _deferred;
    private long _malformed;

    /// <summary>Requests told to come again later.</summary>
    public long Deferred => Interlocked.Read(ref _deferred);

    /// <summary>Requests that were no OTLP.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    /// <summary>Counts a request that was refused before it came here.</summary>
    public void CountMalformed() => Interlocked.Increment(ref _malformed);

    /// <summary>Takes a whole request or nothing of it.</summary>
    public IntakeResult Accept(Signal signal, ReadOnlySpan<byte> request)
    {
        if (!OtlpCheck.IsWellFormed(request, OtlpShapes.Of(signal)))
        {
            CountMalformed();
            return new(IntakeOutcome.Malformed, Message: "The body is not an OTLP message.");
        }

        if (store.IsBusy || IsAnyServiceBusy(signal, request))
        {
            Interlocked.Increment(ref _deferred);
            return new(IntakeOutcome.Busy, Message: "Telemetry comes faster than it can be written.");
        }

        var (accepted, rejected) = (0, 0);
        foreach (var resourceItems in new MessageReader(request, Head))
        {
            AcceptResource(signal, resourceItems, ref accepted, ref rejected);
        }

        return new(IntakeOutcome.Taken, accepted, rejected, rejected > 0 ? "Spans without a valid trace id and span id are not stored." : null);
    }

    // A message that stands twice counts as it stood last.
    private static ReadOnlySpan<byte> HeadOf(ReadOnlySpan<byte> items)
    {
        ReadOnlySpan<byte> head = default;
        foreach (var message in new MessageReader(items, Head))
        {
            head = message;
        }

        return head;
    }

    private bool IsAnyServiceBusy(Signal signal, ReadOnlySpan<byte> request)
    {
        foreach (var resourceItems in new MessageReader(request, Head))
        {
            var shelf = store.Shelves.Of(OtlpResource.ServiceOf(HeadOf(resourceItems)));
            if (store.IsBusyFor(shelf.Builder(signal)))
            {
                return true;
            }
        }

        return false;
    }

    private void AcceptResource(Signal signal, ReadOnlySpan<byte> resourceItems, ref int accepted, ref int rejected)
    {
        var resource = HeadOf(resourceItems);
        var shelf = store.Shelves.Of(OtlpResource.ServiceOf(resource));
        var before = accepted;
        foreach (var scopeItems in new MessageReader(resourceItems, Items))
        {
            AcceptScope(shelf, signal, resource, scopeItems, ref accepted, ref rejected);
        }

        shelf.CountReceived(signal, accepted - before);
    }

    private void AcceptScope(ServiceShelf shelf, Signal signal, ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scopeItems, ref int accepted, ref int rejected)
    {
        var scope = HeadOf(scopeItems);
        var builder = shelf.Builder(signal);
        var scratch = t_scratch ??= new ByteBuffer();
        var (resourceNumber, scopeNumber, generation) = (0, 0, -1);
        var (arrivedAt, now) = (store.NowUnixNano, store.Now);
        var instance = signal == Signal.Logs ? OtlpResource.InstanceOf(resource) : default;
        lock (builder)
        {
            foreach (var item in new MessageReader(scopeItems, Items))
            {
                if (generation != builder.Generation)
                {
                    generation = builder.Generation;
                    resourceNumber = OtlpResource.InternResource(resource, scratch, builder.Strings);
                    scopeNumber = OtlpResource.InternScope(scope, scratch, builder.Strings);
                }

                switch (signal)
                {
                    case Signal.Traces:
                        var facts = new SpanFacts();
                        if (SpanDecoder.TryDecode(item, builder, resourceNumber, scopeNumber, now, ref facts, out var span))
                        {
                            accepted++;
                            watchers.Span(shelf.Service, facts, span, builder.Strings);
                        }
                        else
                        {
                            rejected++;
                        }

                        break;
                    case Signal.Metrics:
                        var metric = MetricHead.Read(item);
                        accepted += MetricDecoder.Decode(metric, builder, resourceNumber, scopeNumber, scratch, arrivedAt, now);
                        watchers.Metrics.Note(shelf.Service, metric);
                        watchers.Scrape.Note(shelf.Service, metric, resource, scope, arrivedAt);
                        break;
                    default:
                        var record = LogDecoder.Decode(item, builder, resourceNumber, scopeNumber, arrivedAt, now, out var log);
                        accepted++;
                        shelf.Held?.Came(RecordMark.Of(log.Trace, log.Span, log.Severity, instance, log.Text));
                        watchers.Log(shelf.Service, record, builder.Strings);
                        break;
                }

                if (builder.IsFull)
                {
                    store.Seal_NeedsLock(builder);
                }
            }
        }
    }
}
