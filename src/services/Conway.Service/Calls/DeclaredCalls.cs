using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Conway.Service.Calls;

/// <summary>Gives each named client of the factory what the environment says of the call of that name.</summary>
/// <remarks>Nothing is registered ahead: a name is looked up when its client is first made. A client whose name is no declared call stays as it is.</remarks>
internal sealed class DeclaredCalls(ConwayEnvironment environment, TimeProvider time) : IConfigureNamedOptions<HttpClientFactoryOptions>
{
    public void Configure(HttpClientFactoryOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, HttpClientFactoryOptions options)
    {
        if (string.IsNullOrEmpty(name) || environment.AddressOf(name) is not { } address)
            return;
        var budget = environment.TimeoutOf(name);
        options.HttpClientActions.Add(client =>
        {
            client.BaseAddress = address;
            // The handler keeps the time, and says who was slow; the client's own timer would only say "cancelled".
            if (budget is not null)
                client.Timeout = Timeout.InfiniteTimeSpan;
        });
        options.HttpMessageHandlerBuilderActions.Add(handlers => handlers.AdditionalHandlers.Insert(0, new CallHandler(name, budget, time)));
        // The upstream listener does not move while this process lives: no reason to change connections.
        options.HandlerLifetime = Timeout.InfiniteTimeSpan;
    }
}
