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
    private const uint Nested1 = 1 << 3 | WireReader.Bytes;
    private const uint Nested2 = 2 << 3 | WireReader.Bytes;

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
        var reader = new WireReader(request);
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag == Nested1)
            {
                AcceptResource(signal, reader.ReadBytes(), ref accepted, ref rejected);
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return new(IntakeOutcome.Taken, accepted, rejected, rejected > 0 ? "Spans without a valid trace id and span id are not stored." : null);
    }

    private static ReadOnlySpan<byte> ResourceOf(ReadOnlySpan<byte> resourceItems)
    {
        ReadOnlySpan<byte> resource = default;
        var reader = new WireReader(resourceItems);
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag == Nested1)
            {
                resource = reader.ReadBytes();
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return resource;
    }

    private bool IsAnyServiceBusy(Signal signal, ReadOnlySpan<byte> request)
    {
        var reader = new WireReader(request);
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag != Nested1)
            {
                reader.Skip(tag);
                continue;
            }

            var shelf = store.Shelves.Of(OtlpResource.ServiceOf(ResourceOf(reader.ReadBytes())));
            if (store.IsBusyFor(shelf.Builder(signal)))
            {
                return true;
            }
        }

        return false;
    }

    private void AcceptResource(Signal signal, ReadOnlySpan<byte> resourceItems, ref int accepted, ref int rejected)
    {
        var resource = ResourceOf(resourceItems);
        var shelf = store.Shelves.Of(OtlpResource.ServiceOf(resource));
        var before = accepted;
        var reader = new WireReader(resourceItems);
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag == Nested2)
            {
                AcceptScope(shelf, signal, resource, reader.ReadBytes(), ref accepted, ref rejected);
            }
            else
            {
                reader.Skip(tag);
            }
        }

        shelf.CountReceived(signal, accepted - before);
    }

    private void AcceptScope(ServiceShelf shelf, Signal signal, ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scopeItems, ref int accepted, ref int rejected)
    {
        var scope = ResourceOf(scopeItems);
        var builder = shelf.Builder(signal);
        var scratch = t_scratch ??= new ByteBuffer();
        var (resourceNumber, scopeNumber, generation) = (0, 0, -1);
        var (arrivedAt, now) = (store.NowUnixNano, store.Now);
        var instance = signal == Signal.Logs ? OtlpResource.InstanceOf(resource) : default;
        var reader = new WireReader(scopeItems);
        lock (builder)
        {
            while (reader.ReadTag() is not 0 and var tag)
            {
                if (tag != Nested2)
                {
                    reader.Skip(tag);
                    continue;
                }

                if (generation != builder.Generation)
                {
                    generation = builder.Generation;
                    resourceNumber = OtlpResource.InternResource(resource, scratch, builder.Strings);
                    scopeNumber = OtlpResource.InternScope(scope, scratch, builder.Strings);
                }

                var item = reader.ReadBytes();
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
                        accepted += MetricDecoder.Decode(item, builder, resourceNumber, scopeNumber, scratch, arrivedAt, now);
                        watchers.Metrics.Note(shelf.Service, item);
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
