namespace Conway.Registry.World;

/// <summary>What a commit may change and a reader may wait for. A topic may fire when nothing visible changed; it never stays silent when something did.</summary>
internal static class Topics
{
    public const string Nodes = "nodes";
    public const string Names = "names";
    public const string Checks = "checks";
    public const string Sessions = "sessions";

    public static string Service(string name) => "service/" + name.ToLowerInvariant();
    public static string Node(string name) => "node/" + name.ToLowerInvariant();
    public static string Key(string key) => "kv/" + key;

    /// <summary>All keys that start so.</summary>
    public static string Prefix(string prefix) => "kv*/" + prefix;
}
