using System.Text.Json;
using Conway.CodeFacts;
using Conway.Decomposition.Bench.Truths;

namespace Conway.Decomposition.Bench;

/// <summary>A system with its facts and its truth.</summary>
internal sealed record Subject(string Name, Codebase Code, Truth Truth)
{
    /// <summary>Reads a system, or what is kept of it from the last time.</summary>
    /// <param name="cache">Folder where facts are kept as JSON; null keeps none. Empty it when the reader of code changed.</param>
    public static Subject Read(string folder, string truth, string? cache)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var kept = cache is null ? null : Path.Combine(cache, name + ".json");
        Codebase code;
        if (kept is not null && File.Exists(kept))
        {
            using var stream = File.OpenRead(kept);
            code = JsonSerializer.Deserialize<Codebase>(stream)!;
        }
        else
        {
            code = CodebaseReader.Read(new DiskSourceTree(folder), new CodebaseOptions(), null, CancellationToken.None);
            if (kept is not null)
            {
                Directory.CreateDirectory(cache!);
                using var stream = File.Create(kept);
                JsonSerializer.Serialize(stream, code);
            }
        }

        return new Subject(name, code, Truth.Read(truth, code));
    }
}
