using Conway.Console.Api;

namespace Conway.Console;

/// <summary>What the console can show and do, in the words of the HTTP API.</summary>
/// <remarks>One is the running node; tests have one that plays a whole system, with faults that a real one cannot show on demand.
/// Called from many requests at once. A name that does not exist is null or false, never an exception; what a person typed wrong is
/// <see cref="BadQueryException"/>.</remarks>
public abstract class ConsoleSource
{
    public abstract SystemInfo System { get; }

    /// <summary>In the order of the model.</summary>
    public abstract IReadOnlyList<ServiceInfo> Services { get; }

    public abstract IReadOnlyList<Finding> Findings { get; }

    /// <summary>What became of every finding, over all runs.</summary>
    public abstract FindingHistory FindingHistory { get; }

    public abstract ModelOverview Model { get; }

    public abstract JourneyList Journeys { get; }

    /// <summary>Drains and ends everything; returns at once.</summary>
    public abstract void Stop();

    public abstract ServiceDetail? FindService(string name);

    /// <summary>Begins what was asked for; false when there is no such service. <see cref="ServiceVerb.Rebuild"/> is a restart that builds even when nothing changed.</summary>
    public abstract bool Command(string service, ServiceVerb verb);

    /// <summary>SIGKILL; false when there is no such process.</summary>
    public abstract bool Kill(string service, int replica);

    public abstract Graph Graph(TimeSpan window);

    public abstract Task<LogPage> SearchLogsAsync(string query, int limit, string? before, string? run, CancellationToken cancel);

    /// <summary>New records that match, as they come..</summary>
    public abstract LiveFeed<LogRecord> FollowLogs(string query);

    public abstract Task<TracePage> SearchTracesAsync(string query, int limit, string? before, string? run, CancellationToken cancel);

    public abstract Task<Trace?> FindTraceAsync(string traceId, string? run, CancellationToken cancel);

    /// <param name="window">Unset: five minutes of this run, or the whole of an earlier one.</param>
    /// <param name="run">Unset: this one.</param>
    public abstract Task<Red> RedAsync(TimeSpan? window, string? run, CancellationToken cancel);

    /// <param name="run">Unset: this one.</param>
    /// <param name="with">The run to hold it against.</param>
    /// <param name="window">The last of each run; unset: each whole.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="NoSuchRunException">One of the runs is not stored.</exception>
    public abstract Task<Comparison> CompareAsync(string? run, string with, TimeSpan? window, CancellationToken cancel);

    public abstract Task<IReadOnlyList<Metric>> MetricsAsync(string? service, string? run, CancellationToken cancel);

    /// <summary>Null when there is no such instrument.</summary>
    public abstract Task<MetricSeries?> SeriesAsync(SeriesQuestion question, CancellationToken cancel);

    /// <exception cref="NoSuchRunException">It is not stored.</exception>
    public abstract Task<TelemetryRunDetail> FindRunAsync(string run, CancellationToken cancel);

    public abstract Task<TelemetryOverview> TelemetryAsync(CancellationToken cancel);

    public abstract Rule? FindRule(string code);

    public abstract Explanation? Explain(string path);

    /// <summary>False when there is no such journey.</summary>
    public abstract bool Command(string journey, bool running);

    /// <summary>What changes, from now on. While one of these is open a console is open.</summary>
    public abstract LiveFeed<LiveEvent> Watch();

    /// <summary>Looks at the system as <c>conway check</c> does.</summary>
    /// <param name="look">Some of <see cref="Inspection.Words"/>.</param>
    /// <param name="cancel">Ends the looking.</param>
    public abstract Task<Inspection> InspectAsync(IReadOnlyCollection<string> look, CancellationToken cancel);
}

/// <summary>What can be done to a service.</summary>
public enum ServiceVerb
{
    Start,
    Stop,
    Restart,
    Rebuild,
}

/// <summary>Which points of which instrument.</summary>
/// <param name="From">Unset: an hour before <paramref name="Until"/>.</param>
/// <param name="Until">Unset: now, or the end of an earlier run.</param>
/// <param name="Points">At most as many points in each line; from 1 to 1,000.</param>
public sealed record SeriesQuestion(string Name, string Service, DateTimeOffset? From, DateTimeOffset? Until, int Points, string? Run);

/// <summary>A search that cannot be read.</summary>
/// <param name="message">What is wrong, in a sentence.</param>
/// <param name="position">Where, in characters from 0.</param>
public sealed class BadQueryException(string message, int position) : Exception(message)
{
    public int Position { get; } = position;
}

/// <summary>A run was asked for whose telemetry is not stored.</summary>
public sealed class NoSuchRunException(string run) : Exception($"No telemetry of a run '{run}' is stored. GET /api/v1/telemetry lists the runs.");
