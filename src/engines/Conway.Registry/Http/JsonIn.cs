using System.Collections.Immutable;
using System.Text.Json;

namespace Conway.Registry.Http;

/// <summary>A JSON object as Consul reads it: field names in CamelCase or snake_case, durations as text or nanoseconds. Faults pile up, so that all are told at once.</summary>
internal readonly struct JsonIn
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly List<string> _faults;

    public JsonIn(JsonElement element, string path, List<string> faults)
    {
        (_element, _path, _faults) = (element, path, faults);
        if (element.ValueKind != JsonValueKind.Object) Fault("", "an object", element);
    }

    public List<string> Faults => _faults;

    /// <summary>Adds a fault that concerns the object as a whole.</summary>
    public void Refuse(string text) => _faults.Add(_path.Length == 0 ? text : $"{_path}: {text}");

    public bool Has(string name) => Find(name) is not null;

    public string Text(string name, string unset = "") => Find(name) switch
    {
        null => unset,
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => Fault(name, "a string", other, unset),
    };

    public int Int(string name, int unset = 0) => Find(name) switch
    {
        null => unset,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        { } other => Fault(name, "a whole number", other, unset),
    };

    public ulong Unsigned(string name) => Find(name) switch
    {
        null => 0,
        { ValueKind: JsonValueKind.Number } number when number.TryGetUInt64(out var value) => value,
        { } other => Fault(name, "a whole number from 0 up", other, 0UL),
    };

    public bool Bool(string name) => Find(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => Fault(name, "true or false", other, false),
    };

    public TimeSpan Duration(string name, TimeSpan unset) => Find(name) switch
    {
        null => unset,
        { ValueKind: JsonValueKind.String } text when text.GetString()!.Length == 0 => unset,
        { ValueKind: JsonValueKind.String } text when Durations.TryParse(text.GetString()!, out var value) => value,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var nanoseconds) => TimeSpan.FromTicks(nanoseconds / 100),
        { } other => Fault(name, "a duration such as \"10s\"", other, unset),
    };

    public JsonElement? Raw(string name) => Find(name);

    public JsonIn? Object(string name) => Find(name) is { } found ? new JsonIn(found, Path(name), _faults) : null;

    public IEnumerable<JsonIn> Objects(string name)
    {
        if (Find(name) is not { } found) return [];
        var (path, faults) = (Path(name), _faults);
        return found.ValueKind == JsonValueKind.Array
            ? found.EnumerateArray().Select((item, i) => new JsonIn(item, $"{path}[{i}]", faults)).ToList()
            : Fault<IEnumerable<JsonIn>>(name, "an array", found, []);
    }

    public ImmutableArray<string> Texts(string name)
    {
        if (Find(name) is not { } found) return [];
        if (found.ValueKind != JsonValueKind.Array || found.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            return Fault<ImmutableArray<string>>(name, "an array of strings", found, []);
        return [.. found.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>An object whose field names are free words.</summary>
    public ImmutableSortedDictionary<string, T> Map<T>(string name, ImmutableSortedDictionary<string, T> empty, string wanted, Func<JsonElement, (bool, T)> read)
    {
        if (Find(name) is not { } found) return empty;
        if (found.ValueKind != JsonValueKind.Object) return Fault(name, wanted, found, empty);
        var map = empty.ToBuilder();
        foreach (var property in found.EnumerateObject())
        {
            var (good, value) = read(property.Value);
            if (good) map[property.Name] = value;
            else Fault($"{name}.{property.Name}", wanted, property.Value);
        }
        return map.ToImmutable();
    }

    public ImmutableSortedDictionary<string, string> TextMap(string name) => Map(name, World.Maps.Empty, "a map of strings",
        static value => (value.ValueKind == JsonValueKind.String, value.ValueKind == JsonValueKind.String ? value.GetString()! : ""));

    private string Path(string name) => _path.Length == 0 ? name : name.Length == 0 ? _path : $"{_path}.{name}";

    private JsonElement? Find(string name)
    {
        if (_element.ValueKind != JsonValueKind.Object) return null;
        JsonElement? found = null;
        foreach (var property in _element.EnumerateObject())
            if (SameName(property.Name, name)) found = property.Value;
        return found is { ValueKind: JsonValueKind.Null } ? null : found;
    }

    /// <summary>Case and underscores do not count: <c>tls_skip_verify</c> is <c>TLSSkipVerify</c>.</summary>
    private static bool SameName(string written, string name)
    {
        var at = 0;
        foreach (var letter in written)
        {
            if (letter == '_') continue;
            if (at == name.Length || char.ToUpperInvariant(letter) != char.ToUpperInvariant(name[at])) return false;
            at++;
        }
        return at == name.Length;
    }

    private void Fault(string name, string wanted, JsonElement found) =>
        _faults.Add($"{(Path(name) is { Length: > 0 } path ? path : "the body")} must be {wanted}, not {Kind(found)}");

    private T Fault<T>(string name, string wanted, JsonElement found, T unset)
    {
        Fault(name, wanted, found);
        return unset;
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => element.GetString() is { Length: <= 40 } text ? $"\"{text}\"" : "a long string",
        _ => element.GetRawText(),
    };
}
