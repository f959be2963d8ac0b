using System.Globalization;

namespace Conway.Cli;

/// <summary>Times as a person says them.</summary>
internal static class Spans
{
    /// <summary><c>0.8 s</c>, <c>42 s</c>, <c>3 min</c>, <c>5 h</c>, <c>2 d</c>.</summary>
    public static string Short(TimeSpan span) => span switch
    {
        { Ticks: < 0 } => "0 s",
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalSeconds: < 100 } => $"{(int)span.TotalSeconds} s",
        { TotalMinutes: < 100 } => $"{(int)span.TotalMinutes} min",
        { TotalHours: < 48 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} d",
    };
}
