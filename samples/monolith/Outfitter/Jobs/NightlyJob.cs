using Microsoft.Extensions.Options;
using Outfitter.Options;

namespace Outfitter.Jobs;

/// <summary>Runs the night's work once a day at <c>Jobs:NightlyAt</c>. A run that fails is told, and tried again the next night.</summary>
public sealed partial class NightlyJob(IServiceScopeFactory scopes, IOptions<JobOptions> options, TimeProvider time, ILogger<NightlyJob> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(UntilNext(), time, stoppingToken);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<NightlyRun>().RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
    }

    private TimeSpan UntilNext()
    {
        var now = time.GetUtcNow().UtcDateTime;
        var next = now.Date + options.Value.NightlyAt.ToTimeSpan();
        return (next > now ? next : next.AddDays(1)) - now;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The night's work failed")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
