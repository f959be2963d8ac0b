using Conway.Model;

namespace Conway.Scaffolding.Tests;

/// <summary>What is read of Protocol Buffers and written for gRPC. That it compiles and is spoken is shown by a made system.</summary>
public sealed class GrpcTests
{
    private const string Head = "syntax = \"proto3\";\n";

    private static readonly (string, string)[] Caller = [("src/Shop/Program.cs", "using Conway.Service;\nbuilder.AddConway();\n"), ("Directory.Packages.props", "<PackageVersion Include=\"Conway.Service\" Version=\"1.0.0\" />")];

    [Theory]
    [InlineData("", "p/pay.proto:1: a file begins with 'syntax = \"proto3\";'.")]
    [InlineData("edition = \"2023\";", "p/pay.proto:1: editions are not read yet; what is read begins with 'syntax = \"proto3\";'.")]
    [InlineData("// old\nsyntax = \"proto2\";", "p/pay.proto:2: the syntax is 'proto2', and only proto3 is read.")]
    [InlineData(Head + "message A {\n  required string a = 1;\n}", "p/pay.proto:3: 'required' is not of proto3.")]
    [InlineData(Head + "message A {\n  group B = 1 {}\n}", "p/pay.proto:3: 'group' is not of proto3.")]
    [InlineData(Head + "message A {\n  string a 1;\n}", "p/pay.proto:3: '=' is expected here, not '1'.")]
    [InlineData(Head + "message A {\n  string a = x;\n}", "p/pay.proto:3: a number is expected here, not 'x'.")]
    [InlineData(Head + "message A {\n  Missing a = 1;\n}", "p/pay.proto:3: there is no type 'Missing' in this file or in what it imports.")]
    [InlineData(Head + "message A {\n  google.protobuf.Empty a = 1;\n}", "p/pay.proto:3: there is no type 'google.protobuf.Empty' in this file or in what it imports.")]
    [InlineData(Head + "message A {}\n\nmessage A {}", "p/pay.proto:4: there are two 'A'.")]
    [InlineData(Head + "enum A { X = 0; }\nservice S { rpc Go(A) returns (A); }", "p/pay.proto:3: 'A' is an enum, and a method speaks of messages.")]
    [InlineData(Head + "service S {\n  rpc Go(A) returns A;\n}", "p/pay.proto:3: '(' is expected here, not 'A'.")]
    [InlineData(Head + "message A {", "p/pay.proto:2: a name is expected here, and the file ends.")]
    [InlineData(Head + "option x = { a: [", "p/pay.proto:2: the file ends in the middle of a statement.")]
    [InlineData(Head + "/* \n", "p/pay.proto:2: a comment is never closed.")]
    [InlineData(Head + "option x = \"a\n\";", "p/pay.proto:2: a text is not closed in its line.")]
    [InlineData(Head + "messages A {}", "p/pay.proto:2: 'messages' is not known here; a file has imports, options, messages, enums and services.")]
    [InlineData(Head + "message A { string ä = 1; }", "p/pay.proto:2: 'ä' has no place here.")]
    [InlineData(Head + "import \"q/none.proto\";", "p/pay.proto:2: there is no 'q/none.proto' in the folder of this file, nor in one above it from which all imports are found.")]
    [InlineData(Head + "import \"other/deep.proto\";", "p/other/deep.proto:2: there is no '../x.proto' in 'p/', from where imports are written.")]
    public void What_cannot_be_read_is_told_by_file_and_line(string text, string problem) =>
        Assert.Equal(problem, Call(text, ("p/other/deep.proto", Head + "import \"../x.proto\";")).Problem);

    [Fact]
    public void Nothing_of_any_text_is_more_than_a_refusal()
    {
        const string Whole = Head + "package a.b;\nimport \"google/protobuf/any.proto\";\nmessage M { map<string, .a.b.M> m = 1 [x = \"\\\"\"]; oneof o { M n = 2; } }\nservice S { rpc Go(stream M) returns (stream google.protobuf.Any) { option y = 1; } }\n";
        Assert.Null(Call(Whole).Problem);
        for (var at = 0; at < Whole.Length; at++)
        {
            foreach (var text in new[] { Whole[..at], Whole.Remove(at, 1), Whole.Insert(at, "}"), Whole.Insert(at, "\"") })
            {
                var problem = Call(text).Problem;
                Assert.True(problem is null || System.Text.RegularExpressions.Regex.IsMatch(problem, @"^p/pay\.proto:\d+: "), problem);
            }
        }

        Assert.Equal("p/pay.proto:2: messages are nested more than 32 deep.", Call(Head + string.Concat(Enumerable.Repeat("message A { ", 1000))).Problem);
    }

