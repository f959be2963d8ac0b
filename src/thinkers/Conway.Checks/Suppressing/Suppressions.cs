using System.Globalization;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Suppressing;

/// <summary>Leaves out what the model says not to tell, and tells which of its suppressions have expired or suppress nothing.</summary>
/// <remarks>What makes a model unreadable cannot be suppressed: an error of reading is not a judgement. Neither can what is told here.</remarks>
internal static class Suppressions
{
    private static readonly FindingRule Expired = new(
        "CW1501", Severity.Warning, "Suppression that has expired",
        "The time that was given for mending is over, so the finding is told again.");

    private static readonly FindingRule Unused = new(
        "CW1502", Severity.Warning, "Suppression of nothing",
        "What it was for is gone; left in place, it would hide the next finding there, whoever makes it.");

    private static readonly FindingRule Forbidden = new(
        "CW1503", Severity.Error, "Suppression of what cannot be suppressed",
        "Somebody believes that a finding is not told, and it is.");

    /// <summary>The rules of this file, for lists of all rules.</summary>
    public static IReadOnlyList<FindingRule> Rules { get; } = [Expired, Unused, Forbidden];

    /// <param name="suppressions">What the model says.</param>
    /// <param name="findings">Everything that was found.</param>
    /// <param name="unjudged">Codes that were not evaluated: nothing can be said about their suppressions.</param>
    /// <param name="today">Unset: nothing has expired.</param>
    public static (IReadOnlyList<Finding> Told, IReadOnlyList<SuppressedFinding> Suppressed) Apply(
        ValueList<Suppression> suppressions, IReadOnlyList<Finding> findings, IReadOnlySet<string> unjudged, DateOnly? today)
    {
        var told = new List<Finding>();
        var suppressed = new List<SuppressedFinding>();
        var used = new bool[suppressions.Count];
        foreach (var finding in findings)
        {
            Suppression? by = null;
            for (var i = 0; i < suppressions.Count; i++)
            {
                if (CanBeSuppressed(finding) && suppressions[i].Finding == finding.Code && SuppressedPlace.Covers(suppressions[i].At, finding.ModelPath))
                {
                    // Every suppression that covers it is in use; the first that has not expired counts.
                    used[i] = true;
                    by ??= IsExpired(suppressions[i], today) ? null : suppressions[i];
                }
            }

            if (by is null)
            {
                told.Add(finding);
            }
            else
            {
                suppressed.Add(new SuppressedFinding(finding, by.Reason, by.Until));
            }
        }

        told.AddRange(suppressions.Select((s, i) => Told(s, i, used[i], unjudged, today)).OfType<Finding>());
        return (told, suppressed);
    }

    private static Finding? Told(Suppression suppression, int index, bool isUsed, IReadOnlySet<string> unjudged, DateOnly? today)
    {
        var (code, at) = (suppression.Finding, string.Create(CultureInfo.InvariantCulture, $"suppress[{index}]"));
        var finding = new Finding { Rule = Unused, Message = "", Mend = "", ModelPath = at, Subject = $"{code} at {suppression.At ?? "everything"}" };
        var where = suppression.At is { } path ? $" at {path}" : "";
        if (Rules.Any(r => r.Code == code) || (!isUsed && IsOfReading(code) && code != "CW1901"))
        {
            return finding with
            {
                Rule = Forbidden,
                Message = $"{code} cannot be suppressed: {(Rules.Any(r => r.Code == code) ? "it is about suppressions themselves" : "what is wrong with the text of a model has to be mended")}.",
                Mend = "Remove the suppression.",
            };
        }

        if (isUsed && IsExpired(suppression, today))
        {
            return finding with
            {
                Rule = Expired,
                ModelPath = $"{at}.until",
                Message = $"The suppression of {code}{where} ended on {suppression.Until:yyyy-MM-dd}: {suppression.Reason.TrimEnd('.')}.",
                Mend = "Mend the finding, or decide anew: a later date, and why.",
            };
        }

        return isUsed || unjudged.Contains(code) || !IsCode(code) ? null : finding with
        {
            Message = $"Nothing{where} is told as {code}, so there is nothing to suppress.",
            Mend = "Remove the suppression.",
        };
    }

    // What is no code has been told by the reader.
    private static bool IsCode(string text) => text.Length == 6 && text.StartsWith("CW", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool CanBeSuppressed(Finding finding) => !(IsOfReading(finding.Code) && finding.Severity == Severity.Error);

    // CW1xxx
    private static bool IsOfReading(string code) => code.StartsWith("CW1", StringComparison.Ordinal);

    private static bool IsExpired(Suppression suppression, DateOnly? today) => suppression.Until < today;
}
