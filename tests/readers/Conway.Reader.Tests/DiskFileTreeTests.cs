namespace Conway.Reader.Tests;

public sealed class DiskFileTreeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cw-tree-").FullName;

    private string Root => Path.Combine(_folder, "a system");

    public DiskFileTreeTests()
    {
        Write("conway.yaml", "conway: 1\nsystem: shop\n");
        Write("services/a.yaml", "");
        Write("services/deep/er/b.yaml", "");
        Write("node_modules/x/c.yaml", "");
        Write("src/bin/d.yaml", "");
        Write(".git/e.yaml", "");
        File.WriteAllText(Path.Combine(_folder, "outside.yaml"), "secret: 1");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("*.yaml", "conway.yaml")]
    [InlineData("services/*.yaml", "services/a.yaml")]
    [InlineData("services/**/*.yaml", "services/a.yaml services/deep/er/b.yaml")]
    [InlineData("**/*.yaml", "conway.yaml services/a.yaml services/deep/er/b.yaml")]
    [InlineData("services/**", "services/a.yaml services/deep/er/b.yaml")]
    [InlineData("**/er/?.yaml", "services/deep/er/b.yaml")]
    [InlineData("./services/../*.yaml", "conway.yaml")]
    [InlineData("../*.yaml", "")]
    [InlineData("/**/*.yaml", "")]
    [InlineData("nowhere/*.yaml", "")]
    [InlineData("s*/a.yaml", "services/a.yaml")]
    public void A_glob_finds_files_in_order_and_stays_inside(string glob, string expected)
    {
        Assert.Equal(expected, string.Join(' ', new DiskFileTree(Root).Glob(glob)));
        var memory = new MemoryFileTree(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(f => KeyValuePair.Create(Path.GetRelativePath(Root, f).Replace('\\', '/'), "")));
        Assert.Equal(expected, string.Join(' ', memory.Glob(glob)));
    }

    [Theory]
    [InlineData("conway.yaml", FileState.Read, FileKind.File)]
    [InlineData("services/../conway.yaml", FileState.Read, FileKind.File)]
    [InlineData("services", FileState.Folder, FileKind.Folder)]
    [InlineData("", FileState.Folder, FileKind.Folder)]
    [InlineData("nothing.yaml", FileState.Missing, FileKind.Nothing)]
    [InlineData("../outside.yaml", FileState.Outside, FileKind.Outside)]
    [InlineData("services/../../outside.yaml", FileState.Outside, FileKind.Outside)]
    [InlineData("/etc/passwd", FileState.Outside, FileKind.Outside)]
    [InlineData("~/x", FileState.Outside, FileKind.Outside)]
    [InlineData("a\0b", FileState.Outside, FileKind.Outside)]
    public void A_path_is_read_inside_the_folder_only(string path, FileState state, FileKind kind)
    {
        Assert.Equal(state, new DiskFileTree(Root).Read(path, 1000).State);
        Assert.Equal(kind, new DiskFileTree(Root).KindOf(path));
    }

    [Fact]
    public void A_link_out_of_the_folder_is_not_followed()
    {
        File.CreateSymbolicLink(Path.Combine(Root, "out.yaml"), Path.Combine(_folder, "outside.yaml"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "up"), "..");
        var tree = new DiskFileTree(Root);
        Assert.Equal(FileState.Outside, tree.Read("out.yaml", 1000).State);
        Assert.Equal(FileState.Outside, tree.Read("up/outside.yaml", 1000).State);
        Assert.Equal("conway.yaml services/a.yaml services/deep/er/b.yaml", string.Join(' ', tree.Glob("**/*.yaml")));
        Assert.Equal(["CW1204"], Read.Codes(ModelReader.Read(tree, "out.yaml", new ReadOptions())));
    }

    [Fact]
    public void A_link_inside_the_folder_is_followed()
    {
        File.CreateSymbolicLink(Path.Combine(Root, "same.yaml"), "conway.yaml");
        Assert.Equal(FileState.Read, new DiskFileTree(Root).Read("same.yaml", 1000).State);
    }

    [Fact]
    public void Links_in_a_circle_end()
    {
        File.CreateSymbolicLink(Path.Combine(Root, "one.yaml"), "two.yaml");
        File.CreateSymbolicLink(Path.Combine(Root, "two.yaml"), "one.yaml");
        Directory.CreateSymbolicLink(Path.Combine(Root, "services", "again"), Path.Combine(Root, "services"));
        var tree = new DiskFileTree(Root);
        Assert.Equal(FileState.Outside, tree.Read("one.yaml", 1000).State);
        Assert.Equal("conway.yaml services/a.yaml services/deep/er/b.yaml", string.Join(' ', tree.Glob("**/*.yaml")));
    }

    [Fact]
    public void A_folder_that_is_itself_a_link_is_a_system_all_the_same()
    {
        var link = Path.Combine(_folder, "link");
        Directory.CreateSymbolicLink(link, Root);
        Assert.Equal(FileState.Read, new DiskFileTree(link).Read("conway.yaml", 1000).State);
    }

    [Fact]
    public void A_file_over_the_limit_is_not_read() => Assert.Equal(FileState.TooLarge, new DiskFileTree(Root).Read("conway.yaml", 5).State);

    [Fact]
    public void A_file_that_may_not_be_read_is_a_finding()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            // Nothing is refused to root: the operating system's refusal is played by a tree that refuses.
            Assert.Equal(["CW1017"], Read.Codes(ModelReader.Read(new RefusingTree(), "conway.yaml", new ReadOptions())));
            return;
        }

        File.SetUnixFileMode(Path.Combine(Root, "conway.yaml"), UnixFileMode.None);
        Assert.Equal(["CW1017"], Read.Codes(ModelReader.Read(new DiskFileTree(Root), "conway.yaml", new ReadOptions())));
    }

    [Fact]
    public void The_model_is_found_at_a_path_or_upward()
    {
        var deep = Path.Combine(Root, "services", "deep");
        Assert.Equal(new SystemPlace(Root, "conway.yaml"), PathFinder.Find(null, deep).Place);
        Assert.Equal(new SystemPlace(Root, "conway.yaml"), PathFinder.Find("../..", deep).Place);
        Assert.Equal(new SystemPlace(Root, "conway.yaml"), PathFinder.Find(Path.Combine(Root, "conway.yaml"), _folder).Place);
        Assert.Equal(new SystemPlace(Path.Combine(Root, "services"), "a.yaml"), PathFinder.Find("services/a.yaml", Root).Place);
        Assert.Equal("CW1001 There is no conway.yaml in 'deep'.", PathFinder.Find("deep", Path.Combine(Root, "services")).Finding?.ToString());
        Assert.Equal("CW1001 There is no 'nowhere'.", PathFinder.Find("nowhere", Root).Finding?.ToString());
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private sealed class RefusingTree : IFileTree
    {
        public FileRead Read(string path, int bytesMax) => new(FileState.Refused, Reason: "permission denied");

        public FileKind KindOf(string path) => FileKind.File;

        public IReadOnlyList<string> Glob(string pattern) => [];
    }
}
