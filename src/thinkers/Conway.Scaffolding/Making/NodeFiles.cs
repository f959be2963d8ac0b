namespace Conway.Scaffolding.Making;

/// <summary>A Node.js service, its resources, and their tests. It needs no package before it has a store.</summary>
internal static class NodeFiles
{
    public static IEnumerable<NewFile> For(string system, string service)
    {
        var words = ServiceFiles.Words(system, service);
        foreach (var name in new[] { "package.json", "server.js", "app.js", "router.js", "http.js", "log.js", "secrets.js" })
        {
            yield return new NewFile($"src/{service}/{name}", Template.Text($"node/{name}", words));
        }

        yield return new NewFile($"src/{service}/openapi.json", Template.Text("service/openapi.json", words));
        yield return new NewFile($"src/{service}/test/app.test.js", Template.Text("node/app.test.js", words));
        yield return new NewFile($"src/{service}/test/secrets.test.js", Template.Text("node/secrets.test.js", words));
        yield return Served(words, $"src/{service}");
    }

    /// <summary>The service as its tests meet it. Outside of <c>test</c>, where Node.js takes every file for a test.</summary>
    public static NewFile Served(IReadOnlyDictionary<string, string> words, string folder) => new($"{folder}/testing/service.js", Template.Text("node/service.js", words)) { IsShared = true };

    /// <summary>A resource: a folder with a file for each operation, and its tests.</summary>
    /// <param name="words">As of <see cref="ApiFiles.Words"/>; with those of a store, it is kept there; otherwise in memory.</param>
    /// <param name="folder">Of the service.</param>
    public static IEnumerable<NewFile> ForApi(IReadOnlyDictionary<string, string> words, string folder)
    {
        var from = words.ContainsKey("Store") ? "node-api-stored" : "node-api";
        words = new Dictionary<string, string>(words) { ["table"] = words["api"].Replace('-', '_') };
        foreach (var (name, template) in new[] { ("index", from), ("store", from), ("list", "node-api"), ("get", "node-api"), ("put", from), ("delete", "node-api") })
        {
            yield return new NewFile($"{folder}/{words["api"]}/{name}.js", Template.Text($"{template}/{name}.js", words));
        }

        yield return new NewFile($"{folder}/test/{words["api"]}.test.js", Template.Text($"{from}/test.js", words));
        yield return Served(words, folder);
    }

    public static IEnumerable<FileEdit> ApiEdits(IReadOnlyDictionary<string, string> words, string folder)
    {
        var app = $"{folder}/app.js";
        yield return new LineEdit(app, $"const map{words["Api"]} = require(\"./{words["api"]}\");", ["const map", "const { createRouter }"]);
        yield return new LineEdit(app, $"map{words["Api"]}({(words.ContainsKey("Store") ? $"router, {NodeStoreFiles.Variable(words)}" : "router")});", ["map", "router.add("]) { Known = $"map{words["Api"]}(router" };
        if (words.ContainsKey("Store"))
        {
            yield return NodeStoreFiles.Step(words, folder);
        }
    }
}
