using System.Text.Json;

namespace Conway.Console.Api;

/// <summary>A file of the model.</summary>
public sealed record ModelFile(string Name, string Text);

/// <summary>The model in use.</summary>
/// <param name="Revision">Counts accepted changes, from 1.</param>
/// <param name="Accepted">False when the files on disk are worse than what runs.</param>
/// <param name="Plan">The plan in use, as <c>conway run --plan</c> prints it.</param>
public sealed record ModelOverview(int Revision, bool Accepted, IReadOnlyList<ModelFile> Files, JsonElement Plan);

/// <summary>What a part of the model means and what it holds.</summary>
public sealed record Explanation(
    string Path, string About, string Type, string? Default, string? Value, Place? Place, string? Example, string? Bounds);

/// <summary>The model's files changed.</summary>
public sealed record ModelChange(int Revision, IReadOnlyList<string> Changed, bool Accepted);
