using Conway.Console.Api;
using Conway.Console.FromCode;

namespace Conway.Console.Tests;

/// <summary>Edits of a decomposition and the file that keeps them.</summary>
public sealed class DecompositionSessionTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly ScratchFolder _folder = new();
    private readonly DecompositionSession _session;

    public DecompositionSessionTests() => _session = CutCode.Session(CutCode.Monolith, File);

    private string File => _folder.At("cut/constraints.txt");

    private string Written => System.IO.File.ReadAllText(File);

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_move_is_a_line_of_the_file_and_holds_in_every_cut_and_in_the_next_session()
    {
        var (unit, other) = await SomeoneAsync();
        var after = await _session.MoveAsync(new(unit.Id, other), Cancel);
        Assert.Equal($"pin {unit.Name} -> {other}\n", Written);
        Assert.True(after.Holds);
        Assert.Equal(other, (await BoardAsync()).Units[unit.Id].Service);
        using var next = CutCode.Session(CutCode.Monolith, File);
        foreach (var alternative in (await next.OverviewAsync(Cancel)).Alternatives.Where(a => a.Id != "monolith"))
        {
            var board = (await next.FindBoardAsync(alternative.Id, Cancel))!;
            Assert.Equal((other, 1), (board.Units.Single(u => u.FullName == unit.FullName).Service, board.Units.Single(u => u.FullName == unit.FullName).ConstraintLine));
        }
    }

    [Fact]
    public async Task A_move_founds_no_service_and_leaves_the_names_of_the_others()
    {
        var before = await BoardAsync();
        foreach (var unit in before.Contested.Select(id => before.Units[id]).Where(u => u.Rival is not null).Take(4).ToArray())
        {
            await _session.MoveAsync(new(unit.Id, unit.Rival), Cancel);
        }

        Assert.Equal(before.Services.Select(s => s.Name).Order(StringComparer.Ordinal), (await BoardAsync()).Services.Select(s => s.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_price_that_was_told_is_what_the_cut_costs_with_the_unit_there()
    {
        var (unit, other) = await SomeoneAsync();
        var detail = (await _session.FindUnitAsync("medium", unit.Id, Cancel))!;
        var move = detail.Moves.Single(m => m.Service == other);
        Assert.Equal(detail.Total + move.Change, move.Total, 9);
        Assert.Equal(move.Total, move.Price.Sum(p => p.Share * p.Weight), 9);
        Assert.DoesNotContain(detail.Moves, m => m.Service == unit.Service);
    }

    [Fact]
    public async Task Another_move_of_the_same_type_takes_the_place_of_its_line_and_keeps_all_others()
    {
        var (unit, other) = await SomeoneAsync();
        await WriteAsync(File, $"# ours\npin {unit.Name} -> {other} # why\n\nnot a wish");
        var third = (await BoardAsync()).Services.First(s => s.Name != other && s.Name != unit.Service).Name;
        await _session.MoveAsync(new(unit.Id, third), Cancel);
        Assert.Equal($"# ours\npin {unit.Name} -> {third} # why\n\nnot a wish", Written);
    }

    [Fact]
    public async Task A_type_leaves_the_line_it_shares_with_others_and_the_others_stay_pinned()
    {
        var units = (await BoardAsync()).Units.Where(u => u.Shared is null).Take(2).ToArray();
        await WriteAsync(File, $"pin {units[0].Name} {units[1].Name} -> first\r\n");
        await _session.MoveAsync(new(units[0].Id, "second"), Cancel);
        Assert.Equal($"pin {units[1].Name} -> first\r\npin {units[0].Name} -> second\r\n", Written);
    }

    [Fact]
    public async Task Lines_that_somebody_writes_meanwhile_are_kept_and_honoured()
    {
        var (unit, other) = await SomeoneAsync();
        await _session.MoveAsync(new(unit.Id, other), Cancel);
        await System.IO.File.AppendAllTextAsync(File, "services ..4\n", Cancel);
        Assert.InRange((await _session.OverviewAsync(Cancel)).Alternatives.Single(a => a.Id == "medium").Services, 1, 4);
        await _session.EditAsync(new("# mine", null), Cancel);
        Assert.Equal($"pin {unit.Name} -> {other}\nservices ..4\n# mine\n", Written);
    }

    [Fact]
    public async Task A_line_that_is_no_longer_there_is_not_removed_and_the_file_stays_as_it_is()
    {
        await _session.EditAsync(new("services ..4", null), Cancel);
        await System.IO.File.WriteAllTextAsync(File, "services ..5\n", Cancel);
        var refused = await Assert.ThrowsAsync<DecompositionException>(() => _session.EditAsync(new(null, new(1, "services ..4")), Cancel));
        Assert.True(refused.IsStale);
        Assert.Contains("edited meanwhile", refused.Message, StringComparison.Ordinal);
        Assert.Equal("services ..5\n", Written);
    }

    [Fact]
    public async Task Undo_takes_edits_back_one_by_one_and_leaves_what_others_wrote()
    {
        var (unit, other) = await SomeoneAsync();
        await _session.MoveAsync(new(unit.Id, other), Cancel);
        await _session.MoveAsync(new(unit.Id, "elsewhere"), Cancel);
        await System.IO.File.AppendAllTextAsync(File, "# theirs\n", Cancel);
        Assert.Equal($"pin {unit.Name} -> elsewhere", (await _session.OverviewAsync(Cancel)).Undo);
        await _session.UndoAsync(Cancel);
        Assert.Equal($"pin {unit.Name} -> {other}\n# theirs\n", Written);
        Assert.Null((await _session.UndoAsync(Cancel)).Undo);
        Assert.Equal("# theirs\n", Written);
        Assert.Equal(unit.Service, (await BoardAsync()).Units[unit.Id].Service);
        await Assert.ThrowsAsync<DecompositionException>(() => _session.UndoAsync(Cancel));
    }

    [Fact]
    public async Task Lines_that_cannot_all_hold_are_told_and_the_last_good_cut_stays()
    {
        var units = (await BoardAsync()).Units.Where(u => u.Shared is null).Take(2).ToArray();
        await _session.EditAsync(new($"pin {units[0].Name} -> here", null), Cancel);
        var good = await BoardAsync();
        var wrong = await _session.EditAsync(new($"pin {units[0].Name} -> there", null), Cancel);
        Assert.False(wrong.Holds);
        Assert.Equal("CW1704", Assert.Single(wrong.Findings, f => f.Severity == FindingSeverity.Error).Code);
        Assert.Equal(good.Units, (await BoardAsync()).Units);
        Assert.NotEmpty((await _session.FindUnitAsync("medium", units[1].Id, Cancel))!.Moves);
        using var next = CutCode.Session(CutCode.Monolith, File);
        Assert.NotEmpty((await next.OverviewAsync(Cancel)).Alternatives);
        Assert.True((await _session.UndoAsync(Cancel)).Holds);
    }

    [Theory]
    [InlineData("tgether A B", "Write 'together'")]
    [InlineData("pin A -> Not-A-Name", "cannot be the name of a service")]
    [InlineData("services 4\nsize 3..", "A line is one line.")]
    public async Task A_line_that_nobody_understands_is_refused_in_a_sentence_and_not_written(string line, string says)
    {
        var refused = await Assert.ThrowsAsync<DecompositionException>(() => _session.EditAsync(new(line, null), Cancel));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_told_and_never_written_over()
    {
        await WriteAsync(File, "");
        byte[] latin = [.. "# gr"u8, 0xFC, 0xDF, .. "e\n"u8];
        await System.IO.File.WriteAllBytesAsync(File, latin, Cancel);
        Assert.Contains("not text in UTF-8", (await _session.OverviewAsync(Cancel)).Trouble, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DecompositionException>(() => _session.EditAsync(new("services ..4", null), Cancel));
        Assert.Equal(latin, await System.IO.File.ReadAllBytesAsync(File, Cancel));
    }

    [Fact]
    public async Task Many_at_once_are_answered_one_after_the_other_and_no_line_is_lost()
    {
        var units = (await BoardAsync()).Units.Where(u => u.Shared is null).Take(6).ToArray();
        await Task.WhenAll(units.Select(u => _session.MoveAsync(new(u.Id, "together-now"), Cancel)).Concat<Task>(units.Select(u => _session.FindUnitAsync("medium", u.Id, Cancel))));
        Assert.Equal(units.Select(u => $"pin {u.Name} -> together-now").Order(StringComparer.Ordinal), Written.TrimEnd().Split('\n').Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(File)!, "*.new"));
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        var real = _folder.At("real.txt");
        await WriteAsync(real, "# real\n");
        System.IO.File.CreateSymbolicLink(File, real);
        await _session.EditAsync(new("services ..4", null), Cancel);
        Assert.NotNull(new FileInfo(File).LinkTarget);
        Assert.Equal("# real\nservices ..4\n", await System.IO.File.ReadAllTextAsync(real, Cancel));
    }

    private async Task WriteAsync(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(file, text, Cancel);
    }

    private async Task<DecompositionBoard> BoardAsync() => (await _session.FindBoardAsync("medium", Cancel))!;

    /// <summary>A type with a service, and another service of the same cut.</summary>
    private async Task<(BoardUnit Unit, string Other)> SomeoneAsync()
    {
        var board = await BoardAsync();
        var unit = board.Units.First(u => u is { Shared: null, Service: not null, Kind: "class" });
        return (unit, board.Services.First(s => s.Name != unit.Service).Name);
    }
}
