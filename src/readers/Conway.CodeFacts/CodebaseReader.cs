using System.Collections.Immutable;
using System.Globalization;
using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Entries;
using Conway.CodeFacts.Framework;
using Conway.CodeFacts.Outward;
using Conway.CodeFacts.Projects;
using Conway.CodeFacts.Roles;
using Conway.CodeFacts.Sources;
using Conway.CodeFacts.Stores;
using Conway.CodeFacts.Walks;
using Conway.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Conway.CodeFacts;

/// <summary>Reads the C# of a folder into facts, without restoring, building or running anything.</summary>
/// <remarks>Never throws for what lies in the folder. Stateless; safe for use by several threads.</remarks>
public static class CodebaseReader
{
    /// <summary>Reads a folder.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="options">What a person chose.</param>
    /// <param name="progress">Is told how far reading has come, from any thread, one call at a time. Null: nobody asks.</param>
    /// <param name="cancellation">Ends reading within a file or two.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Codebase Read(ISourceTree tree, CodebaseOptions options, Action<ReadingProgress>? progress, CancellationToken cancellation) =>
        Read(tree, options, FrameworkReferences.Find(FrameworkReferences.Roots()), progress, cancellation);

    internal static Codebase Read(ISourceTree tree, CodebaseOptions options, IReadOnlyList<MetadataReference> framework, Action<ReadingProgress>? progress, CancellationToken cancellation)
    {
        var work = new Work(options.Parallelism, progress, cancellation);
        work.Tell("list");
        var layout = ProjectDiscovery.Find(tree, options.Solution, cancellation);
        var (files, unread) = new SourceLoader(tree, layout, work).Load();
        var findings = new List<Finding>([.. layout.Findings, .. unread]);
        if (files.Length == 0)
        {
            findings.Add(new() { Rule = CodeFindings.NoSource, Message = $"There is no C# file in '{tree.Name}'.", Mend = "Name the folder that holds the source." });
        }

        var reading = Declare(layout, files, framework, work, findings, [.. HbmReader.Read(tree, layout.Other)]);
        var facts = new FileFacts?[files.Length];
        work.Parallel("bind", files.Length, i => facts[i] = files[i].IsDeclaring ? FileReader.Read(reading, files[i], cancellation) : null);

        work.Tell("link");
        return Link(layout, reading, [.. facts.OfType<FileFacts>()], work, findings);
    }

