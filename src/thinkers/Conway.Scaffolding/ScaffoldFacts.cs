using Conway.Model;

namespace Conway.Scaffolding;

/// <summary>What a plan must know of the system that it is made for.</summary>
/// <param name="Model">The system as it is described now.</param>
public sealed record ScaffoldFacts(SystemModel Model)
{
    /// <summary>The version of the packages of the service library.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>The solution in the system's folder, by its file name; null for none.</summary>
    public string? Solution { get; init; }

    /// <summary>The text of a file of the system; null when there is none.</summary>
    public Func<string, string?> Read { get; init; } = static _ => null;

    /// <summary>Whether there is a file or folder at a path.</summary>
    public Func<string, bool> IsThere { get; init; } = static _ => false;
}
