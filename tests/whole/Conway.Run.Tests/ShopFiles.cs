namespace Conway.Run;

/// <summary>A copy of the sample with what it is built from, in a folder whose path has a space, so that tests may edit it.</summary>
internal sealed class ShopFiles : IDisposable
{
    private static readonly string[] Folders = ["samples/shop", "src/services"];
    private static readonly string[] NotCopied = ["bin", "obj", "artifacts", "node_modules", ".conway"];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("conway shop ");

    public ShopFiles()
    {
        foreach (var file in new DirectoryInfo(Product.Root).EnumerateFiles().Where(f => f.Name is ".editorconfig" or "global.json" or "BannedSymbols.txt" || f.Name.StartsWith("Directory.", StringComparison.Ordinal)))
        {
            file.CopyTo(Path.Combine(_root.FullName, file.Name));
        }

        foreach (var folder in Folders)
        {
            Copy(Path.Combine(Product.Root, folder), Path.Combine(_root.FullName, folder));
        }
    }

    public string Folder => Path.Combine(_root.FullName, "samples", "shop");

    public void Dispose() => _root.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from).Where(f => !NotCopied.Contains(Path.GetFileName(f))))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
