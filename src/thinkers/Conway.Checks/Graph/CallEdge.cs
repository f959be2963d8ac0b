using Conway.Model;

namespace Conway.Checks.Graph;

/// <summary>One declared synchronous call.</summary>
public sealed record CallEdge(string Caller, string Callee, Call Call)
{
    /// <summary><c>services.orders.calls.catalog</c></summary>
    public string ModelPath => $"services.{Caller}.calls.{Callee}";
}
