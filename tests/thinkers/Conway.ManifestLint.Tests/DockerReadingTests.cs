using System.Text;

namespace Conway.ManifestLint.Tests;

public sealed class DockerReadingTests
{
    private const string Signs = "\\\"'`$(){}[]<>&|;#\n\t =-\0é";

    [Fact]
    public void A_finding_has_its_line_and_column()
    {
        var finding = Assert.Single(Of("FROM debian:12\nRUN make && \\\n    # as root\n\n    sudo make install\n", "DOCKER-sudo"));
        Assert.Equal("Dockerfile:5:5 DOCKER-sudo make install is run by sudo.", finding.ToString());
        Assert.Equal("    sudo make install", finding.SourceLine);
        Assert.Equal("Dockerfile sudo make install", finding.Subject);
    }

    [Theory]
    [InlineData("FROM debian:12\nRUN <<EOF\nset -e\n  sudo a\nEOF\nRUN sudo b\n", "4:3 6:5")]
    [InlineData("FROM debian:12\nRUN bash <<-'AB'\n\tsudo a\n\tAB\nRUN b\n", "3:2")]
    [InlineData("FROM debian:12\nCOPY <<a <<b /x/\nRUN sudo\na\nRUN sudo\nb\nRUN sudo c\n", "7:5")]
    [InlineData("FROM debian:12\nRUN cat <<EOF > /x\nsudo a\nEOF\n", "")]
    [InlineData("FROM debian:12\nRUN echo \"<<EOF\" '<<X' $((1<<2)) && sudo a\n", "2:37")]
    [InlineData("FROM debian:12\nONBUILD RUN sudo a\n", "2:13")]
    [InlineData("FROM debian:12\nRUN [\"sudo\", \"a\"]\nRUN [\"sh\", \"-c\", \"x; sudo a\"]\n", "2:6 3:18")]
    [InlineData("# escape=`\nFROM debian:12\nSHELL [\"/bin/sh\", \"-c\"]\nRUN a && `\n  sudo c:\\x\\\n", "5:3")]
    [InlineData("FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nRUN sudo a\n", "")]
    [InlineData("FROM debian:12\nSHELL [\"pwsh\", \"-c\"]\nRUN sudo a\nFROM debian:12\nRUN sudo b\n", "5:5")]
    [InlineData("FROM debian:12\nRUN x=$(y \"$(sudo a)\") && `sudo b`; (sudo c) | { sudo d; }\n", "2:14 2:28 2:38 2:50")]
    [InlineData("FROM debian:12\nRUN case $x in a) sudo b;; esac & sudo c\n", "2:19 2:35")]
    [InlineData("FROM debian:12\nRUN echo a\\\\\nRUN sudo b\n", "3:5")]
    [InlineData("FROM debian:12\nRUN echo '\nRUN sudo b\n", "3:5")]
    public void What_is_run_is_found_wherever_it_stands(string text, string places) =>
        Assert.Equal(places, string.Join(' ', Of(text, "DOCKER-sudo").Select(f => $"{f.Place!.Value.Line}:{f.Place.Value.Column}")));

    [Theory]
    [InlineData("", "1:1", "there is no instruction in it")]
    [InlineData("# only\n\n", "1:1", "there is no instruction in it")]
    [InlineData("ARG A\n", "1:1", "no FROM says what the image is made from")]
    [InlineData("FROM debian:12\nRNU make\n", "2:1", "'RNU' is no instruction")]
    [InlineData("FROM debian:12\nRUN\n", "2:1", "RUN says nothing")]
    [InlineData("FROM debian:12\nRUN <<EOF\nmake\n", "2:5", "the text that begins by <<EOF has no end")]
    [InlineData("FROM debian:12\nONBUILD\n", "2:1", "ONBUILD says nothing")]
    [InlineData("FROM debian:12\n\u007FELF\0\u0001\n", "2:5", "it is no text")]
    [InlineData("# escape=x\nFROM debian:12\n", "1:1", "'x' is no sign to escape with; it is '\\' or '`'")]
    public void What_is_no_dockerfile_is_told_with_its_place(string text, string place, string says)
    {
        var finding = Of(text, "DOCKER-unreadable").First();
        Assert.Equal($"Dockerfile:{place} DOCKER-unreadable The file could not be read as a Dockerfile: {says}.", finding.ToString());
    }

