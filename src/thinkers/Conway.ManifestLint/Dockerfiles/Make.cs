using Conway.Findings;

namespace Conway.ManifestLint.Dockerfiles;

/// <summary>Rows of the catalogue, and the ways through a Dockerfile.</summary>
internal static class Make
{
    public static LintRule Rule(string id, Severity severity, string requirement, string why, string fix, string aliases, Func<Dockerfile, IEnumerable<DockerHit>> judge) =>
        Rule(id, severity, requirement, why, fix, aliases, (file, _) => judge(file));

    public static LintRule Rule(string id, Severity severity, string requirement, string why, string fix, string aliases, Func<Dockerfile, LintOptions, IEnumerable<DockerHit>> judge) =>
        new("DOCKER-" + id, severity, requirement, why, fix, aliases.Split(' ', StringSplitOptions.RemoveEmptyEntries)) { JudgeFile = judge };

    /// <summary>Each command that is run and is not as it should be.</summary>
    public static Func<Dockerfile, IEnumerable<DockerHit>> Commands(Func<ShellCommand, Instruction, string?> judge) => file =>
        from run in file.Of("RUN")
        from command in run.Commands
        let says = judge(command, run)
        where says is not null
        select On(run, command, says);

    /// <summary>The first command of each RUN that is not as it should be, seen what the others do.</summary>
    public static Func<Dockerfile, IEnumerable<DockerHit>> Runs(Func<Instruction, Dockerfile, (ShellCommand At, string Says)?> judge) => file =>
        from run in file.Of("RUN")
        where run.Commands.Count > 0
        let found = judge(run, file)
        where found is not null
        select On(run, found.Value.At, found.Value.Says);

    /// <summary>Each stage that is not as it should be.</summary>
    public static Func<Dockerfile, IEnumerable<DockerHit>> Stages(Func<Stage, Dockerfile, string?> judge) => file =>
        from stage in file.Stages
        let says = judge(stage, file)
        where says is not null
        select new DockerHit(stage.From, stage.At, says, stage.Name ?? stage.Image);

    /// <summary>Each instruction of a kind in a stage that has one already.</summary>
    public static Func<Dockerfile, IEnumerable<DockerHit>> Once(string keyword) => file =>
        from same in file.Of(keyword).Where(i => !i.IsTrigger).GroupBy(i => i.Stage)
        from again in same.Skip(1)
        select new DockerHit(again, again.Head.Place, $"{keyword} stands again in its stage, and what stands before it says nothing", $"{again.Stage}");

    private static DockerHit On(Instruction run, ShellCommand command, string says) => new(run, command.Place, says, string.Join(' ', command.Words.Take(4).Select(w => w.Text)));
}
