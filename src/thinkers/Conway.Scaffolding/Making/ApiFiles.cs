namespace Conway.Scaffolding.Making;

/// <summary>A resource that a .NET service serves: a folder with a file for each operation, its part of the contract, its tests.</summary>
internal static class ApiFiles
{
    public static IReadOnlyDictionary<string, string> Words(string system, string service, string api) =>
        new Dictionary<string, string>(ServiceFiles.Words(system, service)) { ["api"] = api, ["Api"] = CodeName.Pascal(api), ["Item"] = CodeName.One(api), ["words"] = api.Replace('-', ' ') };

    /// <param name="folder">Of the service's project.</param>
    /// <param name="tests">Of the project of its tests.</param>
    public static IEnumerable<NewFile> For(IReadOnlyDictionary<string, string> words, string folder, string tests)
    {
        var (all, one) = (words["Api"], words["Item"]);
        foreach (var (file, template) in new[]
        {
            (one, "Item"), ($"{one}Store", "Store"), ($"{one}Json", "Json"), ($"{one}Endpoints", "Endpoints"),
            ($"List{all}", "List"), ($"Get{one}", "Get"), ($"Put{one}", "Put"), ($"Delete{one}", "Delete"),
        })
        {
            yield return new NewFile($"{folder}/{all}/{file}.cs", Template.Text($"api/{template}.cs", words));
        }

        yield return new NewFile($"{tests}/{all}/{one}Tests.cs", Template.Text("api/Tests.cs", words));
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
        yield return new JsonEdit(contract, ["paths"], Members(Template.Text("api/paths.json", words)));
        yield return new JsonEdit(contract, ["components", "schemas"], Members(Template.Text("api/schemas.json", words)));
    }

    /// <summary>Each member of a template begins at the left edge.</summary>
    private static IReadOnlyList<string> Members(string text) => [.. text.TrimEnd().Split(",\n\"").Select((member, index) => index == 0 ? member : "\"" + member)];
}
