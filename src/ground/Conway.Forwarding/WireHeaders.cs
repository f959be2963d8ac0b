namespace Conway.Forwarding;

/// <summary>Names of the headers that Conway reads or sets.</summary>
public static class WireHeaders
{
    /// <summary>What all of Conway's own headers begin with; from outside they are removed.</summary>
    public const string OwnPrefix = "conway-";

    /// <summary>Name of the calling service.</summary>
    public const string Caller = "conway-caller";

    /// <summary>Milliseconds left of the request's budget.</summary>
    public const string DeadlineMs = "conway-deadline-ms";

    /// <summary>gRPC's own time limit.</summary>
    public const string GrpcTimeout = "grpc-timeout";

    /// <summary>One id for a request from outside, kept along the chain.</summary>
    public const string RequestId = "x-request-id";

    /// <summary>A client's promise that repeating has no further effect.</summary>
    public const string IdempotencyKey = "Idempotency-Key";
}
