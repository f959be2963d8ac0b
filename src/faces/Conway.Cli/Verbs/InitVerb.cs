using System.CommandLine;
using Conway.Model;
using Conway.Reader;

namespace Conway.Cli.Verbs;

/// <summary><c>conway init</c></summary>
internal sealed class InitVerb : Verb
{
    private readonly Argument<string?> _path = new("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The folder to look through; this one by default" };
    private readonly Option<string?> _name = new("--name") { HelpName = "NAME", Description = "Name of the system; the folder's by default" };
    private readonly Option<bool> _dryRun = CommonOptions.Flag("--dry-run", "Print the file instead of writing it");

    public override IEnumerable<Symbol> Symbols => [_path, _name, _dryRun];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway init", "describe the projects in this folder"),
        new("conway init ./shop --name shop", "those in another, under a name"),
        new("conway init --dry-run", "see what would be written"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        var given = line.GetValue(_path) ?? ".";
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given, terminal.CurrentFolder));
        if (!Directory.Exists(folder))
        {
            return terminal.Refuse(ExitCode.Usage, $"there is no folder '{given}'.");
        }

        if (line.GetValue(_name) is { } name && !Names.IsName(name))
        {
            return terminal.Refuse(ExitCode.Usage, $"'{name}' cannot be a system's name: small letters, digits and '-', beginning with a letter.");
        }

        var location = new ModelLocation(folder, ModelLocation.DefaultFile);
        var file = Path.Combine(folder, location.File);
        var dryRun = line.GetValue(_dryRun);
        if (!dryRun && File.Exists(file))
        {
            return terminal.Refuse(ExitCode.WouldOverwrite, $"{location.File} is there already. 'conway init --dry-run' prints what would be written.");
        }

        var scan = ProjectScan.Scan(new DiskFileTree(folder), NameOf(folder));
        if (line.GetValue(_name) is { } system)
        {
            scan = scan with { System = system };
        }

        return dryRun ? Print(scan, terminal) : Write(scan, location, file, terminal);
    }

    private static ExitCode Print(ScanResult scan, Terminal terminal)
    {
        terminal.Output.Write(ProjectScan.Starter(scan));
        return ExitCode.Ok;
    }

    private static ExitCode Write(ScanResult scan, ModelLocation location, string file, Terminal terminal)
    {
        try
        {
            // CreateNew: nothing that came here in the meantime is lost.
            using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(stream);
            writer.Write(ProjectScan.Starter(scan));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(
                File.Exists(file) ? ExitCode.WouldOverwrite : ExitCode.PrerequisiteMissing,
                $"{location.File} could not be written: {e.Message.TrimEnd('.')}.");
        }

        SchemaFile.Refresh(location, terminal);
        foreach (var service in scan.Services)
        {
            terminal.Output.WriteLine($"{service.Name}  {Word(service.Kind)}  {service.Path}");
        }

        terminal.Note(scan.Services.Count > 0
            ? $"wrote {location.File} with {scan.Services.Count} service{(scan.Services.Count == 1 ? "" : "s")}. Next: conway check, conway run."
            : $"wrote {location.File}; no .NET or Node.js project was found, so add services by hand. 'conway explain services' tells what can be written.");
        return ExitCode.Ok;
    }

    /// <summary>The folder's name; that of the one above it for <c>src</c>, which says nothing.</summary>
    private static string NameOf(string folder) =>
        Path.GetFileName(folder) is var name && name is "src" or "source" && Path.GetFileName(Path.GetDirectoryName(folder)) is { Length: > 0 } above ? above : name;

    private static string Word(ScannedKind kind) => kind switch
    {
        ScannedKind.DotNetWeb => ".NET web",
        ScannedKind.DotNetWorker => ".NET worker",
        ScannedKind.DotNetProgram => ".NET program",
        _ => "Node.js",
    };
}
