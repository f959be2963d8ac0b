using System.Diagnostics;

namespace Conway.GitFacts.Tests;

public sealed class GitReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("conway git ").FullName;

    public void Dispose()
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Commits_files_authors_and_pairs_are_read()
    {
        Begin();
        Commit("Ada <ada@example.com>", ("a.cs", "1"), ("b.cs", "1"), ("c.txt", "1"));
        Commit("Grace <grace@example.com>", ("a.cs", "2"), ("b.cs", "2"));
        Commit("Ada <ada@example.com>", ("a.cs", "3"));
        var history = await ReadAsync();
        Assert.Equal(["a.cs 3 2", "b.cs 2 2", "c.txt 1 0"], history.Files.Select(f => $"{f.Path} {f.Changes} {f.CoChangeCommits}"));
        Assert.Equal(["Ada", "Grace"], history.Authors.Select(a => a.Name));
        Assert.Equal(["Ada: 0", "Grace: 0,1", "Ada: 0,1,2"], history.Commits.Select(c => $"{history.Authors[c.Author].Name}: {string.Join(',', c.Files)}"));
        Assert.Equal(new CoChange(0, 1, 2, 2 * CoChange.Unit), Assert.Single(history.CoChanges));
        Assert.Contains(new Authorship(0, 0, 2), history.Authorships);
        Assert.Equal(history.Head, history.Commits[0].Id);
        Assert.Equal(40, history.Head.Length);
        Assert.Empty(history.Findings);
        Assert.False(history.IsCut);
    }

    [Fact]
    public async Task In_a_hook_the_repository_of_the_folder_is_read()
    {
        Begin();
        Commit("Ada <a@x>", ("a.cs", "1"));

        // Of the variables of a hook this one alone does not lead the git of other tests astray.
        Environment.SetEnvironmentVariable("GIT_PREFIX", "of/a/hook/");
        var (seen, git) = (Path.Combine(_folder, "seen"), Path.Combine(_folder, "git.sh"));
        await File.WriteAllTextAsync(git, $"#!/bin/sh\nenv >> '{seen}'\nexec git \"$@\"\n", TestContext.Current.CancellationToken);
        using (var chmod = Process.Start("chmod", ["+x", git]))
        {
            await chmod.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var history = await GitReader.ReadAsync(git, _folder, GitReader.CommitsMax, TestContext.Current.CancellationToken);
        Assert.Single(history.Commits);
        Assert.DoesNotContain(await File.ReadAllLinesAsync(seen, TestContext.Current.CancellationToken), line => line.StartsWith("GIT_PREFIX=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_renamed_file_is_one_file_and_a_deleted_one_none()
    {
        Begin();
        var long_ = string.Join('\n', Enumerable.Range(0, 40));
        Commit("Ada <a@x>", ("old name.cs", long_), ("gone.cs", "1"));
        Git("mv", "old name.cs", "nëw \"name\".cs");
        Git("rm", "-q", "gone.cs");
        Commit("Ada <a@x>");
        Commit("Ada <a@x>", ("nëw \"name\".cs", long_ + "\n1"), ("old name.cs", "another file"));
        var history = await ReadAsync();
        Assert.Equal(["nëw \"name\".cs 3", "old name.cs 1"], history.Files.Select(f => $"{f.Path} {f.Changes}"));
    }

    [Fact]
    public async Task A_folder_of_a_repository_has_its_own_history()
    {
        Begin();
        Commit("Ada <a@x>", ("shop/a.cs", "1"), ("other/b.cs", "1"));
        Commit("Ada <a@x>", ("other/b.cs", "2"));
        var history = await ReadAsync("shop");
        Assert.Equal(["a.cs"], history.Files.Select(f => f.Path));
        Assert.Single(history.Commits);
    }

    [Fact]
    public async Task Names_are_those_of_the_mailmap_and_merges_do_not_count()
    {
        Begin();
        Commit("Ada <ada@old>", ("a.cs", "1"), (".mailmap", "Ada Lovelace <ada@new> <ada@old>\n"));
        Git("checkout", "-q", "-b", "side");
        Commit("Ada <ada@old>", ("b.cs", "1"));
        Git("checkout", "-q", "-");
        Commit("Ada <ada@old>", ("a.cs", "2"));
        Git("merge", "-q", "--no-ff", "-m", "merge", "side");
        var history = await ReadAsync();
        Assert.Equal([new GitAuthor("Ada Lovelace", "ada@new")], history.Authors);
        Assert.Equal(3, history.Commits.Length);
    }

    [Fact]
    public async Task A_history_that_is_cut_says_so()
    {
        Begin();
        for (var i = 0; i < 5; i++)
        {
            Commit("Ada <a@x>", ("a.cs", $"{i}"));
        }

        var history = await GitReader.ReadAsync("git", _folder, commitsMax: 3, TestContext.Current.CancellationToken);
        Assert.Equal((true, 3), (history.IsCut, history.Commits.Length));
        Assert.Equal("Of the history the newest 3 commits were read.", Assert.Single(history.Findings).Message);
        Assert.False((await GitReader.ReadAsync("git", _folder, commitsMax: 5, TestContext.Current.CancellationToken)).IsCut);

        Git("clone", "-q", "--depth", "2", $"file://{_folder}", Path.Combine(_folder, "shallow"));
        var shallow = await ReadAsync("shallow");
        Assert.Equal((true, 2), (shallow.IsCut, shallow.Commits.Length));
        Assert.Contains("git fetch --unshallow", Assert.Single(shallow.Findings).Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_finding_and_never_thrown()
    {
        Assert.Contains("not a git repository", Assert.Single((await ReadAsync()).Findings).Message, StringComparison.Ordinal);
        Assert.Equal("The history of the folder cannot be read: 'no-git-here' could not be started.", Assert.Single((await GitReader.ReadAsync("no-git-here", _folder, 5, TestContext.Current.CancellationToken)).Findings).Message);
        Begin();
        Assert.Equal("The history of the folder cannot be read: there is no commit yet.", Assert.Single((await ReadAsync()).Findings).Message);
    }

    [Fact]
    public void Odd_output_never_throws()
    {
        var random = new Random(3);
        string[] words = ["\u0001abc", "M", "R100", "A", "D", "C50", "a.cs", "b.cs", "", "\n", "\n\u0001d", "12", "x", "99999999999999999999"];
        for (var n = 0; n < 3_000; n++)
        {
            var log = new GitLog(["a.cs", "b.cs"]);
            log.Take(Enumerable.Range(0, random.Next(20)).Select(_ => words[random.Next(words.Length)]));
            Assert.All(log.History("").Files, f => Assert.Contains(f.Path, (string[])["a.cs", "b.cs"]));
        }
    }

    private Task<GitHistory> ReadAsync(string below = "") => GitReader.ReadAsync(Path.Combine(_folder, below), TestContext.Current.CancellationToken);

    private void Begin() => Git("init", "-q");

    private void Commit(string author, params (string File, string Text)[] files)
    {
        foreach (var (file, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllText(Path.Combine(_folder, file), text);
            Git("add", file);
        }

        Git("commit", "-q", "-m", "m", "--author", author);
    }

    private void Git(params string[] arguments)
    {
        var info = new ProcessStartInfo("git") { WorkingDirectory = _folder, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-c", "user.name=T", "-c", "user.email=t@x", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always", .. arguments])
        {
            info.ArgumentList.Add(argument);
        }

        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {error}");
    }
}
