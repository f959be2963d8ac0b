using System.Text.RegularExpressions;
using Conway.Model;
using Conway.Scaffolding.Clients;
using Conway.Scaffolding.Making;
using Conway.Scaffolding.Protos;

namespace Conway.Scaffolding;

public static partial class Scaffolder
{
    /// <summary>A declared call by gRPC, with a typed client of the callee's contract in Protocol Buffers.</summary>
    private static ScaffoldPlan GrpcCall(ScaffoldFacts facts, string caller, string callee, string? api, TimeSpan limit)
    {
        if (facts.Model.Services[callee].Api.Grpc is not { } path)
        {
            return ScaffoldPlan.No($"'{callee}' has no contract in Protocol Buffers (api.grpc): 'conway add api {callee} NAME --grpc' begins one.");
        }

        var contract = ProtoContract.Read(path, facts.Read, out var wrong);
        if (wrong.Length > 0)
        {
            return ScaffoldPlan.No(wrong);
        }

        var methods = contract?.Main.Methods.Where(method => api is null || IsOf(method, api)).ToArray() ?? [];
        if (api is not null && contract is not null && methods.Length == 0)
        {
            var others = contract.Main.Methods.Select(method => CodeName.Proposal(method.Service[(method.Service.LastIndexOf('.') + 1)..])).Distinct(StringComparer.Ordinal).ToArray();
            return ScaffoldPlan.No($"the contract of '{callee}' has no service '{api}'. {(others.Length > 0 ? $"It has: {string.Join(", ", others.Take(Listed))}." : "It has none at all.")}");
        }

        var isWritten = facts.Model.Services[caller].Calls.TryGetValue(callee, out var there);
        ModelEdit[] declared = !isWritten ? [new ModelEdit($"services.{caller}.calls.{callee}", $"{{ protocol: grpc, timeout: {UnitText.Format(limit)} }}")]
            : there!.Protocol == CallProtocol.Grpc ? [new ModelEdit($"services.{caller}.calls.{callee}", "")] : [new ModelEdit($"services.{caller}.calls.{callee}.protocol", "grpc")];
        var node = NodeFolder(facts, caller);
        var (folder, tests) = (node ?? "", "");
        var noClient = node is null && Project(facts, caller, out folder, out tests) is not null ? $"'{caller}' is neither C# nor Node.js that this can add to: it finds the address in {Names.ToVariable(callee)}_URL"
            : contract is null ? $"there is no {path} (api.grpc of '{callee}')"
            : methods.Length == 0 ? $"{path} has no service with a method"
            : node is null && facts.Read(GrpcFiles.Versions) is null ? $"there is no {GrpcFiles.Versions}, which would say the versions of its packages" : null;
        if (noClient is not null)
        {
            return new ScaffoldPlan { Model = declared, Notes = [$"no client was written, since {noClient}."] };
        }

        if (node is not null)
        {
            return NodeGrpcCall(facts, caller, callee, node, contract!, methods, declared);
        }

        if ((OtherClient(facts, folder, caller, callee, isGrpc: true) ?? GrpcClientText.Alike(contract!) ?? OtherVersion(facts)) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        var words = new Dictionary<string, string>(ServiceFiles.Words(facts.Model.System, caller)) { ["callee"] = callee, ["Callee"] = CodeName.Pascal(callee) };
        var protos = $"Calls/{words["Callee"]}/Protos";
        return new ScaffoldPlan
        {
            Files = [.. new GrpcClientText(contract!, methods, words).Files(folder, tests)],
            Edits =
            [
                .. GrpcFiles.Edits(ProjectFile(facts, caller, folder), $"{protos}/**/*.proto", protos, facts.LibraryVersion),
                new LineEdit($"{folder}/Program.cs", "using Conway.Service.Grpc;", ["using "]) { OrFirst = true },
                new LineEdit($"{folder}/Program.cs", $"using {words["System"]}.{words["Service"]}.Calls.{words["Callee"]};", ["using "]) { OrFirst = true },
                new LineEdit($"{folder}/Program.cs", $"builder.AddConwayGrpcClient<{words["Callee"]}Client>(\"{callee}\");", ["builder.Add"]),
            ],
            Model = declared,
            Libraries = [SystemFiles.Library, GrpcFiles.Library],
            Next = ["conway run"],
        };
    }

    private static bool IsOf(ProtoMethod method, string api) => method.Service.Split('.')[^1].Equals(CodeName.Pascal(api), StringComparison.OrdinalIgnoreCase);

    /// <summary>A client is written once, and one of another protocol would have its place.</summary>
    private static string? OtherClient(ScaffoldFacts facts, string folder, string caller, string callee, bool isGrpc)
    {
        var name = CodeName.Pascal(callee);
        return facts.Read($"{folder}/Calls/{name}/{name}Client.cs") is { } client && client.Contains("GrpcCalls", StringComparison.Ordinal) != isGrpc
            ? OneProtocol(caller, callee, isGrpc, $"{folder}/Calls/{name}", "Program.cs") : null;
    }

    private static string OneProtocol(string caller, string callee, bool isGrpc, string folder, string file) =>
        $"'{caller}' has a client of '{callee}' by {(isGrpc ? "HTTP" : "gRPC")} in {folder}, and one call has one protocol. Delete that folder, its test and its line in {file} first.";

    /// <summary>The two packages go together, so a system that has another version of the one cannot get the other.</summary>
    private static string? OtherVersion(ScaffoldFacts facts)
    {
        var there = LibraryVersion().Match(facts.Read(GrpcFiles.Versions) ?? "");
        return facts.LibraryVersion.Length > 0 && there.Success && there.Groups[1].Value != facts.LibraryVersion
            ? $"{GrpcFiles.Versions} has Conway.Service {there.Groups[1].Value}, and this program brings {facts.LibraryVersion}, to which its package for gRPC belongs. Write {facts.LibraryVersion} there, and give the command again." : null;
    }

    private static string ProjectFile(ScaffoldFacts facts, string service, string folder) =>
        facts.Model.Services[service].Project is { } project && project.EndsWith(".csproj", StringComparison.Ordinal) ? project : $"{folder}/{folder[(folder.LastIndexOf('/') + 1)..]}.csproj";

    [GeneratedRegex("Include=\"Conway\\.Service\"\\s+Version=\"([^\"]+)\"")]
    private static partial Regex LibraryVersion();
}
