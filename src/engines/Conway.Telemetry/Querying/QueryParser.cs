using System.Globalization;
using System.Text;

namespace Conway.Telemetry.Querying;

/// <summary>Reads the search grammar of docs/reference/telemetry.md. Pure; errors are values with their place.</summary>
internal static class QueryParser
{
    public const int TextMax = 4096;
    public const int TermsMax = 64;

    private static readonly Dictionary<string, QueryField> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["service"] = QueryField.Service,
        ["instance"] = QueryField.Instance,
        ["level"] = QueryField.Level,
        ["trace"] = QueryField.Trace,
        ["span"] = QueryField.Span,
        ["operation"] = QueryField.Operation,
        ["status"] = QueryField.Status,
        ["kind"] = QueryField.Kind,
        ["duration"] = QueryField.Duration,
        ["since"] = QueryField.Since,
        ["until"] = QueryField.Until,
    };

    private static readonly Dictionary<string, LogSeverity> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trace"] = LogSeverity.Trace,
        ["debug"] = LogSeverity.Debug,
        ["info"] = LogSeverity.Information,
        ["information"] = LogSeverity.Information,
        ["warn"] = LogSeverity.Warning,
        ["warning"] = LogSeverity.Warning,
        ["error"] = LogSeverity.Error,
        ["fatal"] = LogSeverity.Critical,
        ["critical"] = LogSeverity.Critical,
    };

    public static bool TryParse(string text, out TelemetryQuery? query, out QueryError? error)
    {
        (query, error) = (null, null);
        if (text.Length > TextMax)
        {
            error = new(TextMax, 1, $"A search may have {TextMax} characters.");
            return false;
        }

        var terms = new List<QueryTerm>();
        for (var at = 0; ;)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                query = new() { Terms = terms };
                return true;
            }

            var start = at;
            if (!TryReadTerm(text, ref at, out var term, out var wrong))
            {
                error = new(start, Math.Max(1, at - start), wrong!);
                return false;
            }

            terms.Add(term!);
            if (terms.Count > TermsMax)
            {
                error = new(start, at - start, $"A search may have {TermsMax} terms.");
                return false;
            }
        }
    }

    private static bool TryReadTerm(string text, ref int at, out QueryTerm? term, out string? wrong)
    {
        term = null;
        var negated = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
        at += negated ? 1 : 0;
        if (text[at] == '"')
        {
            if (!TryReadValue(text, ref at, out var words, out wrong))
            {
                return false;
            }

            term = new() { Field = QueryField.Text, Text = words, IsNegated = negated };
            return words.Length > 0 || Fail("There is nothing between the quotation marks.", out wrong);
        }

        var colon = at;
        while (colon < text.Length && (char.IsAsciiLetterOrDigit(text[colon]) || text[colon] is '.' or '_' or '-' or '/'))
        {
            colon++;
        }

        var name = text[at..colon];
        if (colon == text.Length || text[colon] != ':' || colon == at)
        {
            // A word: to the next blank.
            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            term = new() { Field = QueryField.Text, Text = text[start..at], IsNegated = negated };
            wrong = null;
            return true;
        }

        var isAttribute = name.StartsWith("attr.", StringComparison.OrdinalIgnoreCase) && name.Length > 5;
        at = colon + 1;
        if (!isAttribute && !Fields.ContainsKey(name))
        {
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            return Fail($"'{name}' is nothing to search by. There are {string.Join(", ", Fields.Keys)} and attr.KEY; put words with a colon in quotation marks.", out wrong);
        }

        var comparison = ReadComparison(text, ref at);
        if (!TryReadValue(text, ref at, out var value, out wrong))
        {
            return false;
        }

        if (value.Length == 0)
        {
            return Fail($"'{name}:' wants a value.", out wrong);
        }

        var read = new QueryTerm
        {
            Field = isAttribute ? QueryField.Attribute : Fields[name],
            Key = isAttribute ? name[5..] : "",
            Comparison = comparison,
            Text = value,
            IsNegated = negated,
        };
        return TryInterpret(read, out term, out wrong);
    }

    private static QueryComparison ReadComparison(string text, ref int at)
    {
        var (comparison, length) = (text.AsSpan(at)) switch
        {
            ['>', '=', ..] => (QueryComparison.GreaterOrEqual, 2),
            ['<', '=', ..] => (QueryComparison.LessOrEqual, 2),
            ['>', ..] => (QueryComparison.Greater, 1),
            ['<', ..] => (QueryComparison.Less, 1),
            _ => (QueryComparison.Is, 0),
        };
        at += length;
        return comparison;
    }

    // Up to the next blank, or between quotation marks with \" and \\ inside.
    private static bool TryReadValue(string text, ref int at, out string value, out string? wrong)
    {
        wrong = null;
        if (at == text.Length || text[at] != '"')
        {
            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            value = text[start..at];
            return true;
        }

        var words = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                value = words.ToString();
                return true;
            }

            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            words.Append(text[at]);
        }

        value = "";
        return Fail("The closing quotation mark is missing.", out wrong);
    }

    private static bool TryInterpret(QueryTerm term, out QueryTerm? read, out string? wrong)
    {
        read = term;
        wrong = null;
        switch (term.Field)
        {
            case QueryField.Level:
                read = term with { Number = Levels.TryGetValue(term.Text, out var level) ? (double)level : -1 };
                return read.Number >= 0 || Fail($"'{term.Text}' is no level. There are trace, debug, info, warn, error and fatal.", out wrong);
            case QueryField.Status:
                read = term with { Number = Enum.TryParse<SpanStatus>(term.Text, ignoreCase: true, out var status) && Enum.IsDefined(status) ? (double)status : -1 };
                return read.Number >= 0 || Fail($"'{term.Text}' is no status. There are error, ok and unset.", out wrong);
            case QueryField.Kind:
                read = term with { Number = Enum.TryParse<SpanKind>(term.Text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? (double)kind : -1 };
                return read.Number >= 0 || Fail($"'{term.Text}' is no kind. There are server, client, internal, producer and consumer.", out wrong);
            case QueryField.Trace:
                return TraceId.TryParse(term.Text, out _) || Fail("A trace id has 32 hexadecimal digits.", out wrong);
            case QueryField.Span:
                return SpanId.TryParse(term.Text, out _) || Fail("A span id has 16 hexadecimal digits.", out wrong);
            case QueryField.Duration:
                read = TryDuration(term.Text, out var duration) ? term with { Number = duration.Ticks * 100.0 } : null;
                return read is not null || Fail($"'{term.Text}' is no duration. Write 100ms, 1.5s, 5m.", out wrong);
            case QueryField.Since or QueryField.Until:
                read = TryDuration(term.Text, out var ago) ? term with { Ago = ago }
                    : DateTimeOffset.TryParse(term.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? term with { Moment = moment }
                    : null;
                return read is not null || Fail($"'{term.Text}' is no time. Write how long ago (5m) or when (2026-11-21T12:00:00Z).", out wrong);
            case QueryField.Attribute:
                if (term.Comparison != QueryComparison.Is)
                {
                    var good = double.TryParse(term.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
                    read = term with { Number = number };
                    return good || Fail($"'{term.Text}' is no number to compare with.", out wrong);
                }

                read = term.Text == "*" ? term with { Comparison = QueryComparison.Exists } : term;
                return true;
            default:
                return term.Comparison == QueryComparison.Is || Fail("Only duration and attributes can be compared with < and >.", out wrong);
        }
    }

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            digits++;
        }

        double? ticks = text[digits..] switch
        {
            "us" or "µs" => TimeSpan.TicksPerMicrosecond,
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            "d" => TimeSpan.TicksPerDay,
            _ => null,
        };
        if (ticks is null || !double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || count * ticks.Value > TimeSpan.FromDays(36500).Ticks)
        {
            return false;
        }

        duration = new((long)(count * ticks.Value));
        return true;
    }

    private static bool Fail(string message, out string? wrong)
    {
        wrong = message;
        return false;
    }
}
