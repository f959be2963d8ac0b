using Outfitter.Entities;

namespace Outfitter.Dtos;

public sealed record PurchaseOrderDto(
    int Id, string Number, string Supplier, string Warehouse, PurchaseOrderStatus Status, DateTime ExpectedAt, IReadOnlyList<PurchaseOrderDto.Line> Lines)
{
    public sealed record Line(int ProductId, string Product, int Quantity);
}
