using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>A parcel for an order.</summary>
[Table("shipments")]
public class Shipment : EntityBase
{
    public string Number { get; set; } = "";

    public int OrderId { get; set; }

    public Order Order { get; set; } = null!;

    public int CarrierId { get; set; }

    public Carrier Carrier { get; set; } = null!;

    public ShipmentStatus Status { get; set; }

    public Address Destination { get; set; } = null!;

    public int WeightGrams { get; set; }

    public string? TrackingCode { get; set; }

    public DateTime? DispatchedAt { get; set; }

    public DateTime? DeliveredAt { get; set; }

    public List<TrackingEvent> Tracking { get; set; } = [];
}

public enum ShipmentStatus
{
    Pending,
    Dispatched,
    Delivered,
    Cancelled,
}
