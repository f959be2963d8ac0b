using System.Buffers;

namespace Conway.Testing.Steps;

/// <summary>One request, ready to be sent: every name replaced by its value.</summary>
internal sealed record StepRequest(HttpMethod Method, Uri Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body, bool LooksInside)
{
    // RFC 9110, 5.6.2
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The request of a step, or why there is none.</summary>
    public static (StepRequest? Request, string? Trouble) Of(CompiledStep step, Uri baseAddress, Captures captures)
    {
        var path = step.Path.Fill(captures, static (isFirst, value) => isFirst ? value : Uri.EscapeDataString(value), out var trouble);
        var target = Resolve(baseAddress, path);
        if (trouble is null && target is null)
        {
            trouble = $"'{path}' is not a path of {baseAddress.Authority}";
        }

        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, template) in step.Headers)
        {
            var value = template.Fill(captures, null, out var missing);
            trouble ??= name.AsSpan().ContainsAnyExcept(TokenCharacters) ? $"'{name}' is not the name of a header" : missing ?? (value.Any(char.IsControl) ? $"header '{name}' would hold a control character" : null);
            headers.Add(new(name, value));
        }

        string? absent = null;
        var body = step.Body?.Fill(captures, out absent);
        trouble ??= absent;
        return trouble is null ? (new StepRequest(step.Method!, target!, headers, body, step.LooksInside), null) : (null, trouble);
    }

    // A link that an answer gave may be whole (http://shop/api/orders/1), or lead elsewhere in many ways (//other, /\other):
    // it is followed only to where the journey goes anyway.
    private static Uri? Resolve(Uri baseAddress, string path) =>
        (path.StartsWith('/') || path.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        && Uri.TryCreate(baseAddress, path, out var target) && target.Scheme == baseAddress.Scheme && target.Authority == baseAddress.Authority
            ? target
            : null;
}
