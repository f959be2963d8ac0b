using System.Globalization;
using System.Numerics;
using Conway.Findings;
using Conway.Model;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Binding;

/// <summary>What is wrong with one value.</summary>
internal sealed record Problem(FindingRule Rule, string Message, string Mend)
{
    public Severity? Weight { get; init; }
}

/// <summary>Reads single values.</summary>
internal static class ScalarReader
{
    /// <summary>The value, or what is wrong with it, or both when it can be used all the same.</summary>
    public static (object? Value, Problem? Problem) Read(ScalarShape shape, PropertyShape property, ScalarNode scalar, string subject)
    {
        if (shape.Kind == ScalarKind.Text)
        {
            return (scalar.Text, TextRule.Problem(property, scalar, subject));
        }

        if (scalar.Text.Contains("${env:", StringComparison.Ordinal))
        {
            return (null, null); // not set, which has been said
        }

        if (scalar.Text.Contains("${", StringComparison.Ordinal))
        {
            return (null, new Problem(ReaderFindings.WrongType, $"{subject} is {Expects(shape)}; a secret or a capture can only stand in text.", $"Write {Example(shape, property)}."));
        }

        var (value, problem) = shape.Kind switch
        {
            ScalarKind.Integer => Integer(scalar, subject, property),
            ScalarKind.Boolean => Boolean(scalar, subject),
            ScalarKind.Choice => Choice(shape, scalar, subject),
            ScalarKind.Date => Date(scalar, subject),
            _ => Quantity(shape, scalar, subject),
        };
        return value is not null && Bounds.Problem(property, shape, value, subject) is { } outside ? (null, outside) : (value, problem);
    }

    /// <summary>What a value of this kind is, in words.</summary>
    public static string Expects(ScalarShape shape) =>
        shape.Kind switch
        {
            ScalarKind.Text => "text",
            ScalarKind.Integer => "a whole number",
            ScalarKind.Boolean => "true or false",
            ScalarKind.Duration => "a duration",
            ScalarKind.Size => "a size in bytes",
            ScalarKind.Rate => "a rate",
            ScalarKind.Percentage => "a percentage",
            ScalarKind.Date => "a date",
            _ => "one of " + string.Join(", ", shape.Choices.Select(c => c.Name)),
        };

    /// <summary>A value as one would write it.</summary>
    public static string Example(ScalarShape shape, PropertyShape property) =>
        (property.Shape == shape ? property.About.Example : null) ?? shape.Kind switch
        {
            ScalarKind.Text => "one value",
            ScalarKind.Integer => "2",
            ScalarKind.Boolean => "true or false",
            ScalarKind.Duration => "300ms or 2s",
            ScalarKind.Size => "64KiB",
            ScalarKind.Rate => "100/s",
            ScalarKind.Percentage => "50%",
            ScalarKind.Date => "2027-03-31",
            _ => shape.Choices[0].Name,
        };

    private static (object?, Problem?) Integer(ScalarNode scalar, string subject, PropertyShape property)
    {
        if (CoreSchema.Integer(scalar) is { } integer)
        {
            return integer >= int.MinValue && integer <= int.MaxValue ? ((int)integer, null)
                : (null, new Problem(ReaderFindings.OutOfBounds, $"{subject} is {scalar.Shown}, which is far out of bounds.", $"Write a number from {property.About.Min ?? "0"} to {property.About.Max ?? "2147483647"}."));
        }

        var isQuoted = CoreSchema.Integer(scalar with { IsPlain = true }) is not null;
        return (null, new Problem(ReaderFindings.WrongType, $"{subject} is a whole number, and '{scalar.Shown}' is {scalar.Kind}.", isQuoted ? $"Write {scalar.Shown} without quotes." : $"Write a whole number, such as {Digits(scalar.Text, property)}."));
    }

    private static string Digits(string text, PropertyShape property)
    {
        var digits = new string([.. text.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit).Take(9)]);
        return digits.Length > 0 && BigInteger.Parse(digits, CultureInfo.InvariantCulture) > 0 ? digits.TrimStart('0') : property.About.Example ?? property.About.Min ?? "1";
    }

    private static (object?, Problem?) Boolean(ScalarNode scalar, string subject)
    {
        if (CoreSchema.Boolean(scalar) is { } boolean)
        {
            return (boolean, null);
        }

        var meant = scalar.Text.ToLowerInvariant() switch
        {
            "yes" or "y" or "on" or "1" or "true" => "true",
            "no" or "n" or "off" or "0" or "false" => "false",
            _ => null,
        };
        var why = meant is not null && scalar.IsPlain ? $"'{scalar.Shown}' is {scalar.Kind} in YAML 1.2" : $"'{scalar.Shown}' is {scalar.Kind}";
        return (null, new Problem(ReaderFindings.WrongType, $"{subject} is true or false, and {why}.", meant is null ? "Write true or false." : $"Write {meant}{(scalar.IsPlain ? "" : " without quotes")}."));
    }

    private static (object?, Problem?) Date(ScalarNode scalar, string subject) =>
        DateOnly.TryParseExact(scalar.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? (date, null)
            : (null, new Problem(ReaderFindings.WrongType, $"{subject} is a date, and '{scalar.Shown}' is none.", "Write year, month and day of a day that exists: 2027-03-31."));

    private static (object?, Problem?) Choice(ScalarShape shape, ScalarNode scalar, string subject)
    {
        foreach (var (name, _, value) in shape.Choices)
        {
            if (name == scalar.Text)
            {
                return (value, null);
            }
        }

        return (null, NotOneOf(shape.Choices.Select(c => c.Name), scalar, subject));
    }

    public static Problem NotOneOf(IEnumerable<string> choices, ScalarNode scalar, string subject)
    {
        var all = choices.ToList();
        var meant = DidYouMean.Closest(scalar.Text.Replace('_', '-').Replace(' ', '-'), all);
        return new Problem(ReaderFindings.UnknownValue, $"{subject} cannot be '{scalar.Shown}'.", (meant is null ? "Write one of: " : $"Write '{meant}'; the choices are: ") + string.Join(", ", all) + ".");
    }

    private static (object?, Problem?) Quantity(ScalarShape shape, ScalarNode scalar, string subject)
    {
        object? value = shape.Kind switch
        {
            ScalarKind.Duration when UnitText.TryDuration(scalar.Text, out var duration) => duration,
            ScalarKind.Size when UnitText.TrySize(scalar.Text, out var size) => size,
            ScalarKind.Rate when UnitText.TryRate(scalar.Text, out var rate) => rate,
            ScalarKind.Percentage when UnitText.TryPercentage(scalar.Text, out var percentage) => percentage,
            _ => null,
        };
        return (value, value is null ? UnitAdvice.For(shape.Kind, scalar, subject) : null);
    }
}
