using Conway.Checks.Tests.Seeded;
using Conway.CodeFacts;
using Conway.Findings;

namespace Conway.Checks.Tests;

/// <summary>What rules say that look at source and manifests, word for word, with their evidence.</summary>
public sealed class CodeFormTests
{
    [Fact]
    public void A_request_whose_source_writes_to_two_services_is_told_with_both_places()
    {
        var system = Two();
        system["payments"] = system.Healthy("payments");
        system["stock"] = system.Healthy("stock");
        var (endpoint, payments, stock) = (Type(system, "orders", "PlaceOrder"), Type(system, "orders", "PaymentsClient"), Type(system, "orders", "IStockApi"));
        system.Source.Outbound(payments, "/charges", inLoop: false, "POST");
        system.Source.Outbound(stock, "/reservations/{}", inLoop: false, "PUT");
        system.Source.UseCase(system.Source.Entry(endpoint, "/orders"), [], [], payments, stock);
        var finding = Only(system, "CW3107");
        Assert.Equal("POST /orders of 'orders' writes to 'payments' and 'stock' in its source, and no saga says how it is undone.", finding.Message);
        Assert.Equal(["orders -> payments POST /charges src/orders/PaymentsClient.cs:1", "orders -> stock PUT /reservations/{} src/orders/IStockApi.cs:1"], finding.Evidence.Select(Said));
        Assert.Equal(new Measure(2, 1, "written services"), finding.Measure);
    }

    [Theory]
    [InlineData("IntegrationEventLogEntry", EntryPointKind.MinimalApi, false)]
    [InlineData("OutboxMessage", EntryPointKind.MinimalApi, false)]
    [InlineData("Clock", EntryPointKind.Program, false)]
    [InlineData("Clock", EntryPointKind.MinimalApi, true)]
    public void An_outbox_may_lie_in_a_library_and_a_program_that_starts_is_no_request(string shared, EntryPointKind kind, bool isTold)
    {
        var system = Two();
        var library = system.Source.Project("src/Common", []);
        system.Source.Type("src/Common", shared, TypeRoles.Entity, project: library, isAlone: true);
        foreach (var service in new[] { "orders", "billing" })
        {
            Type(system, service, service + "Endpoint");
            system.Source.Project($"src/{service}", [], library);
        }

        var (endpoint, message) = (Type(system, "orders", "PlaceOrder"), system.Source.Type("src/orders", "OrderPlaced", TypeRoles.Event));
        system.Source.UseCase(system.Source.Entry(endpoint, "/orders", kind), ["orders"], [message]);
        var found = CheckCatalog.Check(system.Subject(1)).ToArray();
        Assert.Equal(isTold, found.Any(f => f.Code == "CW3107"));
        Assert.Equal(shared == "Clock", found.Any(f => f.Code == "CW3401"));
    }

    [Fact]
    public void A_transaction_around_two_stores_is_told_where_it_begins()
    {
        var system = Two();
        system.Source.Context("src/orders", "OrdersDb", 0, "orders");
        system.Source.Context("src/orders", "AuditDb", 0, "audit");
        var endpoint = Type(system, "orders", "PlaceOrder");
        system.Source.Scope(endpoint, TransactionKind.Scope);
        system.Source.UseCase(system.Source.Entry(endpoint, "/orders"), ["orders", "audit"], []);
        var finding = Only(system, "CW3107");
        Assert.Equal("POST /orders of 'orders' puts its writes to 'OrdersDb' and 'AuditDb' into one transaction: a commit in two phases.", finding.Message);
        Assert.Equal("src/orders/PlaceOrder.cs", finding.Place?.File);
    }

    [Fact]
    public void Equal_entities_of_two_services_are_told_by_name()
    {
        var system = Two();
        foreach (var service in new[] { "billing", "orders" })
        {
            system.Source.Entity($"src/{service}", "Customer", "Id", "Name", "Street", "City");
            system.Source.Entity($"src/{service}", "Address", [.. new[] { "Id", "Street", "City", "Zip" }, .. service == "orders" ? new[] { "Door" } : []]);
        }

        var finding = Only(system, "CW3106");
        Assert.Equal("'billing' and 'orders' both keep 'Customer' and 'Address', with 75 % of the properties of each in common or more.", finding.Message);
        Assert.Equal("Customer of billing src/billing/Customer.cs:1", Said(finding.Evidence[0]));
    }

    [Fact]
    public void A_service_that_reads_most_tables_of_another_is_told_how_many()
    {
        var system = Two();
        system.Tables("orders", "orders", "order_lines", "order_history");
        system.Tables("billing", "bills");
        system.Source.Access(Type(system, "billing", "Reports"), "orders", AccessMode.Read);
        system.Source.Access(Type(system, "billing", "Sums"), "order_lines", AccessMode.Read);
        Assert.Equal("'billing' reads 2 of the 3 tables of 'orders' in its source.", Only(system, "CW3106").Message);
    }

