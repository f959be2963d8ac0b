using Conway.Model;

namespace Conway.Scaffolding.Tests;

/// <summary>What is written for parts of a system. That it compiles and passes its own tests is shown by a made system.</summary>
public sealed class PartTests
{
    private const string Program = "using Conway.Service;\nbuilder.AddConway();\napp.MapConway();\n";

    [Fact]
    public void A_resource_is_kept_in_the_store_that_has_code_and_promises_no_bound_of_memory()
    {
        var facts = Facts(Kept("pay-db", StoreEngine.Sqlite), ("src/Pay/Program.cs", Program), ("src/Pay/Storage/PayDatabase.cs", "there"));
        var plan = Scaffolder.Api(facts, "pay", "order-lines", isRouted: false);
        Assert.Contains("CREATE TABLE \"order_lines\" ", Text(plan, "src/Pay/OrderLines/OrderLineStore.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain(plan.Edits, edit => edit.Text.Contains("507", StringComparison.Ordinal));
        var step = Assert.Single(plan.Edits, edit => edit.File == "src/Pay/Storage/PaySchema.cs");
        Assert.Equal("    [\n        A.B,\n        OrderLines.OrderLineStore.Table,\n    ];\n", step.Apply("    [\n        A.B,\n    ];\n"));

        var inMemory = Scaffolder.Api(Facts(Kept("pay-db", StoreEngine.Sqlite), ("src/Pay/Program.cs", Program)), "pay", "order-lines", isRouted: false);
        Assert.Contains("SortedDictionary", Text(inMemory, "src/Pay/OrderLines/OrderLineStore.cs"), StringComparison.Ordinal);
        Assert.Single(inMemory.Edits, edit => edit.Text.Contains("507", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("payments-db", "Payments")]
    [InlineData("order-database", "Order")]
    [InlineData("page-store", "Page")]
    [InlineData("db", "Db")]
    [InlineData("ledger", "Ledger")]
    public void The_code_of_a_store_is_called_for_what_it_holds(string store, string name) =>
        Assert.Contains(Scaffolder.Store(Facts(new Service { Project = "src/Pay" }, ("src/Pay/Program.cs", Program), ("Directory.Packages.props", "")), "pay", store, "sqlite").Files, file => file.Path == $"src/Pay/Storage/{name}Database.cs");

    [Fact]
    public void A_store_gets_code_only_where_it_can_be_tried()
    {
        (string, string)[] files = [("src/Pay/Program.cs", Program), ("Directory.Packages.props", "")];
        var service = new Service { Project = "src/Pay" };
        Assert.NotEmpty(Scaffolder.Store(Facts(service, files), "pay", "pay-db", "sqlite").Files);
        Assert.NotEmpty(Scaffolder.Store(Facts(service, files), "pay", "pay-db", "postgresql").Files);
        Assert.Empty(Scaffolder.Store(Facts(service, files), "pay", "pay-db", "redis").Files);
        Assert.Empty(Scaffolder.Store(Facts(service, files), "pay", "pay-db", null).Files);
        Assert.Empty(Scaffolder.Store(Facts(Kept("pay-db", StoreEngine.Redis), files), "pay", "pay-db", "sqlite").Files);
        Assert.NotEmpty(Scaffolder.Store(Facts(Kept("pay-db", StoreEngine.Sqlite), files), "pay", "pay-db", null).Files);
        Assert.Empty(Scaffolder.Store(Facts(new Service { Command = "x" }, files), "pay", "pay-db", "sqlite").Files);
        var unversioned = Scaffolder.Store(Facts(service, files[0]), "pay", "pay-db", "sqlite");
        Assert.Empty(unversioned.Files);
        Assert.Contains(unversioned.Notes, note => note.StartsWith("no code was written, since there is no Directory.Packages.props", StringComparison.Ordinal));
    }

    [Fact]
    public void A_resource_in_Node_is_put_below_those_that_are_there()
    {
        const string App = "const { createRouter } = require(\"./router\");\n\n  const router = createRouter();\n  router.add(\"GET\", \"/a\", a);\n\n  done();\n";
        var facts = Facts(new Service { Directory = "src/pay/" }, ("src/pay/app.js", App), ("src/pay/log.js", ""));
        var text = App;
        foreach (var api in new[] { "bills", "bills", "coins" })
        {
            text = Scaffolder.Api(facts, "pay", api, isRouted: false).Edits.Where(edit => edit.File == "src/pay/app.js").Aggregate(text, (now, edit) => edit.Apply(now)!);
        }

        Assert.Equal(
            "const { createRouter } = require(\"./router\");\nconst mapBills = require(\"./bills\");\nconst mapCoins = require(\"./coins\");\n\n"
            + "  const router = createRouter();\n  router.add(\"GET\", \"/a\", a);\n  mapBills(router);\n  mapCoins(router);\n\n  done();\n", text);
        Assert.Equal("src/pay/log.js is there already, and require(\"./log\") means that. Choose another name.", Scaffolder.Api(facts, "pay", "log", isRouted: false).Problem);
        Assert.StartsWith("'pay' is neither a .NET project nor in Node.js", Scaffolder.Api(Facts(new Service { Directory = "src/pay" }, ("src/pay/app.js", "express()")), "pay", "bills", isRouted: false).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_in_Node_gets_code_for_PostgreSQL_and_says_why_there_is_none_for_SQLite()
    {
        (string, string)[] files = [("src/pay/app.js", "createRouter"), ("src/pay/package.json", "{}")];
        var service = new Service { Directory = "src/pay" };
        var plan = Scaffolder.Store(Facts(service, files), "pay", "pay-db", "postgresql");
        Assert.Contains("secret(\"PAY_DB_URL\", environment)", Text(plan, "src/pay/storage/pay-database.js"), StringComparison.Ordinal);
        Assert.Equal(("services.pay.build", "npm ci --ignore-scripts"), plan.Model.Select(edit => (edit.Path, edit.Yaml)).Last());
        Assert.Equal("{\n  \"dependencies\": {\n    \"pg\": \"^8.23.1\"\n  }\n}", Applied(plan, "src/pay/package.json", "{}"));
        using var locked = System.Text.Json.JsonDocument.Parse(Applied(plan, "src/pay/package-lock.json", Text(plan, "src/pay/package-lock.json")));
        var packages = locked.RootElement.GetProperty("packages");
        Assert.Equal("^8.23.1", packages.GetProperty("").GetProperty("dependencies").GetProperty("pg").GetString());
        Assert.Equal("8.23.1", packages.GetProperty("node_modules/pg").GetProperty("version").GetString());
        Assert.All(packages.EnumerateObject().Skip(1), one => Assert.StartsWith("sha512-", one.Value.GetProperty("integrity").GetString(), StringComparison.Ordinal));

        foreach (var (name, asked) in new (string?, StoreEngine?)[] { ("sqlite", null), (null, null), (null, StoreEngine.Sqlite) })
        {
            var none = Scaffolder.Store(Facts(asked is { } engine ? Kept("pay-db", engine) with { Project = null, Directory = "src/pay" } : service, files), "pay", "pay-db", name);
            Assert.Empty(none.Files);
            Assert.StartsWith("no code was written: Node.js has SQLite of its own from 22.13 on", none.Notes[^1], StringComparison.Ordinal);
        }

        Assert.Empty(Scaffolder.Store(Facts(service, files), "pay", "pay-db", "redis").Files);
        Assert.Equal("'pay-store' would be called PayDatabase in code, as 'pay-db' is. Choose another name.", Scaffolder.Store(Facts(Kept("pay-db", StoreEngine.Redis) with { Project = null, Directory = "src/pay" }, files), "pay", "pay-store", "postgresql").Problem);
    }

    [Theory]
    [InlineData("""{ "dependencies": { "pg": "^7.0.0" } }""", null, "npm install --ignore-scripts", 0)]
    [InlineData("""{ "dependencies": { "left": "1" } }""", null, "npm install --ignore-scripts", 2)]
    [InlineData("""{ "dependencies": { "left": "1" } }""", "{}", "npm ci --ignore-scripts", 5)]
    [InlineData("""{ "dependencies": { "pg": "^8.23.1" } }""", null, "npm ci --ignore-scripts", 5)]
    [InlineData("[]", null, "npm ci --ignore-scripts", 5)]
    public void Packages_that_somebody_chose_are_kept_and_a_lock_is_whole_or_not_written(string package, string? held, string build, int edits)
    {
        (string, string)[] files = [("src/pay/app.js", "createRouter"), ("src/pay/package.json", package), .. held is null ? Array.Empty<(string, string)>() : [("src/pay/package-lock.json", held)]];
        var plan = Scaffolder.Store(Facts(new Service { Directory = "src/pay" }, files), "pay", "pay-db", "postgresql");
        Assert.Equal(build, plan.Model[^1].Yaml);
        Assert.Equal(edits, plan.Edits.Count(edit => edit is JsonEdit));
        Assert.Equal("make", Scaffolder.Store(Facts(new Service { Directory = "src/pay", Build = "make" }, files), "pay", "pay-db", "postgresql").Model is [_] ? "make" : "");
    }

    [Fact]
    public void A_resource_in_Node_is_kept_in_the_store_that_has_code_and_one_from_before_stays_in_memory()
    {
        var service = Kept("pay-db", StoreEngine.Postgresql) with { Project = null, Directory = "src/pay" };
        (string, string)[] files = [("src/pay/app.js", "createRouter"), ("src/pay/storage/pay-database.js", "x")];
        var plan = Scaffolder.Api(Facts(service, files), "pay", "order-lines", isRouted: false);
        Assert.Contains("CREATE TABLE \"order_lines\" ", Text(plan, "src/pay/order-lines/store.js"), StringComparison.Ordinal);
        Assert.Contains(plan.Edits, edit => edit is LineEdit { File: "src/pay/app.js", Line: "mapOrderLines(router, payDatabase);" });
        Assert.Equal("const steps = [\n  a,\n  require(\"../order-lines/store\").TABLE,\n];\n", Applied(plan, "src/pay/storage/pay-schema.js", "const steps = [\n  a,\n];\n"));
        Assert.DoesNotContain(plan.Edits, edit => edit.Text.Contains("507", StringComparison.Ordinal));

        var before = Scaffolder.Api(Facts(service, [.. files, ("src/pay/order-lines/index.js", ""), ("src/pay/order-lines/store.js", "new Map()")]), "pay", "order-lines", isRouted: false);
        Assert.DoesNotContain(before.Edits, edit => edit.File == "src/pay/storage/pay-schema.js");
        Assert.Equal("src/pay/storage is there already and is no resource. Choose another name.", Scaffolder.Api(Facts(service, files), "pay", "storage", isRouted: false).Problem);
    }

    [Fact]
    public void A_library_does_not_take_the_folder_of_a_service_or_of_something_else()
    {
        Assert.Equal("there is a service 'pay' already. Choose another name.", Scaffolder.Library(Facts(new Service { Project = "src/Pay" }), "pay").Problem);
        Assert.Equal("src/Money is there already and belongs to no service of the model. Describe it there, or choose another name.", Scaffolder.Library(Facts(new Service(), ("src/Money/x", "")), "money").Problem);
        Assert.Null(Scaffolder.Library(Facts(new Service(), ("src/Money/Money.csproj", "")), "money").Problem);
    }

    [Fact]
    public void No_method_and_no_record_of_a_client_has_the_name_of_a_class_that_is_written_for_it()
    {
        const string Contract = """
            { "openapi": "3.1.0", "paths": { "/a/{id}": { "get": {
              "operationId": "payClient", "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }, { "name": "X-Key", "in": "header", "schema": { "type": "string" } }],
              "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/payJson" } } } } } } } },
              "components": { "schemas": { "payJson": { "type": "object", "properties": { "a": { "type": "string" } } } } } }
            """;
        var facts = new ScaffoldFacts(new SystemModel
        {
            System = "demo",
            Services = new NameMap<Service>([KeyValuePair.Create("shop", new Service { Project = "src/Shop" }), KeyValuePair.Create("pay", new Service { Api = new Api { Rest = "c.json" } })]),
        })
        { LibraryVersion = "", Read = path => path switch { "c.json" => Contract, "src/Shop/Program.cs" => Program, _ => null } };
        var plan = Scaffolder.Call(facts, "shop", "pay", null, null);
        var client = Text(plan, "src/Shop/Calls/Pay/PayClient.cs");
        Assert.Contains("Task<PayJson2> PayClient2(string id, string? xKey, CancellationToken cancellationToken)", client, StringComparison.Ordinal);
        Assert.Contains("        if (xKey is not null)\n            request.Headers.Add(\"X-Key\", xKey);\n", client, StringComparison.Ordinal);
        Assert.Contains("$\"/a/{Segment(id)}\"", client, StringComparison.Ordinal);
    }

    private static Service Kept(string store, StoreEngine engine) =>
        new() { Project = "src/Pay", Owns = new NameMap<Store>([KeyValuePair.Create(store, new Store { Engine = engine })]) };

    private static string Applied(ScaffoldPlan plan, string path, string text) =>
        plan.Edits.Where(edit => edit.File == path).Aggregate(text, (now, edit) => edit.Apply(now) ?? throw new InvalidOperationException($"{edit.Text} has no place."));

    private static string Text(ScaffoldPlan plan, string path) => Assert.Single(plan.Files, file => file.Path == path).Text;

    private static ScaffoldFacts Facts(Service service, params (string Path, string Text)[] files) =>
        new(new SystemModel { System = "demo", Services = new NameMap<Service>([KeyValuePair.Create("pay", service)]) })
        {
            LibraryVersion = "1.0.0",
            Read = path => files.Where(file => file.Path == path).Select(file => file.Text).FirstOrDefault(),
            IsThere = path => files.Any(file => file.Path == path || file.Path.StartsWith(path + "/", StringComparison.Ordinal)),
        };
}
