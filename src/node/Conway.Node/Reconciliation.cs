using System.Threading.Channels;

namespace Conway.Node;

/// <summary>Brings the engines' tables and the views up to what is true, one time after another, however many changes come in meanwhile.</summary>
internal sealed class Reconciliation : IAsyncDisposable
{
    private readonly Channel<TaskCompletionSource?> _requests = Channel.CreateUnbounded<TaskCompletionSource?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Func<Task> _reconcile;
    private readonly Task _running;
    private int _pending;

    /// <param name="reconcile">Must not throw.</param>
    public Reconciliation(Func<Task> reconcile)
    {
        _reconcile = reconcile;
        _running = RunAsync();
    }

    /// <summary>Something changed. Cheap; many calls make one round.</summary>
    public void Request()
    {
        if (Interlocked.Exchange(ref _pending, 1) == 0)
        {
            _requests.Writer.TryWrite(null);
        }
    }

    /// <summary>Ends when everything that changed before this call has been taken over.</summary>
    public Task SettledAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _requests.Writer.TryWrite(done) ? done.Task : Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        await foreach (var first in _requests.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            var waiting = new List<TaskCompletionSource?> { first };
            while (_requests.Reader.TryRead(out var more))
            {
                waiting.Add(more);
            }

            Interlocked.Exchange(ref _pending, 0);
            await _reconcile().ConfigureAwait(false);
            foreach (var done in waiting)
            {
                done?.TrySetResult();
            }
        }
    }
}