    [Fact]
    public void What_is_too_much_is_told_once_and_bounded()
    {
        Assert.EndsWith("it is larger than 1 MiB.", Assert.Single(Of(new string('a', 50 << 20), "DOCKER-unreadable")).Message, StringComparison.Ordinal);
        Assert.EndsWith("longer than 65535 signs, which no builder takes.", Assert.Single(Of("FROM debian:12\nRUN " + new string('a', 70_000), "DOCKER-unreadable")).Message, StringComparison.Ordinal);
        Assert.EndsWith("too much is wrong to read on.", Of(string.Concat(Enumerable.Repeat("Once upon a time\n", 1_000)), "DOCKER-unreadable")[^1].Message, StringComparison.Ordinal);
        Assert.EndsWith("more than 5000 instructions.", Of("FROM debian:12\n" + string.Concat(Enumerable.Repeat("RUN a\n", 10_000)), "DOCKER-unreadable")[^1].Message, StringComparison.Ordinal);

        // As deep as a file can be, and as many words as fit: a while, but no stack and no square of time.
        Of("FROM debian:12\nRUN " + string.Concat(Enumerable.Repeat("$(", 30_000)), "DOCKER-sudo");
        Of("FROM debian:12\n" + string.Concat(Enumerable.Repeat("RUN a " + string.Concat(Enumerable.Repeat("\\\n b", 200)) + "\n", 800)), "DOCKER-sudo");
    }

    [Fact]
    public void Garbage_never_throws()
    {
        var random = new Random(11);
        var seeds = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "docker-seeds.txt")).Replace("\\n", "\n", StringComparison.Ordinal).Split('\n');
        for (var i = 0; i < 400; i++)
        {
            var text = new StringBuilder("FROM debian:12\n");
            for (var line = 0; line < 12; line++)
            {
                var words = seeds[random.Next(seeds.Length)].Split(' ');
                text.AppendJoin(' ', random.Next(3) == 0 ? words.Order(StringComparer.Ordinal) : words.Skip(words[0] is "bad" or "near" ? 2 : 0)).Append('\n');
            }

            for (var change = 0; change < 15; change++)
            {
                text[random.Next(text.Length)] = Signs[random.Next(Signs.Length)];
            }

            Lint(text.ToString(), new LintOptions { WithOptional = true, Registries = ["docker.io"] });
        }
    }

    [Theory]
    [InlineData("# hadolint ignore=DL3004", "comment hadolint ignore=DL3004")]
    [InlineData("# hadolint ignore=SC1091, DL3004", "comment hadolint ignore=SC1091, DL3004")]
    [InlineData("#hadolint global ignore=DL3004", "comment hadolint global ignore=DL3004")]
    [InlineData("#checkov:skip=CKV2_DOCKER_1:it asks for no password", "it asks for no password")]
    [InlineData("# ignore.conway.dev/DOCKER-sudo: the tool calls it itself", "the tool calls it itself")]
    [InlineData("# ignore.conway.dev/DL3004: the tool calls it itself", "the tool calls it itself")]
    [InlineData("# ignore.conway.dev/DOCKER-sudo:", null)]
    [InlineData("# ignore.conway.dev/DOCKER-cd: another", null)]
    [InlineData("# hadolint ignore=DL3002", null)]
    public void A_comment_before_it_silences_a_finding(string comment, string? reason)
    {
        var report = Lint($"FROM debian:12\n{comment}\nRUN sudo a\n", new LintOptions { Only = ["DL3004"] });
        Assert.Equal(reason, report.Suppressed.SingleOrDefault()?.Reason);
        Assert.Equal(reason is null ? 1 : 0, report.Findings.Count);

        // It says nothing of what comes after, unless it is of the whole file.
        report = Lint($"FROM debian:12\n{comment}\nRUN a\nRUN sudo a\n", new LintOptions { Only = ["DL3004"] });
        Assert.Equal(comment.Contains("global", StringComparison.Ordinal) || comment.Contains("checkov", StringComparison.Ordinal) ? 0 : 1, report.Findings.Count);
    }

    [Fact]
    public void A_directive_of_the_builder_silences_what_it_checks_itself()
    {
        Assert.Single(Of("FROM debian:12\nCMD a\n", "DOCKER-json-command"));
        Assert.Empty(Of("# syntax=docker/dockerfile:1\n# check=skip=StageNameCasing,JSONArgsRecommended;error=true\nFROM debian:12\nCMD a\n", "DOCKER-json-command"));
    }

    private static LintReport Lint(string text, LintOptions options) => DockerLinter.Lint([new DockerText("Dockerfile", text)], options, TestContext.Current.CancellationToken);

    private static IReadOnlyList<Conway.Findings.Finding> Of(string text, string rule) => Lint(text, new LintOptions { Only = [rule] }).Findings;
}
