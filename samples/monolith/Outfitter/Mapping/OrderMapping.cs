using Outfitter.Dtos;
using Outfitter.Entities;

namespace Outfitter.Mapping;

public static class OrderMapping
{
    public static OrderSummaryDto ToSummaryDto(this Order order) =>
        new(order.Number, order.Status, order.Channel, order.PlacedAt, order.Lines.Sum(l => l.Quantity), order.Total);

    public static OrderDto ToDto(this Order order) =>
        new(
            order.Number,
            order.Status,
            order.Channel,
            order.PlacedAt,
            order.Customer.Name,
            order.ShippingAddress.ToDto(),
            [.. order.Lines.OrderBy(l => l.Id).Select(l => l.ToDto())],
            order.GoodsTotal,
            order.DiscountTotal,
            order.ShippingTotal,
            order.PointsTotal,
            order.TaxTotal,
            order.Total,
            [.. order.Payments.Select(p => p.ToDto())],
            [.. order.Shipments.Select(s => s.ToDto(order.Number))]);

    public static OrderLineDto ToDto(this OrderLine line) =>
        new(line.Id, line.ProductId, line.ProductName, line.Quantity, line.UnitPrice, line.Discount, line.LineTotal, line.ReturnedQuantity);

    public static ReturnDto ToDto(this ReturnRequest request) => new(request.Id, request.Number, request.Order.Number, request.Status, request.Reason, request.RefundTotal);
}
