namespace Conway.Reader.Tests;

public sealed class ProjectScanTests
{
    private const string Web = """<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""";

    private static readonly MemoryFileTree Shop = new(
    [
        KeyValuePair.Create("src/Shop.Orders.Api/Shop.Orders.Api.csproj", Web),
        KeyValuePair.Create("src/Shop.Orders.Api/appsettings.json", """{ /* where */ "Catalog": { "Url": "http://localhost:5101" }, "Mail": "https://mail.example.com", "Ship": "http://shipping:3000/x", }"""),
        KeyValuePair.Create("src/Shop.Orders.Api/Properties/launchSettings.json", """{ "profiles": { "http": { "applicationUrl": "https://localhost:7100;http://localhost:5100" } } }"""),
        KeyValuePair.Create("src/Shop.Orders.Api/ClientApp/package.json", """{ "scripts": { "start": "vite" } }"""),
        KeyValuePair.Create("src/Shop.Catalog/Shop.Catalog.csproj", Web),
        KeyValuePair.Create("src/Shop.Catalog/Properties/launchSettings.json", """{ "profiles": { "http": { "applicationUrl": "http://localhost:5101", "launchUrl": "http://localhost:5100/x", "environmentVariables": { "Orders__Url": "http://localhost:5100" } } } }"""),
        KeyValuePair.Create("src/Shop.Catalog/Shop - Backup.Catalog.csproj", Web),
        KeyValuePair.Create("src/Shop.Mailer/Shop.Mailer.csproj", """<Project Sdk="Microsoft.NET.Sdk.Worker"/>"""),
        KeyValuePair.Create("src/Shop.Import/Shop.Import.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>"""),
        KeyValuePair.Create("src/Shop.Domain/Shop.Domain.csproj", """<Project Sdk="Microsoft.NET.Sdk"/>"""),
        KeyValuePair.Create("src/Shop.Orders.Tests/Shop.Orders.Tests.csproj", Web),
        KeyValuePair.Create("tests/Web/Web.csproj", Web),
        KeyValuePair.Create("src/Shop.AppHost/Shop.AppHost.csproj", """<Project Sdk="Microsoft.NET.Sdk"><Sdk Name="Aspire.AppHost.Sdk" Version="9.0.0"/><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>"""),
        KeyValuePair.Create("src/Shop.Broken/Shop.Broken.csproj", "<Project"),
        KeyValuePair.Create("web/shipping/package.json", """{ "name": "@shop/shipping", "scripts": { "start": "node server.js" }, "dependencies": { "express": "5" } }"""),
        KeyValuePair.Create("web/shipping/package-lock.json", "{}"),
        KeyValuePair.Create("web/page/package.json", """{ "name": "Page", "scripts": { "start": "vite --port 3 && echo" } }"""),
        KeyValuePair.Create("web/lib/package.json", """{ "name": "lib" }"""),
        KeyValuePair.Create("web/broken/package.json", "{"),
        KeyValuePair.Create("web/shipping/node_modules/express/package.json", """{ "name": "express", "main": "index.js" }"""),
        KeyValuePair.Create("src/Shop.Catalog/bin/Debug/x/package.json", """{ "main": "x" }"""),
    ]);

    [Fact]
    public void Projects_and_packages_that_can_be_started_are_found_and_named()
    {
        var scan = ProjectScan.Scan(Shop, "My Shop");
        Assert.Equal("my-shop", scan.System);
        Assert.Equal(
            ["catalog src/Shop.Catalog", "import src/Shop.Import", "mailer src/Shop.Mailer", "orders src/Shop.Orders.Api", "page web/page", "shipping web/shipping"],
            scan.Services.Select(s => $"{s.Name} {s.Path}"));
    }

    [Fact]
    public void The_starter_says_what_was_found_and_reads_without_errors()
    {
        var text = ProjectScan.Starter(ProjectScan.Scan(Shop, "shop"));
        Assert.Equal(
            """
            # yaml-language-server: $schema=.conway/schema.json
            # The model of this system. 'conway run' starts it, 'conway check' looks for trouble, 'conway explain services' tells what can be written.
            conway: 1
            system: shop

            services:
              catalog:
                project: src/Shop.Catalog
                calls:
                  orders: { timeout: 1s }   # its address stands in src/Shop.Catalog/Properties/launchSettings.json
              import:
                project: src/Shop.Import   # a program; remove it if it is a tool
              mailer:
                project: src/Shop.Mailer
              orders:
                project: src/Shop.Orders.Api
                calls:
                  catalog: { timeout: 1s }   # its address stands in src/Shop.Orders.Api/appsettings.json
                  shipping: { timeout: 1s }   # its address stands in src/Shop.Orders.Api/appsettings.json
              page:
                directory: web/page
                command: npm start
              shipping:
                directory: web/shipping
                build: npm ci
                command: node server.js

            # What can be reached from outside, and who answers.
            gateway:
              routes:
                - { path: /catalog/**, to: catalog, rewrite: / }
                - { path: /orders/**, to: orders, rewrite: / }
                - { path: /page/**, to: page, rewrite: / }
                - { path: /shipping/**, to: shipping, rewrite: / }

            """, text);
        Assert.Empty(Reading(Shop, text));
    }

    [Fact]
    public void An_empty_folder_gives_a_starter_that_reads_without_errors()
    {
        var empty = new MemoryFileTree(Array.Empty<KeyValuePair<string, string>>());
        Assert.Empty(Reading(empty, ProjectScan.Starter(ProjectScan.Scan(empty, "…"))));
    }

    [Fact]
    public void Names_that_collide_or_are_no_names_are_made_unique()
    {
        var tree = new MemoryFileTree(
        [
            KeyValuePair.Create("a/Web.csproj", Web), KeyValuePair.Create("b/Web.csproj", Web), KeyValuePair.Create("c/2nd_Try.csproj", Web),
            KeyValuePair.Create("dir: x/{odd}.csproj", Web), KeyValuePair.Create("root.csproj", Web), KeyValuePair.Create("package.json", """{ "main": "\"x\" # y" }"""),
        ]);
        var scan = ProjectScan.Scan(tree, "x");
        Assert.Equal(scan.Services.Count, scan.Services.Select(s => s.Name).Distinct().Count());
        Assert.Empty(Reading(tree, ProjectScan.Starter(scan)));
    }

    [Fact]
    public void The_sample_is_found_as_its_model_says()
    {
        var scan = ProjectScan.Scan(new DiskFileTree(Repository.Path("samples", "shop")), "shop");
        Assert.Superset(new HashSet<string> { "catalog", "orders", "shipping" }, scan.Services.Select(s => s.Name).ToHashSet());
    }

    private static IEnumerable<string> Reading(MemoryFileTree tree, string text) =>
        ModelReader.Read(new WithModel(tree, text), "conway.yaml", new ReadOptions()).Findings.Where(f => f.Severity != Findings.Severity.Info).Select(f => f.ToString());

    /// <summary>A tree with a model laid into it.</summary>
    private sealed class WithModel(MemoryFileTree tree, string text) : IFileTree
    {
        public FileRead Read(string path, int bytesMax) => path == "conway.yaml" ? new(FileState.Read, System.Text.Encoding.UTF8.GetBytes(text)) : tree.Read(path, bytesMax);

        public FileKind KindOf(string path) => tree.KindOf(path);

        public IReadOnlyList<string> Glob(string pattern) => tree.Glob(pattern);
    }
}
