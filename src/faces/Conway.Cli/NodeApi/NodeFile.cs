using System.Text.Json;
using System.Text.Json.Serialization;
using Conway.Supervision;

namespace Conway.Cli;

/// <summary>What a running node leaves in <c>.conway/node.json</c> for those who may talk to it.</summary>
public sealed record NodeFile
{
    [JsonRequired]
    public string Url { get; init => field = value ?? ""; } = "";

    /// <summary>Empty until the node listens.</summary>
    [JsonRequired]
    public string Token { get; init => field = value ?? ""; } = "";

    public int Pid { get; init; }

    public string Run { get; init => field = value ?? ""; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public static string PathIn(ModelLocation location) => Path.Combine(location.RunFolder, "node.json");

    /// <summary>The file's content; null when it is absent, unreadable, or half written.</summary>
    public static NodeFile? TryRead(ModelLocation location)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathIn(location)), NodeApiJson.Default.NodeFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>False when the process that wrote the file has ended, so that the file is a leftover. One that nobody has buried yet counts as ended.</summary>
    public bool ProcessLives() => Pid > 0 && UnixProcesses.Exists(Pid);
}
