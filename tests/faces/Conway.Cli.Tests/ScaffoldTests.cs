namespace Conway.Cli.Tests;

public sealed class ScaffoldTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_system_is_made_once_and_what_was_written_since_is_kept()
    {
        using var folder = new ScaffoldFolder();
        Assert.Equal(0, (await folder.ConwayAsync("new", "system", "demo")).Code);
        Assert.Contains("\n0 errors, 0 warnings, ", (await folder.ConwayAsync("check", "--strict")).Output, StringComparison.Ordinal);

        folder.Write("src/Hello/Program.cs", "mine");
        File.Delete(Path.Combine(folder.Path, "README.md"));
        var files = folder.Files();
        var again = await folder.ConwayAsync("new", "system", "demo");
        Assert.Equal(9, again.Code);
        Assert.StartsWith("conway: src/Hello/Program.cs has no place any more for what must be added below the line that begins with 'builder.Add'. Nothing was written. Add it by hand, and give the command again:\nbuilder.AddGreetings();\n", again.Error, StringComparison.Ordinal);
        Assert.Equal(files, folder.Files());

        folder.Write("src/Hello/Program.cs", "// mine\nbuilder.Add();\napp.Map();\n");
        var mended = await folder.ConwayAsync("new", "system", "demo");
        Assert.Equal((0, "created  README.md\nchanged  src/Hello/Program.cs\n"), (mended.Code, mended.Output));
        Assert.Equal("using Demo.Hello.Greetings;\n// mine\nbuilder.Add();\nbuilder.AddGreetings();\napp.Map();\napp.MapGreetings();\n", folder.Files()["src/Hello/Program.cs"]);
        var last = await folder.ConwayAsync("new", "system", "demo");
        Assert.Equal((0, ""), (last.Code, last.Output));
        Assert.EndsWith("kept as it is: tests/Hello.Tests/ServiceTests.cs\neverything is there already.\n", last.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_shows_all_of_it_and_writes_nothing()
    {
        using var folder = new ScaffoldFolder();
        var shown = await folder.ConwayAsync("new", "system", "demo", "--service", "orders", "--api", "order-lines", "--dry-run");
        Assert.Equal((0, "nothing was written.\n"), (shown.Code, shown.Error));
        Assert.Contains("--- /dev/null\n+++ b/src/Orders/OrderLines/OrderLine.cs\n", shown.Output, StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task A_system_is_not_made_over_another_one_and_not_without_the_library()
    {
        using var folder = new ScaffoldFolder();
        folder.Write("conway.yaml", Models.Clean);
        Assert.Equal(
            new Ended(9, "", "conway: conway.yaml is there already and describes 'shop'. 'conway new service NAME' adds to it; another system needs another folder.\n"),
            await folder.ConwayAsync("new", "system", "demo"));
        Assert.Equal(["conway.yaml"], folder.Files().Keys);

        var without = await Shell.RunAsync(folder.Path, new Dictionary<string, string> { ["CONWAY_PACKAGES"] = "." }, [Repository.Conway, "new", "system", "demo", "./other"]);
        Assert.Equal(new Ended(4, "", "conway: the folder '.', which CONWAY_PACKAGES names, holds no Conway.Service.VERSION.nupkg.\n"), without);
    }

    [Fact]
    public async Task A_folder_that_cannot_take_all_of_it_is_as_it_was()
    {
        using var folder = new ScaffoldFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "src", "Hello", "openapi.json"));
        var refused = await folder.ConwayAsync("new", "system", "demo");
        Assert.Equal(new Ended(9, "", "conway: 'src/Hello/openapi.json' is a folder, and a file of that name is needed. Nothing was written.\n"), refused);
        Directory.Delete(Path.Combine(folder.Path, "src"), recursive: true);

        var outside = Directory.CreateTempSubdirectory("conway outside ");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "src"), outside.FullName);
        var left = await folder.ConwayAsync("new", "system", "demo");
        Assert.Equal((9, true), (left.Code, left.Error.Contains("leads out of the system's folder by a link. Nothing was written.", StringComparison.Ordinal)));
        Assert.Empty(outside.GetFileSystemInfos());
        outside.Delete();
        Assert.Equal(["src"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void What_the_disk_refuses_half_way_is_taken_back()
    {
        using var folder = new SystemFolder("conway: 1\n");
        folder.Write("b", "a file where a folder is needed");
        Assert.ThrowsAny<IOException>(() => ScaffoldFiles.Write(folder.Path, [("a/new", [1], false), ("conway.yaml", [2], true), ("b/new", [3], false)]));
        // A file that came in the meantime is not written over, and what took its place before it is taken back.
        Assert.ThrowsAny<IOException>(() => ScaffoldFiles.Write(folder.Path, [("a/new", [1], false), ("conway.yaml", [2], true), ("b", [3], false)]));
        Assert.Equal(["b", "conway.yaml"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal("conway: 1\n", File.ReadAllText(Path.Combine(folder.Path, "conway.yaml")));
        Assert.Equal("a file where a folder is needed", File.ReadAllText(Path.Combine(folder.Path, "b")));
    }

    [Fact]
    public async Task The_image_of_a_new_service_is_built_with_the_package_of_the_library()
    {
        using var folder = new ScaffoldFolder();
        Assert.Equal(0, (await folder.ConwayAsync("new", "system", "demo")).Code);
        folder.Write("conway.yaml", folder.Files()["conway.yaml"] + "\ndeploy: { registry: ghcr.io/acme, version: 1.0.0 }\n");
        var generated = await folder.ConwayAsync("generate", "containers");
        Assert.True(generated.Code == 0, generated.Error);
        var image = await File.ReadAllTextAsync(Path.Combine(folder.Path, "deploy/containers/hello/Dockerfile"), Cancel);
        Assert.Contains("COPY [\"packages/Conway.Service.9.8.7.nupkg\", \"./packages/Conway.Service.9.8.7.nupkg\"]", image, StringComparison.Ordinal);
    }
}
