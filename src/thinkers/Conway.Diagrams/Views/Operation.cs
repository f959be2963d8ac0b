using Conway.Model;

namespace Conway.Diagrams.Views;

/// <summary>A service and what it is asked to do: <c>inventory.reserve</c>.</summary>
internal readonly record struct Operation(string Service, string Name)
{
    public static Operation Of(SagaStep step) => Of(step.Call);

    public static Operation Of(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new Operation(text, text) : new Operation(text[..dot], text[(dot + 1)..]);
    }
}
