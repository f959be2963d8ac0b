using Conway.Scaffolding.Clients;
using Conway.Scaffolding.Making;
using Conway.Scaffolding.Protos;

namespace Conway.Scaffolding;

public static partial class Scaffolder
{
    /// <summary>A client by HTTP for a service in Node.js.</summary>
    /// <param name="folder">Of the caller.</param>
    private static ScaffoldPlan NodeRestCall(ScaffoldFacts facts, string caller, string callee, string folder, CallContract contract, IReadOnlyList<CallOperation> operations, ModelEdit declared)
    {
        if (OtherNodeClient(facts, folder, caller, callee, isGrpc: false) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        var words = NodeCalls.Words(ServiceFiles.Words(facts.Model.System, caller), callee);
        return new ScaffoldPlan
        {
            Files = [.. new NodeClientText(contract, operations, words).Files(folder)],
            Edits = [.. NodeCalls.Edits(words, folder, isClosed: false)],
            Model = [declared],
            Next = ["conway run"],
        };
    }

    /// <summary>A client by gRPC for a service in Node.js.</summary>
    /// <param name="folder">Of the caller.</param>
    /// <param name="declared">What the model says of the call.</param>
    private static ScaffoldPlan NodeGrpcCall(ScaffoldFacts facts, string caller, string callee, string folder, ProtoContract contract, IReadOnlyList<ProtoMethod> methods, IReadOnlyList<ModelEdit> declared)
    {
        if (OtherNodeClient(facts, folder, caller, callee, isGrpc: true) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        var words = NodeCalls.Words(ServiceFiles.Words(facts.Model.System, caller), callee);
        var packages = new NodePackages(facts, folder, NodeGrpcClientText.Packages, NodeGrpcClientText.Locked);
        return new ScaffoldPlan
        {
            Files = [.. new NodeGrpcClientText(contract, methods, words).Files(folder), .. packages.Files(words)],
            Edits = [.. NodeCalls.Edits(words, folder, isClosed: true), .. packages.Edits()],
            Model = [.. declared, .. Restored(facts, caller, packages)],
            Notes = [packages.Note],
            Next = ["conway run"],
        };
    }

    private static string? OtherNodeClient(ScaffoldFacts facts, string folder, string caller, string callee, bool isGrpc) =>
        facts.Read($"{folder}/calls/{callee}/client.js") is { } client && client.Contains("require(\"../grpc\")", StringComparison.Ordinal) != isGrpc
            ? OneProtocol(caller, callee, isGrpc, $"{folder}/calls/{callee}", "app.js") : null;
}
