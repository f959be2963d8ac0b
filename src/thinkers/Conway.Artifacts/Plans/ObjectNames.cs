using System.Security.Cryptography;
using System.Text;

namespace Conway.Artifacts.Plans;

/// <summary>Names of generated things: DNS labels that are unique, stay the same when others come and go, and fit.</summary>
internal static class ObjectNames
{
    /// <summary>Longest DNS label (RFC 1123).</summary>
    public const int LabelMax = 63;

    /// <summary>Characters of the hash in a name that would be too long, or another's.</summary>
    public const int HashChars = 6;

    /// <summary>A name of the model as a DNS label of at most so many characters: itself where it is one.</summary>
    public static string Label(string name, int max = LabelMax) => name.Length <= max && char.IsAsciiLetterOrDigit(name[^1]) ? name : Hashed(name, "", max);

    /// <summary>The name with something behind it; <paramref name="isTaken"/> tells names that stand for something else.</summary>
    public static string Derived(string name, string suffix, Func<string, bool> isTaken, int max = LabelMax) =>
        name.Length + suffix.Length <= max && char.IsAsciiLetterOrDigit(name[^1]) && !isTaken(name + suffix) ? name + suffix : Hashed(name, suffix, max);

    /// <summary>A few characters that another text has others of.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashChars];

    private static string Hashed(string name, string suffix, int max)
    {
        var hash = Hash($"{name}\n{suffix}");
        var room = max - suffix.Length - HashChars - 1;
        return $"{(name.Length > room ? name[..room] : name).TrimEnd('-')}-{hash}{suffix}";
    }
}
