using System.Text;

namespace Conway.Reader.Tests;

public sealed class ContractReaderTests
{
    private const string Yaml = """
        openapi: 3.0.3
        info: { title: Orders, version: "1" }
        paths:
          /orders/{id}:
            parameters:
              - { name: trace, in: header, schema: { type: string } }
            get:
              summary: One order.
              responses:
                "200": { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
          /orders:
            post:
              parameters:
                - { name: dry, in: query, required: true, schema: { type: boolean } }
              requestBody:
                required: true
                content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
              responses: { "201": { description: Done. } }
        components:
          schemas:
            Order:
              type: object
              required: [id, lines]
              properties:
                id: { type: string, format: uuid }
                state: { type: string, enum: [paid, new] }
                lines: { type: array, items: { type: object, required: [sku], properties: { sku: { type: string }, part: { $ref: '#/components/schemas/Order' } } } }
        """;

    [Fact]
    public void An_OpenAPI_document_is_its_operations_with_what_they_ask_and_answer()
    {
        Assert.Equal(
            [
                "GET /orders/{}: ", "GET /orders/{} answers 200: ", "GET /orders/{} answers 200 as: object",
                "GET /orders/{} answers 200 with id: string(uuid)", "GET /orders/{} answers 200 with lines: array", "GET /orders/{} answers 200 with lines[]: object",
                "GET /orders/{} answers 200 with lines[].part: object", "GET /orders/{} answers 200 with lines[].sku: string", "GET /orders/{} answers 200 with state: string one of \"new\", \"paid\"",
                "GET /orders/{} asks for header trace: string",
                "POST /orders: ", "POST /orders answers 201: ",
                "POST /orders asks for id: string(uuid)!", "POST /orders asks for lines: array!", "POST /orders asks for lines[]: object", "POST /orders asks for lines[].part: object",
                "POST /orders asks for lines[].sku: string", "POST /orders asks for query dry: boolean!", "POST /orders asks for state: string one of \"new\", \"paid\"",
                "POST /orders takes a body: !", "POST /orders takes application/json: ",
            ],
            Items("orders.yaml", Yaml));
    }

    [Fact]
    public void Words_order_and_form_are_no_part_of_the_promise()
    {
        var words = Yaml.Replace("One order.", "Another word.", StringComparison.Ordinal).Replace("{id}", "{order}", StringComparison.Ordinal).Replace("enum: [paid, new]", "enum: [new, paid]", StringComparison.Ordinal)
            .Replace("title: Orders", "title: \"Orders!\"", StringComparison.Ordinal);
        Assert.Equal(Items("orders.yaml", Yaml), Items("orders.yaml", words));
    }

    [Fact]
    public void A_document_of_the_second_version_is_read_like_the_third()
    {
        const string Json = """
            { "swagger": "2.0", "paths": { "/orders": { "post": {
                "parameters": [ { "in": "body", "name": "order", "schema": { "required": ["id"], "properties": { "id": { "type": "integer", "format": "int64" } } } },
                                { "in": "query", "name": "dry", "type": "boolean" } ],
                "responses": { "201": { "schema": { "properties": { "ok": { "type": "boolean" } } } } } } } } }
            """;
        Assert.Equal(
            ["POST /orders: ", "POST /orders answers 201: ", "POST /orders answers 201 as: object", "POST /orders answers 201 with ok: boolean", "POST /orders asks for id: integer(int64)!", "POST /orders asks for query dry: boolean"],
            Items("orders.json", Json));
    }

    [Fact]
    public void A_proto_file_is_its_calls_and_its_fields_by_number()
    {
        const string Proto = """
            syntax = "proto3"; // "not { a } text"
            package shop.v1;
            /* message Gone { int32 a = 1; } */
            service Orders {
              rpc Place (Order) returns (stream Receipt) { option (google.api.http) = { post: "/orders" }; }
              rpc Get(.shop.Id) returns(Order);
            }
            message Order {
              string id = 1 [(rule) = { min: 1 }];
              repeated Line lines = 2;
              oneof way { string card = 3; string cash = 4; }
              map<string, int32> counts = 5;
              enum State { NEW = 0; PAID = 1; }
              message Line { string sku = 1; }
              reserved 9;
            }
            """;
        Assert.Equal(
            [
                "enum Order.State value 0: NEW", "enum Order.State value 1: PAID",
                "message Order field 1: string id", "message Order field 2: repeated Line lines", "message Order field 3: string card", "message Order field 4: string cash", "message Order field 5: map<string, int32> counts",
                "message Order.Line field 1: string sku", "rpc Orders/Get: (.shop.Id) returns (Order)", "rpc Orders/Place: (Order) returns (stream Receipt)",
            ],
            Items("orders.proto", Proto));
    }

    [Fact]
    public void The_schema_of_an_event_is_its_fields_in_Avro_and_in_JSON_Schema()
    {
        Assert.Equal(
            ["field at: long(timestamp-millis)", "field lines: array of record", "field note: null|string", "field who: record", "field who.name: string"],
            Items("a.avsc", """{"type":"record","name":"E","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"note","type":["null","string"]},{"name":"who","type":{"type":"record","name":"W","fields":[{"name":"name","type":"string","doc":"x"}]}},{"name":"lines","type":{"type":"array","items":{"type":"record","name":"L","fields":[]}}}]}"""));
        Assert.Equal(["field id: string", "field total: number"], Items("e.json", """{"type":"object","required":["id"],"properties":{"total":{"type":"number"},"id":{"type":"string","description":"x"}}}"""));
    }

    [Theory]
    [InlineData("a.json", "{ \"paths\": ", "it is not JSON")]
    [InlineData("a.json", "[1]", "it is no map of keys and values")]
    [InlineData("a.yaml", "paths: [", "it is not YAML")]
    [InlineData("a.yaml", "", "it is not YAML")]
    public void What_is_not_understood_says_why(string path, string text, string problem) =>
        Assert.Equal(problem, ContractReader.Read(Tree(path, text), path)!.Problem);

    [Fact]
    public void What_is_not_there_or_of_no_known_kind_is_not_compared()
    {
        Assert.Null(ContractReader.Read(Tree("a.json", "{}"), "b.json"));
        Assert.Null(ContractReader.Read(Tree("a.xsd", "<x/>"), "a.xsd"));
        Assert.Equal("it is larger than 4 MiB", ContractReader.Read(Tree("a.json", new string(' ', ContractReader.BytesMax + 1)), "a.json")!.Problem);
    }

    [Fact]
    public void Schemas_that_multiply_end_and_say_so()
    {
        // Each of twelve levels holds the next one eight times.
        var schemas = string.Join(',', Enumerable.Range(0, 12).Select(i => $"\"S{i}\":{{\"properties\":{{{string.Join(',', Enumerable.Range(0, 8).Select(j => $"\"p{j}\":{{\"$ref\":\"#/definitions/S{i + 1}\"}}"))}}}}}"));
        var read = ContractReader.Read(Tree("a.json", $"{{\"properties\":{{\"a\":{{\"$ref\":\"#/definitions/S0\"}}}},\"definitions\":{{{schemas}}}}}"), "a.json")!;
        Assert.Equal("it promises more than 20000 things", read.Problem);
    }

    private static string[] Items(string path, string text) =>
        [.. ContractReader.Read(Tree(path, text), path)!.Items!.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => $"{i.Key}: {i.Value.Form}{(i.Value.IsDemanded ? "!" : "")}")];

    private static MemoryFileTree Tree(string path, string text) => new(new Dictionary<string, ReadOnlyMemory<byte>> { [path] = Encoding.UTF8.GetBytes(text) });
}
