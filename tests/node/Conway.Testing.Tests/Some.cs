using System.Text;
using System.Text.Json;
using Conway.Findings;
using Conway.Model;
using Conway.Reader;

namespace Conway.Testing.Tests;

/// <summary>Journeys as people write them, and what it takes to walk them.</summary>
internal static class Some
{
    public static string Root => RepositoryFolder.Root;

    /// <param name="steps">The steps of a journey <c>walk</c>, one YAML list item a line.</param>
    public static NameMap<Journey> Walk(string steps, string settings = "") =>
        Journeys($"journeys:\n  walk:\n{Indented(settings, 4)}    steps:\n{Indented(steps, 6)}");

    /// <param name="yaml">A whole model, or only its <c>journeys:</c>.</param>
    public static NameMap<Journey> Journeys(string yaml)
    {
        var read = Read(yaml);
        Assert.DoesNotContain(read.Findings, f => f.Severity == Severity.Error);
        return read.Model.Journeys;
    }

    public static ReadResult Read(string yaml)
    {
        var text = yaml.Contains("conway: 1", StringComparison.Ordinal) ? yaml : $"conway: 1\nsystem: some\n{yaml}";
        var file = KeyValuePair.Create("conway.yaml", new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(text)));
        return ModelReader.Read(new MemoryFileTree([file]), "conway.yaml", new ReadOptions());
    }

    public static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    public static JourneyRunner Runner(StubSystem system, NameMap<Journey> journeys, ulong seed = 1, TimeProvider? clock = null) =>
        new(system.Address, journeys, seed, clock ?? TimeProvider.System);

    /// <summary>Waits for a condition, for at most 30 s.</summary>
    public static async Task UntilAsync(Func<bool> holds, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30), $"not within 30 s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static string Indented(string text, int by) => string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => $"{new string(' ', by)}{l}\n"));
}
