using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.Reader.Binding;
using Conway.Reader.Yaml;

namespace Conway.Reader.Rules;

/// <summary>Finds references to things that no file declares.</summary>
internal static partial class References
{
    private const int ListedMax = 10;

    public static void Check(BindSession session, IReadOnlyList<SourceText> sources)
    {
        var unread = new Lazy<HashSet<string>>(() => NamesIn(sources));
        foreach (var reference in session.References)
        {
            if (reference.Text.Contains("${", StringComparison.Ordinal) || (session.IsDeclared(reference.DeclaredKind, reference.DeclaredName) && !IsBareOperation(reference)))
            {
                continue;
            }

            if (IsBareOperation(reference))
            {
                session.Report(ReaderFindings.BadFormat, reference.Place, reference.Path, $"'{reference.Text}' does not say which operation of which service.", $"Write '{(session.IsDeclared("service", reference.Text) ? reference.Text : "service")}.operation'.");
            }
            else if (!unread.Value.Contains(reference.DeclaredName))
            {
                Report(session, reference);
            }
        }
    }

    private static bool IsBareOperation(Reference reference) => reference.Kind == "operation" && reference.DeclaredName.Length == reference.Text.Length;

    private static void Report(BindSession session, Reference reference)
    {
        var kind = reference.DeclaredKind;
        if (reference.IsHidden)
        {
            session.Report(ReaderFindings.RefersToNothing, reference.Place, reference.Path, $"There is no {kind} of the name that the variable holds.", "Mend the variable, or write the name here.");
            return;
        }

        var known = session.Declared(kind).Order(StringComparer.Ordinal).ToList();
        var meant = DidYouMean.Closest(reference.DeclaredName, known);
        var mend = session.Removed.Contains(reference.DeclaredName) ? $"The chosen environment removes '{reference.DeclaredName}': keep it there, or remove this too."
            : meant is not null ? $"Write '{meant}{reference.Text[reference.DeclaredName.Length..]}'."
            : known.Count is 0 or > ListedMax ? Declare(kind, reference.DeclaredName)
            : $"{Declare(kind, reference.DeclaredName).TrimEnd('.')}, or name one of {string.Join(", ", known)}.";
        var message = kind == "event" ? $"No service publishes the event '{reference.DeclaredName}'." : $"There is no {kind} '{reference.DeclaredName}'.";
        session.Report(ReaderFindings.RefersToNothing, reference.Place, reference.Path, message, mend);
    }

    private static string Declare(string kind, string name) =>
        kind == "event" ? $"Declare '{name}' under 'publishes' of the service that owns it." : $"Declare '{name}' under '{(kind == "capability" ? "capabilities" : kind + "s")}'.";

    /// <summary>Words in lines that were set aside: what they declared is not known, so nothing is said about references to it.</summary>
    private static HashSet<string> NamesIn(IReadOnlyList<SourceText> sources)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            foreach (var line in source.SetAside)
            {
                var (start, end) = source.Line(line);
                foreach (var word in Word().EnumerateMatches(source.Text.AsSpan(start, end - start)))
                {
                    names.Add(source.Text.Substring(start + word.Index, word.Length));
                }
            }
        }

        return names;
    }

    [GeneratedRegex("[A-Za-z][A-Za-z0-9-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
