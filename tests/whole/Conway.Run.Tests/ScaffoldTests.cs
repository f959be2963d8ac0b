using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Conway.Run;

/// <summary>What <c>conway new</c> makes is real: the compiler, its own tests and a run say so.</summary>
public sealed class ScaffoldTests(PackedLibraries libraries)
{
    private const string OddContract = """
        {
          "openapi": "3.1.0",
          "info": { "title": "odd", "version": "1" },
          "paths": {
            "/api/v1/mails/{mail-id}/{class}": {
              "parameters": [{ "name": "mail-id", "in": "path", "required": true, "schema": { "type": "integer" } }, { "$ref": "#/components/parameters/Class" }],
              "get": {
                "parameters": [{ "name": "since", "in": "query", "schema": { "type": "string", "format": "date-time" } }, { "name": "tags", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } }, { "name": "all", "in": "query", "required": true, "schema": { "type": "boolean" } }, { "name": "request", "in": "query", "schema": { "type": "number" } }, { "name": "mail-id", "in": "query", "schema": { "type": "string" } }, { "name": "ids", "in": "query", "explode": false, "schema": { "type": "array", "items": { "type": "integer" } } }, { "name": "kinds", "in": "query", "style": "pipeDelimited", "required": true, "schema": { "type": "array", "items": { "type": "boolean" } } }, { "name": "at", "in": "query", "required": true, "schema": { "type": "string", "format": "date-time" } }, { "name": "by", "in": "query", "schema": { "type": "object", "properties": { "a": { "type": "string" } } } }, { "name": "X-Trace", "in": "header", "schema": { "type": "string" } }, { "name": "X-Count", "in": "header", "required": true, "schema": { "type": "integer" } }, { "name": "Accept", "in": "header", "schema": { "type": "string" } }],
                "responses": { "200": { "description": "x", "content": { "application/json; charset=utf-8": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/mail_part" } } } } }, "404": { "description": "gone" } }
              },
              "post": {
                "operationId": "class",
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/mail_part" } } } },
                "responses": { "201": { "description": "x", "content": { "application/json": { "schema": { "type": "integer", "format": "int64" } } } } }
              },
              "patch": { "operationId": "class", "requestBody": { "content": { "application/json": { "schema": { "oneOf": [] } } } }, "responses": { "200": { "description": "x", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Task" } } } } } },
              "delete": { "operationId": "mailsClient", "responses": { "204": { "description": "x" } } }
            }
          },
          "components": {
            "parameters": { "Class": { "name": "class", "in": "path", "required": true, "schema": { "type": "string" } } },
            "schemas": {
              "Task": { "type": "object", "properties": { "mailPart": { "$ref": "#/components/schemas/mailPart" } } },
              "mailPart": { "type": "object", "required": ["n"], "properties": { "n": { "type": ["null", "number"] } } },
              "mail_part": {
                "type": "object",
                "required": ["mail_part", "@id", "any", "when"],
                "properties": { "mail_part": { "type": "string" }, "@id": { "type": "integer" }, "any": {}, "when": { "type": "string", "format": "date-time" }, "Parts": { "type": "array", "items": { "$ref": "#/components/schemas/mail_part" } }, "old name": { "$ref": "#/components/schemas/mail_part" }, "parts": { "type": "boolean" } }
              }
            }
          }
        }
        """;

    private const string OddProto = """
        // Nobody here wrote it.
        syntax = 'proto3';
        package demo.mail.v1;
        import "google/protobuf/empty.proto";
        import public "google/protobuf/timestamp.proto";
        import "common/money.proto";
        option csharp_namespace = "Wrong.One";

        message Task { string task = 1; string name = 2; }
        message Letter {
          option deprecated = false;
          reserved 7, 9 to 11; reserved "old";
          enum Kind { option allow_alias = true; UNKNOWN = 0; PLAIN = 1 [deprecated = true]; SIMPLE = 1; NEGATIVE = -1; }
          message Line { string text = 1; Kind kind = 2; Line next = 3; }
          string id = 1;
          repeated Line lines = 2 [json_name = "l"];
          map<string, Line> by_name = 3;
          map<int32, .demo.common.Money> prices = 12;
          oneof body { string text = 4; bytes raw = 5; demo.common.Money money = 8; }
          optional int64 size = 6;
          google.protobuf.Timestamp sent_at = 13;
        }
        service Mails {
          rpc Send(Letter) returns (google.protobuf.Empty);
          rpc GetType(Letter.Line) returns (.demo.mail.v1.Letter.Line) { option idempotency_level = NO_SIDE_EFFECTS; }
          rpc Watch(Task) returns (stream Letter);
          rpc Upload(stream Letter) returns (Task) {}
          rpc chat(stream Letter) returns (stream Letter);
        }
        service More { rpc Send(common.Money) returns (common.Money); }
        """;

