using System.Collections.Concurrent;
using Conway.Registry.World;
using Microsoft.Extensions.Logging;

namespace Conway.Registry.Checks;

/// <summary>Runs the probes of this node's checks, each in its interval, and reports what they find to the ledger.</summary>
/// <remarks>A probe that waits is no thread. At most so many are on the wire at once; the others queue.</remarks>
internal sealed partial class Prober(Ledger ledger, Random random, ILogger log) : IAsyncDisposable
{
    private const int AtOnceMax = 128;

    /// <summary>First probes are spread over this long, so that a thousand registrations do not make a thousand connections at one moment.</summary>
    private static readonly TimeSpan FirstSpread = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<CheckKey, Running> _running = new();
    private readonly SemaphoreSlim _slots = new(AtOnceMax);

    /// <summary>Called in commit order: a check is to be probed so from now on, or no longer.</summary>
    public void Change(CheckKey key, CheckDefinition? definition)
    {
        if (_running.TryRemove(key, out var before)) before.Stop.Cancel();
        if (definition is null || definition.Kind is CheckKind.Ttl or CheckKind.Alias) return;
        var stop = new CancellationTokenSource();
        _running[key] = new Running(stop, Task.Run(() => RunAsync(key, definition, stop.Token), CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        var all = _running.Values.ToList();
        foreach (var one in all) await one.Stop.CancelAsync();
        await Task.WhenAll(all.Select(one => one.Loop));
        foreach (var one in all) one.Stop.Dispose();
    }

    private async Task RunAsync(CheckKey key, CheckDefinition definition, CancellationToken cancellation)
    {
        var thresholds = new CheckThresholds(definition);
        try
        {
            using var probe = Probe.For(definition);
            var spread = definition.Interval < FirstSpread ? definition.Interval : FirstSpread;
            await Task.Delay(spread * random.NextDouble(), ledger.Time, cancellation);
            while (true)
            {
                var found = await ProbeOnceAsync(probe, definition, cancellation);
                if (thresholds.Observe(found.Health) is { } status) Report(key, definition, status, found.Output);
                await Task.Delay(definition.Interval, ledger.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            Log.ProbeFailed(log, error, key.Id);
            Report(key, definition, InstanceHealth.Critical, "The registry itself failed at this check; its log says why.");
        }
    }

    private async Task<ProbeResult> ProbeOnceAsync(Probe probe, CheckDefinition definition, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            using var late = new CancellationTokenSource(definition.Timeout, ledger.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
            try
            {
                var found = await probe.RunAsync(either.Token);
                return found with { Output = found.Output.Length > definition.OutputMaxSize ? found.Output[..definition.OutputMaxSize] : found.Output };
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested && error is OperationCanceledException && late.IsCancellationRequested)
            {
                return new ProbeResult(InstanceHealth.Critical, $"{definition.Kind} {definition.Target}: no answer within {definition.Timeout.TotalSeconds:0.###} s");
            }
            catch (Exception error) when (error is HttpRequestException or IOException or System.Net.Sockets.SocketException
                or System.Security.Authentication.AuthenticationException or InvalidDataException)
            {
                return new ProbeResult(InstanceHealth.Critical, $"{definition.Kind} {definition.Target}: {error.Message}");
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    private void Report(CheckKey key, CheckDefinition definition, InstanceHealth status, string output) => ledger.Commit(draft =>
    {
        // The check may have been registered anew while its old probe was on the wire.
        if (draft.Catalog.Check(key.Node, key.Id) is { } check && Equals(check.Definition, definition)) draft.ReportCheck(key.Node, key.Id, status, output);
        return null;
    });

    private sealed record Running(CancellationTokenSource Stop, Task Loop);

    private static partial class Log
    {
        [LoggerMessage(4103, LogLevel.Error, "The check '{Check}' ended by a fault of the registry.")]
        public static partial void ProbeFailed(ILogger log, Exception error, string check);
    }
}