    [Fact]
    public void A_table_that_is_written_elsewhere_is_told_by_both_rules_each_with_its_own_advice()
    {
        var system = Two();
        system.Tables("orders", "orders");
        system.Tables("billing", "bills");
        system.Source.Access(Type(system, "orders", "Place"), "orders", AccessMode.Write);
        foreach (var name in new[] { "Pay", "Refund", "Remind" })
        {
            system.Source.Access(Type(system, "billing", name), "orders", AccessMode.Write);
        }

        Assert.Equal("'orders' owns the table 'orders', and 3 of the 4 places that write it are in 'billing'.", Only(system, "CW3105").Message);
        Assert.Equal("'billing' writes to the table 'orders' of 'orders' in its source, and 3 of the 4 places that write it are in 'billing'.", Only(system, "CW3109").Message);
    }

    [Fact]
    public void A_table_that_nobody_writes_is_a_note()
    {
        var system = Two();
        system.Tables("orders", "orders", "rates");
        system.Source.Access(Type(system, "orders", "Place"), "orders", AccessMode.Write);
        system.Source.Access(Type(system, "billing", "Sums"), "rates", AccessMode.Read);
        var finding = Only(system, "CW3109");
        Assert.Equal((Severity.Info, "'orders' owns the table 'rates', which is read in the source and written nowhere."), (finding.Severity, finding.Message));
    }

    [Fact]
    public void Types_on_the_wrong_side_are_told_with_what_their_move_spares()
    {
        var system = Two();
        var pricing = Type(system, "billing", "Pricing");
        var others = Enumerable.Range(0, 30).Select(i => (Here: Type(system, "billing", $"Bill{i:00}"), There: Type(system, "orders", $"Order{i:00}"))).ToArray();
        foreach (var (here, there) in others)
        {
            system.Source.Calls(pricing, there, 1);
        }

        system.Source.Calls(others[0].Here, others[0].There, 5);
        system.Source.Calls(others[0].Here, others[1].Here, 6);
        system.Source.Calls(pricing, others[0].Here, 2);
        var finding = Only(system, "CW3105");
        Assert.Equal("Moving 1 of 61 types spares 28 of the 35 calls between services in the source: Pricing from 'billing' to 'orders'.", finding.Message);
        Assert.Equal(["Pricing: 30 calls with 'orders', 2 with 'billing' src/billing/Pricing.cs:1"], finding.Evidence.Select(Said));
    }

    [Fact]
    public void A_service_without_telemetry_in_its_projects_is_told_what_it_lacks()
    {
        var system = Two();
        Type(system, "orders", "Place");
        system.Source.Project("src/orders", ["prometheus-net", "Npgsql"]);
        var finding = Only(system, "CW2204");
        Assert.Equal("'orders' gives metrics and sends no traces: no package of its projects does.", finding.Message);
        Assert.Equal("src/orders/orders.csproj", finding.Place?.File);
    }

    [Fact]
    public void Spans_that_are_sent_in_part_are_told_of_the_service_that_sends_them_so()
    {
        var system = Two();
        system.Call("orders", "billing");
        system.Request("gateway POST /orders x20\n  orders POST /orders\n    billing POST /bills");
        system.Torn = ("orders", 1);
        Assert.Equal("'orders' sends its spans in part: 20 of 20 belong to one of its own that never arrived; of those of the other services 0 of 0 do.", Only(system, "CW2204").Message);
    }

    [Fact]
    public void A_repository_without_a_pipeline_is_told_once()
    {
        var system = Two();
        system.IsRepository = true;
        system.Deployed(("k8s/all.yaml", string.Join("\n---\n", new[] { "orders", "billing" }.Select(s => $$"""
            { apiVersion: apps/v1, kind: Deployment, metadata: { name: {{s}} }, spec: { replicas: 2, template: { spec: { containers: [ { name: a, image: "a:1", readinessProbe: {}, resources: { limits: { memory: 1Gi } } } ] } } } }
            """))));
        Assert.Equal("2 workloads of the system are described, and the repository has no pipeline that builds, tests and deploys them.", Only(system, "CW6104").Message);
    }

    [Fact]
    public void Kinds_of_brokers_are_counted_over_packages_and_images()
    {
        var system = Two();
        system.Source.Project("src/orders", ["RabbitMQ.Client", "Confluent.Kafka"]);
        Type(system, "orders", "Place");
        system.Deployed(("compose.yaml", "services:\n  nats: { image: \"nats:2\" }\n  mq: { image: \"apache/activemq-artemis:2.40\" }\n"));
        var finding = Only(system, "CW6103");
        Assert.Equal("4 kinds of brokers for 2 services: kafka (1), rabbitmq (1), activemq, nats.", finding.Message);
        Assert.Contains("orders: package Confluent.Kafka src/orders/orders.csproj:1", finding.Evidence.Select(Said));
    }

    private static Sys Two()
    {
        var system = new Sys(new Random(1), 0);
        system["orders"] = system.Healthy("orders");
        system["billing"] = system.Healthy("billing");
        return system;
    }

    private static int Type(Sys system, string service, string name) => system.Source.Type($"src/{service}", name, isAlone: true);

    private static string Said(Evidence evidence) => evidence.Place is { } place ? $"{evidence.Text} {place.File}:{place.Line}" : evidence.Text;

    private static Finding Only(Sys system, string code) => Assert.Single(CheckCatalog.Check(system.Subject(1)), f => f.Code == code);
}
