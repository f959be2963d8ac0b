using Conway.Model;

namespace Conway.Scaffolding.Making;

/// <summary>A store in SQLite of a .NET service: connections, tables, health, and tests on real files.</summary>
internal static class StoreFiles
{
    private static readonly string[] Packages = ["Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core"];

    /// <summary><c>payments-db</c> becomes <c>Payments</c>, of which there are a <c>PaymentsDatabase</c> and a <c>PaymentsSchema</c>.</summary>
    public static string NameOf(string store)
    {
        var end = new[] { "-db", "-database", "-store" }.FirstOrDefault(one => store.EndsWith(one, StringComparison.Ordinal) && store.Length > one.Length);
        return CodeName.Pascal(end is null ? store : store[..^end.Length]);
    }

    /// <summary>The words of a service's store, beside those that are there.</summary>
    public static IReadOnlyDictionary<string, string> Words(IReadOnlyDictionary<string, string> words, string store) =>
        new Dictionary<string, string>(words) { ["store"] = store, ["Store"] = NameOf(store), ["STORE"] = Names.ToVariable(store) };

    public static string DatabaseOf(string folder, string store) => $"{folder}/Storage/{NameOf(store)}Database.cs";

    public static IEnumerable<NewFile> For(IReadOnlyDictionary<string, string> words, string folder, string tests)
    {
        var name = words["Store"];
        foreach (var (file, template) in new[] { ($"{name}Database", "Database"), ($"{name}DatabaseHealth", "Health"), ($"{name}DatabaseSetup", "Setup"), ($"{name}Schema", "Schema") })
        {
            yield return new NewFile($"{folder}/Storage/{file}.cs", Template.Text($"store/{template}.cs", words));
        }

        yield return new NewFile($"{tests}/Storage/{name}DatabaseFile.cs", Template.Text("store/DatabaseFile.cs", words));
        yield return new NewFile($"{tests}/Storage/{name}DatabaseTests.cs", Template.Text("store/Tests.cs", words));
    }

    public static IEnumerable<FileEdit> Edits(IReadOnlyDictionary<string, string> words, string folder, string project)
    {
        yield return new LineEdit($"{folder}/Program.cs", $"using {words["System"]}.{words["Service"]}.Storage;", ["using "]) { OrFirst = true };
        yield return new LineEdit($"{folder}/Program.cs", $"builder.Add{words["Store"]}Database();", ["builder.Add"]);
        yield return new LineEdit(project, $"<PackageReference Include=\"{Packages[0]}\" />", ["<PackageReference "]) { Known = $"\"{Packages[0]}\"" };
        var lines = Template.Text("store/versions.props", words).Split('\n');
        foreach (var name in Packages)
        {
            yield return new LineEdit("Directory.Packages.props", lines.First(line => line.Contains($"\"{name}\"", StringComparison.Ordinal)), ["<PackageVersion "]) { Known = $"\"{name}\"" };
        }
    }

    /// <summary>The table of a resource, as the last step of the schema.</summary>
    public static FileEdit Step(IReadOnlyDictionary<string, string> words, string folder) =>
        new LineEdit($"{folder}/Storage/{words["Store"]}Schema.cs", $"{words["Api"]}.{words["Item"]}Store.Table,", ["];"]) { Above = true, Deeper = 4 };
}
