using Outfitter.Dtos;
using Outfitter.Entities;

namespace Outfitter.Mapping;

public static class ShipmentMapping
{
    public static ShipmentDto ToDto(this Shipment shipment, string orderNumber) =>
        new(
            shipment.Id,
            shipment.Number,
            orderNumber,
            shipment.Status,
            shipment.Carrier.Name,
            shipment.TrackingCode,
            shipment.TrackingCode is { } code ? shipment.Carrier.TrackingUrl + Uri.EscapeDataString(code) : null,
            shipment.DispatchedAt,
            shipment.DeliveredAt,
            [.. shipment.Tracking.OrderBy(t => t.At).ThenBy(t => t.Id).Select(t => $"{t.At:yyyy-MM-dd HH:mm} {t.Place}: {t.Text}")]);
}
