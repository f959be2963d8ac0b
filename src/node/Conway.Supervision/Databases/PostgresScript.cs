using System.Globalization;
using System.Text;
using Conway.Lowering;

namespace Conway.Supervision.Databases;

/// <summary>What psql is given so that a server has the databases and roles of a plan. Pure; may be run again.</summary>
internal static class PostgresScript
{
    /// <param name="passwordOf">The password of a service.</param>
    public static string Of(IReadOnlyList<PostgresDatabase> databases, Func<string, string> passwordOf)
    {
        var script = new StringBuilder("\\set ON_ERROR_STOP on\nREVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;\n");
        void Line(string text) => script.Append(text).Append('\n');

        foreach (var service in databases.SelectMany(database => database.Services).Distinct())
        {
            Line(IfMissing($"CREATE ROLE {Name(service)} LOGIN", "pg_roles", "rolname", service));
            Line($"ALTER ROLE {Name(service)} PASSWORD {Literal(passwordOf(service))};");
        }

        foreach (var database in databases)
        {
            var (name, owner) = (Name(database.Name), Name(database.Owner));
            Line(IfMissing($"CREATE ROLE {owner} NOLOGIN", "pg_roles", "rolname", database.Owner));
            Line(IfMissing($"CREATE DATABASE {name} OWNER {owner} ENCODING 'UTF8' TEMPLATE template0", "pg_database", "datname", database.Name));
            Line($"ALTER DATABASE {name} OWNER TO {owner};");
            Line($"REVOKE ALL ON DATABASE {name} FROM PUBLIC;");
            foreach (var service in database.Services)
            {
                Line($"GRANT {owner} TO {Name(service)};");
                Line($"ALTER ROLE {Name(service)} IN DATABASE {name} SET role = {Literal(database.Owner)};");
                Line($"ALTER ROLE {Name(service)} IN DATABASE {name} SET idle_in_transaction_session_timeout = '60s';");
            }

            Line($"\\connect {name}");
            Line("REVOKE ALL ON SCHEMA public FROM PUBLIC;");
            Line($"GRANT ALL ON SCHEMA public TO {owner};");
            Line("\\connect postgres");
        }

        var theirs = string.Join(", ", databases.SelectMany(database => database.Services.Select(service => $"({Literal(database.Owner)}, {Literal(service)})")));
        Line(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT format('REVOKE %I FROM %I', owner.rolname, service.rolname)
            FROM pg_auth_members JOIN pg_roles owner ON owner.oid = roleid JOIN pg_roles service ON service.oid = member
            WHERE owner.rolname !~ '^pg_' AND service.rolname !~ '^pg_' AND (owner.rolname, service.rolname) NOT IN ({theirs}) \gexec
            """));
        return script.ToString();
    }

    // Neither can be made only when missing, so psql runs what this selects.
    private static string IfMissing(string statement, string catalog, string column, string name) => $"SELECT {Literal(statement)} WHERE NOT EXISTS (SELECT FROM {catalog} WHERE {column} = {Literal(name)}) \\gexec";

    private static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
