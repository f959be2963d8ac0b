namespace Conway.Scaffolding.Making;

/// <summary>A Node.js service that serves nothing yet, and its tests. It needs no package, so nothing has to be installed.</summary>
internal static class NodeFiles
{
    public static IEnumerable<NewFile> For(string system, string service)
    {
        var words = ServiceFiles.Words(system, service);
        foreach (var name in new[] { "package.json", "server.js", "app.js", "http.js", "log.js" })
        {
            yield return new NewFile($"src/{service}/{name}", Template.Text($"node/{name}", words));
        }

        yield return new NewFile($"src/{service}/openapi.json", Template.Text("service/openapi.json", words));
        yield return new NewFile($"src/{service}/test/app.test.js", Template.Text("node/app.test.js", words));
    }
}