    [Fact]
    public void A_client_has_a_method_for_each_of_the_contract_and_messages_of_a_copy_in_its_own_namespace()
    {
        const string Contract = """
            syntax = "proto3";
            package pay.v1;
            import "google/protobuf/empty.proto";
            import "shared/money.proto";

            message Bill {
              message Line { string text = 1; }
            }

            service Bills {
              rpc Send(Bill) returns (google.protobuf.Empty);
              rpc Lines(stream Bill) returns (stream Bill.Line);
              rpc ToString(stream shared.Money) returns (Bill);
            }

            service Others { rpc Send(Bill) returns (stream Bill); }
            """;
        var plan = Call(Contract, ("shared/money.proto", Head + "package shared;\noption csharp_namespace = \"Old.One\"; // kept\nmessage Money {}\n"));
        var client = Text(plan, "src/Shop/Calls/Pay/PayClient.cs");
        foreach (var line in new[]
        {
            "public Task<Google.Protobuf.WellKnownTypes.Empty> Send(Protos.Bill request, CancellationToken cancellationToken) =>\n        calls.UnaryAsync(\"/pay.v1.Bills/Send\", request, Google.Protobuf.WellKnownTypes.Empty.Parser, cancellationToken);",
            "public IAsyncEnumerable<Protos.Bill.Types.Line> Lines(IAsyncEnumerable<Protos.Bill> requests, CancellationToken cancellationToken) =>\n        calls.StreamAsync(\"/pay.v1.Bills/Lines\", requests, Protos.Bill.Types.Line.Parser, cancellationToken);",
            "public Task<Protos.Bill> ToString2(IAsyncEnumerable<Protos.Money> requests, ",
            "public IAsyncEnumerable<Protos.Bill> Send2(Protos.Bill request, ",
        })
        {
            Assert.Contains(line, client, StringComparison.Ordinal);
        }

        // Imports are written from the folder above the contract's, where both are found.
        Assert.Contains("package pay.v1;\n\noption csharp_namespace = \"Demo.Shop.Calls.Pay.Protos\";\nimport ", Text(plan, "src/Shop/Calls/Pay/Protos/p/pay.proto"), StringComparison.Ordinal);
        Assert.Equal(Head + "package shared;\noption csharp_namespace = \"Demo.Shop.Calls.Pay.Protos\"; // kept\nmessage Money {}\n", Text(plan, "src/Shop/Calls/Pay/Protos/shared/money.proto"));
        Assert.Equal("{ protocol: grpc, timeout: 1s }", Assert.Single(plan.Model).Yaml);
        Assert.Equal(["Conway.Service", "Conway.Service.Grpc"], plan.Libraries);

        Assert.DoesNotContain("Lines(", Text(Call(Contract.Replace("stream shared.Money", "Bill", StringComparison.Ordinal).Replace("import \"shared/money.proto\";", "", StringComparison.Ordinal), api: "others"), "src/Shop/Calls/Pay/PayClient.cs"), StringComparison.Ordinal);
        Assert.Equal("the contract of 'pay' has no service 'none'. It has: bills, others.", Call(Contract, "none", ("shared/money.proto", Head + "package shared; message Money {}")).Problem);
        Assert.Equal(
            "shared/money.proto:3: 'Bill' is also in p/pay.proto, and a client has both in one namespace.",
            Call(Contract, ("shared/money.proto", Head + "package shared; message Money {}\nmessage Bill {}")).Problem);
    }

