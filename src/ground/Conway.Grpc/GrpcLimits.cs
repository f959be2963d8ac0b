namespace Conway.Grpc;

/// <summary>Bounds of one gRPC endpoint.</summary>
public sealed record GrpcLimits
{
    /// <summary>Largest request message, counted after decompression, so that a small gzip cannot unfold without end.</summary>
    /// <value>Bytes; default 4 MiB as in other gRPC servers. Larger is answered RESOURCE_EXHAUSTED.</value>
    public int MessageBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Answers from this size on are compressed when the caller accepts gzip.</summary>
    /// <value>Bytes; default 1 KiB: below it the frame costs more than it saves.</value>
    public int CompressFromBytes { get; init; } = 1024;
}
