using System.Text;
using Conway.Findings;

namespace Conway.Node.Tests;

/// <summary>What is remembered of findings over runs, whatever happens to disk and clock.</summary>
public sealed class FindingHistoryTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 21, 22, 15, 30, TimeSpan.Zero);
    private static readonly FindingRule Rule = new("CW9999", Severity.Warning, "Test", "Test.");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cw-");

    private string File => Path.Combine(_folder.FullName, "findings.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_finding_is_seen_first_goes_and_comes_back_over_two_runs()
    {
        var history = new FindingHistory(_folder.FullName, "r-1");
        Assert.Null(Note(history, 0, "a", "b"));
        Assert.Null(Note(history, 10, "b"));
        var later = new FindingHistory(_folder.FullName, "r-2");
        Assert.Null(Note(later, 100, "a", "b"));
        var (a, b) = (Of(later, "a"), Of(later, "b"));
        Assert.Equal((Begin, Begin.AddSeconds(100), null, 1), (a.First, a.Last, a.Gone, a.Returns));
        Assert.Equal((Begin, Begin.AddSeconds(100), null, 0), (b.First, b.Last, b.Gone, b.Returns));
        Assert.Equal([("r-1", 2), ("r-1", 1), ("r-2", 2)], later.Now.Points.Select(one => (one.Run, one.Warning)));
        Note(later, 110);
        Assert.All(new FindingHistory(_folder.FullName, "r-3").Now.Findings, one => Assert.Equal((Begin.AddSeconds(100), Begin.AddSeconds(110)), (one.Last, one.Gone!.Value)));
    }

    [Fact]
    public void Nothing_is_written_while_nothing_changes()
    {
        var history = new FindingHistory(_folder.FullName, "r-1");
        Note(history, 0, "a");
        System.IO.File.Delete(File);
        Note(history, 1, "a");
        Assert.False(System.IO.File.Exists(File));
        Assert.Single(history.Now.Points);
    }

    [Theory]
    [InlineData("", "it is not whole")]
    [InlineData("""{ "conway": 1, "points": [ { "at": "2026-""", "it is not whole")]
    [InlineData("""{ "conway": 2 }""", "it is not what Conway writes there")]
    [InlineData("[]", "it is not what Conway writes there")]
    public void A_file_that_is_torn_or_another_is_told_and_begun_anew(string text, string why)
    {
        System.IO.File.WriteAllText(File, text);
        var history = new FindingHistory(_folder.FullName, "r-1");
        Assert.Equal($"The history of findings in .conway/findings.json could not be read ({why}), so it begins anew.", history.Now.Trouble);
        Note(history, 0, "a");
        Assert.Equal(history.Now.Trouble, $"The history of findings in .conway/findings.json could not be read ({why}), so it begins anew.");
        var next = new FindingHistory(_folder.FullName, "r-2");
        Assert.Null(next.Now.Trouble);
        Assert.Single(next.Now.Findings);
    }

    [Fact]
    public void Entries_that_make_no_sense_are_left_out_and_the_rest_is_read()
    {
        System.IO.File.WriteAllText(File, """{"conway":1,"points":[7,{"at":"soon"},{"at":"2026-11-21T22:15:30Z","error":-4}],"findings":[{},{"fingerprint":"x","first":1},{"fingerprint":"y","first":"2026-11-21T22:15:30Z","last":"2026-11-21T22:15:30Z","gone":null,"returns":"often"}]}""");
        var past = new FindingHistory(_folder.FullName, "r-1").Now;
        Assert.Equal((1, 0, "y", 0), (past.Points.Count, past.Points[0].Error, Assert.Single(past.Findings).Fingerprint, past.Findings[0].Returns));
    }

    [Fact]
    public void What_cannot_be_written_is_told_once_and_written_when_it_can_be()
    {
        // A folder where the file beside should stand: no write can succeed, whoever runs the test.
        var blocked = Directory.CreateDirectory(File + ".new");
        System.IO.File.WriteAllText(Path.Combine(blocked.FullName, "x"), "");
        var history = new FindingHistory(_folder.FullName, "r-1");
        Assert.StartsWith("The history of findings is not kept on disk (", Note(history, 0, "a"), StringComparison.Ordinal);
        Assert.Null(Note(history, 1, "a", "b"));
        Assert.NotNull(history.Now.Trouble);
        Assert.Equal(2, history.Now.Findings.Count);
        blocked.Delete(recursive: true);
        Assert.Null(Note(history, 2, "a", "b"));
        Assert.Null(history.Now.Trouble);
        Assert.Equal(2, new FindingHistory(_folder.FullName, "r-2").Now.Findings.Count);
    }

    [Fact]
    public void The_file_keeps_to_its_bounds_and_what_is_there_outlives_what_went()
    {
        var history = new FindingHistory(_folder.FullName, "r-1");
        var text = new string('x', 5_000);
        for (var i = 0; i < FindingHistory.PointsMax + 20; i++)
        {
            Note(history, i, [.. Enumerable.Range(i * 5, 5).Select(n => $"{n}{text}"), "kept"]);
        }

        Assert.Equal((FindingHistory.PointsMax, FindingHistory.FindingsMax), (history.Now.Points.Count, history.Now.Findings.Count));
        var past = new FindingHistory(_folder.FullName, "r-2").Now;
        Assert.Equal((FindingHistory.PointsMax, FindingHistory.FindingsMax), (past.Points.Count, past.Findings.Count));
        Assert.Contains(past.Findings, one => one.About == "kept" && one.Gone is null);
        Assert.Equal(Begin.AddSeconds(20), past.Points[0].At);
        Assert.InRange(new FileInfo(File).Length, 1, 4 << 20);
    }

    [Fact]
    public void A_clock_that_jumps_back_changes_no_order()
    {
        var history = new FindingHistory(_folder.FullName, "r-1");
        Note(history, 1_000_000, "a");
        Note(history, 0, "a", "b");
        Note(history, 1, "b");
        Assert.Equal([1, 2, 1], new FindingHistory(_folder.FullName, "r-2").Now.Points.Select(one => one.Warning));
    }

    [Fact]
    public void The_example_of_the_reference_is_read_and_written_as_it_stands()
    {
        var page = System.IO.File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs/reference/finding-history.md"));
        var example = page.Split("```json\n")[1].Split("```")[0];
        System.IO.File.WriteAllText(File, example);
        var past = new FindingHistory(_folder.FullName, "r-1").Now;
        Assert.Null(past.Trouble);
        using var stream = new MemoryStream();
        FindingPastText.Write(stream, past.Points, past.Findings);
        Assert.Equal(Bare(example), Bare(Encoding.UTF8.GetString(stream.ToArray())));

        static string Bare(string json) => string.Concat(json.Where(c => !char.IsWhiteSpace(c)));
    }

    private static PastFinding Of(FindingHistory history, string about) => history.Now.Findings.Single(one => one.About == about);

    private static string? Note(FindingHistory history, int second, params string[] about)
    {
        Finding[] findings = [.. about.Select(one => new Finding { Rule = Rule, Message = one, Mend = "Mend it.", Subject = one })];
        return history.Note(findings, Fingerprint.Of(findings), Begin.AddSeconds(second));
    }
}
