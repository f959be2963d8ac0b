namespace Conway.Scaffolding.Making;

/// <summary>A resource that a .NET service serves: a folder with a file for each operation, its part of the contract, its tests.</summary>
internal static class ApiFiles
{
    public static IReadOnlyDictionary<string, string> Words(string system, string service, string api) =>
        new Dictionary<string, string>(ServiceFiles.Words(system, service)) { ["api"] = api, ["Api"] = CodeName.Pascal(api), ["Item"] = CodeName.One(api), ["words"] = api.Replace('-', ' ') };

    /// <param name="words">With those of a store, it is kept there; otherwise in memory.</param>
    /// <param name="folder">Of the service's project.</param>
    /// <param name="tests">Of the project of its tests.</param>
    public static IEnumerable<NewFile> For(IReadOnlyDictionary<string, string> words, string folder, string tests)
    {
        var (all, one, from) = (words["Api"], words["Item"], words.ContainsKey("Store") ? "api-stored" : "api");
        words = new Dictionary<string, string>(words) { ["table"] = words["api"].Replace('-', '_') };
        foreach (var (file, template) in new[]
        {
            (one, "api/Item"), ($"{one}Store", words.TryGetValue("StoreText", out var store) ? $"{from}/{store}" : $"{from}/Store"), ($"{one}Json", "api/Json"), ($"{one}Endpoints", "api/Endpoints"),
            ($"List{all}", $"{from}/List"), ($"Get{one}", $"{from}/Get"), ($"Put{one}", $"{from}/Put"), ($"Delete{one}", $"{from}/Delete"),
        })
        {
            yield return new NewFile($"{folder}/{all}/{file}.cs", Template.Text($"{template}.cs", words));
        }

        yield return new NewFile($"{tests}/{all}/{one}Tests.cs", Template.Text($"{from}/Tests.cs", words));
    }

    public static IEnumerable<FileEdit> Edits(IReadOnlyDictionary<string, string> words, string folder)
    {
        var program = $"{folder}/Program.cs";
        yield return new LineEdit(program, $"using {words["System"]}.{words["Service"]}.{words["Api"]};", ["using "]) { OrFirst = true };
        yield return new LineEdit(program, $"builder.Add{words["Api"]}();", ["builder.Add"]);
        yield return new LineEdit(program, $"app.Map{words["Api"]}();", ["app.Map"]);
    }

    /// <summary>Its part of the contract, which is the same in every language.</summary>
    public static IEnumerable<FileEdit> InContract(IReadOnlyDictionary<string, string> words, string contract)
    {
        var paths = Template.Text("api/paths.json", words);
        yield return new JsonEdit(contract, ["paths"], Members(words.ContainsKey("Store") ? WithoutBound(paths) : paths));
        yield return new JsonEdit(contract, ["components", "schemas"], Members(Template.Text("api/schemas.json", words)));
    }

    /// <summary>What is kept in a store is not bounded by the memory of a process, so no caller is told so.</summary>
    private static string WithoutBound(string paths)
    {
        var lines = paths.Split('\n').ToList();
        var at = lines.FindIndex(line => line.Contains("\"507\"", StringComparison.Ordinal));
        lines[at - 1] = lines[at - 1].TrimEnd(',');
        lines.RemoveAt(at);
        return string.Join('\n', lines);
    }

    /// <summary>Each member of a template begins at the left edge.</summary>
    internal static IReadOnlyList<string> Members(string text) => [.. text.TrimEnd().Split(",\n\"").Select((member, index) => index == 0 ? member : "\"" + member)];
}
