using Conway.Service.Tests.Support;

namespace Shop.Tests.Support;

/// <summary>The whole shop, each service a process, wired directly: what the platform would put between them is proven elsewhere.</summary>
internal sealed class RunningShop : IAsyncLifetime
{
    private static readonly string[] Names = ["catalog", "inventory", "payments", "shipping", "basket", "orders", "storefront"];

    private readonly string _data = Directory.CreateTempSubdirectory("shop-tests-").FullName;
    private readonly Dictionary<string, int> _ports = Names.ToDictionary(n => n, _ => FreePorts.Next());
    private readonly Dictionary<string, ShopProcess> _services = [];

    public OtlpReceiver Telemetry { get; private set; } = null!;

    public ShopProcess Catalog => _services["catalog"];

    public ShopProcess Inventory => _services["inventory"];

    public ShopProcess Payments => _services["payments"];

    public ShopProcess Shipping => _services["shipping"];

    public ShopProcess Basket => _services["basket"];

    public ShopProcess Orders => _services["orders"];

    public ShopProcess Storefront => _services["storefront"];

    public IEnumerable<ShopProcess> All => _services.Values;

    public async ValueTask InitializeAsync()
    {
        await ShippingPackages.Install();
        Telemetry = await OtlpReceiver.Start();
        foreach (var name in Names)
            _services[name] = Define(name, _ports[name]);
        await Task.WhenAll(All.Select(s => s.Start(CancellationToken.None)));
    }

    /// <summary>The file in which a service keeps its data.</summary>
    public string StoreOf(string service) => Path.Combine(_data, $"{service}-db.db");

    /// <summary>A further process of a service, on the same store, with some of its environment changed. Not started.</summary>
    public ShopProcess Another(string service, params (string Variable, string Value)[] changed) => Define(service, FreePorts.Next(), changed);

    private ShopProcess Define(string name, int port, params (string Variable, string Value)[] changed)
    {
        var environment = Names.ToDictionary(callee => $"{callee.ToUpperInvariant()}_URL", callee => $"http://127.0.0.1:{_ports[callee]}");
        var store = name.ToUpperInvariant() + "_DB";
        environment["HOST"] = "127.0.0.1";
        environment["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        environment["CONWAY_RUN"] = "shop-tests";
        environment["OTEL_SERVICE_NAME"] = name;
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = Telemetry.Address;
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        environment[$"{store}_CONNECTION"] = $"Data Source={StoreOf(name)}";
        environment[$"{store}_URL"] = new Uri(StoreOf(name)).AbsoluteUri;
        foreach (var (variable, value) in changed)
            environment[variable] = value;

        if (name == "shipping")
            return new ShopProcess(name, "node", ["--require", "./telemetry.js", "server.js"], ShippingPackages.Folder, environment);
        var project = char.ToUpperInvariant(name[0]) + name[1..];
        return new ShopProcess(name, Path.Combine(Repository.Root, "samples/shop/artifacts/bin", project, Repository.Configuration, $"Shop.{project}"), [], _data, environment);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in All)
            await service.DisposeAsync();
        await Telemetry.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}

/// <summary>The tests of one shop, one after the other: some of them kill a part of it.</summary>
[CollectionDefinition(nameof(ShopCollection))]
public sealed class ShopCollection : ICollectionFixture<ShopFixture>;

/// <summary>One shop for all tests.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    internal RunningShop Shop { get; } = new();

    public ValueTask InitializeAsync() => Shop.InitializeAsync();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
