using Conway.Findings;

namespace Conway.ManifestLint.Dockerfiles;

/// <summary>One command of a RUN.</summary>
/// <param name="Words">The command and its arguments, without variables that are only set for it.</param>
/// <param name="Settings">Those variables, as <c>NAME=value</c>.</param>
/// <param name="IsPiped">It reads what the command before it writes.</param>
internal sealed record ShellCommand(IReadOnlyList<Word> Words, IReadOnlyList<Word> Settings, bool IsPiped)
{
    /// <summary>Its name without folders: <c>apt-get</c>.</summary>
    public string Name { get; } = Words[0].Text[(Words[0].Text.LastIndexOf('/') + 1)..];

    public SourceSpan Place => Words[0].Place;

    /// <summary>What is no option, without the name.</summary>
    public IEnumerable<Word> Plain => Words.Skip(1).Where(w => !w.Text.StartsWith('-'));

    /// <summary>The first word that is no option: <c>install</c>.</summary>
    public string? Verb => Plain.FirstOrDefault()?.Text;

    /// <summary>Whether an option is given: by its long name, or by its letter alone or among others.</summary>
    public bool Has(string longName, char letter = '\0') => Words.Skip(1).Any(w => w.Text == longName || (w.Text.StartsWith(longName, StringComparison.Ordinal) && w.Text.Length > longName.Length && w.Text[longName.Length] == '=')
        || (letter != '\0' && IsLetters(w.Text) && w.Text.Contains(letter)));

    /// <summary>How often a letter is given.</summary>
    public int Count(char letter) => Words.Skip(1).Where(w => IsLetters(w.Text)).Sum(w => w.Text.Count(c => c == letter));

    /// <summary>What follows an option, or stands behind its <c>=</c>, or hangs on its letter; null when it is not given.</summary>
    public string? Value(string longName, char letter)
    {
        for (var i = 1; i < Words.Count; i++)
        {
            var text = Words[i].Text;
            if (text == longName || text == $"-{letter}")
            {
                return i + 1 < Words.Count ? Words[i + 1].Text : "";
            }

            if (text.StartsWith(longName + "=", StringComparison.Ordinal))
            {
                return text[(longName.Length + 1)..];
            }

            if (IsLetters(text) && text.IndexOf(letter, StringComparison.Ordinal) is > 0 and var at)
            {
                return at + 1 < text.Length ? text[(at + 1)..] : i + 1 < Words.Count ? Words[i + 1].Text : "";
            }
        }

        return null;
    }

    public bool Is(string name, params string[] verbs) => Name == name && Plain.Any(p => verbs.Contains(p.Text));

    /// <summary>What is no option, nor the value of one that takes a value, nor written to.</summary>
    /// <param name="withValue">Options whose value is the next word.</param>
    public IEnumerable<Word> Given(IReadOnlySet<string> withValue)
    {
        for (var i = 1; i < Words.Count; i++)
        {
            var text = Words[i].Text;
            if (text.StartsWith('-'))
            {
                i += withValue.Contains(text) ? 1 : 0;
            }
            else if (text.Length > 0)
            {
                yield return Words[i];
            }
        }
    }

    private static bool IsLetters(string word) => word.Length > 1 && word[0] == '-' && word[1] != '-';
}
