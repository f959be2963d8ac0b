namespace Conway.Lowering.Tests;

public sealed class LowererTests
{
    private const string Two = """
        services:
          orders:
            command: node orders.js
            directory: src/orders
            api: { budget: 800ms }
            owns: { orders-db: {} }
            calls: { catalog: { timeout: 300ms, retries: 2 } }
            environment: { MODE: fast }
            uses: [bank]
          catalog: { command: ./catalog, replicas: 2 }
        externals: { bank: "https://api.bank.example/v1" }
        gateway: { routes: [ { path: "/api/orders/**", to: orders, retries: 1 } ] }
        """;

    [Fact]
    public void The_environment_is_the_one_of_the_contract()
    {
        var plan = Some.Plan(Two);
        var orders = plan.Services["orders"];
        var variables = ReplicaEnvironment.Of(plan, orders, orders.Replicas[0], orders.Replicas[0].Port).Select(v => $"{v.Name}={v.Value} ({v.From})");
        Assert.Equal(
        [
            "ASPNETCORE_URLS=http://127.0.0.1:20004 (platform)",
            "BANK_URL=https://api.bank.example/v1 (use of bank)",
            "CATALOG_TIMEOUT_MS=900 (call catalog)",
            "CATALOG_URL=http://127.0.0.1:20006 (call catalog)",
            "CONSUL_HTTP_ADDR=127.0.0.1:20003 (platform)",
            "CONWAY_INSTANCE=orders-1 (platform)",
            "CONWAY_REQUEST_BUDGET_MS=800 (api.budget)",
            "CONWAY_RUN=r-1 (platform)",
            "HOST=127.0.0.1 (platform)",
            "MODE=fast (environment)",
            "ORDERS_DB_CONNECTION=Data Source=/sys/.conway/stores/orders-db.db (store orders-db)",
            "ORDERS_DB_URL=file:///sys/.conway/stores/orders-db.db (store orders-db)",
            "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:20002 (platform)",
            "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf (platform)",
            "OTEL_RESOURCE_ATTRIBUTES=service.namespace=test,service.instance.id=orders-1 (platform)",
            "OTEL_SERVICE_NAME=orders (platform)",
            "PORT=20004 (platform)",
        ], variables);
    }

    [Fact]
    public void A_call_has_a_listener_whose_budget_covers_all_attempts_unless_one_is_written()
    {
        var listener = Assert.Single(Some.Plan(Two).Listeners);
        Assert.Equal(("orders", "catalog", 2), (listener.Caller, listener.Callee, listener.Retries));
        Assert.Equal(TimeSpan.FromMilliseconds(300), listener.AttemptTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(900), listener.Budget);
        Assert.Equal(TimeSpan.FromMilliseconds(800), listener.RequestBudget);
        var written = Assert.Single(Some.Plan(Two.Replace("retries: 2", "retries: 2, budget: 500ms", StringComparison.Ordinal)).Listeners);
        Assert.Equal(TimeSpan.FromMilliseconds(500), written.Budget);
    }