    [Fact]
    public async Task A_system_made_by_commands_builds_passes_its_tests_and_runs()
    {
        using var system = await MadeSystem.Make(libraries);
        await system.Conway("new", "system", "demo");
        await system.Conway("new", "service", "payments");
        await system.Conway("add", "api", "payments", "receipts");
        await system.Conway("add", "store", "payments", "payments-db", "--engine", "sqlite");
        await system.Conway("add", "api", "payments", "invoices", "--route");
        await system.Conway("add", "api", "payments", "order-groups");
        await system.Conway("add", "call", "hello", "payments.invoices");
        await system.Conway("new", "service", "mails", "--lang", "node");
        await system.Conway("add", "call", "hello", "mails");

        await system.Conway("add", "api", "mails", "letters");
        await system.Conway("add", "store", "mails", "mails-db", "--engine", "postgresql");
        await system.Conway("add", "api", "mails", "post-cards", "--route");
        await system.Conway("new", "service", "ledger");
        await system.Conway("add", "api", "ledger", "entries", "--grpc", "--route");
        await system.Conway("add", "store", "ledger", "ledger-db", "--engine", "postgresql");
        await system.Conway("add", "api", "ledger", "journal-lines", "--grpc");
        await system.Conway("add", "call", "payments", "ledger");
        await system.Conway("add", "call", "mails", "ledger");
        await system.Conway("new", "library", "money");
        await system.Succeeds("dotnet", "add", "src/Hello", "reference", "src/Money");
        await system.Conway("new", "check", "mails-stay-inside", "--because", "whoever: writes \"mails\" is #1", "--weight", "error", "--forbid", "mails:hello");
        await system.Conway("new", "check", "mails-stay-inside", "--lang", "csharp", "--because", "whoever: writes \"mails\" is #1", "--forbid", "mails:hello", "--by", "any");

        // A client of a contract that nobody here wrote, too.
        var contract = system.Read("src/mails/openapi.json");
        system.Write("src/mails/openapi.json", OddContract);
        Assert.Contains("created  src/Hello/Calls/Mails/MailsClient.cs\n", await system.Conway("add", "call", "hello", "mails"), StringComparison.Ordinal);
        system.Write("src/mails/openapi.json", contract);
        system.Write("src/mails/mails.proto", OddProto);
        system.Write("src/mails/common/money.proto", "syntax = \"proto3\";\n\npackage demo.common;\n\nmessage Money { string currency = 1; int64 units = 2; }\n");
        system.Write("conway.yaml", system.Read("conway.yaml").Replace("rest: src/mails/openapi.json", "rest: src/mails/openapi.json, grpc: src/mails/mails.proto", StringComparison.Ordinal));
        Assert.Contains("created  src/Payments/Calls/Mails/Protos/common/money.proto\n", await system.Conway("add", "call", "payments", "mails", "--grpc"), StringComparison.Ordinal);
        Assert.Contains("\n0 errors, 0 warnings, ", await system.Conway("check", "--strict"), StringComparison.Ordinal);

        // One more who asks everybody would be found by the check.
        await system.Conway("new", "service", "desk", "--lang", "node");
        await system.Conway("add", "call", "desk", "payments.invoices");
        await system.Conway("add", "route", "/api/v1/desk/**", "desk");
        system.Write("src/mails/openapi.json", OddContract);
        Assert.Contains("created  src/desk/calls/mails/client.js\n", await system.Conway("add", "call", "desk", "mails"), StringComparison.Ordinal);
        system.Write("src/mails/openapi.json", contract);
        AskForOddThings(system);

        // Warnings are errors there, so a build says that analyzers and code style are content.
        var tested = await system.Succeeds("dotnet", "test", "-nodeReuse:false");
        Assert.Equal(5, tested.Split("Passed!").Length - 1);
        var model = system.Read("conway.yaml");
        system.Write("conway.yaml", model.Replace("    calls: { ledger: { protocol: grpc,", "    calls: { hello: { }, ledger: { protocol: grpc,", StringComparison.Ordinal));
        var broken = await system.Fails("dotnet", "test", "--no-build", "tests/ArchitectureTests");
        Assert.Contains("'mails' calls 'hello', and name 'mails' must not depend on name 'hello'.", broken, StringComparison.Ordinal);
        Assert.Contains("because whoever: writes \"mails\" is #1", broken, StringComparison.Ordinal);
        system.Write("conway.yaml", model);
        await system.SucceedsIn("src/mails", "npm", "ci", "--ignore-scripts");
        await system.SucceedsIn("src/mails", "npm", "test");
        await system.SucceedsIn("src/desk", "npm", "test");
        await TypesAreRight(system);
        await system.Succeeds("dotnet", "format", "whitespace", ".", "--folder", "--verify-no-changes");

        system.Write("conway.yaml", system.Read("conway.yaml") + "\ndeploy: { registry: ghcr.io/acme, version: 1.0.0, edge: { class: envoy, host: demo.example.com, namespace: edge }, reach: { postgresql: \"10.20.0.0/16:5432\" } }\n");
        AskByGrpc(system);
        AskByHttp(system);
        await using var run = RunningProgram.Start(system.Variables, system.Folder);
        await run.UntilAllHealthy(TimeSpan.FromMinutes(5));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = run.Gateway };
        var answer = await client.PutAsJsonAsync("/api/v1/greetings/one", new { name = "hello" }, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.Created, (await client.PutAsJsonAsync("/api/v1/invoices/one", new { name = "paid" }, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.Created, (await client.PutAsJsonAsync("/api/v1/post-cards/one", new { name = "from here" }, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("""{"id":"one","name":"from here"}""", await client.GetStringAsync("/api/v1/post-cards/one", TestContext.Current.CancellationToken));
        var page = JsonNode.Parse(await client.GetStringAsync("/api/v1/greetings", TestContext.Current.CancellationToken))!;
        Assert.Equal("hello", page["items"]![0]!["name"]!.GetValue<string>());

        // An ordinary client, with the contract that was written, through the gateway; and the client that was written, through its listener.
        var asked = await NpmClient.RunAsync("grpc", TimeSpan.FromMinutes(2), "proto.js", run.Gateway.Authority, Path.Combine(system.Folder, "src/Ledger/protos/entries.proto"), "demo.ledger.v1.Entries");
        Assert.Equal("ok", asked.Said.Trim());
        Assert.Equal("there", await client.GetStringAsync("/api/v1/invoices/asked/there", TestContext.Current.CancellationToken));
        Assert.Equal("NotFound: There is none with the id 'none'.", await client.GetStringAsync("/api/v1/invoices/asked/none", TestContext.Current.CancellationToken));
        Assert.StartsWith("DeadlineExceeded: ", await client.GetStringAsync("/api/v1/invoices/asked/slow", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Equal("""{"id":"there","name":"there"}""", await client.GetStringAsync("/api/v1/post-cards/asked/there", TestContext.Current.CancellationToken));
        Assert.Equal(System.Net.HttpStatusCode.BadGateway, (await client.GetAsync("/api/v1/post-cards/asked/none", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.GatewayTimeout, (await client.GetAsync("/api/v1/post-cards/asked/slow", TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal("""{"id":"one","name":"paid"}""", await client.GetStringAsync("/api/v1/desk/one", TestContext.Current.CancellationToken));
        Assert.Equal("null", await client.GetStringAsync("/api/v1/desk/none", TestContext.Current.CancellationToken));
        Assert.Equal(System.Net.HttpStatusCode.BadGateway, (await client.GetAsync("/api/v1/desk/%20", TestContext.Current.CancellationToken)).StatusCode);

        await system.Conway("generate", "containers");
        await system.Conway("generate", "kubernetes");
    }

    /// <summary>As a person would go on: something that takes long, and something that asks by the client that was written.</summary>
    private static void AskByGrpc(MadeSystem system)
    {
        const string App = "src/mails/app.js";
        const string Get = "src/Ledger/Entries/GetEntry.cs";
        const string Program = "src/Payments/Program.cs";
        system.Write(App, system.Read(App).Replace("  async function handle(", """
              const { contextOf } = require("./calls/context");
              router.add("GET", "/api/v1/post-cards/asked/{id}", async ({ request, parameters: { id } }) => {
                if (id === "there") await ledgerClient.putEntry({ id, name: id }, contextOf(request));
                return { status: 200, body: await ledgerClient.getEntry({ id }, contextOf(request)) };
              });

              async function handle(
            """.Trim(), StringComparison.Ordinal));
        system.Write(Get, system.Read(Get).Replace("        var store =", """
                    if (request.Id == "slow")
                        return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => new Protos.Entry(), TaskScheduler.Default);
                    var store =
            """, StringComparison.Ordinal));
        system.Write(Program, system.Read(Program).Replace("app.Run();", """
            app.MapGet("/api/v1/invoices/asked/{id}", async (string id, LedgerClient ledger, CancellationToken stop) =>
            {
                try
                {
                    if (id == "there")
                        await ledger.PutEntry(new Demo.Payments.Calls.Ledger.Protos.PutEntryRequest { Id = id, Name = id }, stop);
                    return (await ledger.GetEntry(new Demo.Payments.Calls.Ledger.Protos.GetEntryRequest { Id = id }, stop)).Name;
                }
                catch (GrpcCallException e)
                {
                    return $"{e.Status}: {e.Detail}";
                }
            });
            app.Run();
            """, StringComparison.Ordinal));
    }

    private static void AskByHttp(MadeSystem system)
    {
        const string App = "src/desk/app.js";
        system.Write(App, system.Read(App).Replace("  async function handle(", """
              const { contextOf } = require("./calls/context");
              router.add("GET", "/api/v1/desk/{id}", async ({ request, parameters: { id } }) => {
                if (id === " ") await paymentsClient.putInvoice({ id, body: { name: "" } }, contextOf(request));
                return { status: 200, body: await paymentsClient.getInvoice({ id }, contextOf(request)) };
              });

              async function handle(
            """.Trim(), StringComparison.Ordinal));
    }

    /// <summary>That the compiler of TypeScript takes what is right and refuses what is wrong: an expected error that is none is one.</summary>
    private static async Task TypesAreRight(MadeSystem system)
    {
        system.Write("src/desk/test/types.ts", """
            import { createPaymentsClient } from "../calls/payments/client";
            import { createMailsClient } from "../calls/mails/client";

            const [payments, mails] = [createPaymentsClient({}), createMailsClient({})];

            export async function use() {
              const invoice = await payments.getInvoice({ id: "one" });
              // @ts-expect-error: there may be none
              invoice.name;
              const name: string = invoice!.name;
              // @ts-expect-error
              const number: number = invoice!.name;
              // @ts-expect-error
              await payments.getInvoice({ id: 1 });
              // @ts-expect-error
              await payments.putInvoice({ id: "one" });
              const names = (await payments.listInvoices()).items.map((one) => one.name);
              const parts = await mails.getApiV1MailsMailIdClass({ mailId: 1, class: "x", all: true, kinds: [false], at: "", xCount: 1 });
              // @ts-expect-error: it need not be there
              parts![0]["old name"].any;
              return [name, number, names, parts![0]["@id"] + 1, parts![0].Parts?.length];
            }
            """);
        var compiler = Path.Combine(RepositoryFolder.Root, "src", "faces", "Conway.Console", "ClientApp", "node_modules", "typescript", "bin", "tsc");
        await system.Succeeds("node", compiler, "--allowJs", "--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022", "src/desk/test/types.ts");
    }

    /// <summary>That lists and the rest are written as the contract says, by both clients.</summary>
    private static void AskForOddThings(MadeSystem system)
    {
        const string Asked = "GET /api/v1/mails/7/a%20b?tags=x%20y&tags=z%26&ids=1%2C2&kinds=true%7Cfalse&at=2030-01-02T03%3A04%3A05.0000000%2B00%3A00&all=false";
        system.Write("src/desk/test/odd.test.js", $$"""
            const assert = require("node:assert/strict");
            const { createServer } = require("node:http");
            const { test } = require("node:test");
            const { createMailsClient } = require("../calls/mails/client");

            test("lists", async () => {
              let heard;
              const server = createServer((request, response) => { heard = `${request.method} ${request.url}`; response.end("[]"); });
              await new Promise((done) => server.listen(0, "127.0.0.1", done));
              const client = createMailsClient({ MAILS_URL: `http://127.0.0.1:${server.address().port}/` });
              await client.getApiV1MailsMailIdClass({ mailId: 7, class: "a b", tags: ["x y", null, "z&"], all: false, ids: [1, 2], kinds: [true, false], at: "2030-01-02T03:04:05.0000000+00:00", xCount: 1 });
              server.close();
              server.closeAllConnections();
              assert.deepEqual(new Set(heard.split(/[?&]/)), new Set("{{Asked}}".split(/[?&]/)));
            });
            """);
        system.Write("tests/Hello.Tests/OddTests.cs", $$"""
            using Demo.Hello.Calls.Mails;

            namespace Demo.Hello.Tests;

            public sealed class OddTests
            {
                [Fact]
                public async Task Lists()
                {
                    using var callee = new Callee();
                    using var http = new HttpClient(callee) { BaseAddress = new Uri("http://mails") };
                    await new MailsClient(http).GetApiV1MailsMailIdClass(7, "a b", null, ["x y", "z&"], false, null, null, [1, 2], [true, false], new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), null, null, 1, TestContext.Current.CancellationToken);
                    Assert.Equal("{{Asked}}".Split('?', '&').Order().Select(Uri.UnescapeDataString), callee.Asked.Split('?', '&').Order().Select(Uri.UnescapeDataString));
                }

                private sealed class Callee : HttpMessageHandler
                {
                    public string Asked { get; private set; } = "";

                    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
                    {
                        Asked = $"{request.Method} {request.RequestUri!.PathAndQuery}";
                        return Task.FromResult(new HttpResponseMessage { Content = new StringContent("[]", null, "application/json") });
                    }
                }
            }
            """ + "\n");
    }
}
