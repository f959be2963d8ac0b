using Conway.Console.FromCode;

namespace Conway.Console;

/// <summary>Where the console listens and how it bounds its work.</summary>
public sealed record ConsoleOptions
{
    /// <summary>Port on loopback; 0: any free one.</summary>
    public required int Port { get; init; }

    /// <summary>How often the graph is sent to those who watch. Default 2 s.</summary>
    public TimeSpan GraphInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often an idle stream says that it is alive. Default 15 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Streams open at once; more are answered 503. Default 64.</summary>
    public int StreamsMax { get; init; } = 64;

    /// <summary>A codebase to cut, beside a running system or without one. Whoever gives it disposes of it, after the console.</summary>
    public DecompositionSession? Decomposition { get; init; }
}
