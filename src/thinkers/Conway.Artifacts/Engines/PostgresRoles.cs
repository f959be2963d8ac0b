using Conway.Artifacts.Plans;
using Conway.Model;

namespace Conway.Artifacts.Engines;

/// <summary>A script of psql for each store in PostgreSQL: its database, the role that owns it, and the roles of the services that use it.</summary>
/// <remarks>May be run again, and by somebody who is no superuser but may make databases and roles.</remarks>
internal static class PostgresRoles
{
    public static IEnumerable<ArtifactFile> Files(SystemPlan system)
    {
        foreach (var store in Stores(system.Model).GroupBy(one => one.Store, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var services = store.Select(one => system[one.Service]).OrderBy(plan => plan.Name, StringComparer.Ordinal).ToArray();
            yield return new ArtifactFile($"engines/postgresql/{store.Key}.sql", [.. Script(store.Key, OwnerOf(system, store.Key), services)]);
        }
    }

    /// <summary>Stores that are databases of PostgreSQL, each with a service that owns it.</summary>
    public static IEnumerable<(string Store, string Service)> Stores(SystemModel model) => model.Services.SelectMany(service => service.Value.Owns
        .Where(store => model.EngineOf(store.Value) == StoreEngine.Postgresql)
        .Select(store => (store.Key, service.Key)));

    private static IEnumerable<ArtifactLine> Script(string store, string ownerName, IReadOnlyList<ServicePlan> services)
    {
        var path = $"{services[0].Path}.owns.{store}";
        var (database, owner) = (Quoted(ObjectNames.Label(store)), Quoted(ownerName));
        ArtifactLine Line(string text, ArtifactRule rule, string? at = null) => new(text, new Origin(at ?? path, rule));

        yield return Line("\\set ON_ERROR_STOP on", ArtifactRules.EnginePlace);
        yield return Line(IfMissing($"CREATE ROLE {owner} NOLOGIN", "pg_roles", "rolname", ownerName), ArtifactRules.StoreOwner);
        yield return Line($"GRANT {owner} TO CURRENT_USER;", ArtifactRules.StoreOwner);
        yield return Line(IfMissing($"CREATE DATABASE {database} OWNER {owner} ENCODING 'UTF8' TEMPLATE template0", "pg_database", "datname", ObjectNames.Label(store)), ArtifactRules.EnginePlace);
        yield return Line($"ALTER DATABASE {database} OWNER TO {owner};", ArtifactRules.StoreOwner);
        yield return Line($"REVOKE ALL ON DATABASE {database} FROM PUBLIC;", ArtifactRules.StoreClosed);
        foreach (var service in services)
        {
            var (role, variable) = (Quoted(RoleOf(service)), $"{service.Label.Replace('-', '_')}_password");
            yield return Line(IfMissing($"CREATE ROLE {role} LOGIN", "pg_roles", "rolname", RoleOf(service)), ArtifactRules.StoreUser, service.Path);
            yield return Line($"GRANT {owner} TO {role};", ArtifactRules.StoreUser, service.Path);
            yield return Line($"ALTER ROLE {role} IN DATABASE {database} SET role = {Literal(ownerName)};", ArtifactRules.StoreUser, service.Path);
            yield return Line($"ALTER ROLE {role} IN DATABASE {database} SET idle_in_transaction_session_timeout = '60s';", ArtifactRules.StoreIdle, service.Path);
            yield return Line($"\\if :{{?{variable}}}", ArtifactRules.EngineUser, service.Path);
            yield return Line($"ALTER ROLE {role} PASSWORD :'{variable}';", ArtifactRules.EngineUser, service.Path);
            yield return Line("\\endif", ArtifactRules.EngineUser, service.Path);
        }

        yield return Line($"\\connect {database}", ArtifactRules.StoreClosed);
        yield return Line("REVOKE ALL ON SCHEMA public FROM PUBLIC;", ArtifactRules.StoreClosed);
        yield return Line($"GRANT ALL ON SCHEMA public TO {owner};", ArtifactRules.StoreOwner);
    }

    /// <summary>The account that a service signs in with.</summary>
    private static string RoleOf(ServicePlan service) => service.Label;

    private static string OwnerOf(SystemPlan system, string store) => ObjectNames.Derived(store, "-owner", taken => system.Services.Any(plan => plan.Label == taken));

    // Neither can be made only when missing, so psql runs what this selects.
    private static string IfMissing(string statement, string catalog, string column, string name) => $"SELECT {Literal(statement)} WHERE NOT EXISTS (SELECT FROM {catalog} WHERE {column} = {Literal(name)}) \\gexec";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
