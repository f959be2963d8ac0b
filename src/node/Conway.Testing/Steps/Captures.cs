using System.Text.Json;

namespace Conway.Testing.Steps;

/// <summary>What one walk of a journey has kept so far. One owner; not thread-safe.</summary>
internal sealed class Captures
{
    /// <summary>The name whose value is made anew for each step.</summary>
    public const string Uuid = "uuid";

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _missed = new(StringComparer.Ordinal);

    /// <summary>Keeps a value. Null is as good as nothing: a coupon that is null is no coupon.</summary>
    /// <param name="from">Where it was looked for, for the day it is missed: <c>$.id of 'POST /api/orders'</c>.</param>
    public void Keep(string name, JsonElement? value, string from)
    {
        if (value is { ValueKind: not JsonValueKind.Null } found)
        {
            _values[name] = found.Clone(); // the answer it stands in is given back
        }
        else
        {
            _values.Remove(name);
            _missed[name] = from;
        }
    }

    /// <summary>Makes the identifier that <c>${uuid}</c> stands for until the next step.</summary>
    /// <remarks>Not drawn from the seed: an idempotency key that came again in the next run would be answered from the store.</remarks>
    public void NextUuid() => _values[Uuid] = JsonSerializer.SerializeToElement(Guid.NewGuid().ToString());

    public bool Has(string name) => _values.ContainsKey(name);

    public bool TryGet(string name, out JsonElement value) => _values.TryGetValue(name, out value);

    /// <summary>Why a value is not there, as a sentence without its full stop.</summary>
    public string Missing(string name) =>
        _missed.TryGetValue(name, out var from) ? $"'{name}' has no value: {from} was not in the answer" : $"'{name}' has no value: the step that keeps it was left out";

    /// <summary>A value as it stands inside a text: strings without quotes, anything else as JSON.</summary>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
