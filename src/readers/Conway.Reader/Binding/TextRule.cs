using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Binding;

/// <summary>Holds text to the form that its key asks for.</summary>
internal static class TextRule
{
    public static Problem? Problem(PropertyShape property, ScalarNode scalar, string subject)
    {
        if (scalar.Text.Contains("${", StringComparison.Ordinal))
        {
            return null; // what it will be is not known here
        }

        if (property.AnyOf.Count > 0 && !property.AnyOf.Contains(scalar.Text))
        {
            return ScalarReader.NotOneOf(property.AnyOf, scalar, subject);
        }

        // On a map the expression is about the keys.
        if (property.Expression is not { } expression || property.Shape is MapShape || Fits(expression, scalar.Text))
        {
            return scalar.Text.Trim().Length == 0 && property.Must
                ? new Problem(ReaderFindings.BadFormat, $"{subject} is empty.", $"Write {property.About.Example ?? "a value"}.")
                : null;
        }

        // A method before a path first: with a slash before both it would be a path too.
        var words = scalar.Text.Split(' ', 2);
        string[] near = [string.Join(' ', [words[0].ToUpperInvariant(), .. words[1..]]), "/" + scalar.Text, scalar.Text.ToLowerInvariant(), NameProposal.For(scalar.Text, isPascal: false) ?? scalar.Text];
        var meant = near.FirstOrDefault(n => Fits(expression, n)) ?? property.About.Example;
        return new Problem(ReaderFindings.BadFormat, $"{subject} is '{scalar.Shown}', and must be {property.Matches!.Says}.", scalar.IsResolved || meant is null ? "Write it so." : $"Write '{meant.Trim('"')}'.");
    }

    private static bool Fits(System.Text.RegularExpressions.Regex expression, string text) => expression.IsMatch(text) && !text.EndsWith('\n');
}
