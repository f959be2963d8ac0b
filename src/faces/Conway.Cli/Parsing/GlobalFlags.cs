namespace Conway.Cli;

/// <summary>What may stand anywhere on the line, before or after the verb. Everything after <c>--</c> is left alone.</summary>
internal sealed record GlobalFlags(bool Help, bool Quiet, bool NoColor, IReadOnlyList<string> Rest)
{
    public static GlobalFlags Take(IReadOnlyList<string> words)
    {
        bool help = false, quiet = false, noColor = false;
        var rest = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "--help" or "-h" or "-?": help = true; break;
                case "--quiet" or "-q": quiet = true; break;
                case "--no-color": noColor = true; break;
                case "--": rest.AddRange(words.Skip(i)); i = words.Count; break;
                default: rest.Add(words[i]); break;
            }
        }

        return new GlobalFlags(help, quiet, noColor, rest);
    }

    public void ApplyTo(Terminal terminal)
    {
        terminal.Quiet = Quiet;
        if (NoColor)
        {
            terminal.TurnColorOff();
        }
    }
}
