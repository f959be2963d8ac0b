using System.Security.Cryptography;
using System.Text;
using Conway.Planted.Truth;

namespace Conway.Planted.Tests;

public sealed class PlanterTests
{
    private static readonly PlantedSettings Plain = new() { Transactions = 0, SqlJoins = 0, ChattyLoops = 0, Contested = 0, Commits = 0 };

    public static TheoryData<PlantedSettings> Kinds { get; } =
    [
        new PlantedSettings(),
        new PlantedSettings { Seed = 2, Namespaces = NamespaceLayout.ByModule, Names = NameStyle.Neutral },
        new PlantedSettings { Seed = 3, Interfaces = true, Contested = 20, Transactions = 50, SqlJoins = 50, ChattyLoops = 50, CrossReferences = 45 },
        new PlantedSettings { Seed = 4, Interfaces = true, Namespaces = NamespaceLayout.ByModule, Clones = 8, Hubs = 8, Unevenness = 90 },
        new PlantedSettings { Seed = 5, Modules = 4, TypesPerModule = 8, Layers = 2, Hubs = 0, Clones = 0, SharedTypes = 0, TechnicalTypes = 0, Methods = 1 },
        new PlantedSettings { Seed = 6, Modules = 40, TypesPerModule = 10, SharedTypes = 12, TechnicalTypes = 12, Clones = 8 },
        new PlantedSettings { Seed = 7, Database = false, Transactions = 0, SqlJoins = 0, Names = NameStyle.Neutral, Layers = 3 },
        new PlantedSettings { Seed = 8, Modules = 4, TypesPerModule = 100, Layers = 2, Methods = 2 },
        new PlantedSettings { Seed = 9, Handlers = true, Logger = true },
        new PlantedSettings { Seed = 10, Handlers = true, Interfaces = true, Namespaces = NamespaceLayout.ByModule, Methods = 1, Transactions = 9 },
        new PlantedSettings { Seed = ulong.MaxValue, Modules = 5, TypesPerModule = 8, CrossReferences = 45, Unevenness = 90, Clones = 8, Interfaces = true },
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_planted_compiles_without_a_complaint(PlantedSettings settings) => Assert.Empty(Compiled.Of(settings).Code.Complaints.Take(10));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_truth_has_a_place_for_every_type(PlantedSettings settings)
    {
        var (system, compiled) = Compiled.Of(settings);
        var (read, problems) = TruthReader.Read(TruthWriter.Write(system.Truth));

        var assignment = TruthAssignment.Of(read, compiled.Types);

        Assert.Empty(problems);
        Assert.Empty(assignment.Problems);
        Assert.Empty(assignment.Unlisted);
        Assert.Equal(settings.Modules, read.Services.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_compiler_sees_the_references_that_are_said_to_be_there_and_no_others(PlantedSettings settings)
    {
        var (system, compiled) = Compiled.Of(settings);
        var places = TruthAssignment.Of(system.Truth, compiled.Types).Places;

        var seen = compiled.Edges().Where(e => IsBusiness(e.From) && IsBusiness(e.To) && !e.To.StartsWith(e.From + "+", StringComparison.Ordinal)).ToHashSet();
        var said = system.References.Select(r => (r.From, r.To)).Where(r => !r.To.StartsWith(r.From + "+", StringComparison.Ordinal)).ToHashSet();

        Assert.Empty(seen.Except(said));
        Assert.Empty(said.Except(seen));
        Assert.All(system.References, r => Assert.Equal(r.IsCross, places[r.From].Kind == TruthKind.Owned && places[r.To].Kind == TruthKind.Owned && places[r.From] != places[r.To]));

        bool IsBusiness(string type) => places[type].Kind is TruthKind.Owned or TruthKind.Contested;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(45)]
    public void So_many_references_cross_a_border_as_were_asked_for(int percent)
    {
        foreach (var seed in new ulong[] { 1, 2, 3 })
        {
            var references = Planter.Plant(Plain with { Seed = seed, CrossReferences = percent, Modules = 12 }).References;

            Assert.Equal(percent / 100.0, references.Count(r => r.IsCross) / (double)references.Count, 0.5 / references.Count + 0.001);
        }
    }

    [Fact]
    public void Half_of_the_crossing_references_go_to_the_hubs()
    {
        var cross = Planter.Plant(Plain with { Hubs = 3, CrossReferences = 30, Modules = 10, TypesPerModule = 40 }).References.Where(r => r.IsCross).ToList();

        var most = cross.GroupBy(r => r.To).OrderByDescending(g => g.Count()).Take(3).Sum(g => g.Count());

        Assert.InRange(most / (double)cross.Count, 0.4, 0.6);
        Assert.InRange(Planter.Plant(Plain with { Hubs = 0, CrossReferences = 30, Modules = 10, TypesPerModule = 40 }).References.Where(r => r.IsCross).GroupBy(r => r.To).Max(g => g.Count()), 1, cross.Count / 20);
    }

    [Fact]
    public void Modules_are_as_large_as_was_asked_for()
    {
        var even = Planter.Plant(Plain with { Unevenness = 0, TypesPerModule = 33, Namespaces = NamespaceLayout.ByModule }).Truth.Services.Select(s => s.Types.Count);
        var uneven = Planter.Plant(Plain with { Unevenness = 60, TypesPerModule = 30, Modules = 40, Namespaces = NamespaceLayout.ByModule }).Truth.Services.Select(s => s.Types.Count).ToList();

        Assert.All(even, size => Assert.Equal(33, size));
        Assert.All(uneven, size => Assert.InRange(size, 12, 48));
        Assert.True(uneven.Distinct().Count() > 10);
        Assert.InRange(uneven.Average(), 24, 36);
    }

    [Fact]
    public void Blind_namespaces_and_folders_say_nothing_about_modules()
    {
        var (system, compiled) = Compiled.Of(new PlantedSettings());
        var places = TruthAssignment.Of(system.Truth, compiled.Types).Places.Where(p => p.Value.Kind == TruthKind.Owned);

        var layers = places.GroupBy(p => p.Key[..p.Key.LastIndexOf('.')]).ToList();

        Assert.Equal(["Planted.Contracts", "Planted.Controllers", "Planted.Entities", "Planted.Repositories", "Planted.Services", "Planted.Validators"], layers.Select(l => l.Key).Order(StringComparer.Ordinal));
        Assert.All(layers, layer => Assert.Equal(8, layer.Select(p => p.Value.ToString()).Distinct().Count()));
        Assert.All(system.Files.Where(f => f.Path.Contains('/')), f => Assert.Contains($"Planted.{f.Path.Split('/')[0]}", f.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Sighted_namespaces_say_the_module_and_nothing_else()
    {
        var system = Planter.Plant(Plain with { Namespaces = NamespaceLayout.ByModule });

        Assert.All(system.Truth.Services, s => Assert.Single(s.Types.Select(t => t.Text[..t.Text.LastIndexOf('.')]).Distinct()));
    }

    [Fact]
    public void Names_without_a_theme_share_no_word_with_their_module()
    {
        var system = Planter.Plant(Plain with { Names = NameStyle.Neutral, TypesPerModule = 60 });

        var words = system.Truth.Services.Select(s => s.Types.Select(t => t.Text.Split('.')[^1][..8]).ToHashSet()).ToList();

        Assert.Equal(words.Sum(w => w.Count), words.SelectMany(w => w).Distinct().Count());
    }

    [Theory]
    [InlineData(NamespaceLayout.ByLayer)]
    [InlineData(NamespaceLayout.ByModule)]
    public void Clones_have_the_same_name_in_every_module(NamespaceLayout layout)
    {
        var types = Compiled.Of(Plain with { Clones = 3, Modules = 6, Namespaces = layout }).Code.Types;

        foreach (var clone in new[] { "Details", "Settings", "Outcome" })
            Assert.Equal(6, types.Count(t => t.Split('.', '+')[^1] == clone));
    }

    [Fact]
    public void Shared_and_technical_types_are_used_everywhere()
    {
        var (system, compiled) = Compiled.Of(Plain with { TypesPerModule = 40 });
        var edges = compiled.Edges();
        var home = system.Truth.Services.SelectMany(s => s.Types.Select(t => (t.Text, s.Name))).ToDictionary(p => p.Text, p => p.Name);

        Assert.All(
            system.Truth.Shared.Concat(system.Truth.Technical.Where(t => !t.Text.EndsWith("Context", StringComparison.Ordinal))),
            type => Assert.True(edges.Where(e => e.To == type.Text && home.ContainsKey(e.From)).Select(e => home[e.From]).Distinct().Count() >= 6, $"{type} is used in too few modules."));
    }

    [Fact]
    public void A_contested_type_hangs_on_two_modules_alike()
    {
        var system = Planter.Plant(new PlantedSettings { Contested = 4, TypesPerModule = 30 });
        var home = system.Truth.Services.SelectMany(s => s.Types.Select(t => (t.Text, s.Name))).ToDictionary(p => p.Text, p => p.Name);

        Assert.Equal(4, system.Truth.Contested.Count);
        foreach (var contested in system.Truth.Contested)
        {
            var around = system.References.Where(r => r.From == contested.Type.Text).Select(r => home[r.To])
                .Concat(system.References.Where(r => r.To == contested.Type.Text).Select(r => home[r.From]))
                .GroupBy(m => m).ToDictionary(g => g.Key, g => g.Count());
            Assert.Equal(contested.Services.Order(), around.Keys.Order());
            Assert.Single(around.Values.Distinct());
        }
    }

    [Fact]
    public void Planted_transactions_joins_and_loops_stand_in_the_code_and_cross_borders()
    {
        var (system, compiled) = Compiled.Of(new PlantedSettings { Transactions = 5, SqlJoins = 4, ChattyLoops = 3 });
        var home = system.Truth.Services.SelectMany(s => s.Types.Select(t => (t.Text, s.Name))).ToDictionary(p => p.Text, p => p.Name);

        Assert.Equal((5, 4, 3), (system.Transactions.Count, system.Joins.Count, system.Loops.Count));
        foreach (var transaction in system.Transactions)
        {
            var text = compiled.Method(transaction.Type, transaction.Method);
            Assert.Contains("BeginTransactionAsync", text, StringComparison.Ordinal);
            Assert.All(transaction.Entities, e => Assert.Contains($".Add(new {e.Split('.')[^1]} ", text, StringComparison.Ordinal));
            Assert.InRange(transaction.Entities.Select(e => home[e]).Distinct().Count(), 2, 3);
            var tables = transaction.Entities.Select(e => system.Entities.Single(p => p.Type == e).Table).Order(StringComparer.Ordinal);
            Assert.All(system.EntryPoints.Where(e => e.Method == transaction.Method), e => Assert.Equal(tables, e.Writes));
        }

        Assert.Contains(system.EntryPoints, e => system.Transactions.Any(t => t.Method == e.Method));
        foreach (var join in system.Joins)
            Assert.Contains($" FROM {join.Tables[0]} a JOIN {join.Tables[1]} b ", compiled.Method(join.Type, join.Method), StringComparison.Ordinal);
        foreach (var loop in system.Loops)
        {
            Assert.Matches("foreach .*\n.*\n *total \\+= _", compiled.Method(loop.Type, loop.Method));
            Assert.NotEqual(home[loop.Type], home[loop.Callee]);
        }
    }

    [Fact]
    public void The_same_settings_give_the_same_bytes_and_another_seed_others()
    {
        Assert.Equal(Hash(new PlantedSettings()), Hash(new PlantedSettings()));
        Assert.NotEqual(Hash(new PlantedSettings()), Hash(new PlantedSettings { Seed = 2 }));
        // The bytes of every machine and version. When this changes on purpose, numbers measured on planted systems before cannot be compared with later ones.
        Assert.Equal("756A9C0155C1162B", Hash(new PlantedSettings { Modules = 6, Interfaces = true, Handlers = true })[..16]);
    }

    [Theory]
    [InlineData(3, 20, 15, true, "Modules is 3; it is from 4 to 40.")]
    [InlineData(8, 7, 15, true, "TypesPerModule is 7; it is from 8 to 400.")]
    [InlineData(8, 20, 46, true, "CrossReferences is 46; it is from 0 to 45.")]
    [InlineData(8, 20, 15, false, "Transactions is 3; it is from 0 to 0 without Database.")]
    public void A_setting_out_of_its_bounds_is_told(int modules, int types, int cross, bool database, string said) =>
        Assert.Equal(said, Assert.Throws<ArgumentException>(() => Planter.Plant(new PlantedSettings { Modules = modules, TypesPerModule = types, CrossReferences = cross, Database = database })).Message);

    [Fact]
    public void Handlers_need_controllers() =>
        Assert.Equal("Handlers need controllers, which are the fourth layer; Layers is 3.", Assert.Throws<ArgumentException>(() => Planter.Plant(new PlantedSettings { Handlers = true, Layers = 3 })).Message);

    [Fact]
    public void A_command_goes_to_its_handler_and_from_there_to_the_service()
    {
        var (system, compiled) = Compiled.Of(new PlantedSettings { Seed = 9, Handlers = true });

        Assert.True(system.Handlers.Count > 8);
        foreach (var (handler, command) in system.Handlers)
        {
            var noun = command.Split('.')[^1][..^"Command".Length];
            Assert.Contains($".Send(new {noun}Command(total))", compiled.Method($"Planted.Controllers.{noun}Controller", $"Open{noun}"), StringComparison.Ordinal);
            Assert.Matches($@"_[a-z]\w+Service\.Open{noun}\(", compiled.Method(handler, "Handle"));
        }
    }

    [Fact]
    public void A_logger_changes_nothing_but_the_lines_that_write_to_it()
    {
        var (without, with) = (Planter.Plant(new PlantedSettings { Handlers = true }), Planter.Plant(new PlantedSettings { Handlers = true, Logger = true }));
        var texts = with.Files.ToDictionary(f => f.Path, f => f.Text);

        Assert.Equal(without.References, with.References);
        Assert.Equal("Infrastructure/Chronicle.cs", Assert.Single(texts.Keys.Except(without.Files.Select(f => f.Path))));
        Assert.True(without.Files.Count(f => texts[f.Path] != f.Text) > 80);
        Assert.All(without.Files, f => Assert.DoesNotContain(f.Text.Split('\n').Except(texts[f.Path].Split('\n')), line => !line.Contains("    public ", StringComparison.Ordinal)));
    }

    private static string Hash(PlantedSettings settings)
    {
        var system = Planter.Plant(settings);
        using var stream = new MemoryStream();
        system.WriteFastImport(stream);
        stream.Write(Encoding.UTF8.GetBytes(TruthWriter.Write(system.Truth)));
        return Convert.ToHexString(SHA256.HashData(stream.ToArray()));
    }
}
