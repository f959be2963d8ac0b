using Outfitter.Dtos;
using Outfitter.Entities;

namespace Outfitter.Mapping;

public static class StockMapping
{
    public static StockLevelDto ToDto(this StockItem item) => new(item.Warehouse.Code, item.OnHand, item.Reserved, item.Available);

    public static StockMovementDto ToDto(this StockMovement movement) =>
        new(movement.Id, movement.Product.Name, movement.Warehouse.Code, movement.Kind, movement.Quantity, movement.Reason, movement.CreatedAt);

    public static PurchaseOrderDto ToDto(this PurchaseOrder order) =>
        new(
            order.Id,
            order.Number,
            order.Supplier.Name,
            order.Warehouse.Code,
            order.Status,
            order.ExpectedAt,
            [.. order.Lines.Select(l => new PurchaseOrderDto.Line(l.ProductId, l.Product.Name, l.Quantity))]);
}
