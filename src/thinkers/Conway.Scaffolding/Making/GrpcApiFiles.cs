using Conway.Scaffolding.Protos;

namespace Conway.Scaffolding.Making;

/// <summary>A resource that a .NET service serves by gRPC: its part of the contract, a folder with a file for each method, its tests.</summary>
internal static class GrpcApiFiles
{
    /// <summary>Beside those of <see cref="ApiFiles.Words"/>, what the contract says.</summary>
    /// <param name="contract">Null for one that is begun now.</param>
    public static IReadOnlyDictionary<string, string> Words(IReadOnlyDictionary<string, string> words, ProtoFile? contract)
    {
        var own = $"{words["System"]}.{words["Service"]}.Protos";
        var package = contract is null ? $"{words["system"]}.{words["service"]}.v1".Replace('-', '_') : contract.Package;
        var space = contract is null ? own : contract.CSharpNamespace ?? string.Join('.', package.Split('.').Select(Upper));
        return new Dictionary<string, string>(words)
        {
            ["package"] = package,
            ["methods"] = package.Length == 0 ? words["Api"] : $"{package}.{words["Api"]}",
            ["Protos"] = space == own ? "Protos" : $"global::{space}",
        };

        // As the compiler of Protocol Buffers makes a namespace of a package.
        static string Upper(string part) => string.Concat(part.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <param name="words">With those of a store, it is kept there; otherwise in memory.</param>
    /// <param name="folder">Of the service's project.</param>
    /// <param name="tests">Of the project of its tests.</param>
    public static IEnumerable<NewFile> For(IReadOnlyDictionary<string, string> words, string folder, string tests)
    {
        var (all, one, isStored) = (words["Api"], words["Item"], words.ContainsKey("Store"));
        var from = isStored ? "grpc-api-stored" : "grpc-api";
        words = new Dictionary<string, string>(words) { ["table"] = words["api"].Replace('-', '_') };
        foreach (var (file, template) in new[]
        {
            (one, "grpc-api/Item"), ($"{one}Store", isStored ? $"api-stored/{words["StoreText"]}" : "api/Store"), ($"{one}Methods", "grpc-api/Methods"),
            ($"List{all}", $"{from}/List"), ($"Get{one}", $"{from}/Get"), ($"Put{one}", $"{from}/Put"), ($"Delete{one}", $"{from}/Delete"),
        })
        {
            yield return new NewFile($"{folder}/{all}/{file}.cs", Template.Text($"{template}.cs", words));
        }

        words = new Dictionary<string, string>(words)
        {
            ["storeUsing"] = isStored ? $"using {words["System"]}.{words["Service"]}.Tests.Storage;\n" : "",
            ["construct"] = Template.Text(isStored ? "grpc-api-stored/construct" : "grpc-api/construct", words),
            ["dispose"] = $"        _client.Dispose();\n        _service.Dispose();{(isStored ? $"\n        _{words["kept"]}.Dispose();" : "")}",
            ["restart"] = isStored ? Template.Text("grpc-api-stored/restart", words) : "",
        };
        yield return new NewFile($"{tests}/{all}/{one}Tests.cs", Template.Text("grpc-api/Tests.cs", words));
    }

    public static IEnumerable<FileEdit> Edits(IReadOnlyDictionary<string, string> words, string folder)
    {
        var program = $"{folder}/Program.cs";
        yield return new LineEdit(program, "using Conway.Service.Grpc;", ["using "]) { OrFirst = true };
        yield return new LineEdit(program, $"using {words["System"]}.{words["Service"]}.{words["Api"]};", ["using "]) { OrFirst = true };
        yield return new LineEdit(program, "builder.AddConwayGrpc();", ["builder.Add"]);
        yield return new LineEdit(program, $"builder.Add{words["Api"]}();", ["builder.Add"]);
        yield return new LineEdit(program, "app.MapConwayGrpc();", ["app.Map"]);
        yield return new LineEdit(program, $"app.Map{words["Api"]}();", ["app.Map"]);
    }
}
