using Conway.Grpc;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Conway.Service.Grpc;

/// <summary>Tells a caller by HTTP of a call by gRPC that nobody caught, as of any other call.</summary>
internal sealed class GrpcFailures(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not GrpcCallException call)
            return ValueTask.FromResult(false);
        var isLate = call.Status == GrpcStatusCode.DeadlineExceeded;
        var problem = new ProblemDetails { Status = isLate ? 504 : 502, Title = isLate ? "A call took too long" : "A call failed", Detail = $"A service that was needed answered {call.Status}." };
        httpContext.Response.StatusCode = problem.Status.Value;
        return problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }
}
