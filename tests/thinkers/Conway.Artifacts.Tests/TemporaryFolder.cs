namespace Conway.Artifacts.Tests;

/// <summary>A folder that is gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("conway artifacts ").FullName;

    public void Write(IEnumerable<WrittenFile> files)
    {
        foreach (var file in files)
        {
            var full = System.IO.Path.Combine(Path, file.Path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            File.WriteAllText(full, file.Text);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
