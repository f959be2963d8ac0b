using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Conway.Forwarding;

/// <summary>What Kestrel calls for each request: finds the listener and lets it answer.</summary>
/// <remarks>Kestrel keeps the context object with the connection, so that one serves all its requests in turn.</remarks>
internal sealed class WireApplication : IHttpApplication<WireApplication.Seat>
{
    public Seat CreateContext(IFeatureCollection contextFeatures)
    {
        var kept = contextFeatures as IHostContextContainer<Seat>;
        var seat = kept?.HostContext;
        if (seat is null)
        {
            seat = new Seat(contextFeatures, contextFeatures.Get<WireListener>()!);
            if (kept is not null)
            {
                kept.HostContext = seat;
            }
        }
        else
        {
            seat.Http.Initialize(contextFeatures);
        }

        return seat;
    }

    public Task ProcessRequestAsync(Seat context) => context.Listener.Handler(context.Http);

    public void DisposeContext(Seat context, Exception? exception) => context.Http.Uninitialize();

    internal sealed class Seat(IFeatureCollection features, WireListener listener)
    {
        internal DefaultHttpContext Http { get; } = new(features);

        internal WireListener Listener { get; } = listener;
    }
}
