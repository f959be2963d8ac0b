namespace Conway.Checks.Sources;

/// <summary>What kind of store or broker a package of .NET or an image stands for.</summary>
internal static class Technologies
{
    // The longest name that fits counts: MassTransit.RabbitMQ, not MassTransit.
    private static readonly (string Package, string Kind)[] StorePackages =
    [
        ("Microsoft.EntityFrameworkCore.SqlServer", "sqlserver"), ("Microsoft.Data.SqlClient", "sqlserver"), ("System.Data.SqlClient", "sqlserver"), ("Aspire.Microsoft.EntityFrameworkCore.SqlServer", "sqlserver"),
        ("Microsoft.EntityFrameworkCore.Sqlite", "sqlite"), ("Microsoft.Data.Sqlite", "sqlite"), ("System.Data.SQLite", "sqlite"),
        ("Npgsql", "postgresql"), ("Aspire.Npgsql", "postgresql"), ("Marten", "postgresql"), ("MySql", "mysql"), ("MySqlConnector", "mysql"), ("Pomelo.EntityFrameworkCore.MySql", "mysql"),
        ("Oracle.ManagedDataAccess", "oracle"), ("Oracle.EntityFrameworkCore", "oracle"), ("MongoDB.Driver", "mongodb"), ("MongoDB.EntityFrameworkCore", "mongodb"), ("Aspire.MongoDB", "mongodb"),
        ("StackExchange.Redis", "redis"), ("Microsoft.Extensions.Caching.StackExchangeRedis", "redis"), ("Aspire.StackExchange.Redis", "redis"), ("Microsoft.Azure.Cosmos", "cosmos"),
        ("Microsoft.EntityFrameworkCore.Cosmos", "cosmos"), ("CassandraCSharpDriver", "cassandra"), ("Elastic.Clients.Elasticsearch", "elasticsearch"), ("Elasticsearch.Net", "elasticsearch"), ("NEST", "elasticsearch"),
        ("AWSSDK.DynamoDBv2", "dynamodb"), ("RavenDB.Client", "ravendb"), ("LiteDB", "litedb"), ("Neo4j.Driver", "neo4j"), ("EventStore.Client", "event-store"), ("KurrentDB.Client", "event-store"),
        ("FirebirdSql", "firebird"), ("CouchbaseNetClient", "couchbase"), ("InfluxDB.Client", "influxdb"),
    ];

    private static readonly (string Package, string Kind)[] BrokerPackages =
    [
        ("RabbitMQ.Client", "rabbitmq"), ("MassTransit.RabbitMQ", "rabbitmq"), ("EasyNetQ", "rabbitmq"), ("DotNetCore.CAP.RabbitMQ", "rabbitmq"), ("Rebus.RabbitMq", "rabbitmq"), ("NServiceBus.RabbitMQ", "rabbitmq"),
        ("WolverineFx.RabbitMQ", "rabbitmq"), ("Aspire.RabbitMQ", "rabbitmq"), ("Confluent.Kafka", "kafka"), ("MassTransit.Kafka", "kafka"), ("DotNetCore.CAP.Kafka", "kafka"), ("KafkaFlow", "kafka"),
        ("WolverineFx.Kafka", "kafka"), ("Aspire.Confluent.Kafka", "kafka"), ("Azure.Messaging.ServiceBus", "service-bus"), ("Microsoft.Azure.ServiceBus", "service-bus"), ("MassTransit.Azure.ServiceBus.Core", "service-bus"),
        ("NServiceBus.Transport.AzureServiceBus", "service-bus"), ("Azure.Messaging.EventHubs", "event-hubs"), ("AWSSDK.SQS", "sqs"), ("MassTransit.AmazonSQS", "sqs"), ("NATS.Client", "nats"), ("NATS.Net", "nats"),
        ("Google.Cloud.PubSub.V1", "pubsub"), ("Apache.NMS.ActiveMQ", "activemq"), ("MassTransit.ActiveMQ", "activemq"), ("DotPulsar", "pulsar"), ("Pulsar.Client", "pulsar"), ("MQTTnet", "mqtt"),
    ];