    [Fact]
    public void A_route_waits_as_long_as_the_service_may_take()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(800), Assert.Single(Some.Plan(Two).Routes).AttemptTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(1600), Assert.Single(EngineTables.Routes(Some.Plan(Two), new LiveEndpoints(Conway.Model.NameMap<Conway.Model.ValueList<Conway.Traffic.Endpoint>>.Empty)).Routes).Timeout);
    }

    [Fact]
    public void Services_that_require_each_other_in_a_circle_do_not_wait_for_each_other()
    {
        var plan = Some.Plan("""
            services:
              a: { command: x, calls: { b: { required: true } } }
              b: { command: x, calls: { c: { required: true } } }
              c: { command: x, calls: { b: { required: true }, d: { required: true } } }
              d: { command: x }
            """);
        Assert.Equal(["b"], plan.Services["a"].WaitsFor);
        Assert.Empty(plan.Services["b"].WaitsFor);
        Assert.Equal(["d"], plan.Services["c"].WaitsFor);
    }

    [Fact]
    public void A_project_without_a_file_is_left_out_and_told()
    {
        var (plan, findings) = Some.Lowered("services: { a: { project: src/A }, b: { command: x } }");
        Assert.Equal(["b"], plan.Services.Keys);
        Assert.Equal("CW7001 'a' is left out: there is no project file in 'src/A'.", Assert.Single(findings).ToString());
    }

    [Fact]
    public void A_store_in_postgresql_is_a_database_of_the_one_server_and_its_service_signs_in_as_itself()
    {
        var plan = Some.Plan("""
            database: postgresql
            services:
              orders: { command: x, owns: [orders-db, orders-log] }
              orders-db-owner: { command: x, owns: { kept: { engine: sqlite } } }
            """);
        var port = plan.Postgres!.Port;
        Assert.Equal(["orders-db owner_2adfdbb6f02becbf: orders"], plan.Postgres.Databases.Take(1).Select(d => $"{d.Name} {d.Owner[..22]}: {string.Join(',', d.Services)}"));
        Assert.Equal(new PostgresDatabase("orders-log", "orders-log-owner", ["orders"]), plan.Postgres.Databases[1]);
        var password = PostgresStores.Password("", "orders");
        Assert.Matches("^[0-9a-f]{48}$", password);
        Assert.NotEqual(password, PostgresStores.Password("", "catalog"));
        Assert.NotEqual(password, PostgresStores.Password("other", "orders"));
        Assert.Equal(new VariablePlan("ORDERS_LOG_CONNECTION", $"Host=127.0.0.1;Port={port};Database=orders-log;Username=orders;Password={password}", "store orders-log", Masked: true), Variable("orders", "ORDERS_LOG_CONNECTION"));
        Assert.Equal(new VariablePlan("ORDERS_LOG_URL", $"postgres://orders:{password}@127.0.0.1:{port}/orders-log", "store orders-log", Masked: true), Variable("orders", "ORDERS_LOG_URL"));
        Assert.Equal("Data Source=/sys/.conway/stores/kept.db", Variable("orders-db-owner", "KEPT_CONNECTION")!.Value);
        Assert.DoesNotContain(password, RunPlanText.Write(plan), StringComparison.Ordinal);

        VariablePlan? Variable(string service, string name) => plan.Services[service].Environment.SingleOrDefault(v => v.Name == name);
    }

    [Fact]
    public void A_store_that_a_run_does_not_have_sets_nothing_and_is_told_unless_somebody_says_where_it_is()
    {
        var (plan, findings) = Some.Lowered("""
            services:
              a: { command: x, owns: { cache: { engine: redis }, log: { engine: event-store }, kept: { engine: sqlite } }, environment: { CACHE_URL: "redis://127.0.0.1:6379" } }
            """);
        Assert.Equal(["CACHE_URL", "KEPT_CONNECTION", "KEPT_URL"], plan.Services["a"].Environment.Select(v => v.Name).Where(n => n.EndsWith("_URL", StringComparison.Ordinal) || n.EndsWith("_CONNECTION", StringComparison.Ordinal)));
        Assert.Null(plan.Postgres);
        var told = Assert.Single(findings);
        Assert.Equal("CW7003 'log' has the engine event-store, which a run does not start, so 'a' gets neither LOG_CONNECTION nor LOG_URL.", told.ToString());
        Assert.Equal("Start one yourself and write LOG_URL or LOG_CONNECTION into 'environment' of 'a', or choose the engine sqlite or postgresql.", told.Mend);
    }

    [Fact]
    public void The_printed_plan_shows_no_secret()
    {
        var plan = Some.Lowered("services: { a: { command: x, environment: { KEY: \"k-${secret:api}\" } } }", secrets: new Dictionary<string, string> { ["api"] = "s3cr3t" }).Plan;
        Assert.Contains(plan.Services["a"].Environment, v => v.Value == "k-s3cr3t");
        var text = RunPlanText.Write(plan);
        Assert.DoesNotContain("s3cr3t", text, StringComparison.Ordinal);
        Assert.Contains("\"value\": \"***\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_model_and_facts_give_the_same_plan_to_the_letter()
    {
        Assert.Equal(Some.Plan(Two), Some.Plan(Two));
        Assert.Equal(RunPlanText.Write(Some.Plan(Two)), RunPlanText.Write(Some.Plan(Two)));
    }
}
