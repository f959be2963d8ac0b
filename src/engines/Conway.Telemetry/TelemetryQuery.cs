using Conway.Telemetry.Querying;

namespace Conway.Telemetry;

/// <summary>A parsed search: all its terms must hold. See docs/reference/telemetry.md for the grammar.</summary>
public sealed record TelemetryQuery
{
    /// <summary>The search that everything passes.</summary>
    public static TelemetryQuery Everything { get; } = new() { Terms = [] };

    /// <summary>The terms, in the order written.</summary>
    public required IReadOnlyList<QueryTerm> Terms { get; init; }

    /// <summary>Reads a search; when it is not one, says where and why. Never throws.</summary>
    /// <param name="text"><c>level:error service:orders -service:x "card refused" since:5m duration:>100ms attr.http.route:/orders</c></param>
    /// <param name="query">The search; unset when there is an error.</param>
    /// <param name="error">What is wrong; unset when it was read.</param>
    public static bool TryParse(string text, out TelemetryQuery? query, out QueryError? error) => QueryParser.TryParse(text, out query, out error);
}

/// <summary>Why a search could not be read.</summary>
/// <param name="Position">From 0, in UTF-16 code units, where the offending term begins.</param>
/// <param name="Length">How much of the text to underline; at least 1.</param>
/// <param name="Message">One sentence with a way out.</param>
public sealed record QueryError(int Position, int Length, string Message);

/// <summary>What a term looks at.</summary>
public enum QueryField
{
    /// <summary>The words of a log, the name of a span, and the text of attributes; letter case of ASCII is ignored.</summary>
    Text,

    /// <summary><c>service:</c></summary>
    Service,

    /// <summary><c>instance:</c></summary>
    Instance,

    /// <summary><c>level:</c>, that severity or a graver one. Spans have none.</summary>
    Level,

    /// <summary><c>trace:</c></summary>
    Trace,

    /// <summary><c>span:</c></summary>
    Span,

    /// <summary><c>operation:</c>, the name of a span or of an event.</summary>
    Operation,

    /// <summary><c>status:error|ok|unset</c> of a span. Logs have none.</summary>
    Status,

    /// <summary><c>kind:server|client|…</c> of a span. Logs have none.</summary>
    Kind,

    /// <summary><c>duration:</c> of a span. Logs have none.</summary>
    Duration,

    /// <summary><c>since:5m</c> or <c>since:2026-11-21T12:00:00Z</c>.</summary>
    Since,

    /// <summary><c>until:</c></summary>
    Until,

    /// <summary><c>attr.KEY:</c>, of the record or else of its resource.</summary>
    Attribute,
}

/// <summary>How a term compares.</summary>
public enum QueryComparison
{
    /// <summary>Is exactly.</summary>
    Is,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>*</c>: there is one.</summary>
    Exists,
}

/// <summary>One condition.</summary>
public sealed record QueryTerm
{
    /// <summary>What it looks at.</summary>
    public required QueryField Field { get; init; }

    /// <summary>Key of <see cref="QueryField.Attribute"/>; empty otherwise.</summary>
    public string Key { get; init; } = "";

    /// <summary>How it compares.</summary>
    public QueryComparison Comparison { get; init; }

    /// <summary>The value as written.</summary>
    public string Text { get; init; } = "";

    /// <summary>The value as a number: nanoseconds for durations, severity for levels, OTLP's number for status and kind.</summary>
    public double Number { get; init; }

    /// <summary>Before now, for <c>since:5m</c>.</summary>
    public TimeSpan? Ago { get; init; }

    /// <summary>A moment, for <c>since:2026-11-21T12:00:00Z</c>.</summary>
    public DateTimeOffset? Moment { get; init; }

    /// <summary>Written with <c>-</c>: must not hold.</summary>
    public bool IsNegated { get; init; }
}
