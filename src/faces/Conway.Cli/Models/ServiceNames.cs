using Conway.Reader;

namespace Conway.Cli;

/// <summary>Names of the model's services, for completion: from the current folder upward, and never a complaint.</summary>
internal static class ServiceNames
{
    public static IEnumerable<string> ForCompletion() =>
        ModelLocation.Find(null, Environment.CurrentDirectory, out _) is { } location
            ? ModelReader.Read(new DiskFileTree(location.Folder), location.File, new ReadOptions()).Model.Services.Keys
            : [];
}
