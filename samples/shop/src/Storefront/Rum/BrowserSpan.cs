using System.Text.RegularExpressions;

namespace Shop.Storefront.Rum;

/// <summary>One thing that a customer's browser waited for.</summary>
/// <param name="Start">Milliseconds since 1970.</param>
/// <param name="Duration">Milliseconds.</param>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
internal sealed partial record BrowserSpan(string? TraceId, string? SpanId, string? ParentId, string? Name, string? Method, string? Path, double Start, double Duration, int Status)
{
    /// <summary>It comes from outside: only what looks as our page makes it is taken.</summary>
    public bool IsSound() =>
        TraceId is not null && TraceIds().IsMatch(TraceId)
        && SpanId is not null && SpanIds().IsMatch(SpanId)
        && (ParentId is null || SpanIds().IsMatch(ParentId))
        && Name is { Length: > 0 and <= 100 }
        && Method is null or { Length: <= 10 }
        && Path is null or { Length: <= 300 }
        && Start is > 0 and < 1e14
        && Duration is >= 0 and < 3_600_000
        && Status is >= 0 and < 600;

    [GeneratedRegex("^(?!0{32})[0-9a-f]{32}$")]
    private static partial Regex TraceIds();

    [GeneratedRegex("^(?!0{16})[0-9a-f]{16}$")]
    private static partial Regex SpanIds();
}
