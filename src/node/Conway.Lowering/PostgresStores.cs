using System.Security.Cryptography;
using System.Text;
using Conway.Model;

namespace Conway.Lowering;

/// <summary>The stores of a model that are databases of PostgreSQL. Pure.</summary>
public static class PostgresStores
{
    /// <summary>Longest name of a role; PostgreSQL would cut a longer one off.</summary>
    private const int NameMax = 63;

    /// <summary>Each with a service that owns it.</summary>
    public static IEnumerable<(string Store, string Service)> Of(SystemModel model) => model.Services.SelectMany(service => service.Value.Owns
        .Where(store => model.EngineOf(store.Value) == StoreEngine.Postgresql)
        .Select(store => (store.Key, service.Key)));

    /// <summary>What a service signs in with: 192 bits in hexadecimal digits, another for each service and each secret.</summary>
    public static string Password(string secret, string role) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(role)).AsSpan(0, 24));

    /// <summary>The server with its databases; null when no store needs one.</summary>
    internal static PostgresPlan? Plan(SystemModel model, LoweringFacts facts)
    {
        var databases = Of(model).GroupBy(one => one.Store, StringComparer.Ordinal)
            .Select(store => new PostgresDatabase(store.Key, OwnerOf(store.Key, model), [.. store.Select(one => one.Service)]))
            .ToArray();
        return databases.Length == 0 ? null : new PostgresPlan(facts.Ports[PortKeys.Postgres], [.. databases]);
    }

    /// <summary>A role of its own, also beside a service that is called so.</summary>
    private static string OwnerOf(string store, SystemModel model)
    {
        const string End = "-owner";
        if (store.Length + End.Length <= NameMax && !model.Services.ContainsKey(store + End))
        {
            return store + End;
        }

        // An underscore stands in no name of the model.
        return $"owner_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(store)))[..32]}";
    }
}
