using Conway.Scaffolding.Making;
using Conway.Scaffolding.Protos;

namespace Conway.Scaffolding;

public static partial class Scaffolder
{
    /// <summary>A resource that a service serves by gRPC: its part of the contract, a folder of code, its tests.</summary>
    /// <param name="service">Of the model.</param>
    /// <param name="api">The resource, in the plural.</param>
    /// <param name="isRouted">Whether the gateway lets it be reached from outside.</param>
    public static ScaffoldPlan GrpcApi(ScaffoldFacts facts, string service, string api, bool isRouted)
    {
        if (NodeFolder(facts, service) is not null)
        {
            return ScaffoldPlan.No($"'{service}' is in Node.js, where HTTP/1.1 and HTTP/2 without TLS do not share a port, and a service has one. Serve it without --grpc, or from a service in C#.");
        }

        var (folder, tests) = ("", "");
        if ((CodeName.Problem("an API", api) ?? Project(facts, service, out folder, out tests)) is { } noPlace)
        {
            return ScaffoldPlan.No(noPlace);
        }

        if (facts.Read(GrpcFiles.Versions) is null)
        {
            return ScaffoldPlan.No($"there is no {GrpcFiles.Versions}, which would say the versions of the packages that gRPC needs. 'conway new service' makes it.");
        }

        var path = facts.Model.Services[service].Api.Grpc ?? $"{folder}/protos/{api}.proto";
        var there = ProtoContract.Read(path, facts.Read, out var wrong);
        if ((wrong.Length > 0 ? wrong : NoNamespace(there?.Main) ?? OtherApi(facts, service, api, folder, "Endpoints", "REST") ?? OtherVersion(facts)) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        var store = facts.Model.Services[service].Owns.Keys.FirstOrDefault(one => facts.IsThere(StoreFiles.DatabaseOf(folder, one)));
        var words = GrpcApiFiles.Words(ApiFiles.Words(facts.Model.System, service, api), there?.Main);
        words = store is null ? words : StoreFiles.Words(words, store, StoreFiles.EngineOf(facts.Read(StoreFiles.DatabaseOf(folder, store))));
        var header = Template.Text("grpc-api/contract.proto", words);
        var part = new EndEdit(path, Template.Text("grpc-api/service.proto", words), $"service {words["Api"]} ");
        _ = ProtoContract.Read(path, file => file == path ? part.Apply(facts.Read(path) ?? header) : facts.Read(file), out wrong);
        if (wrong.Length > 0)
        {
            return ScaffoldPlan.No($"with '{api}' the contract would be wrong: {wrong} Choose another name.");
        }

        var route = $"/{words["methods"]}/**";
        var isOpen = facts.Model.Gateway.Routes.Any(one => one.To == service && one.Path == route);
        var (files, root) = Seen(path, there?.Root ?? path[..(path.LastIndexOf('/') + 1)], folder);
        return new ScaffoldPlan
        {
            Files = [.. there is null ? [new NewFile(path, header)] : Array.Empty<NewFile>(), .. GrpcApiFiles.For(words, folder, tests)],
            Edits =
            [
                part,
                .. GrpcFiles.Edits(ProjectFile(facts, service, folder), files, root, facts.LibraryVersion),
                .. GrpcApiFiles.Edits(words, folder),
                .. store is null ? Array.Empty<FileEdit>() : [StoreFiles.Step(words, folder)],
            ],
            Model =
            [
                .. facts.Model.Services[service].Api.Grpc is null ? [new ModelEdit($"services.{service}.api.grpc", path)] : Array.Empty<ModelEdit>(),
                .. isRouted && !isOpen ? [Route(route, service)] : Array.Empty<ModelEdit>(),
            ],
            Libraries = [SystemFiles.Library, GrpcFiles.Library],
            Next = isRouted || isOpen ? ["conway run"] : [$"conway add call CALLER {service}.{api}", "conway run"],
        };
    }

    private static string? NoNamespace(ProtoFile? contract) =>
        contract is { Package.Length: 0, CSharpNamespace: null } ? $"{contract.Path} has neither a package nor a csharp_namespace, so nothing could name its messages. Write 'package demo.v1;' there first." : null;

    /// <summary>One folder serves one resource by one protocol.</summary>
    /// <param name="suffix">Of the file that tells the other one.</param>
    private static string? OtherApi(ScaffoldFacts facts, string service, string api, string folder, string suffix, string protocol) =>
        facts.IsThere($"{folder}/{CodeName.Pascal(api)}/{CodeName.One(api)}{suffix}.cs") ? $"'{service}' serves '{api}' by {protocol} already, from {folder}/{CodeName.Pascal(api)}. Choose another name." : null;

    /// <summary>A contract and the folder of its imports, as a project sees them.</summary>
    private static (string Files, string Root) Seen(string path, string root, string folder)
    {
        var up = string.Concat(Enumerable.Repeat("../", folder.Split('/').Length));
        return (From(path), From(root).TrimEnd('/') is { Length: > 0 } seen ? seen : ".");

        string From(string place) => place.StartsWith(folder + "/", StringComparison.Ordinal) ? place[(folder.Length + 1)..] : up + place;
    }
}
