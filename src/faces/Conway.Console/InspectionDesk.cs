using Conway.Console.Api;
using Conway.Console.FromModel;

namespace Conway.Console;

/// <summary>Where pages ask to look at the system: one look at a time, since reading source or a run takes memory and a processor.</summary>
/// <remarks>Thread-safe. Whoever waited while another looked at the same gets that answer: it is not older than the question.</remarks>
internal sealed class InspectionDesk(ConsoleSource source, TimeProvider clock)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Architecture? _last;

    /// <param name="look">Some of <see cref="Inspection.Words"/>, in their order.</param>
    /// <param name="cancel">Whoever asked has gone.</param>
    public async Task<Architecture> LookAsync(IReadOnlyList<string> look, CancellationToken cancel)
    {
        var asked = clock.GetUtcNow();
        await _turn.WaitAsync(cancel);
        try
        {
            if (_last is { } last && last.At >= asked && last.Looked.SequenceEqual(look))
            {
                return last;
            }

            // When it began: what changes meanwhile may not be in it.
            var at = clock.GetUtcNow();
            return _last = ShownArchitecture.Of(await source.InspectAsync(look, cancel), look, at);
        }
        finally
        {
            _turn.Release();
        }
    }
}
