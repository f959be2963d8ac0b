namespace Conway.Cli.Tests;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("conway st", "storm start stop")]
    [InlineData("conway logs ", "catalog orders")]
    [InlineData("conway logs ord", "orders")]
    [InlineData("conway logs orders --le", "--level")]
    [InlineData("conway logs --level e", "error")]
    [InlineData("conway check -o ", "json junit markdown sarif text")]
    [InlineData("conway completion ", "bash fish zsh")]
    [InlineData("conway explain CW210", "CW2101 CW2103 CW2104 CW2105 CW2106 CW2107 CW2108 CW2109")]
    [InlineData("conway nonsense ", "")]
    public async Task Bash_completes_verbs_options_values_and_the_names_of_services(string line, string candidates)
    {
        using var folder = new SystemFolder(Models.Clean);
        var asked = $"""
            PATH="{AppContext.BaseDirectory}:$PATH"
            source <(conway completion bash)
            COMP_LINE='{line}'; COMP_POINT=${'{'}#COMP_LINE{'}'}; COMP_WORDS=($COMP_LINE); COMP_CWORD=1
            _conway; echo "${'{'}COMPREPLY[*]{'}'}"
            """;
        var ended = await Shell.RunAsync(folder.Path, null, ["bash", "-c", asked]);
        Assert.Equal((candidates + "\n", ""), (ended.Output, ended.Error));
    }

    [Fact]
    public async Task A_broken_model_completes_what_it_can_and_never_complains()
    {
        using var folder = new SystemFolder(Models.Broken);
        Assert.Equal(new Ended(0, "catalog\norders\n", ""), await Shell.ProcessAsync(folder.Path, "complete", "12", "conway logs "));
    }
}
