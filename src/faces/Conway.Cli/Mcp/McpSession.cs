using Conway.Reader;
using ModelContextProtocol.Protocol;

namespace Conway.Cli;

/// <summary>Answers calls of tools for one assistant, in one folder.</summary>
internal sealed class McpSession : IDisposable
{
    // The last answers are kept, so that their pages belong together.
    private const int AnswersMax = 8;

    /// <summary>Characters of an answer, in all its pages. What is beyond is told as left out.</summary>
    internal const int AnswerMax = 400_000;

    private readonly DiskFileTree _files;
    private readonly Terminal _terminal;
    private readonly McpCuts _cuts = new();
    private readonly LinkedList<(string Key, IReadOnlyList<string> Pages, bool IsError)> _answers = new();
    private readonly Lock _lock = new();

    /// <param name="root">The folder that is served, absolute: paths outside are refused.</param>
    /// <param name="terminal">Whose time and environment count.</param>
    public McpSession(string root, Terminal terminal) => (_files, _terminal) = (new DiskFileTree(root), terminal);

    public static ListToolsResult Tools() => new()
    {
        Tools =
        [
            .. McpTools.All.Select(tool => new Tool
            {
                Name = tool.Name,
                Title = tool.Title,
                Description = tool.Description,
                InputSchema = tool.Schema(),
                Annotations = new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
            }),
        ],
    };

    public async Task<CallToolResult> CallAsync(CallToolRequestParams? call, CancellationToken cancellationToken)
    {
        if (McpTools.All.FirstOrDefault(tool => tool.Name == call?.Name) is not { } tool)
        {
            return Told($"There is no tool '{call?.Name}'. There are {string.Join(", ", McpTools.All.Select(one => one.Name))}.", isError: true);
        }

        if (McpArguments.Of(tool, call!.Arguments, out var problem) is not { } given)
        {
            return Told(problem, isError: true);
        }

        if (given.Text("path") is { } path && !IsWithin(path))
        {
            return Told($"'{path}' is not in the folder that is served, {_files.Root}. Start conway mcp in a folder above it.", isError: true);
        }

        var key = $"{tool.Name}\n{given.Key()}";
        var (pages, isError) = (given.Page > 1 ? Kept(key) : null) ?? await AnswerAsync(tool, given, key, cancellationToken);
        return given.Page <= pages.Count ? Told(McpPages.Told(pages, given.Page), isError)
            : Told($"There is no page {given.Page}; the answer has {(pages.Count == 1 ? "one page" : $"{pages.Count} pages")}.", isError: true);
    }

    public void Dispose() => _cuts.Dispose();

    private async Task<(IReadOnlyList<string> Pages, bool IsError)> AnswerAsync(McpTool tool, McpArguments given, string key, CancellationToken cancellationToken)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Output = output, Error = error, CurrentFolder = _files.Root, Variable = _terminal.Variable, Time = _terminal.Time, Quiet = true };
        var code = await tool.Answer(given, _cuts, terminal, cancellationToken);

        // What was said on standard error is why; a model with errors is answered as far as it goes.
        var (answer, said) = (output.ToString(), error.ToString().Replace("conway: ", "", StringComparison.Ordinal));
        var text = answer.Length == 0 ? said.Length > 0 ? said : "Nothing was found.\n" : code == ExitCode.Ok || said.Length == 0 ? answer : $"{answer}\n{said}";
        if (text.Length > AnswerMax)
        {
            text = $"{text[..AnswerMax]}\n(the rest of {text.Length} characters is left out; ask for less)\n";
        }

        var isError = answer.Length == 0 && code != ExitCode.Ok;
        var pages = McpPages.Of(text);
        lock (_lock)
        {
            Forget(key);
            _answers.AddLast((key, pages, isError));
            if (_answers.Count > AnswersMax)
            {
                _answers.RemoveFirst();
            }
        }

        return (pages, isError);
    }

    private (IReadOnlyList<string> Pages, bool IsError)? Kept(string key)
    {
        lock (_lock)
        {
            foreach (var answer in _answers)
            {
                if (answer.Key == key)
                {
                    return (answer.Pages, answer.IsError);
                }
            }

            return null;
        }
    }

    private void Forget(string key)
    {
        for (var at = _answers.First; at is not null; at = at.Next)
        {
            if (at.Value.Key == key)
            {
                _answers.Remove(at);
                return;
            }
        }
    }

    /// <summary>Whether a path stays in the folder that is served, also when it leads over links.</summary>
    private bool IsWithin(string path) =>
        !path.Contains('\0', StringComparison.Ordinal)
        && _files.KindOf(Path.GetRelativePath(_files.Root, Path.GetFullPath(path, _files.Root)).Replace(Path.DirectorySeparatorChar, '/')) != FileKind.Outside;

    private static CallToolResult Told(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
