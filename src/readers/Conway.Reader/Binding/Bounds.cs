using System.Globalization;
using Conway.Model;
using Conway.Reader.Shapes;

namespace Conway.Reader.Binding;

/// <summary>Compares a value with the smallest and largest that its key allows.</summary>
internal static class Bounds
{
    public static Problem? Problem(PropertyShape property, ScalarShape shape, object value, string subject)
    {
        if (property.Shape != shape)
        {
            return null; // bounds are about the key's own value, not about items in it
        }

        if (property.About.Min is { } min && Compare(shape.Kind, value, min) < 0)
        {
            return new Problem(ReaderFindings.OutOfBounds, $"{subject} is {ValueText.Of(value)}, and at least {min} is needed.", $"Write a value from {min} to {property.About.Max ?? "any"}.");
        }

        return property.About.Max is { } max && Compare(shape.Kind, value, max) > 0
            ? new Problem(ReaderFindings.OutOfBounds, $"{subject} is {ValueText.Of(value)}, and at most {max} is allowed.", $"Write a value from {property.About.Min ?? "0"} to {max}.")
            : null;
    }

    private static int Compare(ScalarKind kind, object value, string bound) =>
        kind switch
        {
            ScalarKind.Integer => ((int)value).CompareTo(int.Parse(bound, CultureInfo.InvariantCulture)),
            ScalarKind.Duration when UnitText.TryDuration(bound, out var limit) => ((TimeSpan)value).CompareTo(limit),
            ScalarKind.Size when UnitText.TrySize(bound, out var limit) => ((ByteSize)value).CompareTo(limit),
            ScalarKind.Rate when UnitText.TryRate(bound, out var limit) => ((Rate)value).CompareTo(limit),
            ScalarKind.Percentage when UnitText.TryPercentage(bound, out var limit) => ((Percentage)value).CompareTo(limit),
            _ => throw new NotSupportedException($"The model gives a {kind} the bound '{bound}'."),
        };
}
