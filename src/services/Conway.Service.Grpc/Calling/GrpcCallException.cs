using Conway.Grpc;

namespace Conway.Service.Grpc;

/// <summary>A call by gRPC did not end well. When nobody catches it, a caller by HTTP is answered with 504 for a deadline and 502 otherwise.</summary>
/// <param name="callee">The service that was called.</param>
/// <param name="method">What was asked of it: <c>/demo.v1.Greetings/Get</c>.</param>
/// <param name="status">How it ended.</param>
/// <param name="detail">What the callee said of it, or what went wrong on the way; may be empty.</param>
/// <param name="cause">What went wrong on the way; null when the callee answered.</param>
public sealed class GrpcCallException(string callee, string method, GrpcStatusCode status, string detail, Exception? cause = null)
    : Exception($"'{callee}' did not do {method}: {status}{(detail.Length > 0 ? $", {detail}" : "")}", cause)
{
    /// <summary>The service that was called.</summary>
    public string Callee { get; } = callee;

    /// <summary>What was asked of it.</summary>
    public string Method { get; } = method;

    /// <summary>How it ended; never <see cref="GrpcStatusCode.Ok"/>.</summary>
    public GrpcStatusCode Status { get; } = status;

    /// <summary>What the callee said of it, or what went wrong on the way.</summary>
    public string Detail { get; } = detail;
}
