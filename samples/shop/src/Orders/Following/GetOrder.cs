using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Orders.Following;

/// <summary><c>GET /api/orders/{id}</c>; with <c>If-None-Match</c> it costs nothing to ask until something changes.</summary>
internal static class GetOrder
{
    public static void MapGetOrder(this IEndpointRouteBuilder app) => app.MapGet("/api/orders/{id}", Handle);

    private static Results<Ok<OrderView>, NotFound, StatusCodeHttpResult> Handle(string id, HttpContext http, OrdersDb db)
    {
        if (db.Find(id) is not { } order)
            return TypedResults.NotFound();
        var history = db.History(id);
        var tag = $"\"{order.Status}-{history.Count}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        return http.Request.Headers.IfNoneMatch == tag
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(OrderView.Of(order, history));
    }
}
