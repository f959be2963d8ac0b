namespace Conway.Service.Problems;

/// <summary>The request's deadline passed before the answer was ready. Answered with 504.</summary>
internal sealed class DeadlinePassedException(TimeSpan total)
    : OperationCanceledException($"The request's deadline of {total.TotalMilliseconds:0} ms passed before the answer was ready.");
