using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Conway.Forwarding;

/// <summary>What is set once for all listeners of a <see cref="WireServer"/>.</summary>
public sealed record WireOptions
{
    /// <summary>Limits on connections, heads, bodies and their speed. Called once, before the server starts. Unset: Kestrel's own.</summary>
    public Action<KestrelServerLimits>? Limits { get; init; }

    /// <summary>Where the server logs. Unset: nowhere.</summary>
    public ILoggerFactory? Logs { get; init; }
}
