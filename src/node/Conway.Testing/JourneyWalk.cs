using Conway.Model;
using Conway.Testing.Steps;

namespace Conway.Testing;

/// <summary>Walks a journey once. Thread-safe: what a walk keeps is its own.</summary>
internal sealed class JourneyWalk(Uri baseAddress, JourneyWire wire, TimeProvider clock)
{
    /// <exception cref="OperationCanceledException">It was cancelled; no answer is waited for.</exception>
    public async Task<JourneyOutcome> GoAsync(CompiledJourney journey, RunDice dice, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        using var spans = JourneySpans.Begin(journey.Name);
        var captures = new Captures();
        var steps = new List<StepOutcome>(journey.Steps.Count);
        foreach (var step in journey.Steps)
        {
            steps.Add(await StepAsync(journey, step, captures, dice, spans, cancel).ConfigureAwait(false));
            if (steps[^1].Result == StepResult.Failed)
            {
                break;
            }
        }

        var outcome = new JourneyOutcome(journey.Name, spans.TraceId, clock.GetElapsedTime(began), steps);
        spans.End(outcome.Failure);
        return outcome;
    }

    private async Task<StepOutcome> StepAsync(CompiledJourney journey, CompiledStep step, Captures captures, RunDice dice, JourneySpans spans, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        // The dice are thrown before anything else is asked, so that what is drawn later does not depend on answers.
        var isDrawn = step.Weight.Fraction >= 1 || dice.Throw(step.Weight.Fraction);
        if (!isDrawn || (step.When is { } when && !captures.Has(when)))
        {
            return new StepOutcome(step.Name, StepResult.LeftOut, null, 0, TimeSpan.Zero, null);
        }

        var began = clock.GetTimestamp();
        if (step.Method is null)
        {
            await Task.Delay(step.Wait, clock, cancel).ConfigureAwait(false);
            return new StepOutcome(step.Name, StepResult.Passed, null, 0, clock.GetElapsedTime(began), null);
        }

        captures.NextUuid();
        var (request, trouble) = StepRequest.Of(step, baseAddress, captures);
        if (request is null)
        {
            return new StepOutcome(step.Name, StepResult.Failed, null, 0, TimeSpan.Zero, trouble);
        }

        var attempt = new StepAttempts();
        var detail = await AskAsync(journey.Name, step, request, captures, spans, attempt, cancel).ConfigureAwait(false);
        if (detail is null)
        {
            step.Keep(attempt.Last!, captures, dice);
        }

        return new StepOutcome(step.Name, detail is null ? StepResult.Passed : StepResult.Failed, attempt.Last?.Status, attempt.Count, clock.GetElapsedTime(began), detail);
    }

    /// <summary>Asks until the answer is as expected, is not, or time is up.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    private async Task<string?> AskAsync(string journey, CompiledStep step, StepRequest request, Captures captures, JourneySpans spans, StepAttempts attempts, CancellationToken cancel)
    {
        using var within = new CancellationTokenSource(step.Within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, within.Token);
        string? open = null;
        try
        {
            while (true)
            {
                attempts.Count++;
                var verdict = await AskOnceAsync(journey, step, request, captures, spans, attempts, either.Token).ConfigureAwait(false);
                if (verdict.Kind != VerdictKind.NotYet)
                {
                    return verdict.Detail;
                }

                open = verdict.Detail;
                await Task.Delay(CompiledStep.Pause(attempts.Count), clock, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"{open ?? "no answer"} within {UnitText.Format(step.Within)}";
        }
    }

    private async Task<StepVerdict> AskOnceAsync(string journey, CompiledStep step, StepRequest request, Captures captures, JourneySpans spans, StepAttempts attempts, CancellationToken cancel)
    {
        var span = spans.Send(step, request);
        var verdict = StepVerdict.Failed("no answer");
        try
        {
            var (answer, trouble) = await wire.SendAsync(journey, request, spans.Parent(span), cancel).ConfigureAwait(false);
            attempts.Last = answer ?? attempts.Last;
            verdict = answer is null ? StepVerdict.Failed(trouble!) : step.Judge(answer, captures);
            return verdict;
        }
        finally
        {
            JourneySpans.Answered(span, attempts.Last?.Status, verdict.Kind == VerdictKind.Failed ? verdict.Detail : null);
        }
    }

    /// <summary>The attempts of one step so far.</summary>
    private sealed class StepAttempts
    {
        public int Count { get; set; }

        public Answer? Last { get; set; }
    }
}
