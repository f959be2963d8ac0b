using System.Collections;
using System.Globalization;
using Conway.Model;

namespace Conway.Reader.Shapes;

/// <summary>Writes values as they would stand in a model.</summary>
internal static class ValueText
{
    /// <summary>On one line, in flow style; empty for nothing.</summary>
    public static string Of(object? value) =>
        value switch
        {
            null => "",
            string text => text,
            bool flag => flag ? "true" : "false",
            TimeSpan duration => UnitText.Format(duration),
            JsonText json => json.Json,
            Enum choice => ((ScalarShape)Shape.Of(choice.GetType())).Choices.First(c => c.Value.Equals(choice)).Name,
            DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
            ByteSize or Rate or Percentage => value.ToString()!,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => OfMany(value),
        };

    private static string OfMany(object value)
    {
        var shape = Shape.Of(value.GetType());
        if (shape is ListShape)
        {
            return "[" + string.Join(", ", ((IEnumerable)value).Cast<object>().Select(Of)) + "]";
        }

        if (shape is RecordShape record)
        {
            var written = record.Properties.Select(p => (p, p.Info.GetValue(value))).Where(p => !Equals(p.Item2, p.p.Default));
            return "{ " + string.Join(", ", written.Select(p => $"{p.p.Key}: {Of(p.Item2)}")) + " }";
        }

        var entries = ((IEnumerable)value).Cast<object>().Select(e => $"{e.GetType().GetProperty("Key")!.GetValue(e)}: {Of(e.GetType().GetProperty("Value")!.GetValue(e))}");
        return "{ " + string.Join(", ", entries) + " }";
    }
}
