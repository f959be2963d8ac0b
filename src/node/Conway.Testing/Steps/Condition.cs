using System.Text.Json;
using System.Text.RegularExpressions;
using Conway.Testing.Queries;

namespace Conway.Testing.Steps;

/// <summary>What a value of an answer must be: equal to something, or there, matching, greater, less. Immutable.</summary>
/// <remarks>Of several demands (<c>{ gt: 0, lt: 10 }</c>) all must hold.</remarks>
internal sealed class Condition
{
    private const int ShownMax = 80;

    public required JsonQuery Query { get; init; }

    /// <summary>The value must be this one; numbers are compared by value, texts by their characters.</summary>
    public JsonTemplate? Same { get; init; }

    /// <summary>There must, or must not, be a value. Null is one.</summary>
    public bool? Exists { get; init; }

    /// <summary>The text, number or truth value must hold a match of this expression.</summary>
    public Regex? Matches { get; init; }

    /// <summary>The number must be greater than this one.</summary>
    public JsonTemplate? Greater { get; init; }

    /// <summary>The number must be less than this one.</summary>
    public JsonTemplate? Less { get; init; }

    public IEnumerable<string> References => new[] { Same, Greater, Less }.OfType<JsonTemplate>().SelectMany(t => t.References);

    /// <summary>What does not hold: <c>$.status: expected "shipped", got "packed"</c>. Null when all of it holds.</summary>
    public string? Unmet(JsonElement answer, Captures captures)
    {
        var value = Query.Find(answer);
        return Demands(value, captures).FirstOrDefault(d => d is not null) is { } demand
            ? $"{Query.Text}: {demand}, {(value is { } found ? $"got {Shown(found)}" : "found nothing")}"
            : null;
    }

    private IEnumerable<string?> Demands(JsonElement? value, Captures captures)
    {
        if (Exists is { } exists && exists != value.HasValue)
        {
            yield return exists ? "expected a value" : "expected no value";
        }

        if (Same is not null)
        {
            var same = Same.FillValue(captures, out var missing);
            yield return missing ?? (value is { } found && JsonElement.DeepEquals(found, same) ? null : $"expected {Shown(same)}");
        }

        if (Matches is not null)
        {
            yield return value is { } found && Plain(found) is { } text && Matches.IsMatch(text) ? null : $"expected a match of {Matches}";
        }

        if (Greater is not null)
        {
            yield return Compared(value, Greater, captures, "greater", (number, bound) => number > bound);
        }

        if (Less is not null)
        {
            yield return Compared(value, Less, captures, "less", (number, bound) => number < bound);
        }
    }

    private static string? Compared(JsonElement? value, JsonTemplate bound, Captures captures, string word, Func<double, double, bool> holds)
    {
        var filled = bound.FillValue(captures, out var missing);
        return missing ?? (value is { ValueKind: JsonValueKind.Number } found && filled.ValueKind == JsonValueKind.Number && holds(found.GetDouble(), filled.GetDouble())
            ? null
            : $"expected a number {word} than {Shown(filled)}");
    }

    private static string? Plain(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= ShownMax ? text : $"{text.AsSpan(0, ShownMax)}…";
    }
}
