using System.Text.Json;

namespace Conway.Node;

/// <summary>How other programs find the running node: <c>.conway/node.json</c>, readable by its owner only.</summary>
/// <param name="Pid">The node.</param>
public sealed record NodeFile(string Url, string Token, int Pid, string Run, DateTimeOffset StartedAt)
{
    private const string Name = "node.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Null when there is none, or none that can be read.</summary>
    public static NodeFile? Read(string stateFolder)
    {
        try
        {
            var file = Path.Combine(stateFolder, Name);
            return File.Exists(file) ? JsonSerializer.Deserialize<NodeFile>(File.ReadAllText(file), Json) : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">It could not be written; an older one is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(string stateFolder) => WholeFile.Write(Path.Combine(stateFolder, Name), stream => JsonSerializer.Serialize(stream, this, Json), isPrivate: true);

    public static void Delete(string stateFolder) => File.Delete(Path.Combine(stateFolder, Name));
}
