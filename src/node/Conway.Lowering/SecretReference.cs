using System.Text;

namespace Conway.Lowering;

/// <summary>Replaces <c>${secret:NAME}</c> by the secret's value.</summary>
internal static class SecretReference
{
    private const string Open = "${secret:";

    /// <summary>The text with all known secrets in place, and whether it held any. An unknown secret becomes empty text.</summary>
    public static (string Text, bool Secret) Resolve(string text, IReadOnlyDictionary<string, string> secrets)
    {
        if (!text.Contains(Open, StringComparison.Ordinal))
        {
            return (text, false);
        }

        var result = new StringBuilder();
        var at = 0;
        while (text.IndexOf(Open, at, StringComparison.Ordinal) is var start && start >= 0 && text.IndexOf('}', start) is var end && end > start)
        {
            result.Append(text, at, start - at).Append(secrets.GetValueOrDefault(text[(start + Open.Length)..end], ""));
            at = end + 1;
        }

        return (result.Append(text, at, text.Length - at).ToString(), true);
    }
}
