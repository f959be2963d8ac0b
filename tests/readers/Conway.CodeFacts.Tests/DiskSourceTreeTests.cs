namespace Conway.CodeFacts;

public sealed class DiskSourceTreeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("facts-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, path))!);
        File.WriteAllText(Path.Combine(_root, path), text);
    }

    [Fact]
    public void Build_output_packages_and_hidden_folders_are_not_listed()
    {
        foreach (var path in new[] { "b/B.cs", "a.cs", "A/a.csproj", "A/obj/x.cs", "A/bin/x.cs", ".git/x.cs", "web/node_modules/x.cs", "A/readme.md", "A/x.hbm.xml", "A/x.xml", "B/.vs/x.cs" })
        {
            Write(path, "");
        }

        var listing = new DiskSourceTree(_root).List(TestContext.Current.CancellationToken);
        Assert.Equal(["A/a.csproj", "A/x.hbm.xml", "a.cs", "b/B.cs"], listing.Files);
        Assert.False(listing.IsCut);
    }

    [Fact]
    public void Links_are_not_followed_so_that_circles_end_and_nothing_is_read_twice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs rights on Windows.");
        Write("a/A.cs", "class A { }");
        Directory.CreateSymbolicLink(Path.Combine(_root, "a", "loop"), _root);
        Directory.CreateSymbolicLink(Path.Combine(_root, "outside"), "/");
        File.CreateSymbolicLink(Path.Combine(_root, "B.cs"), Path.Combine(_root, "a", "A.cs"));
        File.CreateSymbolicLink(Path.Combine(_root, "gone.cs"), Path.Combine(_root, "nothing.cs"));
        File.CreateSymbolicLink(Path.Combine(_root, "self.cs"), Path.Combine(_root, "self.cs"));

        var code = CodebaseReader.Read(new DiskSourceTree(_root), new CodebaseOptions(), null, TestContext.Current.CancellationToken);
        Assert.Equal("a/A.cs", Assert.Single(code.Files).Path);
        Assert.Equal([".:1:1 CW1613 5 links are not followed."], code.FindingLines());
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        var code = CodebaseReader.Read(new DiskSourceTree(Path.Combine(_root, "nowhere")), new CodebaseOptions(), null, TestContext.Current.CancellationToken);
        Assert.Equal([".:1:1 CW1612 '.' may not be listed.", "CW1601 There is no C# file in 'nowhere'."], code.FindingLines());
    }

    [Fact]
    public void What_cannot_be_read_is_a_state_and_not_an_exception()
    {
        Write("a.cs", "class A { }");
        var tree = new DiskSourceTree(_root);
        Assert.Equal(SourceState.Missing, tree.Read("b.cs", 100).State);
        Assert.Equal(SourceState.TooLarge, tree.Read("a.cs", 3).State);
        Assert.Equal("class A { }"u8.ToArray(), tree.Read("a.cs", 100).Bytes.ToArray());
        Assert.Equal(SourceState.Missing, tree.Read("\0", 100).State is var state && state == SourceState.Refused ? SourceState.Missing : state);
    }
}
