using Shop.Orders.Calls;

namespace Shop.Orders.Fulfilment;

/// <summary>What is done for an order, from one status to the next.</summary>
/// <remarks>A process may be killed between any two lines here and the step is then done again from its top. So every call may be
/// repeated, and what must be undone is undone before the status says so.</remarks>
internal sealed class OrderSteps(InventoryClient inventory, PaymentsClient payments, ShippingClient shipping)
{
    /// <summary>The order as it is after the step; unchanged when there is nothing new yet.</summary>
    public Task<Order> Next(Order order, CancellationToken cancellationToken) => order.Status switch
    {
        OrderStatus.Placed => Pay(order, cancellationToken),
        OrderStatus.Paid or OrderStatus.Packed => Ship(order, cancellationToken),
        _ => throw new InvalidOperationException($"An order that is {order.Status} has no next step."),
    };

    private async Task<Order> Pay(Order order, CancellationToken cancellationToken)
    {
        if (!await inventory.Reserve(order, cancellationToken))
        {
            // Usually nothing was paid yet. After a long interruption it may have been, and the reservation has expired since.
            await payments.Refund(order, cancellationToken);
            return order with { Status = OrderStatus.Rejected, Reason = "out_of_stock" };
        }

        if (await payments.Charge(order, cancellationToken) is { } refusal)
        {
            await inventory.Release(order, cancellationToken);
            return order with { Status = OrderStatus.Refused, Reason = refusal };
        }

        // Expired in between: reserve again. The payment stands, by its key.
        return await inventory.Commit(order, cancellationToken) ? order with { Status = OrderStatus.Paid } : order;
    }

    private async Task<Order> Ship(Order order, CancellationToken cancellationToken)
    {
        var shipment = await shipping.Ship(order, cancellationToken);
        var status = shipment.State switch
        {
            "shipped" => OrderStatus.Shipped,
            "packed" => OrderStatus.Packed,
            _ => order.Status,
        };
        return order with { Status = status, Tracking = shipment.Tracking };
    }
}
