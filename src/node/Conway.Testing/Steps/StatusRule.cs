using System.Globalization;

namespace Conway.Testing.Steps;

/// <summary>Which statuses an answer may have: one (<c>202</c>) or a class (<c>2xx</c>).</summary>
internal readonly record struct StatusRule(int From, int To)
{
    /// <summary>Reads what the model allows; anything else allows nothing.</summary>
    public static StatusRule Of(string text) =>
        text.Length == 3 && text.EndsWith("xx", StringComparison.Ordinal) && char.IsAsciiDigit(text[0]) ? new((text[0] - '0') * 100, ((text[0] - '0') * 100) + 99)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? new(status, status)
        : new(0, -1);

    public bool Allows(int status) => status >= From && status <= To;

    public override string ToString() => From == To ? From.ToString(CultureInfo.InvariantCulture) : $"{From / 100}xx";
}
