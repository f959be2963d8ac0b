using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Outfitter.Common;

namespace Outfitter.Infrastructure;

/// <summary>Turns what a caller did wrong, or did too late, into problem details. Everything else stays a fault.</summary>
public sealed class ProblemExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    // https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        (int Status, string Title, string Detail)? said = exception switch
        {
            ShopException shop => (shop.StatusCode, shop.Title, shop.Message),
            DbUpdateConcurrencyException => (StatusCodes.Status409Conflict, "Conflict", "Somebody else changed it in the meantime. Read it again, and repeat your change."),
            DbUpdateException { InnerException.Message: var message } when message.Contains("unique", StringComparison.OrdinalIgnoreCase) =>
                (StatusCodes.Status409Conflict, "Conflict", "There is such an entry already."),
            _ when exception.GetBaseException() is SqliteException { SqliteErrorCode: Busy or Locked } =>
                (StatusCodes.Status503ServiceUnavailable, "Busy", "Too many are writing at the moment. Nothing was changed; try again."),
            _ => null,
        };
        if (said is not var (status, title, detail))
            return false;

        httpContext.Response.StatusCode = status;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails { Status = status, Title = title, Detail = detail },
        });
    }
}
