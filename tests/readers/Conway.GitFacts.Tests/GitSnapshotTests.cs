using System.Diagnostics;
using System.Text;

namespace Conway.GitFacts.Tests;

public sealed class GitSnapshotTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string _folder = Directory.CreateTempSubdirectory("conway snapshot ").FullName;

    public void Dispose()
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).LinkTarget is null))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Files_are_read_as_they_were_whatever_lies_in_the_folder_now()
    {
        var id = Commit(("my shop/ä b.txt", "one\ntwo"), ("my shop/empty", ""), ("other", "x"));
        Commit(("my shop/ä b.txt", "changed"));
        File.WriteAllText(Path.Combine(_folder, "my shop", "ä b.txt"), "not even committed");
        var (snapshot, problem) = await GitSnapshot.OpenAsync(_folder, id, "my shop/", None);
        using (snapshot)
        {
            Assert.Null(problem);
            Assert.Equal(["empty", "ä b.txt"], snapshot!.Entries.Keys.Order(StringComparer.Ordinal));
            for (var round = 0; round < 3; round++)
            {
                Assert.Equal("one\ntwo", Encoding.UTF8.GetString(snapshot.Read(snapshot.Entries["ä b.txt"]).Bytes!));
                Assert.Empty(snapshot.Read(snapshot.Entries["empty"]).Bytes!);
            }
        }
    }

    [Fact]
    public async Task A_folder_that_the_commit_does_not_have_has_no_files()
    {
        var id = Commit(("a", "1"));
        var (snapshot, problem) = await GitSnapshot.OpenAsync(_folder, id, "gone/", None);
        using (snapshot)
        {
            Assert.Null(problem);
            Assert.Empty(snapshot!.Entries);
        }
    }

    [Fact]
    public async Task More_files_than_the_most_are_refused_with_a_sentence()
    {
        var id = Commit(("a", "1"), ("b", "2"), ("c", "3"));
        var (snapshot, problem) = await GitSnapshot.OpenAsync("git", _folder, id, "", 2, None);
        Assert.Null(snapshot);
        Assert.Equal($"'.' has 3 files at {id[..10]}, and 2 is the most. Give the system's own folder.", problem);
    }

    [Fact]
    public async Task An_object_that_is_not_here_is_told_and_the_next_one_is_read()
    {
        var id = Commit(("a", "1"), ("b", "2"));
        var (snapshot, _) = await GitSnapshot.OpenAsync(_folder, id, "", None);
        using (snapshot)
        {
            Assert.Equal((null, "git does not have its content here; the clone is partial"), snapshot!.Read(new GitEntry(GitEntryKind.File, new string('0', 39) + "1", 1)));
            Assert.Equal("2", Encoding.UTF8.GetString(snapshot.Read(snapshot.Entries["b"]).Bytes!));
        }
    }

    [Fact]
    public async Task Cancelling_ends_the_reading()
    {
        var id = Commit(("a", "1"));
        using var source = new CancellationTokenSource();
        var (snapshot, _) = await GitSnapshot.OpenAsync(_folder, id, "", source.Token);
        using (snapshot)
        {
            Assert.NotNull(snapshot!.Read(snapshot.Entries["a"]).Bytes);
            await source.CancelAsync();
            Assert.Throws<OperationCanceledException>(() => snapshot.Read(snapshot.Entries["a"]));
        }
    }

    [Fact]
    public async Task A_link_is_known_as_one()
    {
        Commit(("a", "1"));
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), "a");
        var (snapshot, _) = await GitSnapshot.OpenAsync(_folder, Commit(("b", "2")), "", None);
        using (snapshot)
        {
            Assert.Equal(GitEntryKind.Link, snapshot!.Entries["link"].Kind);
            Assert.Equal("a", Encoding.UTF8.GetString(snapshot.Read(snapshot.Entries["link"]).Bytes!));
        }
    }

    private string Commit(params (string Name, string Text)[] files)
    {
        if (!Directory.Exists(Path.Combine(_folder, ".git")))
        {
            Git("init", "-q", "-b", "main");
        }

        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, name))!);
            File.WriteAllText(Path.Combine(_folder, name), text);
        }

        Git("add", "-A");
        Git("-c", "user.name=Ada", "-c", "user.email=a@x", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "a step");
        return Git("rev-parse", "HEAD").Trim();
    }

    private string Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
