using System.Text;
using Conway.Artifacts;
using Conway.Checks;
using Conway.Findings;
using Conway.Reader;
using Conway.Scaffolding;

namespace Conway.Cli;

/// <summary>Carries a plan out: all of it or nothing, and nothing that would make the model wrong.</summary>
internal static class ScaffoldRun
{
    private const int TextMax = 4 << 20;

    /// <param name="plan">What is to be there.</param>
    /// <param name="location">The system; its model need not be there yet when the plan makes it.</param>
    /// <param name="feed">The packages of the service library; null when the plan does not need them.</param>
    /// <param name="isDry">Print what would change, and write nothing.</param>
    public static ExitCode Do(ScaffoldPlan plan, ModelLocation location, LibraryFeed? feed, bool isDry, Terminal terminal)
    {
        if (plan.Problem is { } refusal)
        {
            return terminal.Refuse(ExitCode.Usage, refusal);
        }

        var disk = new DiskFileTree(location.Folder);
        if (ScaffoldChanges.Of(plan, disk, location.File, out var problem) is not { } changes)
        {
            return terminal.Refuse(ExitCode.WouldOverwrite, problem);
        }

        if (NewErrors(changes, location, terminal) is { Count: > 0 } errors)
        {
            foreach (var line in FindingsReport.Lines(errors, terminal))
            {
                terminal.Error.WriteLine(line);
            }

            return terminal.Refuse(ExitCode.ModelInvalid, "the model would have errors afterwards that it does not have now, so nothing was written.");
        }

        var packages = feed is null ? [] : plan.Libraries.Select(feed.Package).Where(file => disk.KindOf(PathOf(plan, file)) == FileKind.Nothing).ToArray();
        if (packages.FirstOrDefault(file => !File.Exists(file)) is { } away)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, $"'{away}' is not there, and what would be written needs it. {LibraryFeed.Mend}");
        }

        return isDry ? Show(plan, changes, packages, terminal) : Write(plan, changes, packages, location, terminal);
    }

    /// <summary>What a plan must know of a system that is there.</summary>
    /// <param name="libraryVersion">Empty when nothing that is planned needs it.</param>
    public static ScaffoldFacts FactsOf(LoadedModel model, string libraryVersion)
    {
        var disk = new DiskFileTree(model.Location.Folder);
        return new ScaffoldFacts(model.Model)
        {
            LibraryVersion = libraryVersion,
            Solution = disk.Glob("*.slnx") is [var solution, ..] ? solution : null,
            Read = path => disk.Read(path, TextMax) is { State: FileState.Read } read ? Encoding.UTF8.GetString(read.Bytes.Span) : null,
            IsThere = path => disk.KindOf(path) != FileKind.Nothing,
        };
    }

    private static string PathOf(ScaffoldPlan plan, string package) => $"{plan.LibraryFolder}/{Path.GetFileName(package)}";

    /// <summary>Errors that the model would have and does not have now.</summary>
    private static List<Finding> NewErrors(ScaffoldChanges changes, ModelLocation location, Terminal terminal)
    {
        // What makes no model and is part of none cannot make one wrong.
        if (changes.Tree.KindOf(location.File) == FileKind.Nothing)
        {
            return [];
        }

        var now = changes.Disk.KindOf(location.File) == FileKind.File ? Errors(changes.Disk, location, terminal) : [];
        var known = now.GroupBy(Key).ToDictionary(g => g.Key, g => g.Count());
        return [.. Errors(changes.Tree, location, terminal).GroupBy(Key).SelectMany(g => g.Skip(known.GetValueOrDefault(g.Key)))];
    }

    private static (string Code, string? Path, string Message) Key(Finding finding) => (finding.Code, finding.ModelPath, finding.Message);

    private static List<Finding> Errors(IFileTree tree, ModelLocation location, Terminal terminal)
    {
        var model = new LoadedModel(location, ModelReader.Read(tree, location.File, new ReadOptions { GetEnvironmentVariable = terminal.Variable }));
        var report = model.Judge(new CheckSubject(model.Model) { Today = LoadedModel.Today(terminal) }, []);
        return [.. report.Findings.Where(f => f.Severity == Severity.Error)];
    }

    private static ExitCode Show(ScaffoldPlan plan, ScaffoldChanges changes, IReadOnlyList<string> packages, Terminal terminal)
    {
        foreach (var package in packages)
        {
            terminal.Output.WriteLine($"new file {PathOf(plan, package)}");
        }

        foreach (var (file, text) in changes.Texts)
        {
            var before = changes.Before(file);
            terminal.Output.Write(TextDiff.Unified(before is null ? "/dev/null" : $"a/{file}", before ?? "", $"b/{file}", text));
        }

        terminal.Note(changes.Texts.Count + packages.Count == 0 ? "everything is there already." : "nothing was written.");
        return ExitCode.Ok;
    }

    private static ExitCode Write(ScaffoldPlan plan, ScaffoldChanges changes, IReadOnlyList<string> packages, ModelLocation location, Terminal terminal)
    {
        try
        {
            var files = packages.Select(file => (Path: PathOf(plan, file), Bytes: File.ReadAllBytes(file), WasThere: false))
                .Concat(changes.Texts.Select(one => (Path: one.Key, Bytes: ScaffoldFiles.Bytes(one.Value), WasThere: changes.Before(one.Key) is not null))).ToArray();
            ScaffoldFiles.Write(location.Folder, files);
            foreach (var (path, _, wasThere) in files.OrderBy(file => file.Path, StringComparer.Ordinal))
            {
                terminal.Output.WriteLine($"{(wasThere ? "changed" : "created")}  {path}");
            }

            foreach (var kept in changes.Kept.Order(StringComparer.Ordinal))
            {
                terminal.Note($"kept as it is: {kept}");
            }

            foreach (var note in plan.Notes)
            {
                terminal.Note(note);
            }

            terminal.Note(files.Length == 0 ? "everything is there already."
                : plan.Next.Count == 0 ? "next: conway check" : $"next: {string.Join(", ", plan.Next)}");
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, $"{location.Folder} could not be written: {e.Message.TrimEnd('.')}. Everything is as it was.");
        }
    }
}
