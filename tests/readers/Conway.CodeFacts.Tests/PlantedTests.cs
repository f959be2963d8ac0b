using System.Collections.Concurrent;
using Conway.Planted;

namespace Conway.CodeFacts;

/// <summary>Whole systems about which everything is known because they were planted: what is read is that, all of it, and nothing else.</summary>
public sealed class PlantedTests
{
    private static readonly ConcurrentDictionary<PlantedSettings, Lazy<(PlantedSystem, Codebase)>> Known = new();

    public static TheoryData<PlantedSettings> Kinds { get; } =
    [
        new PlantedSettings(),
        new PlantedSettings { Seed = 2, Interfaces = true, Handlers = true, Modules = 6, Transactions = 8, SqlJoins = 8, ChattyLoops = 8, CrossReferences = 40 },
        new PlantedSettings { Seed = 3, Handlers = true, Namespaces = NamespaceLayout.ByModule, Names = NameStyle.Neutral, Modules = 5, Clones = 5 },
        new PlantedSettings { Seed = 4, Database = false, Transactions = 0, SqlJoins = 0, Modules = 5 },
        new PlantedSettings { Seed = 5, Layers = 2, Hubs = 0, Clones = 0, SharedTypes = 0, TechnicalTypes = 0, Methods = 1, Modules = 4 },
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_name_is_bound_and_nothing_is_complained_of(PlantedSettings settings)
    {
        var (system, code) = Read(settings);

        Assert.Empty(code.FindingLines());
        Assert.Equal((code.Coverage.Names, code.Coverage.Calls), (code.Coverage.NamesBound, code.Coverage.CallsBound));
        Assert.Equal(system.Files.Count(f => f.Path.EndsWith(".cs", StringComparison.Ordinal)), code.Coverage.Files);
        Assert.Equal(system.Types, code.Types.Select(NameOf(code)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Types_use_each_other_as_planted(PlantedSettings settings)
    {
        var (system, code) = Read(settings);
        var business = system.References.SelectMany(r => new[] { r.From, r.To }).Concat(system.Truth.Services.SelectMany(s => s.Types.Select(t => t.Text))).ToHashSet(StringComparer.Ordinal);
        var name = NameOf(code);

        // What joins a request and its handler says how work flows, not who names whom.
        var read = code.Edges.Where(e => e.Kind is not (EdgeKind.Registration or EdgeKind.Request)).Select(e => (From: name(code.Types[e.From]), To: name(code.Types[e.To])))
            .Where(e => business.Contains(e.From) && business.Contains(e.To)).Distinct().Select(e => $"{e.From} -> {e.To}");

        Assert.Equal(system.References.Select(r => $"{r.From} -> {r.To}").Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Entities_tables_and_relations_are_those_that_were_planted(PlantedSettings settings)
    {
        var (system, code) = Read(settings);
        var stored = settings.Database ? system.Entities : [];

        Assert.Equal(
            stored.Select(e => $"{e.Type} in {e.Table} by Mapping").Order(StringComparer.Ordinal),
            code.Entities.Select(e => $"{NameOf(code)(code.Types[e.Type])} in {code.Tables[e.Table]} by {e.NamedBy}").Order(StringComparer.Ordinal));
        Assert.Equal(stored.Select(e => e.Table).Order(StringComparer.Ordinal), code.Tables.Select(t => t.ToString()));
        Assert.Equal(
            (settings.Database ? system.Relations : []).Select(r => $"{r.From} -> {r.To} by {r.Property}").Order(StringComparer.Ordinal),
            code.Relations.Select(r => $"{EntityName(code, r.From)} -> {EntityName(code, r.To)} by {r.Property}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Requests_come_in_where_they_were_planted_and_read_and_write_what_they_were_meant_to(PlantedSettings settings)
    {
        var (system, code) = Read(settings);

        Assert.Equal(
            system.EntryPoints.Select(e => $"{e.Verb} {e.Route} {e.Type}.{e.Method} reads {string.Join(' ', e.Reads)} writes {string.Join(' ', e.Writes)}").Order(StringComparer.Ordinal),
            code.UseCases.Select(u => Say(code, u)).Order(StringComparer.Ordinal));
        Assert.Equal(settings.Layers > 3, system.EntryPoints.Count > 0);
        Assert.Equal(settings.Layers > 3 && settings.Database, system.EntryPoints.Any(e => e.Writes.Count > 0 && e.Reads.Count > 0));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Handlers_take_the_commands_that_were_planted(PlantedSettings settings)
    {
        var (system, code) = Read(settings);

        Assert.Equal(
            system.Handlers.Select(h => $"{h.Command} by {h.Type}").Order(StringComparer.Ordinal),
            code.MessageHandlers.Select(h => $"{NameOf(code)(code.Types[h.Message])} by {NameOf(code)(code.Types[h.Handler])}").Order(StringComparer.Ordinal));
        Assert.Equal(settings.Handlers, system.Handlers.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Transactions_joins_and_loops_are_found_where_they_were_planted(PlantedSettings settings)
    {
        var (system, code) = Read(settings);
        string Member(int id) => $"{NameOf(code)(code.Types[code.Members[id].Type])}.{code.Members[id].Name}";

        Assert.Equal(
            system.Transactions.Select(t => $"{t.Type}.{t.Method}").Order(StringComparer.Ordinal),
            code.Transactions.Where(t => t.Kind == TransactionKind.Begin).Select(t => Member(t.Member)).Order(StringComparer.Ordinal));
        Assert.Equal(
            system.Joins.Select(j => $"{j.Type}.{j.Method} {j.Tables[0]} {j.Tables[1]}").Order(StringComparer.Ordinal),
            code.Joins.Where(j => j.Kind == StoreJoinKind.Sql).Select(j => $"{Member(j.Member)} {code.Tables[j.Left]} {code.Tables[j.Right]}").Order(StringComparer.Ordinal));
        Assert.Equal(
            system.Loops.Select(l => $"{l.Type}.{l.Method} {l.Callee}").Order(StringComparer.Ordinal),
            code.Calls.Where(c => c.InLoop && c.ToType != code.Members[c.From].Type).Select(c => $"{Member(c.From)} {NameOf(code)(code.Types[c.ToType])}").Order(StringComparer.Ordinal));
    }

    private static (PlantedSystem System, Codebase Code) Read(PlantedSettings settings) =>
        Known.GetOrAdd(settings, s => new Lazy<(PlantedSystem, Codebase)>(() =>
        {
            var system = Planter.Plant(s);
            return (system, Some.Read(new MemorySourceTree("planted", system.Files.Select(f => KeyValuePair.Create(f.Path, f.Text))), cancellation: CancellationToken.None));
        })).Value;

    /// <summary>As planted types are called: nested ones after a plus, and without the number of their type parameters.</summary>
    private static Func<CodeType, string> NameOf(Codebase code) =>
        type => type.Outer == Codebase.None ? type.FullName.Split('`')[0] : $"{NameOf(code)(code.Types[type.Outer])}+{type.Name}";

    private static string EntityName(Codebase code, int entity) => NameOf(code)(code.Types[code.Entities[entity].Type]);

    private static string Say(Codebase code, UseCase useCase)
    {
        var entry = code.EntryPoints[useCase.EntryPoint];
        return $"{entry.Method} {entry.Route} {NameOf(code)(code.Types[entry.Type])}.{code.Members[entry.Member].Name} reads {Tables(AccessMode.Read)} writes {Tables(AccessMode.Write)}";

        string Tables(AccessMode mode) => string.Join(' ', useCase.Accesses.Where(a => a.Mode == mode).Select(a => code.Tables[a.Table].ToString()).Distinct().Order(StringComparer.Ordinal));
    }
}
