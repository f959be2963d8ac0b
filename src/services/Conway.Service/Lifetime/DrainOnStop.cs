using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Conway.Service.Lifetime;

/// <summary>On SIGTERM: readiness says no, a moment passes so that balancers hear it, then the server stops taking connections and finishes.</summary>
internal sealed partial class DrainOnStop : IHostedLifecycleService
{
    private readonly DrainState _state;
    private readonly ConwayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public DrainOnStop(DrainState state, ConwayOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    {
        (_state, _options, _time) = (state, options, time);
        _log = loggers.CreateLogger("Conway.Service");
        // Before the host's own stop begins, which waits for whoever asked first.
        lifetime.ApplicationStopping.Register(state.Drain);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _state.Start();
        return Task.CompletedTask;
    }

    // The web server stops in StopAsync, which comes after every StoppingAsync.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _state.Drain();
        if (!_options.Drain)
            return;
        Draining(_options.DrainNotice.TotalMilliseconds);
        await Task.Delay(_options.DrainNotice, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Draining: not ready any more, closing in {Notice} ms, finishing what is in flight")]
    private partial void Draining(double notice);
}
