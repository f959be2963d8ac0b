using System.Text.RegularExpressions;

namespace Conway.Service.Logs;

/// <summary>Takes out of texts and fields what must not leave the process. Immutable and thread-safe.</summary>
internal sealed partial class Masks(bool defaults, IEnumerable<string> fields, IEnumerable<Func<string, string>> texts)
{
    /// <summary>What stands where something was.</summary>
    public const string Hidden = "***";

    private static readonly string[] CredentialFields =
        ["authorization", "proxy-authorization", "cookie", "set-cookie", "password", "secret", "token", "access_token", "refresh_token", "api-key", "x-api-key", "apikey"];

    private readonly HashSet<string> _fields = new(defaults ? [.. CredentialFields, .. fields] : fields, StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, string>[] _texts = [.. texts];

    /// <summary>The text with everything secret replaced; the same instance when there was nothing.</summary>
    public string Text(string text)
    {
        if (defaults)
            text = ApplyDefaults(text);
        foreach (var replace in _texts)
            text = Try(replace, text);
        return text;
    }

    /// <summary>The value of a named field as it may be shown.</summary>
    public object? Field(string name, object? value) => value switch
    {
        null => null,
        _ when _fields.Contains(Bare(name)) => Hidden,
        string text => Text(text),
        _ => value,
    };

    private static string ApplyDefaults(string text)
    {
        // Most lines hold neither: two vectorised looks are cheaper than the expressions.
        if (text.Contains('@'))
            text = Email().Replace(text, Hidden);
        if (text.AsSpan().IndexOfAnyInRange('0', '9') >= 0)
            text = CardLike().Replace(text, static m => Cards.IsCardNumber(m.ValueSpan) ? Hidden : m.Value);
        if (text.Contains("bearer ", StringComparison.OrdinalIgnoreCase) || text.Contains("basic ", StringComparison.OrdinalIgnoreCase))
            text = Credentials().Replace(text, "$1 " + Hidden);
        return text;
    }

    // A mask of the team that fails must not show what it should have hidden, nor take the request down.
    private static string Try(Func<string, string> replace, string text)
    {
        try
        {
            return replace(text);
        }
        catch (Exception)
        {
            return Hidden;
        }
    }

    // `{@Card}` → Card; `http.request.header.authorization` → authorization
    private static string Bare(string name) =>
        name.StartsWith("http.re", StringComparison.Ordinal) ? name[(name.LastIndexOf('.') + 1)..] : name.TrimStart('@', '$');

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(\.[A-Za-z0-9\-]{1,63}){1,8}")]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9](?:[ \-]?[0-9]){12,18}(?![0-9A-Za-z])")]
    private static partial Regex CardLike();

    [GeneratedRegex(@"\b(bearer|basic) [A-Za-z0-9._~+/\-]{8,}=*", RegexOptions.IgnoreCase)]
    private static partial Regex Credentials();
}
