namespace Conway.Artifacts.Tests;

/// <summary>What belongs to the model and what belongs to you, in one file.</summary>
public sealed class WrittenFileTests
{
    private static readonly Origin Somewhere = new("services.orders", ArtifactRules.Declared);

    [Fact]
    public void What_stands_in_a_region_survives_and_breaks_no_seal()
    {
        var file = File("a", "# conway:keep begin mine", "# conway:keep end", "b");
        var first = WrittenFile.Of(file, "production", null);
        Assert.True(FileHead.IsUnedited(first.Text));
        var edited = first.Text.Replace("begin mine\n", "begin mine\nx\n\n  y\n", StringComparison.Ordinal);
        Assert.True(FileHead.IsUnedited(edited));
        Assert.True(WrittenFile.HasKept(edited));

        // The model has changed; so the file does, around what was kept.
        var next = WrittenFile.Of(File("A", "# conway:keep begin mine", "# conway:keep end", "b", "c"), "production", edited);
        Assert.Equal("A\n# conway:keep begin mine\nx\n\n  y\n# conway:keep end\nb\nc\n", next.Text[(next.Text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Assert.Equal([false, false, false, true, true, true, false, false, false], next.Origins.Select(origin => origin is null));
        Assert.Empty(next.Lost);
        Assert.True(FileHead.IsUnedited(next.Text));
        Assert.Equal(new FileHead("containers/x", "production", FileHead.Of(next.Text)!.Seal), FileHead.Of(next.Text));
    }

    [Fact]
    public void Any_other_byte_breaks_the_seal()
    {
        var text = WrittenFile.Of(File("a", "# conway:keep begin mine", "# conway:keep end", "b"), null, null).Text;
        for (var i = 0; i < text.Length; i++)
        {
            var edited = $"{text[..i]}{(text[i] == 'x' ? 'y' : 'x')}{text[(i + 1)..]}";
            Assert.False(FileHead.IsUnedited(edited), edited);
            Assert.False(FileHead.IsUnedited(text[..i]), text[..i]);
        }

        Assert.False(FileHead.IsUnedited(text + "x"));
        Assert.False(FileHead.IsUnedited(text + "\n"));
    }

    [Fact]
    public void A_region_that_has_no_place_any_more_is_told_only_when_something_stands_in_it()
    {
        var edited = WrittenFile.Of(File("# conway:keep begin mine", "# conway:keep end"), null, null).Text.Replace("begin mine\n", "begin mine\nx\n", StringComparison.Ordinal);
        Assert.Equal(["mine"], WrittenFile.Of(File("a"), null, edited).Lost);
        Assert.Empty(WrittenFile.Of(File("a"), null, edited.Replace("\nx\n", "\n \n", StringComparison.Ordinal)).Lost);
    }

    private static ArtifactFile File(params string[] lines) => new("containers/x", [.. lines.Select(line => new ArtifactLine(line, Somewhere))]);
}
