using System.Text.Json;

namespace Conway.Reader.Scanning;

/// <summary>What a <c>package.json</c> says about how it is started.</summary>
internal sealed record NodePackage(string File, string Name, string Command, string? Build)
{
    private const int BytesMax = 1 << 20;

    /// <summary>Null for packages that cannot be started.</summary>
    public static NodePackage? Read(IFileTree tree, string file)
    {
        using var document = Settings.Json(tree.Read(file, BytesMax));
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            return null;
        }

        var start = root.TryGetProperty("scripts", out var scripts) ? Text(scripts, "start") : null;
        var command = start is not null ? (start.StartsWith("node ", StringComparison.Ordinal) && start.AsSpan().IndexOfAny("&|;<>") < 0 ? start : "npm start")
            : Text(root, "main") is { Length: > 0 } main ? $"node {main}"
            : tree.KindOf(TreePath.Join(TreePath.FolderOf(file), "server.js")) == FileKind.File ? "node server.js" // what npm start does by itself
            : null;
        if (command is null || (start is null && root.TryGetProperty("workspaces", out _)))
        {
            return null;
        }

        var folder = TreePath.FolderOf(file);
        var name = Text(root, "name") is { Length: > 0 } full ? full[(full.LastIndexOf('/') + 1)..] : folder[(folder.LastIndexOf('/') + 1)..];
        var hasDependencies = root.TryGetProperty("dependencies", out var dependencies) && dependencies.ValueKind == JsonValueKind.Object && dependencies.EnumerateObject().Any();
        var hasLock = tree.KindOf(TreePath.Join(folder, "package-lock.json")) == FileKind.File;
        return new NodePackage(file, name, command, hasDependencies ? hasLock ? "npm ci" : "npm install" : null);
    }

    private static string? Text(JsonElement map, string key) =>
        map.ValueKind == JsonValueKind.Object && map.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
