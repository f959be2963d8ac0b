using Conway.Planted;
using Conway.Planted.History;

namespace Conway.GitFacts.Tests;

/// <summary>A whole history about which everything is known because it was planted.</summary>
public sealed class PlantedHistoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conway-planted-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_planted_history_is_read_commit_by_commit_and_pair_by_pair()
    {
        var system = Planter.Plant(new PlantedSettings { Modules = 5, Commits = 300, CommitNoise = 20 });
        await PlantedRepository.CreateAsync(system, _folder.FullName, TestContext.Current.CancellationToken);

        var history = await GitReader.ReadAsync(_folder.FullName, TestContext.Current.CancellationToken);

        Assert.Equal(
            system.Commits.Reverse().Select(c => $"{c.Author} {c.At:u} {string.Join(' ', c.Files)}"),
            history.Commits.Select(c => $"{history.Authors[c.Author].Name} {c.When:u} {string.Join(' ', c.Files.Select(f => history.Files[f].Path))}"));
        var pairs = Pairs(system);
        Assert.True(pairs.Count > 100);
        Assert.Equal(pairs.Count, history.CoChanges.Length);
        Assert.All(history.CoChanges, c => Assert.Equal(pairs[(history.Files[c.A].Path, history.Files[c.B].Path)], c.Weight, 9));
    }

    private static Dictionary<(string, string), double> Pairs(PlantedSystem system)
    {
        var pairs = new Dictionary<(string, string), double>();
        foreach (var files in system.Commits.Select(c => c.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).ToArray()).Where(f => f.Length is >= 2 and <= 25))
        {
            foreach (var (i, first) in files.Index())
            {
                foreach (var second in files.Skip(i + 1))
                {
                    pairs[(first, second)] = pairs.GetValueOrDefault((first, second)) + (1.0 / (files.Length - 1));
                }
            }
        }

        return pairs;
    }
}
