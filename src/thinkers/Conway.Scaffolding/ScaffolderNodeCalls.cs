using Conway.Scaffolding.Clients;
using Conway.Scaffolding.Making;
using Conway.Scaffolding.Protos;

namespace Conway.Scaffolding;

public static partial class Scaffolder
{
    /// <summary>A client by gRPC for a service in Node.js.</summary>
    /// <param name="folder">Of the caller.</param>
    /// <param name="declared">What the model says of the call.</param>
    private static ScaffoldPlan NodeGrpcCall(ScaffoldFacts facts, string caller, string callee, string folder, ProtoContract contract, IReadOnlyList<ProtoMethod> methods, IReadOnlyList<ModelEdit> declared)
    {
        var words = NodeGrpcClientText.Words(ServiceFiles.Words(facts.Model.System, caller), callee);
        var packages = new NodePackages(facts, folder, NodeGrpcClientText.Packages, NodeGrpcClientText.Locked);
        return new ScaffoldPlan
        {
            Files = [.. new NodeGrpcClientText(contract, methods, words).Files(folder), .. packages.Files(words)],
            Edits = [.. NodeGrpcClientText.Edits(words, folder), .. packages.Edits()],
            Model = [.. declared, .. Restored(facts, caller, packages)],
            Notes = [packages.Note],
            Next = ["conway run"],
        };
    }
}