    [Fact]
    public void A_client_in_Node_has_a_method_for_each_of_the_contract_and_reads_a_copy_of_it()
    {
        const string Contract = """
            syntax = "proto3";
            package pay.v1;
            import "google/protobuf/empty.proto";
            import "shared/money.proto";
            message Bill { string id = 1; }
            service Bills {
              rpc SendAll(Bill) returns (google.protobuf.Empty);
              rpc watch(Bill) returns (stream Bill);
              rpc Then(stream Bill) returns (Bill);
              rpc Stop(stream shared.Money) returns (stream Bill);
            }
            service Others { rpc Watch(Bill) returns (Bill); }
            """;
        (string, string)[] files = [("p/pay.proto", Contract), ("shared/money.proto", Head + "package shared;\nmessage Money {}\n"), ("src/shop/app.js", "createRouter"), ("src/shop/package.json", "{}")];
        var model = new SystemModel
        {
            System = "demo",
            Services = new NameMap<Service>([KeyValuePair.Create("shop", new Service { Directory = "src/shop" }), KeyValuePair.Create("pay-desk", new Service { Api = new Api { Grpc = "p/pay.proto" } })]),
        };
        var facts = new ScaffoldFacts(model) { LibraryVersion = "", Read = path => files.Where(file => file.Item1 == path).Select(file => file.Item2).FirstOrDefault() };
        var plan = Scaffolder.Call(facts, "shop", "pay-desk", null, null);
        var client = Text(plan, "src/shop/calls/pay-desk/client.js");
        foreach (var line in new[]
        {
            "url: environment.PAY_DESK_URL, timeoutMs: environment.PAY_DESK_TIMEOUT_MS", "loadSync(\"p/pay.proto\", ",
            "    /** `/pay.v1.Bills/SendAll` */\n    sendAll: (request, context) => calls.unary(contract[\"pay.v1.Bills\"][\"SendAll\"], request, context),\n\n",
            "    watch: (request, context) => calls.download(", "    then2: (requests, context) => calls.upload(", "    stop2: (requests, context) => calls.duplex(",
            "    watch2: (request, context) => calls.unary(contract[\"pay.v1.Others\"][\"Watch\"], request, context),\n\n    stop: () => calls.close(),",
        })
        {
            Assert.Contains(line, client, StringComparison.Ordinal);
        }

        Assert.Equal(Contract, Text(plan, "src/shop/calls/pay-desk/protos/p/pay.proto"));
        Assert.Contains(plan.Files, file => file.Path == "src/shop/calls/pay-desk/protos/shared/money.proto");
        Assert.Contains("request: { id: \"one\" }, answer: {} },", Text(plan, "src/shop/test/calls/pay-desk.test.js"), StringComparison.Ordinal);
        Assert.Contains(plan.Edits, edit => edit is LineEdit { Line: "const payDeskClient = createPayDeskClient(environment);" });
        Assert.Equal([("services.shop.calls.pay-desk", "{ protocol: grpc, timeout: 1s }"), ("services.shop.build", "npm ci --ignore-scripts")], plan.Model.Select(edit => (edit.Path, edit.Yaml)));
        Assert.Equal("the contract of 'pay-desk' has no service 'none'. It has: bills, others.", Scaffolder.Call(facts, "shop", "pay-desk", "none", null).Problem);

        const string Client = "src/shop/calls/pay-desk/client.js";
        var byHttp = facts with { Read = path => path == Client ? "require(\"../http\")" : facts.Read(path) };
        Assert.Equal("'shop' has a client of 'pay-desk' by HTTP in src/shop/calls/pay-desk, and one call has one protocol. Delete that folder, its test and its line in app.js first.", Scaffolder.Call(byHttp, "shop", "pay-desk", null, null).Problem);
        var again = facts with { Read = path => path == Client ? client : facts.Read(path) };
        Assert.Null(Scaffolder.Call(again, "shop", "pay-desk", null, null).Problem);
    }

