using Conway.Findings;

namespace Conway.Node;

/// <content>What is wrong, and since when.</content>
public sealed partial class NodeHost
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly FindingLedger _ledger = new();

    /// <summary>Every finding: of the model, of the plan, of the running system.</summary>
    public IReadOnlyList<Finding> Findings => [.. _model.Findings, .. Telemetry.Findings];

    /// <summary>The same, each with when it was found first in this run.</summary>
    public IReadOnlyList<SeenFinding> SeenFindings => _ledger.Note(() => Findings, _options.Clock.GetUtcNow());

    private void TellFindings()
    {
        _ = SeenFindings;
        _ledger.TakeNews();
        _events.Publish(new NodeEvent.FindingsChanged(Findings));
    }

    /// <summary>Notes and tells what is found in the running system, which nobody tells by itself.</summary>
    private async Task LookForFindingsAsync()
    {
        try
        {
            _ = SeenFindings;
            _ledger.TakeNews();
            while (true)
            {
                await Task.Delay(LookEvery, _options.Clock, _ending.Token).ConfigureAwait(false);
                _ = SeenFindings;
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
