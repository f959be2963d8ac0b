using Conway.Findings;

namespace Conway.Node;

/// <summary>Something that happened in the node, for whoever shows it.</summary>
public abstract record NodeEvent
{
    private NodeEvent()
    {
    }

    /// <summary>The system's own state changed.</summary>
    public sealed record SystemChanged(SystemView System) : NodeEvent;

    /// <summary>A service's view changed.</summary>
    public sealed record ServiceChanged(ServiceView Service) : NodeEvent;

    /// <summary>The findings changed.</summary>
    public sealed record FindingsChanged(IReadOnlyList<Finding> Findings) : NodeEvent;

    /// <summary>The model's files changed, and were taken over or not.</summary>
    /// <param name="Changed">What is done about it, a line each: <c>restart catalog: environment CATALOG_URL</c>.</param>
    public sealed record ModelChanged(int Revision, bool Accepted, IReadOnlyList<string> Changed) : NodeEvent;

    /// <summary>A change of sources is taken over, or why not.</summary>
    /// <param name="Service">Which service.</param>
    /// <param name="Phase"><c>building</c>, <c>replacing</c>, <c>serving</c>, <c>kept</c>, <c>unchanged</c>.</param>
    /// <param name="Detail">In a sentence; for <c>kept</c> why the old processes serve on.</param>
    public sealed record SourceChanged(string Service, string Phase, string Detail) : NodeEvent;

    /// <summary>A line that a build wrote.</summary>
    public sealed record BuildLine(string? Service, string Text) : NodeEvent;

    /// <summary>An instance was set aside or taken back, a retry budget ran out.</summary>
    public sealed record Traffic(Conway.Traffic.TrafficEvent What) : NodeEvent;

    /// <summary>Journeys with <c>traffic: true</c> begin to wait, or go on.</summary>
    public sealed record JourneysPaused(bool Paused) : NodeEvent;

    /// <summary>Something the node has to say, in a sentence.</summary>
    public sealed record Notice(string Text) : NodeEvent;
}
