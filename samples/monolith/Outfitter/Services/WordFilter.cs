namespace Outfitter.Services;

/// <summary>Finds words that a person should look at before they are published.</summary>
public static class WordFilter
{
    private static readonly string[] Suspicious = ["http", "www.", "scam", "fraud", "damn", "cheaper at"];

    public static bool IsSuspicious(string text) => Suspicious.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
