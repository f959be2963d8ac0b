using System.Text.Json;
using Conway.Cli.Tests.Decomposing;
using Conway.Migration.Plans;

namespace Conway.Cli.Tests.Migrating;

/// <summary><c>conway migrate plan</c> as a process: what it prints, what it writes, and what it leaves alone.</summary>
public sealed class MigrateTests
{
    [Fact]
    public async Task Without_a_place_to_keep_it_nothing_is_written()
    {
        using var folder = Shop();
        var before = Files(folder);
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "plan", "--cut", "medium");
        Assert.Equal(0, ended.Code);
        Assert.Contains("nothing was written; --out keeps the plan", ended.Error, StringComparison.Ordinal);
        Assert.Contains("not known: change frequency: give --git", ended.Output, StringComparison.Ordinal);
        Assert.Equal(before, Files(folder));
    }

    [Fact]
    public async Task The_same_code_gives_the_same_bytes_wherever_it_lies()
    {
        using var one = Shop();
        using var other = Shop();

        // One by a process of its own, which has other hashes.
        await PlanAsync(one, Shell.ProcessAsync);
        await PlanAsync(other);
        string Text(SystemFolder folder, string file) => File.ReadAllText(Path.Combine(folder.Path, "plan", file)).Replace(Path.GetFileName(folder.Path), "shop", StringComparison.Ordinal);

        // The name of the folder is in the fingerprint, too.
        static string Without(string text) => string.Join('\n', text.Split('\n').Where(l => !l.StartsWith("fingerprint:", StringComparison.Ordinal)));
        Assert.Equal(Without(Text(one, "plan.yaml")), Without(Text(other, "plan.yaml")));
        Assert.Equal(Text(one, "plan.md"), Text(other, "plan.md"));

        var before = (File.ReadAllBytes(Plan(one)), File.ReadAllBytes(Path.Combine(one.Path, "plan", "plan.md")));
        await PlanAsync(one);
        Assert.Equal(before.Item1, File.ReadAllBytes(Plan(one)));
        Assert.Equal(before.Item2, File.ReadAllBytes(Path.Combine(one.Path, "plan", "plan.md")));
    }

    [Fact]
    public async Task States_and_notes_stay_when_the_code_has_changed_and_steps_that_are_gone_are_told()
    {
        using var folder = Shop();
        await PlanAsync(folder);
        var plan = File.ReadAllText(Plan(folder));
        var at = plan.IndexOf(".data.a\n", StringComparison.Ordinal);
        var state = plan.IndexOf("state: pending", at, StringComparison.Ordinal);
        var step = plan[(plan.LastIndexOf("id: ", at, StringComparison.Ordinal) + 4)..(at + ".data.a".Length)];
        File.WriteAllText(Plan(folder), plan[..state] + "state: doing\n        note: \"asked Ann\"" + plan[(state + "state: pending".Length)..]);
        var again = await PlanAsync(folder);
        Assert.DoesNotContain("gone", again.Error, StringComparison.Ordinal);
        var read = Read(folder);
        Assert.Equal((StepState.Doing, "asked Ann"), read.Phases.SelectMany(p => p.Steps).Where(s => s.Id == step).Select(s => (s.State, s.Note!)).Single());

        // All in one file and namespace with another name for the area: other services, other steps.
        foreach (var file in Directory.GetFiles(Path.Combine(folder.Path, "src"), "*.cs"))
        {
            var service = Words(step.Split('.')[0]);
            File.WriteAllText(file, File.ReadAllText(file).Replace(service, "Zebra", StringComparison.Ordinal).Replace(service.ToLowerInvariant(), "zebra", StringComparison.Ordinal));
        }

        var renamed = await PlanAsync(folder);
        Assert.Contains("of the earlier plan are gone: ", renamed.Error, StringComparison.Ordinal);
        Assert.Equal((step, StepState.Doing, "asked Ann"), Read(folder).Gone.Select(g => (g.Id, g.State, g.Note!)).Single());

        static string Words(string name) => char.ToUpperInvariant(name[0]) + name[1..].TrimEnd('s');
    }

    [Fact]
    public async Task A_plan_that_was_edited_elsewhere_is_left_alone_until_it_is_forced()
    {
        using var folder = Shop();
        await PlanAsync(folder);
        var edited = File.ReadAllText(Plan(folder)).Replace("Put a reverse proxy in front", "Buy a reverse proxy", StringComparison.Ordinal);
        File.WriteAllText(Plan(folder), edited);
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "plan", "--cut", "medium", "--out", "plan");
        Assert.Equal(9, ended.Code);
        Assert.Contains("'plan/plan.yaml' was edited where the next run writes anew", ended.Error, StringComparison.Ordinal);
        Assert.Equal(edited, File.ReadAllText(Plan(folder)));
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "migrate", "plan", "--cut", "medium", "--out", "plan", "--force")).Code);
        Assert.DoesNotContain("Buy a reverse proxy", File.ReadAllText(Plan(folder)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_piece_that_was_edited_by_hand_is_left_alone_and_named()
    {
        using var folder = Shop();
        var made = await PlanAsync(folder);
        Assert.Contains("files of SQL, routes and C# to begin with", made.Error, StringComparison.Ordinal);
        var sql = Directory.GetFiles(Path.Combine(folder.Path, "plan"), "c-backfill.sql", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.AppendAllText(sql, "-- mine\n");
        var text = File.ReadAllText(sql);
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "plan", "--cut", "medium", "--out", "plan");
        Assert.Equal(9, ended.Code);
        Assert.Contains($"'{Path.GetRelativePath(Path.Combine(folder.Path, "plan"), sql)}' in 'plan' was edited by hand, so nothing was written. --force writes over it.", ended.Error, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(sql));
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "migrate", "plan", "--cut", "medium", "--out", "plan", "--force")).Code);
        Assert.DoesNotContain("-- mine", File.ReadAllText(sql), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_in_the_file_change_the_order()
    {
        using var folder = Shop();
        await PlanAsync(folder);
        File.WriteAllText(Plan(folder), File.ReadAllText(Plan(folder)).Replace("\nphases:\n", "\nweights: { criticality: 0 }\nphases:\n", StringComparison.Ordinal));
        await PlanAsync(folder);
        Assert.All(Read(folder).Phases.Where(p => p.Order is not null), p => Assert.Equal(0, p.Order!.Parts.Single(o => o.Part == "criticality").Points));
        Assert.Equal(0, Read(folder).Weights.Criticality);
    }

    [Theory]
    [InlineData("migration: 2\nsystem: s\nhow: new\n", "plan.yaml:1", "CW1801", "This plan is written in format 2, and this version of Conway reads format 1.")]
    [InlineData("migration: 1 # conway migrate\nsystem: s\ncut: c\nphases:\n  - { id: x, state: [\n", "plan.yaml:5", "CW1008", "")]
    [InlineData("migration: 1 # conway migrate\nsystem: s\ncut: c\nphasen: []\n", "plan.yaml:4", "CW1101", "'phasen' is not a key that is known here.")]
    public async Task A_plan_that_cannot_be_read_is_told_with_its_place_and_left_as_it_is(string text, string place, string code, string said)
    {
        using var folder = Shop();
        text = text.Contains('#', StringComparison.Ordinal) ? text : "# conway migrate plan\n" + text;
        folder.Write("plan.yaml", text);
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "plan", "--out", "plan.yaml");
        Assert.Equal(3, ended.Code);
        Assert.Contains(place[..^1], ended.Error, StringComparison.Ordinal);
        Assert.Contains(code, ended.Error, StringComparison.Ordinal);
        Assert.Contains(said, ended.Error, StringComparison.Ordinal);
        Assert.Contains("the plan that is there cannot be read, so it was left as it is", ended.Error, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Path.Combine(folder.Path, "plan.yaml")));
    }

    [Fact]
    public async Task A_plan_that_somebody_edited_is_linted_with_line_and_mend()
    {
        using var folder = Shop();
        await PlanAsync(folder);
        var lines = File.ReadAllLines(Plan(folder)).ToList();
        var at = lines.FindIndex(l => l.Contains("roll-back: point the name", StringComparison.Ordinal));
        lines[at] = lines[at].Replace("point the name at the monolith again", "\"\"", StringComparison.Ordinal);
        File.WriteAllLines(Plan(folder), lines);
        var step = lines.FindLastIndex(at, l => l.Contains("- id: ", StringComparison.Ordinal) || l.Contains("- { id: ", StringComparison.Ordinal)) + 1;
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "lint", "plan/plan.yaml");
        Assert.Equal(1, ended.Code);
        Assert.Contains($"plan/plan.yaml:{step}:", ended.Output, StringComparison.Ordinal);
        Assert.Contains("error CW1803  The step 'facade.deploy' has no way back.", ended.Output, StringComparison.Ordinal);
        Assert.Contains("1 error, 0 warnings in the plan.", ended.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse((await Shell.ConwayAsync(folder.Path, "migrate", "lint", "plan", "-o", "json")).Output);
        Assert.Equal("CW1803", document.RootElement.GetProperty("findings")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_left_alone()
    {
        using var folder = Shop();
        folder.Write("plan/plan.md", "# My plan\n");
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "plan", "--out", "plan", "--force");
        Assert.Equal(9, ended.Code);
        Assert.Contains("'plan/plan.md' is there already and was not written by migrate", ended.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Plan(folder)));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_told()
    {
        using var folder = Shop();
        folder.Write("taken", "a file");
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "plan", "--cut", "medium", "--out", "taken/plan.yaml");
        Assert.Equal(4, ended.Code);
        Assert.Contains("'taken/plan.yaml' could not be written: ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("migrate plan nowhere", 2, "there is no folder 'nowhere'.")]
    [InlineData("migrate plan src/Order.cs", 2, "'src/Order.cs' is a file. Name the folder that holds the source, or a solution.")]
    [InlineData("migrate plan --cut mediun", 2, "there is no cut 'mediun'. Did you mean 'medium'?")]
    [InlineData("migrate plan --cut monolith", 1, "the cut 'monolith' has one service, so nothing is taken out. Name another with --cut: ")]
    [InlineData("migrate plan -c none.txt", 2, "there is no constraints file 'none.txt'.")]
    [InlineData("migrate plan --traces none.json", 2, "there is no file of traces 'none.json'.")]
    [InlineData("migrate lint", 2, "there is no plan 'plan.yaml'. 'conway migrate plan --out migration' makes one.")]
    [InlineData("migrate lint --git", 2, "--git is for 'migrate plan'; lint only reads a plan. Leave it out.")]
    [InlineData("migrate lint -o markdown", 2, "-o markdown is for 'migrate plan'")]
    [InlineData("migrate plam", 2, "'plam' is nothing that migrate does. Did you mean 'plan'?")]
    [InlineData("migrate", 2, "say what to do: 'conway migrate plan' or 'conway migrate lint'.")]
    public async Task What_cannot_be_done_is_answered_by_a_sentence(string line, int code, string said)
    {
        using var folder = Shop();
        var ended = await Shell.ConwayAsync(folder.Path, line.Split(' '));
        Assert.Equal(code, ended.Code);
        Assert.Contains(said, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_code_has_no_plan()
    {
        using var folder = new SystemFolder();
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "plan", "--out", "plan");
        Assert.Equal(1, ended.Code);
        Assert.Contains("CW1601", ended.Error, StringComparison.Ordinal);
        Assert.Contains("nothing to plan; no file was written", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "plan")));
    }

    [Fact]
    public async Task Contradicting_constraints_are_told_and_no_plan_is_made()
    {
        using var folder = Shop();
        folder.Write("wishes.txt", "pin Order -> sales\npin Order -> shipping\n");
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "plan", "-c", "wishes.txt", "--out", "plan");
        Assert.Equal(3, ended.Code);
        Assert.Contains("CW1704", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "plan")));
    }

    [Fact]
    public async Task For_programs_every_key_of_the_page_is_there()
    {
        using var folder = Shop();
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "plan", "--cut", "medium", "-o", "json", "-q");
        Assert.Equal("", ended.Error);
        using var document = JsonDocument.Parse(ended.Output);
        Assert.Equal(1, document.RootElement.GetProperty("format").GetInt32());
        var slice = document.RootElement.GetProperty("phases").EnumerateArray().First(p => p.GetProperty("slice").ValueKind == JsonValueKind.Object).GetProperty("slice");
        Assert.Equal(JsonValueKind.Array, slice.GetProperty("callsIn").ValueKind);
        Assert.Equal("pending", document.RootElement.GetProperty("phases")[0].GetProperty("steps")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_sample_monolith_has_a_plan_in_which_plumbing_is_no_ones_interface()
    {
        using var folder = new SystemFolder();
        var ended = await Shell.ConwayAsync(folder.Path, "migrate", "plan", Path.Combine(Repository.Root, "samples", "monolith"), "--out", "plan");
        Assert.Equal(0, ended.Code);
        var slices = Read(folder).Phases.Where(p => p.Slice is not null).Select(p => p.Slice!).ToArray();
        Assert.InRange(slices.Length, 5, 20);
        var lint = await Shell.ConwayAsync(folder.Path, "migrate", "lint", "plan");
        Assert.Equal((0, "0 errors, 0 warnings in the plan.\n"), (lint.Code, lint.Output));
        Assert.NotEmpty(slices.SelectMany(s => s.Transactions));
        Assert.DoesNotContain(slices.SelectMany(s => s.CallsIn), c => c.What.Contains("UnitOfWork", StringComparison.Ordinal));
        var routes = slices.SelectMany(s => s.Routes).Select(r => $"{r.Method} {r.Path}").ToArray();
        Assert.Equal(routes.Length, routes.Distinct().Count());
    }

    private static SystemFolder Shop()
    {
        var folder = new SystemFolder();
        SmallShop.WriteTo(folder);
        return folder;
    }

    private static string Plan(SystemFolder folder) => Path.Combine(folder.Path, "plan", "plan.yaml");

    private static MigrationPlan Read(SystemFolder folder)
    {
        var read = PlanFile.Read("plan.yaml", File.ReadAllBytes(Plan(folder)));
        Assert.Empty(read.Findings);
        return read.Value;
    }

    private static async Task<Ended> PlanAsync(SystemFolder folder, Func<string, string[], Task<Ended>>? conway = null)
    {
        var ended = await (conway ?? Shell.ConwayAsync)(folder.Path, ["migrate", "plan", "--cut", "medium", "--out", "plan"]);
        Assert.Equal(0, ended.Code);
        return ended;
    }

    private static string[] Files(SystemFolder folder) => [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
