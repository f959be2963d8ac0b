namespace Conway.Scaffolding.Making;

/// <summary>A Node.js service, its resources, and their tests. It needs no package, so nothing has to be installed.</summary>
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
    }

    /// <summary>A resource: a folder with a file for each operation, and its tests.</summary>
    /// <param name="words">As of <see cref="ApiFiles.Words"/>.</param>
    /// <param name="folder">Of the service.</param>
    public static IEnumerable<NewFile> ForApi(IReadOnlyDictionary<string, string> words, string folder)
    {
        foreach (var name in new[] { "index", "store", "list", "get", "put", "delete" })
        {
            yield return new NewFile($"{folder}/{words["api"]}/{name}.js", Template.Text($"node-api/{name}.js", words));
        }

        yield return new NewFile($"{folder}/test/{words["api"]}.test.js", Template.Text("node-api/test.js", words));
    }

    public static IEnumerable<FileEdit> ApiEdits(IReadOnlyDictionary<string, string> words, string folder)
    {
        var app = $"{folder}/app.js";
        yield return new LineEdit(app, $"const map{words["Api"]} = require(\"./{words["api"]}\");", ["const map", "const { createRouter }"]);
        yield return new LineEdit(app, $"map{words["Api"]}(router);", ["map", "router.add("]);
    }
}
