using Conway.Model;

namespace Conway.Scaffolding.Making;

/// <summary>A store in PostgreSQL of a Node.js service: connections, tables, readiness, and tests on a real server.</summary>
internal static class NodeStoreFiles
{
    /// <summary>Pure JavaScript: nothing is compiled when it is installed.</summary>
    public static readonly IReadOnlyList<(string, string)> Packages = [("pg", "^8.23.1")];

    public const string Locked = "node-store/lock.json";

    /// <summary>The words of a service's store, beside those that are there.</summary>
    public static IReadOnlyDictionary<string, string> Words(IReadOnlyDictionary<string, string> words, string store) =>
        new Dictionary<string, string>(words) { ["store"] = store, ["Store"] = StoreFiles.NameOf(store), ["STORE"] = Names.ToVariable(store), ["file"] = FileOf(store) };

    public static string DatabaseOf(string folder, string store) => $"{folder}/storage/{FileOf(store)}-database.js";

    public static IEnumerable<NewFile> For(IReadOnlyDictionary<string, string> words, string folder)
    {
        var file = words["file"];
        foreach (var (path, template) in new[]
        {
            ($"storage/{file}-database.js", "database"), ($"storage/{file}-schema.js", "schema"), ($"testing/{file}-database.js", "lender"), ($"test/{file}-database.test.js", "test"),
        })
        {
            yield return new NewFile($"{folder}/{path}", Template.Text($"node-store/{template}.js", words));
        }

        // One server for all stores of the service.
        yield return new NewFile($"{folder}/testing/postgres.js", Template.Text("node-store/postgres.js", words)) { IsShared = true };
    }

    public static IEnumerable<FileEdit> Edits(IReadOnlyDictionary<string, string> words, string folder)
    {
        var (app, made) = ($"{folder}/app.js", $"const {Variable(words)} = create{words["Store"]}Database(environment);");
        yield return new LineEdit(app, $"const {{ create{words["Store"]}Database }} = require(\"./storage/{words["file"]}-database\");", ["const { create", "const map"]);
        yield return new LineEdit(app, made, ["dependencies.push(", "const dependencies ="]);
        yield return new LineEdit(app, $"dependencies.push({Variable(words)});", [made]);
        yield return new LineEdit($"{folder}/testing/service.js", $"lenders.push(require(\"./{words["file"]}-database\"));", ["lenders.push(", "const lenders ="]);
    }

    /// <summary>The database in the code of the service.</summary>
    public static string Variable(IReadOnlyDictionary<string, string> words) => $"{char.ToLowerInvariant(words["Store"][0])}{words["Store"][1..]}Database";

    /// <summary>Whether a resource is there from before the service had a store. It stays where it is.</summary>
    /// <param name="store">The text of its <c>store.js</c>; null for a new resource.</param>
    public static bool IsInMemory(string? store) => store?.Contains("TABLE", StringComparison.Ordinal) == false;

    /// <summary>The table of a resource, as the last step of the schema.</summary>
    public static FileEdit Step(IReadOnlyDictionary<string, string> words, string folder) =>
        new LineEdit($"{folder}/storage/{words["file"]}-schema.js", $"require(\"../{words["api"]}/store\").TABLE,", ["];"]) { Above = true };

    /// <summary><c>mails-db</c> becomes <c>mails</c>.</summary>
    private static string FileOf(string store)
    {
        var end = new[] { "-db", "-database", "-store" }.FirstOrDefault(one => store.EndsWith(one, StringComparison.Ordinal) && store.Length > one.Length);
        return end is null ? store : store[..^end.Length];
    }
}
