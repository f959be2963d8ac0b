namespace Conway.Model;

/// <summary>The rules for names.</summary>
public static class Names
{
    /// <summary>Services, stores, journeys, sagas, jobs, teams, contexts: <c>[a-z][a-z0-9-]{0,62}</c>, so that each is a DNS label.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 63 && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Events: PascalCase, so that a record of that name can hold one.</summary>
    public static bool IsEventName(string text) =>
        text.Length is > 0 and <= 128 && char.IsAsciiLetterUpper(text[0]) && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>How a name is written in an environment variable: <c>orders-db</c> becomes <c>ORDERS_DB</c>.</summary>
    public static string ToVariable(string name) =>
        string.Create(name.Length, name, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(text[i]) ? char.ToUpperInvariant(text[i]) : '_';
            }
        });
}
