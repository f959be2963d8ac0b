using System.Text.Json;
using Conway.CodeFacts;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Proposals;
using Conway.GitFacts;
using Conway.Planted;
using Conway.Planted.History;

namespace Conway.Decomposition.Tests.Planted;

/// <summary>The same input gives the same answer, and the second answer takes less work than the first.</summary>
public sealed class PlantedRepeatTests : IDisposable
{
    private static readonly JsonSerializerOptions Fields = new() { IncludeFields = true };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conway-planted-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_same_code_history_and_wishes_give_the_same_bytes()
    {
        var system = Planter.Plant(new PlantedSettings { Modules = 5, Interfaces = true, Handlers = true, Commits = 150 });
        await PlantedRepository.CreateAsync(system, _folder.FullName, TestContext.Current.CancellationToken);

        var (first, second) = (await ProposeAsync(1), await ProposeAsync(4));

        Assert.True(first.Length > 10_000);
        Assert.Equal(first, second);
    }

    // Bytes allocated by this thread stand for work: a slow or busy machine allocates no more.
    [Fact]
    public void A_proposal_after_an_edit_takes_a_fraction_of_the_work_of_the_first()
    {
        var files = Planter.Plant(new PlantedSettings { Modules = 10, TypesPerModule = 30, Commits = 0 }).Files.Select(f => KeyValuePair.Create(f.Path, f.Text)).ToArray();
        var constraints = ConstraintFile.Parse("together Article Parcel\nservices 6..9\n", "c.txt");

        var began = GC.GetAllocatedBytesForCurrentThread();
        var code = CodebaseReader.Read(new MemorySourceTree("planted", files), new CodebaseOptions { Parallelism = 1 }, null, TestContext.Current.CancellationToken);
        var read = GC.GetAllocatedBytesForCurrentThread();
        var bench = Workbench.Prepare(code, new ProposalOptions(), TestContext.Current.CancellationToken);
        var prepared = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotEmpty(bench.Propose(TestContext.Current.CancellationToken).Alternatives);
        var first = GC.GetAllocatedBytesForCurrentThread();
        var again = bench.Propose(constraints, "c.txt", TestContext.Current.CancellationToken);
        var end = GC.GetAllocatedBytesForCurrentThread();

        Assert.All(again.Alternatives, a => Assert.InRange(a.Services.Length, 6, 9));
        Assert.True(end - first < (first - began) / 3, $"read {read - began:N0}, prepared {prepared - read:N0}, proposed {first - prepared:N0}, again {end - first:N0}");
    }

    private async Task<string> ProposeAsync(int parallelism)
    {
        var code = CodebaseReader.Read(new DiskSourceTree(_folder.FullName), new CodebaseOptions { Parallelism = parallelism }, null, TestContext.Current.CancellationToken);
        var history = await GitReader.ReadAsync(_folder.FullName, TestContext.Current.CancellationToken);
        var proposal = PlantedCode.Propose(code, new ProposalOptions { History = history, Constraints = ConstraintFile.Parse("together Article Parcel\n", "c.txt") });
        return string.Join('\n', proposal.Alternatives.Select(a => string.Join('\n',
            a.Id, a.Title, a.How, a.Cut, a.Total, a.IsPareto, Json(a.Services), Json(a.Placements), Json(a.Price), Json(a.Sheet), Json(a.Costs), Json(a.Contested))))
            + Json(proposal.Roles) + Json(proposal.NotTried) + proposal.Recommended + string.Join('\n', proposal.Findings);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Fields);
}
