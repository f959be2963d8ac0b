using Conway.Supervision;

namespace Conway.Node;

/// <content>Lets services look slow for a while, for those who want to see what happens then.</content>
public sealed partial class NodeHost
{
    private volatile bool _isDemo;

    private async Task DemoAsync(TimeSpan length)
    {
        try
        {
            await HealthyAsync().ConfigureAwait(false);
            var acts = DemoAct.Of(Plan.Listeners);
            if (acts.Count == 0)
            {
                _events.Publish(new NodeEvent.Notice("demo: no call of this model has a time limit of 5 s or less, so nothing would be seen; write one in it, as in calls: { back: { timeout: 500ms } }"));
                return;
            }

            // Somebody has to feel it.
            _isDemo = true;
            SteerJourneys();
            foreach (var act in acts)
            {
                await Task.Delay(length / 3, _options.Clock, _ending.Token).ConfigureAwait(false);
                await PlayAsync(act, length).ConfigureAwait(false);
            }

            _events.Publish(new NodeEvent.Notice("demo: over; nothing is slowed any more"));
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
        finally
        {
            _isDemo = false;
            SteerJourneys();
        }
    }

    private async Task PlayAsync(DemoAct act, TimeSpan length)
    {
        var before = CountOf(act.Callee);
        _events.Publish(new NodeEvent.Notice(act.Begins(length)));
        _platform.Mesh.SetDelay(act.Callee, act.Delay);
        try
        {
            await Task.Delay(length, _options.Clock, _ending.Token).ConfigureAwait(false);
        }
        finally
        {
            _platform.Mesh.SetDelay(act.Callee, TimeSpan.Zero);
        }

        _events.Publish(new NodeEvent.Notice(act.Ends(CountOf(act.Callee) - before)));
    }

    private DemoCount CountOf(string callee)
    {
        var endpoints = _platform.Mesh.Snapshot().Where(p => p.Callee == callee).SelectMany(p => p.Pool.Endpoints).ToArray();
        return new DemoCount(endpoints.Sum(e => e.Requests), endpoints.Sum(e => e.Failures), endpoints.Sum(e => e.Retries), endpoints.Sum(e => (long)e.Ejections));
    }

    private async Task HealthyAsync()
    {
        using var events = _events.Subscribe();
        while (Services.Any(s => s.State != ReplicaState.Healthy))
        {
            await events.Events.ReadAsync(_ending.Token).ConfigureAwait(false);
        }
    }
}
