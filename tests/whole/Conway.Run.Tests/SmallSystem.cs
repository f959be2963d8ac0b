namespace Conway.Run;

/// <summary>A folder, whose path has a space, with two small Node.js services; gone when disposed.</summary>
internal sealed class SmallSystem : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conway run ");

    public SmallSystem()
    {
        Write("conway.yaml", """
            conway: 1
            system: small
            services:
              front: { command: node front.js, calls: { back: { timeout: 1s, retries: 1 } } }
              back: { command: node back.js, replicas: 2, drain: 2s }
            gateway: { routes: [ { path: "/**", to: front } ] }
            """);

        // Its grandchild sits in a session of its own, as daemons do.
        Write("back.js", "require('child_process').spawn('setsid', ['sleep', '1000'], { stdio: 'ignore' }); require('http').createServer((q, r) => r.end('back')).listen(process.env.PORT, process.env.HOST);");
        Write("front.js", "require('http').createServer((q, r) => require('http').get(process.env.BACK_URL, a => a.pipe(r)).on('error', e => { r.statusCode = 502; r.end(e.message); })).listen(process.env.PORT, process.env.HOST);");
    }

    public string Folder => _folder.FullName;

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    public void Dispose() => _folder.Delete(recursive: true);
}