    [Fact]
    public void Which_protocol_a_call_has_is_clear()
    {
        const string Contract = Head + "message M {}\nservice S { rpc Go(M) returns (M); }";
        const string Rest = """{ "openapi": "3.1.0", "paths": { "/a": { "get": { "responses": {} } } } }""";
        var both = new Api { Rest = "r.json", Grpc = "p/pay.proto" };

        // With operations in OpenAPI it is HTTP, unless somebody says so here or in the model.
        Assert.Contains("HttpClient", Text(Plan(both, null, ("p/pay.proto", Contract), ("r.json", Rest)), "src/Shop/Calls/Pay/PayClient.cs"), StringComparison.Ordinal);
        Assert.Contains("GrpcCalls", Text(Plan(both, null, isGrpc: true, ("p/pay.proto", Contract), ("r.json", Rest)), "src/Shop/Calls/Pay/PayClient.cs"), StringComparison.Ordinal);
        Assert.Contains("GrpcCalls", Text(Plan(both, null, ("p/pay.proto", Contract), ("r.json", """{ "openapi": "3.1.0", "paths": {} }""")), "src/Shop/Calls/Pay/PayClient.cs"), StringComparison.Ordinal);
        Assert.Contains("GrpcCalls", Text(Plan(both, new Call { Protocol = CallProtocol.Grpc }, ("p/pay.proto", Contract), ("r.json", Rest)), "src/Shop/Calls/Pay/PayClient.cs"), StringComparison.Ordinal);

        Assert.Equal(("services.shop.calls.pay.protocol", "grpc"), Plan(both, new Call(), isGrpc: true, ("p/pay.proto", Contract)).Model.Select(edit => (edit.Path, edit.Yaml)).Single());
        Assert.Equal("'pay' has no contract in Protocol Buffers (api.grpc): 'conway add api pay NAME --grpc' begins one.", Plan(new Api(), null, isGrpc: true).Problem);
        Assert.Equal("no client was written, since there is no p/pay.proto (api.grpc of 'pay').", Assert.Single(Plan(both, null, isGrpc: true).Notes));
        Assert.Equal("no client was written, since p/pay.proto has no service with a method.", Assert.Single(Plan(both, null, isGrpc: true, ("p/pay.proto", Head)).Notes));

        const string There = "'shop' has a client of 'pay' by HTTP in src/Shop/Calls/Pay, and one call has one protocol. Delete that folder, its test and its line in Program.cs first.";
        Assert.Equal(There, Plan(both, null, isGrpc: true, ("p/pay.proto", Contract), ("src/Shop/Calls/Pay/PayClient.cs", "(HttpClient http)")).Problem);
        Assert.Equal(There.Replace("HTTP", "gRPC", StringComparison.Ordinal), Plan(both, null, ("p/pay.proto", Contract), ("r.json", Rest), ("src/Shop/Calls/Pay/PayClient.cs", "(GrpcCalls calls)")).Problem);
    }

    [Fact]
    public void A_system_with_another_version_of_the_library_gets_no_package_that_does_not_fit()
    {
        var facts = Facts(new Api { Grpc = "p/pay.proto" }, null, [("p/pay.proto", Head + "message M {} service S { rpc Go(M) returns (M); }"), .. Caller]) with { LibraryVersion = "2.0.0" };
        Assert.Equal(
            "Directory.Packages.props has Conway.Service 1.0.0, and this program brings 2.0.0, to which its package for gRPC belongs. Write 2.0.0 there, and give the command again.",
            Scaffolder.Call(facts, "shop", "pay", null, null).Problem);
    }

    [Fact]
    public void A_resource_by_gRPC_is_put_into_the_contract_that_is_there()
    {
        (string, string)[] service = [("src/Pay/Program.cs", "x"), .. Caller];
        var begun = Scaffolder.GrpcApi(Facts(new Api(), null, service), "pay", "order-lines", isRouted: true);
        var contract = Text(begun, "src/Pay/protos/order-lines.proto");
        Assert.Equal("syntax = \"proto3\";\n\npackage demo.pay.v1;\n\noption csharp_namespace = \"Demo.Pay.Protos\";\n", contract);
        var part = Assert.Single(begun.Edits.OfType<EndEdit>());
        Assert.StartsWith(contract + "\n// The order lines, each under an id that its maker chose.\nservice OrderLines {\n", part.Apply(contract), StringComparison.Ordinal);
        Assert.Equal(part.Apply(contract), part.Apply(part.Apply(contract)!));
        Assert.Equal(contract.Replace("\n", "\r\n", StringComparison.Ordinal), part.Apply(contract.Replace("\n", "\r\n", StringComparison.Ordinal))![..(contract.Length + 5)]);
        Assert.Equal([("services.pay.api.grpc", "src/Pay/protos/order-lines.proto"), ("gateway.routes", "{ path: \"/demo.pay.v1.OrderLines/**\", to: pay }")], begun.Model.Select(edit => (edit.Path, edit.Yaml)));
        Assert.Contains(begun.Edits, edit => edit.Text == "<Protobuf Include=\"protos/order-lines.proto\" ProtoRoot=\"protos\" GrpcServices=\"None\" Access=\"Internal\" />");

        // One that somebody wrote, elsewhere: its package and namespace are kept, and the project looks for it there.
        const string Foreign = Head + "package acme.pay_desk.v2;\nmessage Bill {}\n";
        var more = Scaffolder.GrpcApi(Facts(new Api { Grpc = "protos/pay.proto" }, null, [.. service, ("protos/pay.proto", Foreign)]), "pay", "order-lines", isRouted: false);
        Assert.Empty(more.Model);
        Assert.Contains("public global::Acme.PayDesk.V2.OrderLine ToMessage() =>", Text(more, "src/Pay/OrderLines/OrderLine.cs"), StringComparison.Ordinal);
        Assert.Contains("\"/acme.pay_desk.v2.OrderLines/GetOrderLine\", ", Text(more, "src/Pay/OrderLines/GetOrderLine.cs"), StringComparison.Ordinal);
        Assert.Contains(more.Edits, edit => edit.Text == "<Protobuf Include=\"../../protos/pay.proto\" ProtoRoot=\"../../protos\" GrpcServices=\"None\" Access=\"Internal\" />");
    }

