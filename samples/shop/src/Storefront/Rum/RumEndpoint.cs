using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Storefront.Rum;

/// <summary><c>POST /rum</c>: what customers waited for, as their browsers saw it, so that a trace begins where they do.</summary>
internal static class RumEndpoint
{
    private const int SpansMax = 100;
    private const int BytesMax = 64 * 1024;

    public static void MapRum(this IEndpointRouteBuilder app) =>
        app.MapPost("/rum", Handle).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(BytesMax));

    private static async Task<Results<NoContent, BadRequest>> Handle(List<BrowserSpan> spans, BrowserSpans forward, CancellationToken cancellationToken)
    {
        // The report of a span is not worth a span.
        Activity.Current?.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        if (spans.Count > SpansMax || !spans.TrueForAll(s => s.IsSound()))
            return TypedResults.BadRequest();
        await forward.Send(spans, cancellationToken);
        return TypedResults.NoContent();
    }
}
