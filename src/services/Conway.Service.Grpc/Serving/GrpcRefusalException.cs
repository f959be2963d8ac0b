using Conway.Grpc;

namespace Conway.Service.Grpc;

/// <summary>Thrown by what serves a method, to answer with a status: the caller gets both. Any other exception is answered UNKNOWN, without its text.</summary>
/// <param name="status">Anything but <see cref="GrpcStatusCode.Ok"/>.</param>
/// <param name="detail">One sentence for the caller, with the present values.</param>
/// <remarks>What a service that was called answered (<see cref="GrpcCallException"/>) is not passed on: its NOT_FOUND is about something else.</remarks>
public sealed class GrpcRefusalException(GrpcStatusCode status, string detail) : Exception(detail)
{
    /// <summary>How the call ends.</summary>
    public GrpcStatusCode Status { get; } = status == GrpcStatusCode.Ok ? throw new ArgumentOutOfRangeException(nameof(status), "A refusal is not OK.") : status;
}
