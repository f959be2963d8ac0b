using Conway.Model;
using Conway.Reader.Binding;

namespace Conway.Reader.Rules;

/// <summary>Finds names that make the same variable in a service's environment, and variables that cannot be set.</summary>
/// <remarks>The variables are those of docs/reference/environment.md.</remarks>
internal static class Variables
{
    /// <summary>What a service's own <c>environment:</c> cannot change.</summary>
    private static readonly string[] Fixed = ["HOST", "PORT", "ASPNETCORE_URLS", "CONWAY_RUN"];

    private static readonly string[] Standard =
    [
        .. Fixed, "OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "CONSUL_HTTP_ADDR",
        "CONWAY_REQUEST_BUDGET_MS", "KAFKA_BOOTSTRAP_SERVERS", "SCHEMA_REGISTRY_URL", "VAULT_ADDR", "VAULT_TOKEN", "OIDC_ISSUER",
    ];

    public static void Check(BindSession session, SystemModel model)
    {
        foreach (var (name, service) in model.Services)
        {
            var path = $"services.{name}";
            var made = Standard.ToDictionary(v => v, _ => "Conway itself", StringComparer.Ordinal);
            foreach (var callee in service.Calls.Keys)
            {
                var prefix = Names.ToVariable(callee);
                Claim(session, made, $"{path}.calls.{callee}", $"the call to '{callee}'", [prefix + "_URL", prefix + "_TIMEOUT_MS"]);
            }

            foreach (var external in service.Uses.Distinct(StringComparer.Ordinal))
            {
                Claim(session, made, $"{path}.uses", $"the use of '{external}'", [Names.ToVariable(external) + "_URL"]);
            }

            foreach (var store in service.Owns.Keys)
            {
                var prefix = Names.ToVariable(store);
                Claim(session, made, $"{path}.owns.{store}", $"the store '{store}'", [prefix + "_CONNECTION", prefix + "_URL"]);
            }

            foreach (var variable in service.Environment.Keys.Where(Fixed.Contains))
            {
                var at = $"{path}.environment.{variable}";
                session.Report(ReaderFindings.ReservedVariable, session.Places[at], at, $"Conway sets {variable} itself, so this value is never seen.", $"Remove it, or use another name than {variable}.");
            }
        }
    }

    private static void Claim(BindSession session, Dictionary<string, string> made, string path, string by, string[] variables)
    {
        foreach (var variable in variables)
        {
            if (!made.TryAdd(variable, by))
            {
                session.Report(ReaderFindings.VariableCollision, session.Places[path], path, $"The variable {variable} would stand for {by} and for {made[variable]}.", "Rename one of the two.");
                return;
            }
        }
    }
}
