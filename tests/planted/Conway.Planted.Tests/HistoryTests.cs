using System.Text.Json;
using Conway.Planted.History;

namespace Conway.Planted.Tests;

public sealed class HistoryTests
{
    private static readonly PlantedSettings Settings = new() { Commits = 400, CommitNoise = 20 };

    [Fact]
    public void Most_commits_stay_within_a_module_and_as_many_leave_it_as_were_asked_for()
    {
        var system = Planter.Plant(Settings with { CrossReferences = 40 });
        var home = system.Truth.Services.SelectMany(s => s.Types.Select(t => (Path: t.Text["Planted.".Length..].Replace('.', '/') + ".cs", s.Name))).ToDictionary(p => p.Path, p => p.Name);

        var several = system.Commits.Skip(1).Where(c => c.Files.Count is > 1 and < 10).ToList();
        var leaving = several.Count(c => c.Files.Select(f => home[f]).Distinct().Count() > 1);

        Assert.InRange(leaving / (double)several.Count, 0.08, 0.2);
        Assert.Equal(0, Planter.Plant(Settings with { CommitNoise = 0 }).Commits.Skip(1).Count(c => c.Files.Count is > 1 and < 10 && c.Files.Select(f => home.GetValueOrDefault(f)).Distinct().Count() > 1));
    }

    [Fact]
    public void Time_goes_on_and_every_file_exists()
    {
        var system = Planter.Plant(Settings);
        var files = system.Files.Select(f => f.Path).ToHashSet();

        Assert.Equal(401, system.Commits.Count);
        Assert.Equal(files.Count, system.Commits[0].Files.Count);
        Assert.All(system.Commits, c => Assert.True(c.Files.Count > 0 && c.Files.All(files.Contains)));
        Assert.All(system.Commits.Zip(system.Commits.Skip(1)), pair => Assert.True(pair.First.At < pair.Second.At));
        Assert.Contains(system.Commits.Skip(1), c => c.Files.Count > 25);
    }

    [Fact]
    public async Task Git_takes_the_history_and_ends_with_the_same_files()
    {
        var system = Planter.Plant(Settings with { Commits = 40 });
        var folder = Directory.CreateTempSubdirectory("planted-");
        try
        {
            await PlantedRepository.CreateAsync(system, folder.FullName, TestContext.Current.CancellationToken);

            var log = await PlantedRepository.GitAsync(folder.FullName, ["log", "--reverse", "--name-only", "--format=@%an|%at|%s"], null, TestContext.Current.CancellationToken);

            Assert.All(system.Files, f => Assert.Equal(f.Text, File.ReadAllText(Path.Combine(folder.FullName, f.Path))));
            var expected = system.Commits.Select(c => $"{c.Author}|{new DateTimeOffset(c.At).ToUnixTimeSeconds()}|{c.Message}\n\n{string.Join('\n', c.Files)}");
            Assert.Equal(expected, log.Split('@', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Trim()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_system_is_written_into_a_folder()
    {
        var system = Planter.Plant(Settings with { Commits = 3 });
        var folder = Directory.CreateTempSubdirectory("planted-");
        try
        {
            system.WriteTo(folder.FullName);

            Assert.All(system.Files, f => Assert.Equal(f.Text, File.ReadAllText(Path.Combine(folder.FullName, f.Path))));
            Assert.Empty(Conway.Planted.Truth.TruthReader.Read(File.ReadAllText(Path.Combine(folder.FullName, "truth.yaml"))).Problems);
            var history = File.ReadAllLines(Path.Combine(folder.FullName, "history.jsonl"));
            Assert.Equal(4, history.Length);
            using var last = JsonDocument.Parse(history[^1]);
            Assert.Equal(system.Commits[^1].Files, last.RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetString()!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
