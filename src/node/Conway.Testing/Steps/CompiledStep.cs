using Conway.Model;
using Conway.Testing.Queries;

namespace Conway.Testing.Steps;

/// <summary>A step with everything read that can be read before it is taken. Immutable, shared by all walks.</summary>
internal sealed class CompiledStep
{
    private const int NotFound = 404;

    public required string Name { get; init; }

    /// <summary>Unset for a wait.</summary>
    public HttpMethod? Method { get; init; }

    public TextTemplate Path { get; init; } = new("/");

    public TimeSpan Wait { get; init; }

    public IReadOnlyList<KeyValuePair<string, TextTemplate>> Headers { get; init; } = [];

    public JsonTemplate? Body { get; init; }

    public StatusRule Status { get; init; }

    public IReadOnlyList<Condition> Expect { get; init; } = [];

    public IReadOnlyList<Condition> Until { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, JsonQuery>> Capture { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, JsonQuery>> Pick { get; init; } = [];

    public TimeSpan Within { get; init; }

    public string? When { get; init; }

    public Percentage Weight { get; init; }

    /// <summary>Whether the body is looked into; else it is only read to its end.</summary>
    public bool LooksInside => Expect.Count + Until.Count + Capture.Count + Pick.Count > 0;

    /// <summary>What an answer means.</summary>
    /// <remarks>While the step waits for something, 404 means "not there yet": where writing and reading are apart, the thing appears later than the promise of it.
    /// Any other status that is not expected fails at once, because a 503 in the middle of waiting is what a journey is there to find.</remarks>
    public StepVerdict Judge(Answer answer, Captures captures)
    {
        if (!Status.Allows(answer.Status))
        {
            var detail = $"expected {Status}, got {answer.Status}";
            return Until.Count > 0 && answer.Status == NotFound ? StepVerdict.NotYet(detail) : StepVerdict.Failed(detail);
        }

        if (!LooksInside)
        {
            return StepVerdict.Met;
        }

        if (answer.Json is not { } json)
        {
            return StepVerdict.Failed(answer.NotJson ?? "the answer is not JSON");
        }

        // What is waited for comes first: until it holds, the rest describes an answer that is not there yet.
        return Until.Select(c => c.Unmet(json, captures)).FirstOrDefault(u => u is not null) is { } open ? StepVerdict.NotYet(open)
            : Expect.Select(c => c.Unmet(json, captures)).FirstOrDefault(u => u is not null) is { } unmet ? StepVerdict.Failed(unmet)
            : StepVerdict.Met;
    }

    /// <summary>Keeps what the step captures and draws what it picks.</summary>
    public void Keep(Answer answer, Captures captures, RunDice dice)
    {
        if (answer.Json is not { } json)
        {
            return;
        }

        foreach (var (name, query) in Capture)
        {
            captures.Keep(name, query.Find(json), $"{query.Text} of '{Name}'");
        }

        foreach (var (name, query) in Pick)
        {
            var found = query.All(json).ToArray();
            captures.Keep(name, found.Length == 0 ? null : found[dice.Below(found.Length)], $"{query.Text} of '{Name}'");
        }
    }

    /// <summary>How long to wait before the step is repeated: 100 ms, twice as long each time, at most 1 s.</summary>
    /// <param name="attempts">How often it has been done.</param>
    public static TimeSpan Pause(int attempts) => TimeSpan.FromMilliseconds(Math.Min(1000, 100 * Math.Pow(2, attempts - 1)));
}
