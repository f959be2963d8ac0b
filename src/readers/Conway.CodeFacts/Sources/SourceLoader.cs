using System.Collections.Immutable;
using System.Globalization;
using Conway.CodeFacts.Files;
using Conway.CodeFacts.Projects;
using Conway.Findings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Conway.CodeFacts.Sources;

/// <summary>Reads, classifies and parses the C# files of a layout.</summary>
internal sealed class SourceLoader(ISourceTree tree, ProjectLayout layout, Work work)
{
    /// <summary>Larger files are not read: 60,000 lines that people wrote, or what a tool wrote.</summary>
    public const int BytesMax = 3 << 20;

    private readonly CSharpParseOptions[] _options = [.. layout.Dialects.Select(OptionsOf)];

    /// <summary>Files in the order of the layout, and what could not be read.</summary>
    public (ImmutableArray<SourceFile> Files, ImmutableArray<Finding> Findings) Load()
    {
        var count = layout.Sources.Length;
        var texts = new RawText[count];
        work.Parallel("read", count, i => texts[i] = Read(i));

        var prefixes = Enumerable.Range(0, layout.Projects.Length).Select(p => Prefix(p, texts)).ToArray();
        var files = new SourceFile[count];
        var findings = new Finding?[count];
        work.Parallel("parse", count, i =>
        {
            (files[i], findings[i]) = Parse(i, texts[i], prefixes[layout.Sources[i].Project]);
            texts[i] = default;
        });
        return ([.. files], [.. findings.OfType<Finding>()]);
    }

    private RawText Read(int i)
    {
        var (path, project) = layout.Sources[i];
        if (layout.Projects[project].Kind == CodeProjectKind.Test || IsLooseTest(path, project))
        {
            return new(CodeFileKind.Test, "", [], null);
        }

        var read = tree.Read(path, BytesMax);
        if (read.State != SourceState.Read)
        {
            return new(CodeFileKind.Unread, "", [], read.State == SourceState.TooLarge ? TooLarge(path, read.Bytes.Span)
                : Of(CodeFindings.FileUnreadable, path, $"'{path}' cannot be read: {read.Reason ?? "it is not there any more"}.", "Give this user the right to read it, or remove it if it is no file."));
        }

        var (text, isText) = SourceDecoder.Decode(read.Bytes.Span);
        if (!isText)
        {
            return new(CodeFileKind.Unread, "", [], Of(CodeFindings.FileNotText, path, $"'{path}' holds bytes that are no text.", "Remove it, or restore it from the history."));
        }

        if (TextScan.Of(text).IsTooDeep)
        {
            return new(CodeFileKind.Unread, "", [], TooDeep(path));
        }

        var (clean, globals) = UsingsPrefix.TakeGlobals(text, _options[project]);
        return new(GeneratedCode.Is(path, text) ? CodeFileKind.Generated : CodeFileKind.Source, clean, globals, null);
    }

    private static Finding TooLarge(string path, ReadOnlySpan<byte> head) =>
        GeneratedCode.Is(path, SourceDecoder.Decode(head).Text)
            ? Of(CodeFindings.FileTooLarge, path, string.Create(CultureInfo.InvariantCulture, $"'{path}' was written by a tool and is larger than {BytesMax >> 20} MiB."), "Nothing, unless other code is about its types: then let the tool write several files.")
            : Of(CodeFindings.FileTooLarge, path, string.Create(CultureInfo.InvariantCulture, $"'{path}' is larger than {BytesMax >> 20} MiB."), "Split it, if people wrote it; what a tool wrote may be left out.");

    /// <summary>Without projects, tests are known by their folder.</summary>
    private bool IsLooseTest(string path, int project) =>
        layout.Projects[project].Path.Length == 0 && SourcePath.FolderOf(path) is { Length: > 0 } folder && folder.Split('/').Any(ProjectKinds.IsTestFolder);

    private string Prefix(int project, RawText[] texts)
    {
        var directives = new SortedSet<string>(layout.Dialects[project].Usings, StringComparer.Ordinal);
        for (var i = 0; i < texts.Length; i++)
        {
            if (layout.Sources[i].Project == project)
            {
                directives.UnionWith(texts[i].Globals);
            }
        }

        return string.Concat(directives);
    }

    private (SourceFile, Finding?) Parse(int i, RawText raw, string prefix)
    {
        var (path, project) = layout.Sources[i];
        if (raw.Kind is CodeFileKind.Test or CodeFileKind.Unread)
        {
            return (new(i, path, project, raw.Kind, 0, null), raw.Finding);
        }

        var text = UsingsPrefix.Insert(raw.Text, prefix);
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(text), _options[project], path, work.Cancellation);
        var root = (CompilationUnitSyntax)tree.GetRoot(work.Cancellation);
        var lines = tree.GetText(work.Cancellation).Lines.Count;
        if (TreeDepth.IsTooDeep(root))
        {
            return (new(i, path, project, CodeFileKind.Unread, 0, null), TooDeep(path));
        }

        var kind = GeneratedCode.IsMigration(root) ? CodeFileKind.Migration : raw.Kind;
        return (new(i, path, project, kind, lines, tree), kind == CodeFileKind.Source ? Broken(path, tree) : null);
    }

    private static Finding? Broken(string path, Microsoft.CodeAnalysis.SyntaxTree tree)
    {
        if (!tree.GetRoot().ContainsDiagnostics)
        {
            return null;
        }

        var errors = tree.GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).ToArray();
        if (errors.Length == 0 || errors.All(e => e.Id is "CS0439" or "CS1032" or "CS8914"))
        {
            return null; // the order of directives, which the prefix can disturb
        }

        var first = errors[0];
        var at = first.Location.GetLineSpan().StartLinePosition;
        var more = errors.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({errors.Length} errors in the file)") : "";
        return new()
        {
            Rule = CodeFindings.SyntaxBroken,
            Message = $"{first.Id}: {first.GetMessage(CultureInfo.InvariantCulture).TrimEnd('.')}{more}.",
            Mend = "Mend it if the code is alive; leave it if it is not built any more.",
            Place = new(path, at.Line + 1, 1, 1),
        };
    }

    private static Finding TooDeep(string path) => Of(CodeFindings.TooNested, path, $"'{path}' nests more deeply than anybody writes.", "Look whether a tool wrote it; if so, leave it out of the project.");

    private static Finding Of(FindingRule rule, string path, string message, string mend) => new() { Rule = rule, Message = message, Mend = mend, Place = new(path, 1, 1, 1) };

    // Nullable analysis would walk every body a second time and binds nothing. All files need the same version of the language.
    private static CSharpParseOptions OptionsOf(ProjectDialect dialect) => StubOptions.WithPreprocessorSymbols(dialect.Symbols);

    /// <summary>How everything is parsed that has no project.</summary>
    public static CSharpParseOptions StubOptions { get; } =
        new CSharpParseOptions(LanguageVersion.Preview, Microsoft.CodeAnalysis.DocumentationMode.None)
            .WithFeatures([new("run-nullable-analysis", "never"), new("FileBasedProgram", "true")]);

    private readonly record struct RawText(CodeFileKind Kind, string Text, IReadOnlyList<string> Globals, Finding? Finding);
}
