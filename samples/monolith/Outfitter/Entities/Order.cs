using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>What a customer bought, at the prices of that moment.</summary>
public class Order : EntityBase
{
    public string Number { get; set; } = "";

    /// <summary>The basket it was made from; one basket becomes one order.</summary>
    public Guid BasketToken { get; set; }

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public OrderStatus Status { get; set; }

    public SalesChannel Channel { get; set; }

    public DateTime PlacedAt { get; set; }

    public DateTime? DeliveredAt { get; set; }

    public Address ShippingAddress { get; set; } = null!;

    public string? CouponCode { get; set; }

    public Money GoodsTotal { get; set; }

    public Money DiscountTotal { get; set; }

    public Money ShippingTotal { get; set; }

    /// <summary>Paid with loyalty points.</summary>
    public Money PointsTotal { get; set; }

    public int PointsRedeemed { get; set; }

    /// <summary>Contained in the total.</summary>
    public Money TaxTotal { get; set; }

    public Money Total { get; set; }

    public List<OrderLine> Lines { get; set; } = [];

    public List<OrderStatusChange> History { get; set; } = [];

    public List<Payment> Payments { get; set; } = [];

    public List<Shipment> Shipments { get; set; } = [];

    public List<ReturnRequest> Returns { get; set; } = [];
}
