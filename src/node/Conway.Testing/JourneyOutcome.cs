namespace Conway.Testing;

/// <summary>One walk of a journey, step by step.</summary>
/// <param name="Journey">Its name in the model.</param>
/// <param name="TraceId">32 hexadecimal digits: the trace that every request of the walk is part of.</param>
/// <param name="Taken">From the first step to the end of the last.</param>
/// <param name="Steps">Those that were reached, in order; after one that failed there is no other.</param>
public sealed record JourneyOutcome(string Journey, string TraceId, TimeSpan Taken, IReadOnlyList<StepOutcome> Steps)
{
    /// <summary>The step that was not as expected; null when every one was.</summary>
    public StepOutcome? Failure => Steps.FirstOrDefault(s => s.Result == StepResult.Failed);

    public bool Succeeded => Failure is null;
}

/// <summary>One step of a walk.</summary>
/// <param name="Step">Its name, or its method and path as written: <c>GET /api/orders/${order}</c>.</param>
/// <param name="Status">HTTP status of the last answer; unset for waits and where no answer came.</param>
/// <param name="Attempts">How many requests were sent.</param>
/// <param name="Detail">What was expected and what came; unset when all was as expected.</param>
public sealed record StepOutcome(string Step, StepResult Result, int? Status, int Attempts, TimeSpan Taken, string? Detail);

/// <summary>How a step went.</summary>
public enum StepResult
{
    /// <summary>As expected.</summary>
    Passed,

    /// <summary>Not as expected; the walk ended here.</summary>
    Failed,

    /// <summary>Not taken, because of <c>when</c> or <c>weight</c>.</summary>
    LeftOut,
}
