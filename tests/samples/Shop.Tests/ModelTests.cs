using Conway.Checks;
using Conway.Findings;
using Conway.Reader;
using Shop.Tests.Support;

namespace Shop.Tests;

public sealed class ModelTests
{
    private static readonly ReadResult Read = ModelReader.Read(new DiskFileTree(Path.Combine(Repository.Root, "samples/shop")), "conway.yaml", new ReadOptions());

    [Fact]
    public void The_model_is_read_without_an_error_or_a_warning() =>
        Assert.DoesNotContain(Read.Findings, f => f.Severity > Severity.Info);

    [Fact]
    public void The_architects_checks_have_nothing_against_it() =>
        Assert.DoesNotContain(CheckCatalog.Check(Read.Model), f => f.Severity > Severity.Info);

    [Fact]
    public void Every_service_is_there_with_its_owner_its_promise_and_its_folder()
    {
        Assert.Equal(7, Read.Model.Services.Count);
        Assert.All(Read.Model.Services, s =>
        {
            Assert.NotNull(s.Value.Slo);
            Assert.NotNull(s.Value.Context);
            Assert.True(Directory.Exists(Path.Combine(Repository.Root, "samples/shop", s.Value.Project ?? s.Value.Directory ?? "?")), s.Key);
        });
    }
}
