using Conway.Console.Api;
using Conway.Console.FromModel;

namespace Conway.Console;

/// <summary>Where pages ask to look at the system: one look at a time, since reading source or a run takes memory and a processor.</summary>
/// <remarks>Thread-safe. Whoever waited while another looked at the same gets that answer: it is not older than the question.</remarks>
internal sealed class InspectionDesk(ConsoleSource source, TimeProvider clock)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private (Architecture Answer, long Began)? _last;

    /// <param name="look">Some of <see cref="Inspection.Words"/>, in their order.</param>
    /// <param name="cancel">Whoever asked has gone.</param>
    public async Task<Architecture> LookAsync(IReadOnlyList<string> look, CancellationToken cancel)
    {
        // By the clock that only goes forward: one that is set back would let an old answer stand for as long.
        var asked = clock.GetTimestamp();
        await _turn.WaitAsync(cancel);
        try
        {
            if (_last is { } last && last.Began >= asked && last.Answer.Looked.SequenceEqual(look))
            {
                return last.Answer;
            }

            // When it began: what changes meanwhile may not be in it.
            var (began, at) = (clock.GetTimestamp(), clock.GetUtcNow());
            var answer = ShownArchitecture.Of(await source.InspectAsync(look, cancel), look, at);
            _last = (answer, began);
            return answer;
        }
        finally
        {
            _turn.Release();
        }
    }
}
