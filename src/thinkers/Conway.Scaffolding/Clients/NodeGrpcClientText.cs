using System.Globalization;
using Conway.Scaffolding.Making;
using Conway.Scaffolding.Protos;

namespace Conway.Scaffolding.Clients;

/// <summary>Writes a client of a contract in Protocol Buffers for a Node.js service, and its tests. A copy of the contract is read when the service starts.</summary>
/// <param name="methods">Of the contract's own services; at least one.</param>
internal sealed class NodeGrpcClientText(ProtoContract contract, IReadOnlyList<ProtoMethod> methods, IReadOnlyDictionary<string, string> words)
{
    public static readonly IReadOnlyList<(string, string)> Packages = [("@grpc/grpc-js", "^1.14.7"), ("@grpc/proto-loader", "^0.8.1")];

    public const string Locked = "node-grpc/lock.json";

    // What a client has beside the methods of the contract, and what would make a promise of it.
    private static readonly string[] Taken = ["stop", "then"];

    private readonly Dictionary<ProtoMethod, string> _names = Named(methods);

    public IEnumerable<NewFile> Files(string folder)
    {
        var text = new Dictionary<string, string>(words)
        {
            ["proto"] = contract.Files.Keys.First(),
            ["methods"] = string.Concat(methods.Select(Method)),
            ["rows"] = string.Join('\n', methods.Select(Row)),
        };
        var calls = $"{folder}/calls";
        yield return new NewFile($"{calls}/{words["callee"]}/client.js", Template.Text("node-grpc/client.js", text));
        foreach (var (name, file) in contract.Files)
        {
            yield return new NewFile($"{calls}/{words["callee"]}/protos/{name}", file.Text);
        }

        yield return new NewFile($"{folder}/test/calls/{words["callee"]}.test.js", Template.Text("node-grpc/test.js", text));

        // The same for all callees.
        yield return NodeCalls.Context(folder);
        yield return new NewFile($"{calls}/grpc.js", Template.Text("node-grpc/grpc.js", text)) { IsShared = true };
    }

    private static Dictionary<ProtoMethod, string> Named(IReadOnlyList<ProtoMethod> methods)
    {
        var (taken, names) = (new HashSet<string>(Taken, StringComparer.Ordinal), new Dictionary<ProtoMethod, string>());
        foreach (var method in methods)
        {
            var name = Camel(CodeWord.Pascal(method.Name));
            var free = name;
            for (var number = 2; !taken.Add(free); number++)
            {
                free = string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
            }

            names[method] = free;
        }

        return names;
    }

    private string Method(ProtoMethod method)
    {
        var asked = method.AsksMany ? "requests" : "request";
        var kind = (method.AsksMany, method.AnswersMany) switch
        {
            (false, false) => "unary",
            (false, true) => "download",
            (true, false) => "upload",
            (true, true) => "duplex",
        };
        return $"""
                /** `{method.Path}` */
                {_names[method]}: ({asked}, context) => calls.{kind}(contract["{method.Service}"]["{method.Name}"], {asked}, context),


            """;
    }

    private string Row(ProtoMethod method) =>
        $"  {{ service: \"{method.Service}\", path: \"{method.Path}\", name: \"{_names[method]}\", asksMany: {Said(method.AsksMany)}, answersMany: {Said(method.AnswersMany)}, request: {Sample(method, method.Request)}, answer: {Sample(method, method.Answer)} }},";

    /// <summary>A message in JavaScript, with its first text set where that is plain.</summary>
    private string Sample(ProtoMethod method, string written) =>
        contract.Type(contract.Message(method, written))?.Fields.FirstOrDefault(field => field is { Type: "string", IsPlain: true } && field.Name.All(char.IsAsciiLetterLower)) is { } field ? $"{{ {field.Name}: \"one\" }}" : "{}";

    private static string Said(bool value) => value ? "true" : "false";

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