    private static Reading Declare(ProjectLayout layout, ImmutableArray<SourceFile> files, IReadOnlyList<MetadataReference> framework, Work work, List<Finding> findings, ImmutableArray<HbmTable> mapped)
    {
        var parts = new List<DeclaredPart>?[files.Length];
        var nested = new Finding?[files.Length];
        work.Parallel("declare", files.Length, i =>
        {
            try
            {
                parts[i] = files[i].IsDeclaring ? DeclarationReader.Read(files[i]) : null;
            }
            catch (InsufficientExecutionStackException)
            {
                nested[i] = new()
                {
                    Rule = CodeFindings.TooNested,
                    Message = $"'{files[i].Path}' nests more deeply than anybody writes.",
                    Mend = "Look whether a tool wrote it; if so, leave it out of the project.",
                    Place = new(files[i].Path, 1, 1, 1),
                };
            }
        });
        findings.AddRange(nested.OfType<Finding>());

        var types = new TypeTable(files, parts, new ProjectReach(layout.Projects));
        if (framework.Count == 0)
        {
            findings.Add(new() { Rule = CodeFindings.NoFramework, Message = "No installation of .NET was found on this machine.", Mend = "Install the .NET SDK, or set DOTNET_ROOT to where it is." });
        }

        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, concurrentBuild: false);
        var trees = files.Where(f => f.IsDeclaring).Select(f => f.Tree!).ToArray();
        var compilation = CSharpCompilation.Create("codebase", [.. trees, .. PackageStubs.For(types, SourceLoader.StubOptions)], framework, options);
        return new(layout, files, compilation, types, new NameIndex(types, files), mapped);
    }

    private static Codebase Link(ProjectLayout layout, Reading reading, FileFacts[] facts, Work work, List<Finding> findings)
    {
        var coverage = CoverageOf(reading, facts, findings);
        findings.AddRange(facts.SelectMany(f => f.Findings));
        if (coverage.Names + coverage.Calls >= 200 && coverage.CallsShare < 0.6)
        {
            findings.Add(new()
            {
                Rule = CodeFindings.BadlyBound,
                Message = string.Create(CultureInfo.InvariantCulture, $"Only {coverage.CallsShare * 100:0} % of the calls that can mean the codebase were bound; another {100.0 * coverage.CallsInferred / coverage.Calls:0} % were inferred."),
                Mend = "Look at the other findings first: a part of the source may be missing, such as generated code or a project in another folder.",
            });
        }

        var tree = new TypeTree(reading.Types.Types.Length, facts.SelectMany(f => f.Bases));
        CallDetail[] calls = [.. facts.SelectMany(f => f.Calls).OrderBy(c => c.Site.From)]; // stable: as written
        var stores = StoreLinker.Link(reading, tree, facts, calls);
        EntryFacts[] entries = [.. facts.Select(f => f.Entries)];
        var handlers = new HandlerFinder(reading.Types, tree, entries, [.. layout.Projects.SelectMany(p => p.Packages).Distinct()]).Find();
        var registrations = ContainerFinder.Find(reading.Types, tree, entries.SelectMany(e => e.Registrations));
        var sends = SendLinker.Link(tree, entries.SelectMany(e => e.Sends), handlers);
        var entryPoints = new EntryLinker(reading, tree, entries, handlers).Link();
        var walker = new UseCaseWalker(reading.Types, tree, new Dispatch(reading.Types, tree, registrations), calls, stores.Accesses, sends, handlers, stores.Transactions,
            new HandlerWrappers(reading.Types, tree, new ProjectReach(layout.Projects)));
        var useCases = Walk(entryPoints, walker, reading, work, findings);
        OutwardFacts[] outward = [.. facts.Select(f => f.Outward)];
        var edges = EdgeMerge.Merge(facts.SelectMany(f => f.Edges));
        var roles = new RoleFinder(reading.Types, tree).Find(stores, [.. facts.Select(f => f.Stores)], entryPoints, handlers, sends.Select(s => s.Send), edges, outward.SelectMany(o => o.Options));
        return new()
        {
            Name = layout.Name,
            Projects = layout.Projects,
            Files = [.. reading.Files.Select(f => new CodeFile(f.Path, f.Project, f.Kind, f.Lines))],
            Types = [.. reading.Types.Types.Select(t => roles[t.Id] == TypeRoles.None ? t : t with { Roles = roles[t.Id] })],
            Members = reading.Types.Members,
            Edges = edges,
            Calls = [.. calls.Select(c => c.Site)],
            Topics = Topics(entries, handlers),
            Entities = stores.Entities,
            Tables = stores.Tables,
            Contexts = stores.Contexts,
            Relations = stores.Relations,
            Accesses = [.. stores.Accesses.Select(a => a.Access)],
            Joins = stores.Joins,
            Sql = stores.Sql,
            Transactions = stores.Transactions,
            Configuration = [.. outward.SelectMany(o => o.Configuration).OrderBy(c => c.Key, StringComparer.Ordinal).ThenBy(c => c.Place).ThenBy(c => c.Kind)],
            OutboundCalls = OutwardLinker.Calls(reading.Types, outward, entries.SelectMany(e => e.Attributes), calls),
            Addresses = [.. outward.SelectMany(o => o.Addresses).OrderBy(a => a.Place).ThenBy(a => a.Text, StringComparer.Ordinal)],
            Registrations = registrations,
            MessageHandlers = handlers,
            MessageSends = [.. sends.Select(s => s.Send)],
            EntryPoints = entryPoints,
            UseCases = useCases,
            Findings = [.. findings.OrderBy(f => f.Place is null).ThenBy(f => f.Place ?? default).ThenBy(f => f.Code, StringComparer.Ordinal).ThenBy(f => f.Message, StringComparer.Ordinal)],
            Coverage = coverage,
        };
    }

    /// <summary>What calls name, and what attributes subscribe to.</summary>
    private static ImmutableArray<TopicUse> Topics(EntryFacts[] entries, ImmutableArray<MessageHandler> handlers) =>
    [
        .. entries.SelectMany(e => e.Topics).Concat(
                entries.SelectMany(e => e.Attributes).Where(a => a.Member != Codebase.None && a is { Name: "CapSubscribe", Texts.IsEmpty: false })
                    .Select(a => new TopicUse(a.Member, a.Texts[0], false, HandlerFinder.Cap, handlers.FirstOrDefault(h => h.Library == HandlerFinder.Cap && h.Member == a.Member)?.Message ?? Codebase.None, a.Place)))
            .OrderBy(t => t.Member).ThenBy(t => t.Place).ThenBy(t => t.Topic, StringComparer.Ordinal).Distinct(),
    ];

    private static ImmutableArray<UseCase> Walk(ImmutableArray<EntryPoint> entries, UseCaseWalker walker, Reading reading, Work work, List<Finding> findings)
    {
        var handled = entries.Where(e => e.Member != Codebase.None).ToArray();
        var useCases = ImmutableArray.CreateBuilder<UseCase>(handled.Length);
        foreach (var entry in handled)
        {
            work.Cancellation.ThrowIfCancellationRequested();
            var useCase = walker.Walk(entry, useCases.Count);
            useCases.Add(useCase);
            if (useCase.IsCut)
            {
                findings.Add(new()
                {
                    Rule = CodeFindings.UseCaseCut,
                    Message = string.Create(CultureInfo.InvariantCulture, $"'{entry.Name}' calls on over {UseCaseWalker.DepthMax} levels, or reaches more than {UseCaseWalker.MembersMax} members."),
                    Mend = "Look whether a dispatcher on its way may call everything; read what was found as the least that happens.",
                    Place = new(reading.Files[entry.Place.File].Path, entry.Place.Line, 1, 1),
                });
            }
        }

        return useCases.MoveToImmutable();
    }

    private static Coverage CoverageOf(Reading reading, FileFacts[] facts, List<Finding> findings) => new()
    {
        Files = reading.Files.Length,
        FilesUnread = reading.Files.Count(f => f.Kind == CodeFileKind.Unread),
        FilesBroken = findings.Count(f => f.Rule == CodeFindings.SyntaxBroken),
        Lines = reading.Files.Where(f => f.Kind == CodeFileKind.Source).Sum(f => f.Lines),
        Names = facts.Sum(f => f.Names),
        NamesBound = facts.Sum(f => f.NamesBound),
        NamesInferred = facts.Sum(f => f.NamesInferred),
        Calls = facts.Sum(f => f.CallsSeen),
        CallsBound = facts.Sum(f => f.CallsBound),
        CallsInferred = facts.Sum(f => f.CallsInferred),
    };
}
