namespace Conway.Cli.Tests;

public sealed class DiagramTests
{
    [Fact]
    public async Task Without_a_kind_all_kinds_are_listed()
    {
        using var folder = new SystemFolder();
        var ended = await Shell.ConwayAsync(folder.Path, "diagram");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.All(new[] { "context ", "containers ", "components ", "context-map ", "saga ", "deployment ", "data ", "all " }, kind => Assert.Contains($"\n{kind}", ended.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_diagrams_are_written_into_a_folder_and_checked_there()
    {
        using var folder = new SystemFolder(Models.Clean);
        var written = await Shell.ConwayAsync(folder.Path, "diagram", "all", "-o", "svg", "--out", "docs");
        Assert.Equal(new Ended(0, "", "wrote 7 diagrams into docs\n"), written);
        Assert.Equal(
            ["components-catalog.svg", "components-orders.svg", "containers.svg", "context-map.svg", "context.svg", "data.svg", "deployment.svg"],
            Directory.EnumerateFiles(Path.Combine(folder.Path, "docs")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(new Ended(0, "", ""), await Shell.ConwayAsync(folder.Path, "diagram", "all", "-o", "svg", "--out", "docs", "--check"));

        // One that is old, and one that is not there.
        File.AppendAllText(Path.Combine(folder.Path, "docs", "data.svg"), " ");
        File.Delete(Path.Combine(folder.Path, "docs", "context.svg"));
        var stale = await Shell.ConwayAsync(folder.Path, "diagram", "all", "-o", "svg", "--out", "docs", "--check");
        Assert.Equal(new Ended(8, "", "conway: docs/context.svg, docs/data.svg are not as the model says. The same line without --check draws them again.\n"), stale);
        Assert.False(File.Exists(Path.Combine(folder.Path, "docs", "context.svg")), "A check writes nothing.");
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "diagram", "all", "-o", "svg", "--out", "docs")).Code);
    }

    [Fact]
    public async Task A_workspace_holds_all_views_in_one_file()
    {
        using var folder = new SystemFolder(Models.Clean);
        Assert.Equal(new Ended(0, "", "wrote docs/workspace.dsl\n"), await Shell.ConwayAsync(folder.Path, "diagram", "all", "-o", "structurizr", "--out", "docs"));
    }

    [Fact]
    public async Task A_file_that_was_not_drawn_is_kept()
    {
        using var folder = new SystemFolder(Models.Clean);
        folder.Write("docs/context.mmd", "mine");
        var refused = await Shell.ConwayAsync(folder.Path, "diagram", "all", "--out", "docs");
        Assert.Equal(new Ended(9, "", "conway: 'docs/context.mmd' is there already and was not drawn by conway, so nothing was written. Give another place with --out.\n"), refused);
        Assert.Equal(["context.mmd"], Directory.EnumerateFiles(Path.Combine(folder.Path, "docs")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("diagram contaners", "there is no diagram 'contaners'. Did you mean 'containers'?")]
    [InlineData("diagram containers orders", "'containers' is of the whole system, so 'orders' says too much.")]
    [InlineData("diagram all orders --out x", "'all' is of the whole system, so 'orders' says too much.")]
    [InlineData("diagram components", "of which service? 'conway diagram components NAME'. There are orders, catalog.")]
    [InlineData("diagram components order", "there is no service 'order'. Did you mean 'orders'?")]
    [InlineData("diagram saga buy", "there is no saga 'buy'. The model declares no saga.")]
    [InlineData("diagram all", "7 diagrams are more than one text; say with --out into which folder they go.")]
    [InlineData("diagram data --check", "--check compares with what is written already; say where with --out.")]
    [InlineData("diagram data --out .", "'.' is a folder. Name a file in it, such as ./data.mmd.")]
    [InlineData("diagram nowhere/ data", "there is no file or folder 'nowhere/'.")]
    public async Task What_cannot_be_drawn_is_answered_with_a_sentence(string line, string sentence)
    {
        using var folder = new SystemFolder(Models.Clean);
        var ended = await Shell.ConwayAsync(folder.Path, line.Split(' '));
        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Contains(sentence, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_model_is_drawn_as_far_as_it_goes_and_says_so()
    {
        using var folder = new SystemFolder(Models.Broken);
        var ended = await Shell.ConwayAsync(folder.Path, "diagram", "containers");
        Assert.Equal(3, ended.Code);
        Assert.Contains("flowchart LR", ended.Output, StringComparison.Ordinal);
        Assert.Contains("'conway check' shows", ended.Error, StringComparison.Ordinal);
    }
}
