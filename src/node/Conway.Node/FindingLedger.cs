using Conway.Findings;

namespace Conway.Node;

/// <summary>A finding, its <see cref="Conway.Findings.Fingerprint"/>, and when it was found first in this run.</summary>
public sealed record SeenFinding(Finding Finding, string Fingerprint, DateTimeOffset Since);

/// <summary>Remembers since when each finding is there. What goes is forgotten, so that it is never larger than the present findings.</summary>
/// <remarks>Thread-safe. Findings are the same while their <see cref="Fingerprint"/> is.</remarks>
internal sealed class FindingLedger
{
    private readonly Lock _lock = new();
    private Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);
    private HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Takes the present findings in.</summary>
    /// <param name="present">Asked for under the ledger's lock, so that an older answer never comes after a newer one.</param>
    public IReadOnlyList<SeenFinding> Note(Func<IReadOnlyList<Finding>> present, DateTimeOffset now)
    {
        lock (_lock)
        {
            var findings = present();
            var fingerprints = Fingerprint.Of(findings);
            var before = _since;
            _since = fingerprints.ToDictionary(one => one, one => before.GetValueOrDefault(one, now), StringComparer.Ordinal);
            return [.. findings.Zip(fingerprints, (finding, one) => new SeenFinding(finding, one, _since[one]))];
        }
    }

    /// <summary>Whether others are there than when this was last asked.</summary>
    public bool TakeNews()
    {
        lock (_lock)
        {
            var isSame = _told.SetEquals(_since.Keys);
            _told = [.. _since.Keys];
            return !isSame;
        }
    }
}
