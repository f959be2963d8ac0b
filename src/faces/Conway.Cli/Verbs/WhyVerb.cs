using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Conway.Cli.Verbs;

/// <summary><c>conway why FILE[:LINE]…</c></summary>
internal sealed partial class WhyVerb : Verb
{
    private readonly Argument<string[]> _places = new("FILE[:LINE]…") { Arity = ArgumentArity.OneOrMore, Description = "Generated files or folders of them, and a line; all lines without" };
    private readonly Option<string?> _model = new("--model") { HelpName = "PATH", Description = "The system; searched for upward from the file by default" };
    private readonly Option<string> _output = CommonOptions.Output("text", "json");

    public override IEnumerable<Symbol> Symbols => [_places, _model, _output];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway why deploy/containers/orders/Dockerfile:12", "which part of the model, and which rule"),
        new("conway why deploy/containers/compose.yaml", "of every line"),
        new("conway why deploy -o json", "of every line of every file"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal, cancellationToken));

    private ExitCode Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        // Several are one document; one file that is named is that file.
        var (answers, isOne) = (new List<FileReasons>(), false);
        var book = new ReasonBook(terminal, line.GetValue(_model));
        var written = "";
        try
        {
            var asked = new List<(string Written, string Full, int? Number)>();
            foreach (var place in line.GetValue(_places)!)
            {
                written = place;
                var (name, full, number) = Placed(place, terminal.CurrentFolder);
                if (Directory.Exists(full) && number is null)
                {
                    var before = asked.Count;
                    asked.AddRange(ArtifactFolder.Generated(full).Select(file => (Path.Combine(name, Path.GetRelativePath(full, file)), file, (int?)null)));
                    if (asked.Count == before)
                    {
                        return terminal.Refuse(ExitCode.Usage, $"in '{place}' lies no file that conway generated.");
                    }
                }
                else if (!File.Exists(full))
                {
                    return terminal.Refuse(ExitCode.Usage, $"there is no file '{name}'.");
                }
                else
                {
                    isOne = line.GetValue(_places)!.Length == 1;
                    asked.Add((name, full, number));
                }
            }

            foreach (var (name, full, number) in asked)
            {
                cancellationToken.ThrowIfCancellationRequested();
                written = name;
                if (book.Of(name, full, number, out var refusal) is not { } answer)
                {
                    return terminal.Refuse(refusal.Code, refusal.Sentence);
                }

                answers.Add(answer);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, $"'{written}' could not be read: {e.Message.TrimEnd('.')}.");
        }

        if (line.GetValue(_output) == "json")
        {
            Json(answers, isOne, terminal);
        }
        else
        {
            Text(answers, isOne, terminal);
        }

        return answers.All(answer => answer.Lines.All(reason => reason.IsKnown)) ? ExitCode.Ok : ExitCode.Drift;
    }

    /// <summary>A file whose own name ends like a line is a file.</summary>
    private static (string Name, string Full, int? Number) Placed(string written, string currentFolder)
    {
        var full = Path.GetFullPath(written, currentFolder);
        return !File.Exists(full) && Numbered().Match(written) is { Success: true } match && int.TryParse(match.Groups["line"].Value, CultureInfo.InvariantCulture, out var number)
            ? (match.Groups["file"].Value, Path.GetFullPath(match.Groups["file"].Value, currentFolder), number)
            : (written, full, null);
    }

    private static void Text(IReadOnlyList<FileReasons> answers, bool isOne, Terminal terminal)
    {
        foreach (var answer in answers)
        {
            if (answer.State != ArtifactState.Same)
            {
                terminal.Note(answer.State switch
                {
                    ArtifactState.Gone => $"note: '{answer.File}' is no longer generated from the model.",
                    ArtifactState.Stale => $"note: '{answer.File}' is older than the model; 'conway generate --diff' shows what would change.",
                    _ => $"note: '{answer.File}' was edited outside of its regions.",
                });
            }

            if (answer != answers[0])
            {
                terminal.Output.WriteLine();
            }

            if (answer.IsOfOneLine)
            {
                Line(answer.File, answer.Lines[0], terminal);
                continue;
            }

            if (!isOne)
            {
                terminal.Output.WriteLine(answer.File);
            }

            var table = new TextTable("LINE", "FROM", "RULE", "TEXT");
            foreach (var reason in answer.Lines)
            {
                table.Add(reason.Number.ToString(CultureInfo.InvariantCulture), reason.From, reason.Rule?.Id ?? (reason.Region is null ? "(not generated)" : "file/keep"), SafeText.OneLine(reason.Text));
            }

            terminal.Output.Write(table.Render(terminal.Width(), terminal.Ink));
        }
    }

    private static void Line(string file, LineReason reason, Terminal terminal)
    {
        terminal.Output.WriteLine($"{file}:{reason.Number}");
        terminal.Output.WriteLine($"  {SafeText.OneLine(reason.Text.Trim())}");
        if (reason.Region is { } region)
        {
            terminal.Output.WriteLine($"  written by hand in the region '{region}', which stays when the file is generated again");
        }
        else if (reason.Rule is { } rule)
        {
            terminal.Output.WriteLine($"  from  {reason.From}");
            terminal.Output.WriteLine($"  rule  {rule.Id}: {rule.Reason}");
            if (rule.Satisfies.Length > 0)
            {
                terminal.Output.WriteLine($"  also  {string.Join(", ", rule.Satisfies)}");
            }
        }
        else
        {
            terminal.Output.WriteLine("  not generated: written by hand, or from an older model");
        }
    }

    private static void Json(IReadOnlyList<FileReasons> answers, bool isOne, Terminal terminal) => JsonOutput.Write(terminal.Output, json =>
    {
        json.WriteStartObject();
        if (isOne)
        {
            Write(json, answers[0]);
        }
        else
        {
            json.WriteObjects("files", answers, answer => Write(json, answer));
        }

        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, FileReasons answer)
    {
        json.WriteString("file", answer.File);
        json.WriteString("state", answer.State switch { ArtifactState.Same => "same", ArtifactState.Gone => "gone", ArtifactState.Stale => "stale", _ => "edited" });
        json.WriteObjects("lines", answer.Lines, reason => Write(json, reason));
    }

    private static void Write(Utf8JsonWriter json, LineReason reason)
    {
        json.WriteNumber("line", reason.Number);
        json.WriteString("text", reason.Text);
        json.WriteString("path", reason.Path);
        json.WriteString("place", reason.Place?.ToString());
        json.WriteString("rule", reason.Rule?.Id);
        json.WriteString("reason", reason.Rule?.Reason);
        json.WriteStrings("satisfies", reason.Rule?.Satisfies ?? []);
        json.WriteString("region", reason.Region);
    }

    [GeneratedRegex("^(?<file>.+):(?<line>[0-9]{1,9})$")]
    private static partial Regex Numbered();
}
