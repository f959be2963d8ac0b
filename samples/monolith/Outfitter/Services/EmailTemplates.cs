using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Services;

/// <summary>What we write to people.</summary>
public static class EmailTemplates
{
    public static string Welcome(Customer customer) => $"Dear {customer.Name},\n\nyour account is ready. With each order you collect points.\n";

    public static string OrderConfirmation(Order order) =>
        $"""
        Dear {order.Customer.Name},

        thank you for your order {order.Number}:

        {string.Join('\n', order.Lines.Select(l => $"  {l.Quantity} x {l.ProductName}  {l.LineTotal}"))}

        Shipping {order.ShippingTotal}, in all {order.Total}.
        It goes to {order.ShippingAddress}.

        """;

    public static string OrderCancelled(Order order, Money refunded) => $"Dear {order.Customer.Name},\n\nyour order {order.Number} is cancelled. You get {refunded} back.\n";

    public static string OnItsWay(Order order, Shipment shipment) =>
        $"Dear {order.Customer.Name},\n\nyour order {order.Number} is on its way: {shipment.Carrier.TrackingUrl}{shipment.TrackingCode}\n";

    public static string ReturnAccepted(ReturnRequest request) => $"Dear {request.Order.Customer.Name},\n\nwe have your return {request.Number}. You get {request.RefundTotal} back.\n";

    public static string ReviewInvitation(Order order) =>
        $"Dear {order.Customer.Name},\n\nhow do you like {string.Join(", ", order.Lines.Select(l => l.ProductName))}? Others would like to know.\n";

    public static string BasketReminder(Basket basket) =>
        $"Dear {basket.Customer!.Name},\n\nthese are still in your basket: {string.Join(", ", basket.Items.Select(i => i.Product.Name))}.\n";

    public static string Purchase(PurchaseOrder order) =>
        $"""
        Dear {order.Supplier.Name},

        please send us, with our number {order.Number}, by {order.ExpectedAt:yyyy-MM-dd}, to {order.Warehouse.Address}:

        {string.Join('\n', order.Lines.Select(l => $"  {l.Quantity} x {l.Product.Sku} {l.Product.Name}"))}

        """;
}
