using System.Text.Json;

namespace Conway.Scaffolding.Making;

/// <summary>Packages from npm that a Node.js service needs for what is added to it, with all that they need, each in the version that was tried here.</summary>
/// <param name="folder">Of the service.</param>
/// <param name="wanted">Names and ranges, as <c>package.json</c> has them.</param>
/// <param name="locked">The template of the members that <c>package-lock.json</c> has of them.</param>
internal sealed class NodePackages(ScaffoldFacts facts, string folder, IReadOnlyList<(string Name, string Range)> wanted, string locked)
{
    private string Package => $"{folder}/package.json";

    private string Lock => $"{folder}/package-lock.json";

    /// <summary>What restores them, in the folder of the service. Nothing that is installed runs a script of its own.</summary>
    public string Command => IsLocked ? "npm ci --ignore-scripts" : "npm install --ignore-scripts";

    public string Note => $"its tests need what '{Command}' installs in {folder}; a run does that by itself.";

    /// <summary>A lock that does not speak of every package would be refused, and nobody here knows what others there are.</summary>
    private bool IsLocked => facts.IsThere(Lock) || Named().All(one => wanted.Contains(one));

    /// <summary>Somebody chose another version, and the lock is theirs as well.</summary>
    private bool IsChosen => Named().Any(one => wanted.Any(other => other.Name == one.Name && other.Range != one.Range));

    public IEnumerable<NewFile> Files(IReadOnlyDictionary<string, string> words) =>
        IsLocked && !IsChosen ? [new NewFile(Lock, Template.Text("node/package-lock.json", words)) { IsShared = true }] : [];

    public IEnumerable<FileEdit> Edits()
    {
        if (IsChosen)
        {
            yield break;
        }

        string[] members = [.. wanted.Select(one => $"\"{one.Name}\": \"{one.Range}\"")];
        yield return new JsonEdit(Package, [], ["\"dependencies\": {}"]);
        yield return new JsonEdit(Package, ["dependencies"], members);
        if (IsLocked)
        {
            yield return new JsonEdit(Lock, ["packages", ""], ["\"dependencies\": {}"]);
            yield return new JsonEdit(Lock, ["packages", "", "dependencies"], members);
            yield return new JsonEdit(Lock, ["packages"], ApiFiles.Members(Template.Text(locked, new Dictionary<string, string>())));
        }
    }

    /// <summary>What the service asks for by now.</summary>
    private List<(string Name, string Range)> Named()
    {
        try
        {
            using var package = JsonDocument.Parse(facts.Read(Package) ?? "{}");
            return [.. new[] { "dependencies", "devDependencies", "optionalDependencies" }
                .SelectMany(section => package.RootElement.TryGetProperty(section, out var names) ? names.EnumerateObject().Select(one => (one.Name, one.Value.ToString())).ToArray() : [])];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return []; // whoever puts something in will say so
        }
    }
}
