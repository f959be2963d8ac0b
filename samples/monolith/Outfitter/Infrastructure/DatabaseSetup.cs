using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Outfitter.Infrastructure;

/// <summary>Which database, and that it is there before the first request.</summary>
public static class DatabaseSetup
{
    /// <summary>SQLite for <c>Data Source=…</c>, PostgreSQL for <c>Host=…</c>.</summary>
    public static IServiceCollection AddShopDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("Shop") ?? "Data Source=outfitter.db";
        Action<DbContextOptionsBuilder> use = ReadKeys(connection) switch
        {
            var keys when keys.ContainsKey("Host") => options => options.UseNpgsql(connection),
            var keys when keys.ContainsKey("Data Source") => options => options.UseSqlite(connection),
            _ => throw Wrong("ConnectionStrings:Shop names no database. Write 'Data Source=FILE' for SQLite, or 'Host=…;Database=…;Username=…' for PostgreSQL."),
        };
        services.AddScoped<AuditInterceptor>();
        services.AddDbContext<ShopDbContext>((provider, options) =>
        {
            use(options);
            options.AddInterceptors(provider.GetRequiredService<AuditInterceptor>());
        });
        return services;
    }

    /// <summary>Makes the tables when there are none, and fills them when they are empty and <c>Seed:Demo</c> is set.</summary>
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        await db.Database.EnsureCreatedAsync(ct);
        if (services.GetRequiredService<IConfiguration>().GetValue("Seed:Demo", true) && !await db.Products.AnyAsync(ct))
            await scope.ServiceProvider.GetRequiredService<DemoData>().FillAsync(ct);
    }

    private static DbConnectionStringBuilder ReadKeys(string connection)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connection };
        }
        catch (ArgumentException e)
        {
            throw Wrong($"ConnectionStrings:Shop is not a connection string: {e.Message}");
        }
    }

    private static OptionsValidationException Wrong(string sentence) => new("ConnectionStrings:Shop", typeof(string), [sentence]);
}
