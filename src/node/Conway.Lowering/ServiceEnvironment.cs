using System.Globalization;
using Conway.Model;

namespace Conway.Lowering;

/// <summary>The variables every replica of a service gets; the contract is docs/reference/environment.md.</summary>
internal static class ServiceEnvironment
{
    /// <summary>Set for each replica by the one who starts it, and by nobody else.</summary>
    private static readonly HashSet<string> Reserved = ["HOST", "PORT", "ASPNETCORE_URLS", "CONWAY_RUN", "CONWAY_INSTANCE"];

    public static ValueList<VariablePlan> Of(
        string name, Service service, SystemModel model, LoweringFacts facts, PlatformPlan platform, ValueList<StorePlan> stores)
    {
        var variables = new SortedDictionary<string, VariablePlan>(StringComparer.Ordinal);
        void Set(string variable, string value, string from, bool masked = false) => variables[variable] = new VariablePlan(variable, value, from, masked);

        Set("OTEL_SERVICE_NAME", name, "platform");
        Set("OTEL_EXPORTER_OTLP_ENDPOINT", Loopback(platform.OtlpPort), "platform");
        Set("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "platform");
        Set("CONSUL_HTTP_ADDR", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{platform.RegistryPort}"), "platform");
        if (service.Api.Budget is { } budget)
        {
            Set("CONWAY_REQUEST_BUDGET_MS", Milliseconds(budget), "api.budget");
        }

        foreach (var (callee, call) in service.Calls.Where(c => model.Services.ContainsKey(c.Key)))
        {
            var variable = Names.ToVariable(callee);
            var attempt = call.Timeout ?? call.Budget ?? service.Api.Budget;
            Set($"{variable}_URL", Loopback(facts.Ports[PortKeys.Listener(name, callee)]), $"call {callee}");
            if ((call.Budget ?? attempt * (call.Retries + 1)) is { } all)
            {
                Set($"{variable}_TIMEOUT_MS", Milliseconds(all), $"call {callee}");
            }
        }

        foreach (var external in service.Uses.Where(model.Externals.ContainsKey))
        {
            Set($"{Names.ToVariable(external)}_URL", model.Externals[external].Address, $"use of {external}");
        }

        foreach (var store in stores)
        {
            var variable = Names.ToVariable(store.Name);
            if (store.File is { } file)
            {
                Set($"{variable}_CONNECTION", $"Data Source={file}", $"store {store.Name}");
                Set($"{variable}_URL", new UriBuilder("file", "") { Path = file }.Uri.AbsoluteUri, $"store {store.Name}");
            }
            else if (store.Address is { } address)
            {
                // Only what may stand in an address as it is: names of the model, and hexadecimal digits.
                var password = PostgresStores.Password(facts.PostgresSecret, name);
                Set($"{variable}_CONNECTION", string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={facts.Ports[PortKeys.Postgres]};Database={store.Name};Username={name};Password={password}"), $"store {store.Name}", masked: true);
                Set($"{variable}_URL", $"postgres://{name}:{password}@{address}", $"store {store.Name}", masked: true);
            }
        }

        foreach (var (variable, value) in service.Environment.Where(v => !Reserved.Contains(v.Key)))
        {
            var (resolved, secret) = SecretReference.Resolve(value, facts.Secrets);
            Set(variable, resolved, "environment", secret);
        }

        return [.. variables.Values];
    }

    /// <summary>What one replica has of its own.</summary>
    public static IEnumerable<VariablePlan> OfReplica(RunPlan plan, ServicePlan service, ReplicaPlan replica, int port)
    {
        yield return new("HOST", "127.0.0.1", "platform");
        yield return new("PORT", port.ToString(CultureInfo.InvariantCulture), "platform");
        yield return new("ASPNETCORE_URLS", Loopback(port), "platform");
        yield return new("CONWAY_RUN", plan.Run, "platform");
        yield return new("CONWAY_INSTANCE", replica.Name, "platform");
        if (service.Environment.All(v => v.Name != "OTEL_RESOURCE_ATTRIBUTES"))
        {
            yield return new(
                "OTEL_RESOURCE_ATTRIBUTES",
                $"service.namespace={Uri.EscapeDataString(plan.System)},service.instance.id={Uri.EscapeDataString(replica.Name)}",
                "platform");
        }
    }

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
