using System.Text.Json;
using Conway.Findings;

namespace Conway.Node;

/// <summary>What became of every finding of a system, over its runs: when it came, when it went, how often it came back. Kept in <c>findings.json</c>.</summary>
/// <remarks>Written whole beside the old one and renamed, so that a kill leaves the old or the new. A disk that is full, or a file that is none, never keeps
/// findings from being told: the history goes on in memory. Thread-safe; one process writes it, since one node at a time runs on a folder. Times are what the clock said; the order of
/// points is the order in which they were written, so that a clock that jumps cannot turn it round.</remarks>
internal sealed class FindingHistory
{
    /// <summary>Most findings that are kept: what is there first, then what went last.</summary>
    public const int FindingsMax = 2_000;

    /// <summary>Most points of the trend; the oldest go.</summary>
    public const int PointsMax = 500;

    /// <summary>Most characters of a message, or of what a finding is about.</summary>
    public const int TextMax = 300;

    // Twice of what the bounds above can fill.
    private const long BytesMax = 8 << 20;

    private readonly Lock _lock = new();
    private readonly string _file;
    private readonly string _run;
    private readonly Dictionary<string, PastFinding> _known = new(StringComparer.Ordinal);
    private readonly List<FindingPoint> _points = [];
    private bool _noted;
    private bool _unsaved;
    private volatile FindingPast _now;

    /// <param name="stateFolder">The system's <c>.conway</c>.</param>
    /// <param name="run">Name of the run that writes.</param>
    public FindingHistory(string stateFolder, string run)
    {
        (_file, _run) = (Path.Combine(stateFolder, "findings.json"), run);
        var trouble = Load();
        _now = new FindingPast([.. _points], [.. _known.Values], trouble);
    }

    /// <summary>What is known, with the last change.</summary>
    public FindingPast Now => _now;

    /// <summary>Takes the present findings in, and writes when others are there than before or when the last writing failed.</summary>
    /// <param name="present">All of them.</param>
    /// <param name="fingerprints">Theirs, in the same order.</param>
    /// <param name="now">What the clock says.</param>
    /// <returns>A sentence when it could not be written and that was not told yet.</returns>
    public string? Note(IReadOnlyList<Finding> present, IReadOnlyList<string> fingerprints, DateTimeOffset now)
    {
        lock (_lock)
        {
            return NoteLocked(present, fingerprints, now);
        }
    }

    private string? NoteLocked(IReadOnlyList<Finding> present, IReadOnlyList<string> fingerprints, DateTimeOffset now)
    {
        var changed = !_noted;
        _noted = true;
        for (var i = 0; i < present.Count; i++)
        {
            changed |= Take(present[i], fingerprints[i], now);
        }

        var here = fingerprints.ToHashSet(StringComparer.Ordinal);
        foreach (var past in _known.Values.Where(one => one.Gone is null && !here.Contains(one.Fingerprint)).ToArray())
        {
            _known[past.Fingerprint] = past with { Gone = now };
            changed = true;
        }

        if (!changed && !_unsaved)
        {
            return null;
        }

        if (changed)
        {
            _points.Add(new FindingPoint(now, _run, Count(present, Severity.Error), Count(present, Severity.Warning), Count(present, Severity.Info)));
            _points.RemoveRange(0, Math.Max(0, _points.Count - PointsMax));
            foreach (var old in _known.Values.OrderBy(one => one.Gone is null ? 0 : 1).ThenByDescending(one => one.Gone).Skip(FindingsMax).ToArray())
            {
                _known.Remove(old.Fingerprint);
            }
        }

        var wasWell = !_unsaved;
        var trouble = Save();
        _unsaved = trouble is not null;
        _now = new FindingPast([.. _points], [.. _known.Values], trouble ?? (wasWell ? _now.Trouble : null));
        return wasWell ? trouble : null;
    }

    /// <returns>Whether it was not there before.</returns>
    private bool Take(Finding finding, string fingerprint, DateTimeOffset now)
    {
        var before = _known.GetValueOrDefault(fingerprint);
        var came = before is null || before.Gone is not null;
        _known[fingerprint] = new PastFinding(
            fingerprint, finding.Code, finding.Severity, Cut(finding.Subject ?? finding.ModelPath ?? finding.Place?.File ?? ""), Cut(finding.Message),
            before?.First ?? now, now, null, (before?.Returns ?? 0) + (before?.Gone is null ? 0 : 1));
        return came;
    }

    private static int Count(IReadOnlyList<Finding> findings, Severity severity) => findings.Count(f => f.Severity == severity);

    private static string Cut(string text) => text.Length <= TextMax ? text : string.Concat(text.AsSpan(0, TextMax - 1), "…");

    private string? Load()
    {
        try
        {
            if (!File.Exists(_file))
            {
                return null;
            }

            if (new FileInfo(_file).Length > BytesMax)
            {
                return Begun("it is larger than 8 MiB, which no history is");
            }

            using var stream = File.OpenRead(_file);
            if (FindingPastText.Read(stream) is not { } read)
            {
                return Begun("it is not what Conway writes there");
            }

            _points.AddRange(read.Points.TakeLast(PointsMax));
            foreach (var past in read.Findings.OrderBy(one => one.Gone is null ? 0 : 1).ThenByDescending(one => one.Gone).Take(FindingsMax))
            {
                _known[past.Fingerprint] = past;
            }

            return null;
        }
        catch (JsonException)
        {
            return Begun("it is not whole");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Begun(e.Message.TrimEnd('.'));
        }
    }

    private static string Begun(string why) => $"The history of findings in .conway/findings.json could not be read ({why}), so it begins anew.";

    private string? Save()
    {
        try
        {
            WholeFile.Write(_file, stream => FindingPastText.Write(stream, _points, _known.Values));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The history of findings is not kept on disk ({e.Message.TrimEnd('.')}); findings are told as before, and it is written as soon as that is possible.";
        }
    }
}

/// <summary>The trend of a system's findings, and each of them with its fate.</summary>
/// <param name="Points">In the order in which they were noted.</param>
/// <param name="Findings">In no order.</param>
/// <param name="Trouble">Why it is not whole, or is not kept, in a sentence; null when all is well.</param>
public sealed record FindingPast(IReadOnlyList<FindingPoint> Points, IReadOnlyList<PastFinding> Findings, string? Trouble);

/// <summary>How many findings there were when others came or went.</summary>
public sealed record FindingPoint(DateTimeOffset At, string Run, int Error, int Warning, int Info);

/// <summary>A finding that is or was there.</summary>
/// <param name="Fingerprint"><see cref="Conway.Findings.Fingerprint"/></param>
/// <param name="Code">Its code.</param>
/// <param name="Severity">What it weighed last.</param>
/// <param name="About">What it is about.</param>
/// <param name="Message">What it said last; cut after 300 characters.</param>
/// <param name="First">When it was seen first.</param>
/// <param name="Last">When it was seen last.</param>
/// <param name="Gone">When it was first seen to be gone; null while it is there.</param>
/// <param name="Returns">How often it came back after it had gone.</param>
public sealed record PastFinding(string Fingerprint, string Code, Severity Severity, string About, string Message, DateTimeOffset First, DateTimeOffset Last, DateTimeOffset? Gone, int Returns);
