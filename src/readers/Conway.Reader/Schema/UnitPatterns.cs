using Conway.Reader.Shapes;

namespace Conway.Reader.Schema;

/// <summary>The spelling of quantities as regular expressions; <see cref="Model.UnitText"/> is what they must agree with.</summary>
internal static class UnitPatterns
{
    private const string Number = @"[0-9]+(\.[0-9]+)?";

    public static string? Of(ScalarKind kind) =>
        kind switch
        {
            ScalarKind.Duration => $"^(0|({Number}d)?({Number}h)?({Number}m)?({Number}s)?({Number}ms)?({Number}us)?)$",
            ScalarKind.Size => $"^{Number} *([KkMmGgTt][Ii]?)?[Bb]?$",
            ScalarKind.Rate => $"^{Number}/(s|sec|second|m|min|minute|h|hour|d|day)$",
            ScalarKind.Percentage => $"^{Number} *%$",
            ScalarKind.Date => "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
            _ => null,
        };
}
