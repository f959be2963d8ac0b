namespace Conway.Cli;

/// <summary>Colour where colour is wanted; the plain text elsewhere. Never the only carrier of a meaning.</summary>
public readonly struct Ink(bool on)
{
    public bool IsOn { get; } = on;

    public string Strong(string text) => Paint("1", text);

    public string Dim(string text) => Paint("2", text);

    public string Bad(string text) => Paint("1;31", text);

    public string Odd(string text) => Paint("33", text);

    public string Good(string text) => Paint("32", text);

    public string Accent(string text) => Paint("36", text);

    // Terminal codes of ECMA-48, "select graphic rendition".
    private string Paint(string code, string text) => IsOn && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
