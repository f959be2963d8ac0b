using System.Text.Json.Nodes;

namespace Conway.Cli.Tests;

public sealed class BaselineTests
{
    [Fact]
    public async Task What_a_baseline_knows_is_not_told_and_does_not_count_and_what_is_new_does()
    {
        using var folder = new SystemFolder(Models.Careless);
        var written = await Shell.ConwayAsync(folder.Path, "check", "--strict", "--write-baseline", "known.json");
        Assert.Equal((0, true), (written.Code, written.Error.StartsWith("known.json: ", StringComparison.Ordinal)));
        Assert.Equal(1, (await Shell.ConwayAsync(folder.Path, "check", "--strict")).Code);

        // Lines move, and the known finding stays known.
        folder.Write("conway.yaml", "# a line more\n" + Models.Careless);
        var known = await Shell.ConwayAsync(folder.Path, "check", "--strict", "--baseline", "known.json");
        Assert.Equal(0, known.Code);
        Assert.DoesNotContain("CW2103", known.Output, StringComparison.Ordinal);
        Assert.Contains("\nknown: ", "\n" + known.Output, StringComparison.Ordinal);

        folder.Write("conway.yaml", Models.Careless.Replace("    owns: [catalog-db]", "    owns: [catalog-db]\n    calls: [orders]", StringComparison.Ordinal));
        var fresh = await Shell.ConwayAsync(folder.Path, "check", "--strict", "--baseline", "known.json", "-o", "json");
        Assert.Equal(1, fresh.Code);
        var codes = JsonNode.Parse(fresh.Output)!["findings"]!.AsArray().Select(f => $"{f!["code"]} {f["modelPath"]}").ToArray();
        Assert.Contains("CW2103 services.catalog.calls.orders", codes);
        Assert.DoesNotContain("CW2103 services.orders.calls.catalog", codes);
    }

    [Fact]
    public async Task What_was_mended_is_told_as_gone()
    {
        using var folder = new SystemFolder(Models.Careless);
        await Shell.ConwayAsync(folder.Path, "check", "--write-baseline", "known.json");
        folder.Write("conway.yaml", Models.Clean);
        var ended = await Shell.ConwayAsync(folder.Path, "check", "--baseline", "known.json", "-o", "json");
        var gone = Assert.Single(JsonNode.Parse(ended.Output)!["baseline"]!["gone"]!.AsArray())!;
        Assert.Equal(("CW2103", "services.orders.calls.catalog"), (gone["code"]!.GetValue<string>(), gone["about"]!.GetValue<string>()));
        Assert.Contains("1 of the baseline is gone", (await Shell.ConwayAsync(folder.Path, "check", "--baseline", "known.json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sarif_keeps_what_is_known_with_its_state()
    {
        using var folder = new SystemFolder(Models.Careless);
        await Shell.ConwayAsync(folder.Path, "check", "--write-baseline", "known.json");
        var log = JsonNode.Parse((await Shell.ConwayAsync(folder.Path, "check", "--baseline", "known.json", "-o", "sarif")).Output)!;
        var states = log["runs"]![0]!["results"]!.AsArray().Select(r => r!["baselineState"]!.GetValue<string>()).ToArray();
        Assert.NotEmpty(states);
        Assert.All(states, s => Assert.Equal("unchanged", s));
    }

    [Fact]
    public async Task A_file_that_is_no_baseline_is_neither_read_nor_written_over()
    {
        using var folder = new SystemFolder(Models.Careless);
        var yaml = folder.Write("notes.json", "{\"mine\": true}");
        var read = await Shell.ConwayAsync(folder.Path, "check", "--baseline", "notes.json");
        Assert.Equal((2, "conway: 'notes.json' is not a baseline: it has no 'conway' and 'findings', which every baseline has. 'conway check --write-baseline FILE' writes one.\n"), (read.Code, read.Error));
        Assert.Equal(9, (await Shell.ConwayAsync(folder.Path, "check", "--write-baseline", "notes.json")).Code);
        Assert.Equal("{\"mine\": true}", await File.ReadAllTextAsync(yaml, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_model_that_cannot_be_read_makes_no_baseline()
    {
        using var folder = new SystemFolder(Models.Broken);
        Assert.Equal(3, (await Shell.ConwayAsync(folder.Path, "check", "--write-baseline", "known.json")).Code);
        Assert.False(File.Exists(Path.Combine(folder.Path, "known.json")));
        Assert.Equal(3, (await Shell.ConwayAsync(folder.Path, "check", "--fail-on", "none")).Code);
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 1)]
    [InlineData("info", 1)]
    [InlineData("none", 0)]
    public async Task The_weight_from_which_on_it_fails_can_be_chosen(string weight, int code)
    {
        using var folder = new SystemFolder(Models.Careless);
        Assert.Equal(code, (await Shell.ConwayAsync(folder.Path, "check", "--fail-on", weight)).Code);
    }

    [Fact]
    public async Task Two_weights_that_contradict_each_other_are_refused()
    {
        using var folder = new SystemFolder(Models.Clean);
        var ended = await Shell.ConwayAsync(folder.Path, "check", "--strict", "--fail-on", "none");
        Assert.Equal((2, "conway: --strict means --fail-on warning, and --fail-on none is given too. Leave one of them out.\n"), (ended.Code, ended.Error));
    }
}
