namespace Conway.Cli.Tests;

/// <summary>A folder with a model in it, gone with the test.</summary>
internal sealed class SystemFolder : IDisposable
{
    /// <param name="model">Text of <c>conway.yaml</c>; null for a folder without one.</param>
    public SystemFolder(string? model = null)
    {
        // A space, because people have them.
        Path = Directory.CreateTempSubdirectory("conway cli ").FullName;
        if (model is not null)
        {
            Write("conway.yaml", model);
        }
    }

    public string Path { get; }

    public string StateFolder => System.IO.Path.Combine(Path, ".conway");

    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