    private static readonly (string Image, string Kind)[] StoreImages =
    [
        ("postgres", "postgresql"), ("postgresql", "postgresql"), ("postgis", "postgresql"), ("timescaledb", "postgresql"), ("pgvector", "postgresql"), ("mssql", "sqlserver"), ("azure-sql-edge", "sqlserver"), ("mysql", "mysql"), ("mariadb", "mysql"),
        ("mongo", "mongodb"), ("mongodb", "mongodb"), ("redis", "redis"), ("valkey", "redis"), ("redis-stack", "redis"), ("cassandra", "cassandra"), ("scylla", "cassandra"), ("elasticsearch", "elasticsearch"), ("opensearch", "elasticsearch"),
        ("eventstore", "event-store"), ("kurrentdb", "event-store"), ("dynamodb-local", "dynamodb"), ("ravendb", "ravendb"), ("neo4j", "neo4j"), ("couchbase", "couchbase"), ("cockroach", "postgresql"), ("influxdb", "influxdb"),
    ];

    private static readonly (string Image, string Kind)[] BrokerImages =
    [
        ("rabbitmq", "rabbitmq"), ("kafka", "kafka"), ("cp-kafka", "kafka"), ("redpanda", "kafka"), ("nats", "nats"), ("activemq", "activemq"), ("activemq-artemis", "activemq"), ("pulsar", "pulsar"), ("mosquitto", "mqtt"), ("emqx", "mqtt"), ("elasticmq", "sqs"),
    ];

    private static readonly (string Command, string Kind)[] Runtimes =
    [
        ("dotnet", "dotnet"), ("node", "node"), ("npm", "node"), ("npx", "node"), ("yarn", "node"), ("pnpm", "node"), ("deno", "deno"), ("bun", "bun"),
        ("python", "python"), ("python3", "python"), ("uvicorn", "python"), ("gunicorn", "python"), ("flask", "python"), ("poetry", "python"),
        ("uv", "python"), ("java", "java"), ("mvn", "java"), ("gradle", "java"), ("go", "go"), ("ruby", "ruby"), ("bundle", "ruby"), ("rails", "ruby"),
        ("php", "php"), ("cargo", "rust"), ("elixir", "elixir"), ("mix", "elixir"), ("swift", "swift"), ("perl", "perl"), ("sbt", "scala"),
        ("scala", "scala"), ("erl", "erlang"),
    ];

    /// <summary><c>postgresql</c> for <c>Npgsql.EntityFrameworkCore.PostgreSQL</c>; null for what is no store.</summary>
    public static string? StoreOfPackage(string package) => Of(StorePackages, package);

    /// <summary><c>kafka</c> for <c>Confluent.Kafka</c>; null for what is no broker.</summary>
    public static string? BrokerOfPackage(string package) => Of(BrokerPackages, package);

    /// <summary><c>postgresql</c> for <c>docker.io/library/postgres:17</c>; null for what is no store.</summary>
    public static string? StoreOfImage(string image) => OfImage(StoreImages, image);

    /// <summary><c>rabbitmq</c> for <c>rabbitmq:4-management</c>; null for what is no broker.</summary>
    public static string? BrokerOfImage(string image) => OfImage(BrokerImages, image);

    /// <summary><c>node</c> for <c>node --require ./telemetry.js server.js</c>; null for a program of which nothing is known.</summary>
    public static string? RuntimeOfCommand(string command)
    {
        var first = command.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        var name = first[(first.LastIndexOf('/') + 1)..];
        return Runtimes.FirstOrDefault(r => r.Command.Equals(name, StringComparison.OrdinalIgnoreCase)).Kind;
    }

    private static string? Of((string Package, string Kind)[] known, string package) =>
        known.Where(k => package.Equals(k.Package, StringComparison.OrdinalIgnoreCase) || package.StartsWith(k.Package + ".", StringComparison.OrdinalIgnoreCase)).OrderByDescending(k => k.Package.Length).FirstOrDefault().Kind;

    // mcr.microsoft.com/mssql/server:2022-latest: the name, or the one before it where the last says only what it does.
    private static string? OfImage((string Image, string Kind)[] known, string image)
    {
        var path = image.Split('@')[0].Split('/');
        var last = path[^1].Split(':')[0];
        string?[] names = [last, last is "server" or "edge" or "db" && path.Length > 1 ? path[^2] : null];
        return names.Select(n => known.FirstOrDefault(k => k.Image == n).Kind).FirstOrDefault(k => k is not null);
    }
}
