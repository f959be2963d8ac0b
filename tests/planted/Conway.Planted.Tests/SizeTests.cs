using System.Diagnostics;

namespace Conway.Planted.Tests;

/// <summary>Alone, because what it measures is the time that the process has had.</summary>
[Collection(nameof(Alone))]
public sealed class SizeTests
{
    [Fact]
    public void A_hundred_thousand_lines_are_planted_while_somebody_looks()
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var system = Planter.Plant(new PlantedSettings { Modules = 40, TypesPerModule = 60, Methods = 10, Commits = 2000 });
        process.Refresh();

        Assert.InRange(system.Lines, 100_000, 250_000);
        // Ten seconds are promised. It takes one or two; a slow machine may take as long as it is slow.
        Assert.InRange(process.TotalProcessorTime - before, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