    [Theory]
    [InlineData("bills", "with 'bills' the contract would be wrong: p/pay.proto:19: there are two 'a.Bill'. Choose another name.", "package a; message Bill {}")]
    [InlineData("bills", "p/pay.proto has neither a package nor a csharp_namespace, so nothing could name its messages. Write 'package demo.v1;' there first.", "message Bill {}")]
    [InlineData("bills", "p/pay.proto:2: 'messages' is not known here; a file has imports, options, messages, enums and services.", "messages Bill {}")]
    [InlineData("coins", "'pay' serves 'coins' by REST already, from src/Pay/Coins. Choose another name.", "package a;")]
    public void A_resource_by_gRPC_is_refused_where_it_would_not_fit(string api, string problem, string contract) =>
        Assert.Equal(problem, Scaffolder.GrpcApi(Facts(new Api { Grpc = "p/pay.proto" }, null, [("p/pay.proto", Head + contract), ("src/Pay/Program.cs", "x"), ("src/Pay/Coins/CoinEndpoints.cs", ""), .. Caller]), "pay", api, isRouted: false).Problem);

    [Fact]
    public void One_folder_serves_by_one_protocol_and_only_what_can_be_built() =>
        Assert.Multiple(
            () => Assert.Equal("'pay' serves 'coins' by gRPC already, from src/Pay/Coins. Choose another name.", Scaffolder.Api(Facts(new Api(), null, [("src/Pay/Program.cs", "x"), ("src/Pay/Coins/CoinMethods.cs", "")]), "pay", "coins", isRouted: false).Problem),
            () => Assert.StartsWith("there is no Directory.Packages.props, ", Scaffolder.GrpcApi(Facts(new Api(), null, [("src/Pay/Program.cs", "x")]), "pay", "coins", isRouted: false).Problem, StringComparison.Ordinal),
            () => Assert.StartsWith("'protos' cannot be the name of an API: ", Scaffolder.GrpcApi(Facts(new Api(), null, [("src/Pay/Program.cs", "x")]), "pay", "protos", isRouted: false).Problem, StringComparison.Ordinal));

    private static ScaffoldPlan Call(string contract, params (string, string)[] others) => Call(contract, null, others);

    private static ScaffoldPlan Call(string contract, string? api, params (string, string)[] others) =>
        Scaffolder.Call(Facts(new Api { Grpc = "p/pay.proto" }, null, [("p/pay.proto", contract), .. others, .. Caller]), "shop", "pay", api, null);

    private static ScaffoldPlan Plan(Api api, Call? declared, params (string, string)[] files) => Plan(api, declared, false, files);

    private static ScaffoldPlan Plan(Api api, Call? declared, bool isGrpc, params (string, string)[] files) =>
        Scaffolder.Call(Facts(api, declared, [.. files, .. Caller]), "shop", "pay", null, null, isGrpc);

    private static string Text(ScaffoldPlan plan, string path)
    {
        Assert.Null(plan.Problem);
        return Assert.Single(plan.Files, file => file.Path == path).Text;
    }

    private static ScaffoldFacts Facts(Api api, Call? declared, (string Path, string Text)[] files) =>
        new(new SystemModel
        {
            System = "demo",
            Services = new NameMap<Service>(
            [
                KeyValuePair.Create("shop", new Service { Project = "src/Shop", Calls = new NameMap<Call>(declared is null ? [] : [KeyValuePair.Create("pay", declared)]) }),
                KeyValuePair.Create("pay", new Service { Project = "src/Pay", Api = api }),
            ]),
        })
        {
            LibraryVersion = "1.0.0",
            Read = path => files.Where(file => file.Path == path).Select(file => file.Text).FirstOrDefault(),
            IsThere = path => files.Any(file => file.Path == path || file.Path.StartsWith(path + "/", StringComparison.Ordinal)),
        };
}
