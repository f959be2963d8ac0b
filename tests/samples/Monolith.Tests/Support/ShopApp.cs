using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Outfitter.Infrastructure;
using Outfitter.Jobs;

namespace Monolith.Tests.Support;

/// <summary>The whole shop in this process, on a database of its own, with time and money in the test's hands.</summary>
/// <remarks>
/// The database is a SQLite file. With <c>OUTFITTER_TEST_DATABASE="Host=…;Username=…"</c> each shop has a PostgreSQL database of its own instead.
/// </remarks>
public sealed class ShopApp : WebApplicationFactory<Program>
{
    private static readonly string? DatabaseServer = Environment.GetEnvironmentVariable("OUTFITTER_TEST_DATABASE");

    private readonly string _folder = Directory.CreateTempSubdirectory("outfitter-").FullName;
    private readonly Dictionary<string, string> _settings = [];
    private readonly bool _isCopy;

    // Filling a database takes longer than most tests; time stands, so that all begin with the same bytes.
    private static readonly Lazy<byte[]> Filled = new(Fill);

    public ShopApp()
        : this(isCopy: true)
    {
    }

    private ShopApp(bool isCopy) => _isCopy = isCopy;

    private string DatabaseFile => Path.Combine(_folder, "shop.db");

    internal ManualTime Time { get; } = new();

    internal FakePayGate PayGate { get; } = new();

    /// <summary>Where mails are handed over, when <c>Email:PickupDirectory</c> is set to it.</summary>
    internal string Folder => _folder;

    internal static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Whether the nightly job runs when its hour comes; otherwise tests run the night's work by hand.</summary>
    internal bool Nights { get; init; }

    internal ShopApp With(string setting, string value)
    {
        _settings[setting] = value;
        return this;
    }

    internal Shopper Anybody() => new(this, CreateClient());

    internal Task<Shopper> Staff() => Known("staff@outfitter.example");

    /// <summary>One of the sample's people.</summary>
    internal async Task<Shopper> Known(string email)
    {
        var shopper = Anybody();
        await shopper.SignIn(email, DemoRange.Password);
        return shopper;
    }

    /// <summary>Somebody with a new account.</summary>
    internal async Task<Shopper> NewCustomer(bool wantsNewsletter = false)
    {
        var shopper = Anybody();
        var email = $"{Guid.NewGuid():N}@example.com";
        await shopper.Post("/api/account/register", new { email, name = "Nora New", password = "a long password", wantsNewsletter }, 201);
        await shopper.SignIn(email, "a long password");
        return shopper;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (_isCopy && DatabaseServer is null)
            File.WriteAllBytes(DatabaseFile, Filled.Value);
        builder.UseSetting("ConnectionStrings:Shop", DatabaseServer is null ? $"Data Source={DatabaseFile}" : $"{DatabaseServer};Database={Path.GetFileName(_folder).Replace('-', '_').ToLowerInvariant()}");
        foreach (var (setting, value) in _settings)
            builder.UseSetting(setting, value);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            if (!Nights)
                services.Remove(services.Single(s => s.ImplementationType == typeof(NightlyJob)));
            services.AddHttpClient<IPaymentGateway, PayGateClient>().ConfigurePrimaryHttpMessageHandler(() => PayGate);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        if (DatabaseServer is not null)
        {
            await using var scope = Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ShopDbContext>().Database.EnsureDeletedAsync(CancellationToken.None);
        }

        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        PayGate.Dispose();
    }

    private static byte[] Fill()
    {
        var first = new ShopApp(isCopy: false);
        try
        {
            _ = first.Services;
            SqliteConnection.ClearAllPools();
            return File.ReadAllBytes(first.DatabaseFile);
        }
        finally
        {
            first.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
