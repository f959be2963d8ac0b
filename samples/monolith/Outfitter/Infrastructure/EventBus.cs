namespace Outfitter.Infrastructure;

/// <summary>Does something because something has happened.</summary>
public interface IEventHandler<in TEvent>
{
    Task HandleAsync(TEvent happened, CancellationToken ct);
}

/// <summary>Tells in the same process, each handler in a unit of work of its own. What is not told when the process dies is lost.</summary>
public sealed partial class EventBus(IServiceScopeFactory scopes, ILogger<EventBus> logger)
{
    /// <summary>Tells every handler. What one of them cannot do is logged and stops nobody.</summary>
    /// <remarks>Takes no cancellation: what has happened is told to the end, even when the caller has hung up.</remarks>
    public async Task PublishAsync<TEvent>(TEvent happened)
        where TEvent : notnull
    {
        int handlers;
        await using (var counting = scopes.CreateAsyncScope())
            handlers = counting.ServiceProvider.GetServices<IEventHandler<TEvent>>().Count();

        for (var i = 0; i < handlers; i++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var handler = scope.ServiceProvider.GetServices<IEventHandler<TEvent>>().ElementAt(i);
            try
            {
                await handler.HandleAsync(happened, CancellationToken.None);
            }
            catch (Exception e)
            {
                Log.Failed(logger, e, handler.GetType().Name, happened);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Handler} could not handle {Event}")]
        public static partial void Failed(ILogger logger, Exception e, string handler, object @event);
    }
}
