using System.Globalization;
using System.Text;
using Conway.Scaffolding.Making;
using Conway.Scaffolding.Protos;

namespace Conway.Scaffolding.Clients;

/// <summary>Writes a typed client of a contract in Protocol Buffers, and its tests. The compiler of Protocol Buffers makes the messages, from a copy of the contract.</summary>
/// <param name="methods">Of the contract's own services; at least one.</param>
internal sealed class GrpcClientText(ProtoContract contract, IReadOnlyList<ProtoMethod> methods, IReadOnlyDictionary<string, string> words)
{
    // What every object has; a method of a client would hide it.
    private static readonly string[] OfObjects = ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    private readonly Dictionary<ProtoMethod, string> _names = Named(methods, words["Callee"]);

    private string Callee => words["Callee"];

    private string Space => $"{words["System"]}.{words["Service"]}.Calls.{Callee}";

    public IEnumerable<NewFile> Files(string folder, string tests)
    {
        var calls = $"{folder}/Calls/{Callee}";
        yield return new NewFile($"{calls}/{Callee}Client.cs", Client());
        foreach (var (name, file) in contract.Files)
        {
            yield return new NewFile($"{calls}/Protos/{name}", file.In($"{Space}.Protos"));
        }

        var said = Tests();
        yield return new NewFile($"{tests}/Calls/{Callee}ClientTests.cs", Template.Text("call/GrpcClientTests.cs", new Dictionary<string, string>(words)
        {
            ["tests"] = said,
            ["protosUsing"] = said.Contains("Protos.", StringComparison.Ordinal) ? $"using Protos = {Space}.Protos;\n" : "",
            ["helpers"] = Helpers(),
        }));
    }

