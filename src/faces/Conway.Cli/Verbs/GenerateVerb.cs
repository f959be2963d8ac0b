using System.CommandLine;
using Conway.Artifacts;
using Conway.Findings;

namespace Conway.Cli.Verbs;

/// <summary><c>conway generate [PATH] [TARGET…]</c></summary>
internal sealed class GenerateVerb : Verb
{
    private readonly Argument<string[]> _operands = Targets();
    private readonly Option<string?> _environment = Environment();
    private readonly Option<string> _output = CommonOptions.Output("text", "json");
    private readonly Option<string?> _out = new("--out") { HelpName = "FOLDER", Description = "Where to; deploy, or deploy/NAME, by default" };
    private readonly Option<bool> _dryRun = CommonOptions.Flag("--dry-run", "Write nothing; list what would change");
    private readonly Option<bool> _diff = CommonOptions.Flag("--diff", "Write nothing; print what would change, as a diff");
    private readonly Option<bool> _check = CommonOptions.Flag("--check", "Write nothing; exit with 8 when a file is not as it would be");
    private readonly Option<bool> _force = CommonOptions.Flag("--force", "Write also over what was edited outside of its regions");

    public override IEnumerable<Symbol> Symbols => [_operands, _environment, _out, _dryRun, _diff, _check, _force, _output];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway generate", "what can be generated"),
        new("conway generate containers -e production", "images and a compose file"),
        new("conway generate kubernetes -e production --diff", "what would change"),
        new("conway generate helm -e production", "the same as a Helm chart"),
        new("conway generate all -e production --check", "in a pipeline: is all up to date?"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        if (Operands.Of(line.GetValue(_operands) ?? [], out var problem) is not { } operands || !TryModes(line, out problem))
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        if (operands.Names.Count == 0)
        {
            return List(line.GetValue(_output) == "json", terminal);
        }

        if (operands.Names.FirstOrDefault(name => name != "all" && ArtifactCatalog.Find(name) is null) is { } unknown)
        {
            return terminal.Refuse(ExitCode.Usage, $"there is no target '{unknown}'. {UsageProblem.Hint(unknown, ArtifactCatalog.All.Select(target => target.Name), "'conway generate' lists them.")}");
        }

        if (ModelLocation.Find(operands.Path, terminal.CurrentFolder, out problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var environment = line.GetValue(_environment);
        var loaded = LoadedModel.Load(location, environment, terminal);
        if (loaded.Read.HasErrors)
        {
            var first = loaded.Read.Findings.First(finding => finding.Severity == Severity.Error);
            return terminal.Refuse(ExitCode.ModelInvalid, $"the model has errors, so nothing was generated: {first} 'conway check' shows all.");
        }

        var targets = ArtifactCatalog.All.Where(target => operands.Names.Contains(target.Name) || (operands.Names.Contains("all") && target.IsPartOfAll(loaded.Read.Model))).ToArray();
        // What belongs to a mesh that the system has left is no longer needed.
        var left = operands.Names.Contains("all") ? ArtifactCatalog.All.Where(target => target.InsteadOf is null && !targets.Contains(target)).Select(target => target.Name) : [];
        var folder = line.GetValue(_out) is { } given ? System.IO.Path.GetFullPath(given, terminal.CurrentFolder) : System.IO.Path.Combine(location.Folder, "deploy", environment ?? "");
        try
        {
            return Generate(GeneratedSystem.Of(loaded, System.IO.Path.TrimEndingDirectorySeparator(folder), environment, targets), [.. targets.Select(target => target.Name), .. left], environment, line, terminal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, $"'{GeneratedFiles.Shown(folder, terminal.CurrentFolder)}' could not be read or written: {e.Message.TrimEnd('.')}. Give another place with --out.");
        }
    }

    private bool TryModes(ParseResult line, out string problem)
    {
        var modes = new[] { _dryRun, _diff, _check }.Where(line.GetValue).Select(option => option.Name).ToArray();
        problem = modes.Length > 1 ? $"{modes[0]} and {modes[1]} say different things; give one."
            : modes.Length == 1 && line.GetValue(_force) ? $"--force is about writing, and {modes[0]} writes nothing." : "";
        return problem.Length == 0;
    }

    private ExitCode Generate(GeneratedSystem system, IReadOnlyList<string> folders, string? environment, ParseResult line, Terminal terminal)
    {
        var json = line.GetValue(_output) == "json";
        var changes = system.HasErrors ? [] : system.Folder.Compare(system.Files, folders, environment);
        if (!json)
        {
            // What is generated may be printed; what was found stands beside it.
            foreach (var text in FindingsReport.Lines(system.Findings, terminal))
            {
                terminal.Error.Write(text);
                terminal.Error.Write('\n');
            }
        }

        var ended = system.HasErrors ? Incomplete(system, json, terminal)
            : line.GetValue(_check) ? Check(changes, system, terminal)
            : line.GetValue(_dryRun) || line.GetValue(_diff) ? Show(changes, system, line.GetValue(_diff) && !json, json, terminal)
            : Write(changes, system, line.GetValue(_force), terminal);
        if (json)
        {
            Json(changes, system, environment, terminal);
        }

        return ended;
    }

    private static ExitCode Incomplete(GeneratedSystem system, bool json, Terminal terminal)
    {
        if (!json)
        {
            var count = system.Findings.Count(finding => finding.Severity == Severity.Error);
            terminal.Note($"{count} {(count == 1 ? "thing is" : "things are")} missing, so nothing was generated.");
        }

        return ExitCode.Findings;
    }

    private static ExitCode Check(IReadOnlyList<ArtifactChange> changes, GeneratedSystem system, Terminal terminal)
    {
        var different = changes.Where(change => change.State is not (ArtifactState.Same or ArtifactState.GoneEdited)).ToArray();
        foreach (var change in changes.Where(change => change.State != ArtifactState.Same))
        {
            terminal.Error.WriteLine($"{Shown(system, change, terminal)}: {Words(change)}");
        }

        return different.Length == 0 ? ExitCode.Ok
            : terminal.Refuse(ExitCode.Drift, $"{different.Length} of {changes.Count} files {(different.Length == 1 ? "is" : "are")} not as the model says. The same line with --diff shows how, and without --check writes {(different.Length == 1 ? "it" : "them")}.");
    }

    private static ExitCode Show(IReadOnlyList<ArtifactChange> changes, GeneratedSystem system, bool asDiff, bool json, Terminal terminal)
    {
        var different = changes.Where(change => change.State != ArtifactState.Same).ToArray();
        if (asDiff)
        {
            foreach (var change in different.Where(change => change.State != ArtifactState.GoneEdited))
            {
                var name = Shown(system, change, terminal);
                terminal.Output.Write(TextDiff.Unified(change.Present is null ? "/dev/null" : name, change.Present ?? "", change.Wanted is null ? "/dev/null" : name, change.Wanted ?? ""));
            }
        }
        else if (!json && different.Length > 0)
        {
            var table = new TextTable("FILE", "WHAT");
            foreach (var change in different)
            {
                table.Add(Shown(system, change, terminal), Words(change));
            }

            terminal.Output.Write(table.Render(terminal.Width(), terminal.Ink));
        }

        terminal.Note($"{different.Length} of {changes.Count} files would change.");
        return ExitCode.Ok;
    }

    private static ExitCode Write(IReadOnlyList<ArtifactChange> changes, GeneratedSystem system, bool force, Terminal terminal)
    {
        var stopped = changes.Where(change => change.State == ArtifactState.Foreign || (change.State == ArtifactState.Edited && !force)).ToArray();
        if (stopped.Length > 0)
        {
            foreach (var change in stopped)
            {
                terminal.Error.WriteLine($"{Shown(system, change, terminal)}: {Words(change)}");
            }

            return terminal.Refuse(ExitCode.WouldOverwrite, $"nothing was written. {(stopped.Any(change => change.State == ArtifactState.Edited) ? "Move what you wrote into a region of the file ('conway:keep'), or give it up with --force." : "Give another place with --out.")}");
        }

        system.Folder.Apply(changes);
        foreach (var change in changes.Where(change => change.State == ArtifactState.GoneEdited))
        {
            terminal.Note($"{Shown(system, change, terminal)}: {Words(change)}");
        }

        var written = changes.Count(change => change.Wanted is not null && change.State != ArtifactState.Same);
        var removed = changes.Count(change => change.State == ArtifactState.Gone);
        terminal.Note($"{GeneratedFiles.Shown(system.Folder.Folder, terminal.CurrentFolder)}: {written} file{(written == 1 ? "" : "s")} written, {removed} removed, {changes.Count(change => change.State == ArtifactState.Same)} as they were.");
        return ExitCode.Ok;
    }

    private static string Shown(GeneratedSystem system, ArtifactChange change, Terminal terminal) => GeneratedFiles.Shown(system.Folder.Full(change.Path), terminal.CurrentFolder);

    private static string Words(ArtifactChange change) => change.State switch
    {
        ArtifactState.Same => "as it was",
        ArtifactState.New => "is not there yet",
        ArtifactState.Stale => "is older than the model",
        ArtifactState.Edited when change.Lost.Count > 0 => $"has no region '{change.Lost[0]}' any more, and something stands in it",
        ArtifactState.Edited => "was edited outside of its regions",
        ArtifactState.Foreign => "is there already and was not generated by conway",
        ArtifactState.Gone => "is no longer needed",
        _ => "is no longer needed, but has something in it that was written by hand; it stays",
    };

    private static string Word(ArtifactState state) => state switch
    {
        ArtifactState.GoneEdited => "gone-edited",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static void Json(IReadOnlyList<ArtifactChange> changes, GeneratedSystem system, string? environment, Terminal terminal) => JsonOutput.Write(terminal.Output, json =>
    {
        json.WriteStartObject();
        json.WriteString("environment", environment);
        json.WriteString("out", system.Folder.Folder);
        json.WriteObjects("files", changes, change =>
        {
            json.WriteString("path", change.Path);
            json.WriteString("state", Word(change.State));
        });
        json.WriteObjects("findings", system.Findings, finding => FindingJson.WriteBody(json, finding));
        json.WriteEndObject();
    });

    private static ExitCode List(bool json, Terminal terminal)
    {
        if (json)
        {
            JsonOutput.Write(terminal.Output, writer =>
            {
                writer.WriteStartObject();
                writer.WriteObjects("targets", ArtifactCatalog.All, target =>
                {
                    writer.WriteString("name", target.Name);
                    writer.WriteString("summary", target.Summary);
                    writer.WriteString("insteadOf", target.InsteadOf);
                });
                writer.WriteEndObject();
            });
            return ExitCode.Ok;
        }

        var table = new TextTable("TARGET", "WHAT");
        foreach (var target in ArtifactCatalog.All)
        {
            table.Add(target.Name, target.Summary);
        }

        table.Add("all", $"each but {string.Join(" and ", ArtifactCatalog.All.Where(target => target.InsteadOf is not null).Select(target => target.Name))}; others as modelled");
        terminal.Output.Write(table.Render(terminal.Width(), terminal.Ink));
        return ExitCode.Ok;
    }

    private static Argument<string[]> Targets()
    {
        var targets = new Argument<string[]>("[PATH] [TARGET…]") { Arity = ArgumentArity.ZeroOrMore, Description = "The system, and what to generate; lists all targets without" };
        targets.CompletionSources.Add(static _ => ArtifactCatalog.All.Select(target => target.Name).Append("all"));
        return targets;
    }

    private static Option<string?> Environment()
    {
        var environment = CommonOptions.Environment();
        environment.Aliases.Add("--env");
        return environment;
    }
}
