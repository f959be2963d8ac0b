using Conway.Findings;

namespace Conway.Node;

/// <content>What is wrong, and since when.</content>
public sealed partial class NodeHost
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly FindingLedger _ledger = new();
    private readonly FindingHistory _history;

    /// <summary>Every finding: of the model, of the plan, of the running system.</summary>
    public IReadOnlyList<Finding> Findings => [.. _model.Findings, .. Telemetry.Findings];

    /// <summary>The same, each with when it was found first in this run.</summary>
    public IReadOnlyList<SeenFinding> SeenFindings => _ledger.Note(() => Findings, _options.Clock.GetUtcNow());

    /// <summary>What became of every finding, over all runs of the system.</summary>
    public FindingPast FindingPast => _history.Now;

    private void Remember()
    {
        var seen = SeenFindings;
        if (_history.Note([.. seen.Select(one => one.Finding)], [.. seen.Select(one => one.Fingerprint)], _options.Clock.GetUtcNow()) is { } trouble)
        {
            _events.Publish(new NodeEvent.Notice(trouble));
        }
    }

    private void TellFindings()
    {
        Remember();
        _ledger.TakeNews();
        _events.Publish(new NodeEvent.FindingsChanged(Findings));
    }

    /// <summary>Notes and tells what is found in the running system, which nobody tells by itself.</summary>
    private async Task LookForFindingsAsync()
    {
        try
        {
            Remember();
            _ledger.TakeNews();
            while (true)
            {
                await Task.Delay(LookEvery, _options.Clock, _ending.Token).ConfigureAwait(false);
                Remember();
                if (_ledger.TakeNews())
                {
                    _events.Publish(new NodeEvent.FindingsChanged(Findings));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }
}
