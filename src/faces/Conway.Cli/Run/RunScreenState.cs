namespace Conway.Cli;

/// <summary>What a person who started a system wants to see of it, at one moment.</summary>
public sealed record RunScreenState
{
    /// <summary>Name of the system.</summary>
    public required string System { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>In the order of the model.</summary>
    public IReadOnlyList<RunService> Services { get; init; } = [];

    /// <summary>What is being done just now: <c>built Shop.Catalog</c>; null when nothing is.</summary>
    public string? Doing { get; init; }

    public int Healthy => Services.Count(s => s.State == "healthy");

    /// <summary>Everything that is wanted is there.</summary>
    public bool AllHealthy => Healthy > 0 && Services.All(s => s.State == "healthy" || s.WantedReplicas == 0);

    /// <summary>The same with one service as it is now; its time starts anew when its state is another.</summary>
    public RunScreenState With(RunService service, DateTimeOffset now)
    {
        var at = Services.Select((s, i) => (s, i)).FirstOrDefault(x => x.s.Name == service.Name, (null!, -1));
        if (at.Item2 < 0)
        {
            return this with { Services = [.. Services, service with { Since = now }] };
        }

        var since = at.Item1.State == service.State ? at.Item1.Since : now;
        return this with { Services = [.. Services.Select((s, i) => i == at.Item2 ? service with { Since = since } : s)] };
    }
}

/// <summary>One service on the screen.</summary>
public sealed record RunService
{
    public required string Name { get; init; }

    /// <summary>The node's word: <c>building starting waiting healthy unhealthy failed stopping stopped</c>.</summary>
    public required string State { get; init; }

    /// <summary>Since when it is in this state.</summary>
    public DateTimeOffset Since { get; init; }

    public int HealthyReplicas { get; init; }

    public int WantedReplicas { get; init; } = 1;

    /// <summary>Names of the services that have to be healthy first.</summary>
    public IReadOnlyList<string> WaitingFor { get; init; } = [];

    /// <summary>Why it is not as it should be, in a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>Its last log line.</summary>
    public string? LastLog { get; init; }

    /// <summary>What a person should know about it now, shortest first: whom it waits for, why it failed, what it last said.</summary>
    public string Note =>
        WaitingFor.Count > 0 ? $"waits for {string.Join(", ", WaitingFor)}"
        : State is not "healthy" && Reason is { Length: > 0 } reason ? reason
        : WantedReplicas > 1 && HealthyReplicas < WantedReplicas ? $"{HealthyReplicas} of {WantedReplicas} replicas healthy"
        : LastLog ?? "";
}
