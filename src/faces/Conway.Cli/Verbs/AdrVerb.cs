using System.CommandLine;
using System.Globalization;
using Conway.Decisions;

namespace Conway.Cli.Verbs;

/// <summary><c>conway adr [PATH] [new TITLE]</c></summary>
internal sealed class AdrVerb : Verb
{
    private const string New = "new";

    private readonly Argument<string[]> _operands = new("[PATH] [new TITLE]") { Arity = ArgumentArity.ZeroOrMore, Description = "The system; and 'new' with a title for another decision" };
    private readonly Option<string?> _decides = new("--decides") { HelpName = "KEYS", Description = "What of the model it decides: services.orders,gateway" };
    private readonly Option<int?> _supersedes = CommonOptions.Number("--supersedes", "The decision that it takes the place of", 0, 999_999);
    private readonly Option<string> _output = CommonOptions.Output("text", "json");

    public override IEnumerable<Symbol> Symbols => [_operands, _decides, _supersedes, _output];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway adr", "what was decided, and whether it still holds"),
        new("conway adr new \"One broker for all\" --decides broker", "begin another one"),
        new("conway adr new \"A broker each\" --supersedes 4", "and give one up for it"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        var words = line.GetValue(_operands) ?? [];
        var path = words is [var first, ..] && Operands.IsPath(first) ? first : null;
        var rest = words[(path is null ? 0 : 1)..];
        if (ModelLocation.Find(path, terminal.CurrentFolder, out var problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        switch (rest)
        {
            case []:
                return line.GetValue(_decides) is not null || line.GetValue(_supersedes) is not null
                    ? terminal.Refuse(ExitCode.Usage, "--decides and --supersedes are for 'conway adr new TITLE'.")
                    : List(location, line.GetValue(_output) == "json", terminal);
            case [New, var title]:
                return Draft(location, title.Trim(), line, terminal);
            case [New]:
                return terminal.Refuse(ExitCode.Usage, "what is decided? 'conway adr new \"One broker for all\"'.");
            case [New, ..]:
                return terminal.Refuse(ExitCode.Usage, $"a title of several words stands in quotes: conway adr new \"{string.Join(' ', rest.Skip(1))}\".");
            default:
                return terminal.Refuse(ExitCode.Usage, $"adr cannot '{rest[0]}'. {UsageProblem.Hint(rest[0], [New], "It lists decisions, and makes one with 'new TITLE'.")}");
        }
    }

    private static ExitCode List(ModelLocation location, bool json, Terminal terminal)
    {
        var folder = new DecisionFolder(location);
        var log = folder.Read();
        if (json)
        {
            JsonOutput.Write(terminal.Output, writer =>
            {
                writer.WriteStartArray();
                foreach (var one in log.Decisions)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("number", one.Number);
                    writer.WriteString("title", one.Title);
                    writer.WriteString("status", Word(one.Status));
                    writer.WriteString("date", one.Date);
                    writer.WriteStrings("decides", one.Decides.Select(decided => decided.Path));
                    if (one.SupersededBy is { } by)
                    {
                        writer.WriteNumber("supersededBy", by.Number);
                    }

                    writer.WriteString("file", one.File);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            return ExitCode.Ok;
        }

        if (log.Decisions.Count == 0)
        {
            terminal.Output.WriteLine($"no decisions yet in {folder.Shown}. 'conway adr new TITLE' begins one.");
            return ExitCode.Ok;
        }

        var table = new TextTable("NO", "STATUS", "DECIDES", "TITLE");
        foreach (var one in log.Decisions)
        {
            var status = one.SupersededBy is { } by ? string.Create(CultureInfo.InvariantCulture, $"superseded by {by.Number}") : Word(one.Status);
            table.AddPainted(one.Status is DecisionStatus.Superseded or DecisionStatus.Deprecated or DecisionStatus.Rejected ? terminal.Ink.Dim : null,
                one.Number.ToString("0000", CultureInfo.InvariantCulture), status, string.Join(' ', one.Decides.Select(decided => decided.Path)), one.Title);
        }

        terminal.Output.Write(table.Render(terminal.Width(), terminal.Ink));
        return ExitCode.Ok;
    }

    private ExitCode Draft(ModelLocation location, string title, ParseResult line, Terminal terminal)
    {
        if (title.Length == 0 || title.AsSpan().ContainsAny('\n', '\r'))
        {
            return terminal.Refuse(ExitCode.Usage, "a title is one line, and not empty.");
        }

        var folder = new DecisionFolder(location);
        var log = folder.Read();
        var decides = (line.GetValue(_decides) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var loaded = LoadedModel.Load(location, null, terminal);
        if (decides.FirstOrDefault(key => !DecisionFolder.IsDeclared(loaded.Read, key)) is { } unknown)
        {
            return terminal.Refuse(ExitCode.Usage, $"'{unknown}' is not in the model. Name a key that is written there, such as services.{loaded.Model.Services.Keys.FirstOrDefault() ?? "orders"}.");
        }

        var older = line.GetValue(_supersedes) is { } supersedes ? log.Decisions.FirstOrDefault(one => one.Number == supersedes) : null;
        if (line.GetValue(_supersedes) is { } given && older is null)
        {
            return terminal.Refuse(ExitCode.Usage, $"there is no decision {given}. {(log.Decisions.Count == 0 ? "There are none yet." : $"They go from {log.Decisions[0].Number} to {log.Decisions[^1].Number}.")}");
        }

        if (older?.SupersededBy is { } taken)
        {
            return terminal.Refuse(ExitCode.Usage, $"decision {older.Number} is superseded by {taken.Number} already. Supersede that one.");
        }

        return Write(location, folder, log, title, decides, older, terminal);
    }

    private static ExitCode Write(ModelLocation location, DecisionFolder folder, DecisionLog log, string title, IReadOnlyList<string> decides, Decision? older, Terminal terminal)
    {
        var number = log.Decisions.Count == 0 ? 1 : log.Decisions[^1].Number + 1;
        var name = DecisionDraft.FileName(number, title);
        var texts = new Dictionary<string, string>
        {
            [name] = DecisionDraft.Text(number, title, LoadedModel.Today(terminal).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), decides.Count > 0 || older is null ? decides : [.. older.Decides.Select(one => one.Path)], older?.Number),
        };
        try
        {
            if (older is not null)
            {
                if (DecisionDraft.Superseded(File.ReadAllText(System.IO.Path.Combine(location.Folder, older.File)), number) is not { } changed)
                {
                    return terminal.Refuse(ExitCode.Usage, $"{older.File} has no status that could be changed, so nothing was written. Give it one: 'status: accepted' between two lines of '---' at its beginning.");
                }

                texts[System.IO.Path.GetFileName(older.File)] = changed;
            }

            if (File.Exists(System.IO.Path.Combine(folder.Path, name)))
            {
                return terminal.Refuse(ExitCode.WouldOverwrite, $"{folder.Shown}/{name} is there already.");
            }

            GeneratedFiles.Write(folder.Path, texts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, $"{folder.Shown} could not be written: {e.Message.TrimEnd('.')}.");
        }

        terminal.Output.WriteLine($"{folder.Shown}/{name}");
        terminal.Note(older is null ? "fill it in, and write 'status: accepted' when it is decided" : $"fill it in; {older.File} is told as superseded");
        return ExitCode.Ok;
    }

    private static string Word(DecisionStatus status) => status.ToString().ToLowerInvariant();
}