    /// <summary>Files whose messages would be called the same in C#; null when there are none.</summary>
    public static string? Alike(ProtoContract contract)
    {
        var twice = contract.Files.Values.SelectMany(file => file.Types.Select(type => (file.Path, Name: contract.Code(type.Name, ""), type.Line)))
            .GroupBy(type => type.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? null : string.Create(CultureInfo.InvariantCulture, $"{twice.Last().Path}:{twice.Last().Line}: '{twice.Key[1..]}' is also in {twice.First().Path}, and a client has both in one namespace.");
    }

    private static Dictionary<ProtoMethod, string> Named(IReadOnlyList<ProtoMethod> methods, string callee)
    {
        var (taken, names) = (new HashSet<string>([.. OfObjects, $"{callee}Client"], StringComparer.Ordinal), new Dictionary<ProtoMethod, string>());
        foreach (var method in methods)
        {
            var (name, free) = (CodeWord.Pascal(method.Name), CodeWord.Pascal(method.Name));
            for (var number = 2; !taken.Add(free); number++)
            {
                free = string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
            }

            names[method] = free;
        }

        return names;
    }

    private string Request(ProtoMethod method) => contract.Code(contract.Message(method, method.Request), "Protos");

    private string Answer(ProtoMethod method) => contract.Code(contract.Message(method, method.Answer), "Protos");

    private string Client()
    {
        var text = new StringBuilder(CultureInvariant($$"""
            using Conway.Service.Grpc;

            namespace {{Space}};

            /// <summary>The declared call to {{words["callee"]}}, as its contract has it. The messages are made of it when this is built.</summary>
            /// <remarks>Address, time limit, deadline and trace are given by the environment. Retries are the platform's. A call that does not end well throws <see cref="GrpcCallException"/>.</remarks>
            internal sealed class {{Callee}}Client(GrpcCalls calls)
            {

            """));
        text.AppendJoin("\n", methods.Select(method =>
        {
            var answer = method.AnswersMany ? $"IAsyncEnumerable<{Answer(method)}>" : $"Task<{Answer(method)}>";
            var (type, name) = method.AsksMany ? ($"IAsyncEnumerable<{Request(method)}>", "requests") : (Request(method), "request");
            return $"""
                    /// <summary><c>{method.Path}</c></summary>
                    public {answer} {_names[method]}({type} {name}, CancellationToken cancellationToken) =>
                        calls.{(method.AnswersMany ? "StreamAsync" : "UnaryAsync")}("{method.Path}", {name}, {Answer(method)}.Parser, cancellationToken);

                """;
        }));
        return text.Append("}\n").ToString();
    }

    private static string CultureInvariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string Tests()
    {
        var text = new StringBuilder();
        foreach (var method in methods)
        {
            var (request, answer) = (Sample(method, method.Request), Sample(method, method.Answer));
            var handled = (method.AsksMany, method.AnswersMany) switch
            {
                (false, false) => $"(asked, _) => Task.FromResult(heard.Keep(asked, answer))",
                (false, true) => $"(asked, _) => Two(heard.Keep(asked, answer))",
                (true, false) => $"async (asked, _) => heard.Keep(await asked.LastAsync(Cancel), answer)",
                (true, true) => $"(asked, _) => asked.Select(one => heard.Keep(one, answer))",
            };
            var (sent, got) = (method.AsksMany ? "Two(request)" : "request", method.AnswersMany ? "Assert.Equal(new[] { answer, answer }, " : "Assert.Equal(answer, ");
            var call = $"callee.Client.{_names[method]}({sent}, Cancel)";
            text.Append(CultureInfo.InvariantCulture, $$"""

                    [Fact]
                    public async Task {{_names[method]}}_asks_as_the_contract_says()
                    {
                        var (request, answer, heard) = ({{request}}, {{answer}}, new Heard<{{Request(method)}}>());
                        await using var callee = await Callee.StartAsync(app => app.{{Map(method)}}<{{Request(method)}}, {{Answer(method)}}>(
                            "{{method.Path}}", {{Request(method)}}.Parser, {{handled}}));
                        {{got}}await {{call}}{{(method.AnswersMany ? ".ToArrayAsync(Cancel)" : "")}});
                        Assert.Equal(request, heard.Last);
                    }

                """);
        }

        var first = methods[0];
        var asks = first.AsksMany ? $"Two({Sample(first, first.Request)})" : Sample(first, first.Request);
        var waits = $"() => callee.Client.{_names[first]}({asks}, Cancel){(first.AnswersMany ? ".ToArrayAsync(Cancel).AsTask()" : "")}";
        var never = first.AnswersMany ? $"(_, context) => Never<{Answer(first)}>(context.RequestAborted)" : $"async (_, context) => await Never<{Answer(first)}>(context.RequestAborted).FirstAsync(Cancel)";
        text.Append(CultureInfo.InvariantCulture, $$"""

                [Fact]
                public async Task What_the_callee_refuses_is_told_by_its_status()
                {
                    await using var callee = await Callee.StartAsync(app => app.{{Map(first)}}<{{Request(first)}}, {{Answer(first)}}>(
                        "{{first.Path}}", {{Request(first)}}.Parser, (_, _) => throw new GrpcRefusalException(GrpcStatusCode.NotFound, "There is none.")));
                    var refused = await Assert.ThrowsAsync<GrpcCallException>({{waits}});
                    Assert.Equal((GrpcStatusCode.NotFound, "There is none."), (refused.Status, refused.Detail));
                }

                [Fact]
                public async Task A_call_ends_with_its_time()
                {
                    await using var callee = await Callee.StartAsync(app => app.{{Map(first)}}<{{Request(first)}}, {{Answer(first)}}>(
                        "{{first.Path}}", {{Request(first)}}.Parser, {{never}}), TimeSpan.FromMilliseconds(100));
                    var late = await Assert.ThrowsAsync<GrpcCallException>({{waits}});
                    Assert.Equal(GrpcStatusCode.DeadlineExceeded, late.Status);
                }

            """);
        return text.ToString().Replace("\n\n\n", "\n\n", StringComparison.Ordinal).TrimEnd('\n') + "\n";
    }

    private string Helpers() => methods.All(method => method is { AsksMany: false, AnswersMany: false }) ? "" : """

            private static async IAsyncEnumerable<T> Two<T>(T one)
            {
                yield return one;
                await Task.Yield();
                yield return one;
            }

        """;

    private static string Map(ProtoMethod method) => (method.AsksMany, method.AnswersMany) switch
    {
        (false, false) => "MapGrpcUnary",
        (false, true) => "MapGrpcServerStream",
        (true, false) => "MapGrpcClientStream",
        (true, true) => "MapGrpcDuplex",
    };

    /// <summary>A message in C#, with its first text set where that is plain.</summary>
    private string Sample(ProtoMethod method, string written)
    {
        var name = contract.Message(method, written);
        var code = contract.Code(name, "Protos");
        var field = contract.Type(name)?.Fields.FirstOrDefault(field => field is { Type: "string", IsPlain: true } && field.Name.All(char.IsAsciiLetterLower));
        return field is null || IsOwn(field, code) ? $"new {code}()" : $"new {code} {{ {Property(field)} = \"one\" }}";
    }

    private static string Property(ProtoField field) => char.ToUpperInvariant(field.Name[0]) + field.Name[1..];

    /// <summary>The compiler of Protocol Buffers gives such a property another name.</summary>
    private static bool IsOwn(ProtoField field, string code) => Property(field) is "Types" or "Descriptor" or "Parser" or "Clone" || code.EndsWith("." + Property(field), StringComparison.Ordinal);
}
