namespace Conway.Grpc;

/// <summary>What a unary handler answers: one message, or a status that says why there is none.</summary>
/// <remarks>A value: a handler that must refuse returns <see cref="Refuse"/>, it does not throw. An exception becomes
/// <see cref="GrpcStatusCode.Unknown"/> without its text, since that text was written for us and not for the caller.</remarks>
public sealed class GrpcReply
{
    private GrpcReply(GrpcStatusCode status, string? detail, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> statusDetails)
    {
        Status = status;
        Detail = detail;
        Message = message;
        StatusDetails = statusDetails;
    }

    /// <summary>How the call ended.</summary>
    public GrpcStatusCode Status { get; }

    /// <summary>One sentence for the caller (<c>grpc-message</c>). Unset when the call succeeded.</summary>
    public string? Detail { get; }

    /// <summary>The encoded answer. Empty is a valid message: every field has its default.</summary>
    public ReadOnlyMemory<byte> Message { get; }

    /// <summary>An encoded <c>google.rpc.Status</c>, sent as <c>grpc-status-details-bin</c>; empty when there is none.</summary>
    public ReadOnlyMemory<byte> StatusDetails { get; }

    /// <summary>The call succeeded with this encoded message.</summary>
    public static GrpcReply Ok(ReadOnlyMemory<byte> message) => new(GrpcStatusCode.Ok, null, message, default);

    /// <summary>The call is refused.</summary>
    /// <param name="status">Anything but <see cref="GrpcStatusCode.Ok"/>.</param>
    /// <param name="detail">One sentence with the present values.</param>
    /// <param name="statusDetails">An encoded <c>google.rpc.Status</c>, for instance with <c>RetryInfo</c>; may be empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is OK.</exception>
    public static GrpcReply Refuse(GrpcStatusCode status, string detail, ReadOnlyMemory<byte> statusDetails = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)status, (int)GrpcStatusCode.Ok, nameof(status));
        return new(status, detail, default, statusDetails);
    }
}
