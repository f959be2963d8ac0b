using Conway.Checks.Observed;

namespace Conway.Checks.Sources;

/// <summary>What rules have in common that look at traffic, at code, or at both.</summary>
internal static class EitherSource
{
    /// <summary>Why neither of those that are there tells enough; null when one does.</summary>
    /// <param name="subject">The system.</param>
    /// <param name="traffic">Why its traffic does not, beyond that nothing was seen.</param>
    /// <param name="code">Why its code does not, beyond that there is none.</param>
    public static string? Lack(CheckSubject subject, Func<string?> traffic, Func<string?> code)
    {
        string?[] lacks =
        [
            .. subject.Observed is null ? [] : new[] { SeenTraffic.Lack(subject) ?? traffic() },
            .. subject.Code is null ? [] : new[] { subject.Sources.Lack() ?? code() },
        ];
        return lacks.Contains(null) ? null : string.Join(' ', lacks);
    }
}
