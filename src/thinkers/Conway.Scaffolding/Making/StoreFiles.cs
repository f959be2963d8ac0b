using Conway.Model;

namespace Conway.Scaffolding.Making;

/// <summary>A store of a .NET service in SQLite or PostgreSQL: connections, tables, health, and tests on real files or a real server.</summary>
internal static class StoreFiles
{
    /// <summary>Packages of each engine, that which the project names first; and the folder of its texts.</summary>
    private static (string Texts, string[] Packages) Of(StoreEngine engine) => engine == StoreEngine.Postgresql
        ? ("store-postgresql", ["Npgsql"])
        : ("store", ["Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core"]);

    /// <summary>Whether code is written for stores of an engine.</summary>
    public static bool HasCode(StoreEngine engine) => engine is StoreEngine.Sqlite or StoreEngine.Postgresql;

    /// <summary>The engine that the code of a store is for, whatever the model says of it by now.</summary>
    /// <param name="database">The text of <see cref="DatabaseOf"/>.</param>
    public static StoreEngine EngineOf(string? database) => database?.Contains("using Npgsql;", StringComparison.Ordinal) == true ? StoreEngine.Postgresql : StoreEngine.Sqlite;

    /// <summary><c>payments-db</c> becomes <c>Payments</c>, of which there are a <c>PaymentsDatabase</c> and a <c>PaymentsSchema</c>.</summary>
    public static string NameOf(string store)
    {
        var end = new[] { "-db", "-database", "-store" }.FirstOrDefault(one => store.EndsWith(one, StringComparison.Ordinal) && store.Length > one.Length);
        return CodeName.Pascal(end is null ? store : store[..^end.Length]);
    }

    /// <summary>The words of a service's store, beside those that are there.</summary>
    public static IReadOnlyDictionary<string, string> Words(IReadOnlyDictionary<string, string> words, string store, StoreEngine engine)
    {
        var (name, isServer) = (NameOf(store), engine == StoreEngine.Postgresql);
        return new Dictionary<string, string>(words)
        {
            ["store"] = store,
            ["Store"] = name,
            ["STORE"] = Names.ToVariable(store),
            ["StoreText"] = isServer ? "StoreInPostgresql" : "Store",
            ["Kept"] = isServer ? $"{name}TestDatabase" : $"{name}DatabaseFile",
            ["kept"] = isServer ? "database" : "file",
        };
    }

    public static string DatabaseOf(string folder, string store) => $"{folder}/Storage/{NameOf(store)}Database.cs";

    public static IEnumerable<NewFile> For(IReadOnlyDictionary<string, string> words, string folder, string tests, StoreEngine engine)
    {
        var (name, texts) = (words["Store"], Of(engine).Texts);
        foreach (var (file, template) in new[] { ($"{name}Database", "Database"), ($"{name}DatabaseHealth", "Health"), ($"{name}DatabaseSetup", "Setup"), ($"{name}Schema", "Schema") })
        {
            yield return new NewFile($"{folder}/Storage/{file}.cs", Template.Text($"{texts}/{template}.cs", words));
        }

        yield return new NewFile($"{tests}/Storage/{words["Kept"]}.cs", Template.Text($"{texts}/Kept.cs", words));
        yield return new NewFile($"{tests}/Storage/{name}DatabaseTests.cs", Template.Text($"{texts}/Tests.cs", words));
        if (engine == StoreEngine.Postgresql)
        {
            // One server for all stores of the service.
            yield return new NewFile($"{tests}/Storage/PostgresServer.cs", Template.Text($"{texts}/Server.cs", words)) { IsShared = true };
        }
    }

    public static IEnumerable<FileEdit> Edits(IReadOnlyDictionary<string, string> words, string folder, string project, StoreEngine engine)
    {
        var (texts, packages) = Of(engine);
        yield return new LineEdit($"{folder}/Program.cs", $"using {words["System"]}.{words["Service"]}.Storage;", ["using "]) { OrFirst = true };
        yield return new LineEdit($"{folder}/Program.cs", $"builder.Add{words["Store"]}Database();", ["builder.Add"]);
        yield return new LineEdit(project, $"<PackageReference Include=\"{packages[0]}\" />", ["<PackageReference "]) { Known = $"\"{packages[0]}\"" };
        var lines = Template.Text($"{texts}/versions.props", words).Split('\n');
        foreach (var name in packages)
        {
            yield return new LineEdit("Directory.Packages.props", lines.First(line => line.Contains($"\"{name}\"", StringComparison.Ordinal)), ["<PackageVersion "]) { Known = $"\"{name}\"" };
        }
    }

    /// <summary>The table of a resource, as the last step of the schema.</summary>
    public static FileEdit Step(IReadOnlyDictionary<string, string> words, string folder) =>
        new LineEdit($"{folder}/Storage/{words["Store"]}Schema.cs", $"{words["Api"]}.{words["Item"]}Store.Table,", ["];"]) { Above = true, Deeper = 4 };
}
