using Conway.Testing;

namespace Conway.Node;

/// <content>Does what users do, while somebody looks.</content>
public sealed partial class NodeHost
{
    private volatile bool _isWatched;

    /// <summary>How each journey of the model fares, in its order.</summary>
    public IReadOnlyList<JourneyStatus> Journeys => _journeys.Status;

    /// <summary>Whether journeys with <c>traffic: true</c> wait: until somebody looks, and until all services have been healthy once.</summary>
    public bool JourneysPaused => _journeys.Paused;

    /// <summary>Whether somebody looks. The console says so while it has a reader of its events.</summary>
    public bool Watched
    {
        get => _isWatched;
        set
        {
            _isWatched = value;
            SteerJourneys();
        }
    }

    /// <summary>Starts a journey by hand, watched or not. False: there is none of that name, or it cannot be walked.</summary>
    public bool StartJourney(string name) => _journeys.Start(name);

    /// <summary>Stops a journey by hand. False: there is none of that name.</summary>
    public bool StopJourney(string name) => _journeys.Stop(name);

    private async Task PlayAsync()
    {
        try
        {
            using var events = _events.Subscribe();
            await foreach (var _ in events.Events.ReadAllAsync(_ending.Token).ConfigureAwait(false))
            {
                SteerJourneys();
                if (_wasHealthy)
                {
                    return; // from here on only the watcher decides: what fails later is to be seen
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private void SteerJourneys()
    {
        // Told in the order in which it is done, whoever steers.
        lock (_journeys)
        {
            // A user who came before the shop opened would only tell that it was closed.
            var isOpen = _wasHealthy || System.State == SystemState.Running;
            var isPaused = !((_isWatched || _isDemo) && isOpen);
            if (_journeys.Paused != isPaused)
            {
                _journeys.Paused = isPaused;
                _events.Publish(new NodeEvent.JourneysPaused(isPaused));
            }
        }
    }
}
