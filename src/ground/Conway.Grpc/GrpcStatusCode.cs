namespace Conway.Grpc;

/// <summary>How a call ended, as gRPC counts it.</summary>
/// <remarks>Source: gRPC, <c>doc/statuscodes.md</c>. The numbers are the wire.</remarks>
public enum GrpcStatusCode
{
    /// <summary>The call succeeded.</summary>
    Ok = 0,

    /// <summary>The caller went away or changed its mind.</summary>
    Cancelled = 1,

    /// <summary>An error nobody classified; what a handler's exception becomes.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever state the server is in. Not to be retried.</summary>
    InvalidArgument = 3,

    /// <summary>The time the caller gave ran out.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be made exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota or a size limit; to be retried only when the answer says after how long.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state the call needs.</summary>
    FailedPrecondition = 9,

    /// <summary>Lost a race; to be retried one level up.</summary>
    Aborted = 10,

    /// <summary>Past the end of a range.</summary>
    OutOfRange = 11,

    /// <summary>No such method, or an encoding this server does not speak.</summary>
    Unimplemented = 12,

    /// <summary>The protocol itself was broken.</summary>
    Internal = 13,

    /// <summary>Not now; the caller may retry.</summary>
    Unavailable = 14,

    /// <summary>Data was lost for good.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
