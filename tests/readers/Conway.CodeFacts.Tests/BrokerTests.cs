namespace Conway.CodeFacts;

/// <summary>Buses and brokers whose packages are not there: what is handled, taken and sent.</summary>
public sealed class BrokerTests
{
    private static string Project(params string[] packages) =>
        $"""<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup><ItemGroup>{string.Concat(packages.Select(p => $"<PackageReference Include=\"{p}\" />"))}</ItemGroup></Project>""";

    private static string[] Topics(Codebase code) =>
        [.. code.Topics.Select(t => $"{code.Member(t.Member)} {(t.IsSent ? "->" : "<-")} {t.Topic ?? "?"} {t.Library}{(t.Message == Codebase.None ? "" : " " + code.Types[t.Message].Name)} {code.At(t.Place)}")];

    private static string[] Consumers(Codebase code) =>
        [.. code.EntryPoints.Where(e => e.Kind is EntryPointKind.Consumer or EntryPointKind.Hosted).Select(e => $"{e.Kind} {e.Name} {code.Member(e.Member)} {code.At(e.Place)}")];

    private static string[] Handlers(Codebase code) =>
        [.. code.MessageHandlers.Select(h => $"{code.Types[h.Message].Name} {h.Kind} {code.Member(h.Member)} {h.Library} {code.At(h.Place)}")];

    private static string[] Sends(Codebase code) =>
        [.. code.MessageSends.Select(s => $"{code.Member(s.Member)} {s.Kind} {code.Types[s.Message].Name} {code.At(s.Place)}{(s.OutOfProcess ? " out" : "")}")];

    private const string Wolverine = """
        using Wolverine;
        namespace Shop;
        public record PlaceOrder(int Id);
        public record OrderPlaced(int Id);
        public record Unheard(int Id);
        public class PlaceOrderHandler
        {
            public OrderPlaced Handle(PlaceOrder command, ILogger log) => new(command.Id);
            private void Handle(Unheard no) { }
            public void Help(Unheard no) { }
        }
        public static class MailConsumer
        {
            public static Task ConsumeAsync(OrderPlaced placed, CancellationToken stop) => Task.CompletedTask;
        }
        public class Sender(IMessageBus bus)
        {
            public async Task Go() { await bus.InvokeAsync(new PlaceOrder(1)); await bus.PublishAsync(new OrderPlaced(2)); await bus.SendAsync(new Unheard(3)); }
        }
        """;

    [Fact]
    public void Wolverine_finds_handlers_by_their_names_and_a_bus_invokes_publishes_and_sends()
    {
        var code = Some.Files(("a.csproj", Project("WolverineFx")), ("a.cs", Wolverine));
        Assert.Equal(["OrderPlaced Bus MailConsumer.ConsumeAsync Wolverine a.cs:14", "PlaceOrder Request PlaceOrderHandler.Handle Wolverine a.cs:8"], Handlers(code).Order());
        Assert.Equal(["Sender.Go Request PlaceOrder a.cs:18", "Sender.Go Bus OrderPlaced a.cs:18 out", "Sender.Go Bus Unheard a.cs:18 out"], Sends(code));
        Assert.Equal(["Consumer OrderPlaced → MailConsumer MailConsumer.ConsumeAsync a.cs:14"], Consumers(code));
    }

    [Fact]
    public void Without_wolverine_a_name_alone_makes_no_handler() =>
        Assert.Empty(Some.Files(("a.csproj", Project()), ("a.cs", Wolverine)).MessageHandlers);

    [Fact]
    public void What_wolverine_is_told_to_ignore_is_ignored()
    {
        var code = Some.Files(("a.csproj", Project("WolverineFx.Http")), ("a.cs", """
            public record A; public record B;
            [WolverineIgnore] public class OneHandler { public void Handle(A a) { } }
            public class TwoHandler { [WolverineIgnore] public void Handle(A a) { } public void Handle(B b) { } public void Handle(string s) { } public void Handle(List<A> all) { } }
            """));
        Assert.Equal(["B Bus TwoHandler.Handle Wolverine a.cs:3"], Handlers(code));
    }

    [Fact]
    public void Topics_of_kafka_are_those_that_clients_name()
    {
        var code = Some.Files(("a.csproj", Project("Confluent.Kafka")), ("a.cs", """
            using Confluent.Kafka;
            public class Order { }
            public class Names { public const string Orders = "orders.placed"; }
            public class Worker(ConsumerConfig config, IConfiguration settings) : BackgroundService
            {
                protected override Task ExecuteAsync(CancellationToken stop)
                {
                    using var consumer = new ConsumerBuilder<Ignore, string>(config).Build();
                    consumer.Subscribe(Names.Orders);
                    consumer.Subscribe(new[] { "a", "b" });
                    consumer.Subscribe(["c"]);
                    consumer.Subscribe(settings["Topic"]);
                    while (!stop.IsCancellationRequested) { var result = consumer.Consume(stop); }
                    return Task.CompletedTask;
                }
            }
            public class Sender(IProducer<Null, Order> producer)
            {
                public async Task Go(Order order) { await producer.ProduceAsync(Names.Orders, new Message<Null, Order> { Value = order }); producer.Produce("b", new() { Value = order }, r => { }); }
            }
            """));
        Assert.Equal(
            [
                "Sender.Go -> b Kafka Order a.cs:19", "Sender.Go -> orders.placed Kafka Order a.cs:19",
                "Worker.ExecuteAsync <- orders.placed Kafka a.cs:9", "Worker.ExecuteAsync <- a Kafka a.cs:10", "Worker.ExecuteAsync <- b Kafka a.cs:10", "Worker.ExecuteAsync <- c Kafka a.cs:11", "Worker.ExecuteAsync <- ? Kafka a.cs:12",
            ], Topics(code));

        // The service waits for messages: it is no job of its own beside them.
        Assert.Equal(["?", "a", "b", "c", "orders.placed"], code.EntryPoints.Where(e => e.Kind == EntryPointKind.Consumer).Select(e => e.Name.Split(" → ")[0]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(code.EntryPoints, e => e.Kind == EntryPointKind.Hosted);
    }

    [Fact]
    public void A_subscription_to_anything_else_than_kafka_is_none() =>
        Assert.Empty(Some.Code("""
            using System;
            class A { void M(IObservable<int> o, IObserver<int> i) { o.Subscribe(i); } }
            """).Topics);

    [Fact]
    public void Queues_and_exchanges_of_rabbitmq_are_those_that_channels_name()
    {
        var code = Some.Files(("a.csproj", Project("RabbitMQ.Client")), ("a.cs", """
            using RabbitMQ.Client; using RabbitMQ.Client.Events;
            public class Taker(IChannel channel)
            {
                public async Task Start() { var consumer = new AsyncEventingBasicConsumer(channel); await channel.BasicConsumeAsync("mails", autoAck: false, consumer: consumer); }
                public void Old(IModel model) => model.BasicConsume(queue: "old", autoAck: true, consumer: null);
            }
            public class Giver(IChannel channel, string anywhere)
            {
                public async Task Go(byte[] body)
                {
                    await channel.BasicPublishAsync(exchange: "", routingKey: "mails", body: body);
                    await channel.BasicPublishAsync("shop", "order.placed", body);
                    await channel.BasicPublishAsync(exchange: "news", routingKey: string.Empty, body: body);
                    await channel.BasicPublishAsync(anywhere, "x", body);
                }
            }
            """));
        Assert.Equal(
            [
                "Giver.Go -> mails RabbitMQ a.cs:11", "Giver.Go -> shop/order.placed RabbitMQ a.cs:12", "Giver.Go -> news RabbitMQ a.cs:13", "Giver.Go -> ? RabbitMQ a.cs:14",
                "Taker.Start <- mails RabbitMQ a.cs:4", "Taker.Old <- old RabbitMQ a.cs:5",
            ], Topics(code));
        Assert.Equal(["Consumer mails → Taker.Start Taker.Start a.cs:4", "Consumer old → Taker.Old Taker.Old a.cs:5"], Consumers(code));
    }

    [Fact]
    public void Cap_subscribes_methods_by_an_attribute_and_publishes_by_name()
    {
        var code = Some.Files(("a.csproj", Project("DotNetCore.CAP")), ("a.cs", """
            using DotNetCore.CAP;
            public record OrderPlaced(int Id);
            public class Listener : ICapSubscribe
            {
                [CapSubscribe("orders.placed")] public Task OnPlaced(OrderPlaced placed) => Task.CompletedTask;
                [CapSubscribe("raw")] public void OnRaw(string text) { }
            }
            public class Sender(ICapPublisher cap)
            {
                public async Task Go() { await cap.PublishAsync("orders.placed", new OrderPlaced(1)); cap.Publish("raw", "text"); await cap.PublishDelayAsync(TimeSpan.FromSeconds(3), "later", new OrderPlaced(2)); }
            }
            """));
        Assert.Equal(["OrderPlaced Bus Listener.OnPlaced CAP a.cs:5"], Handlers(code));
        Assert.Equal(
            [
                "Listener.OnPlaced <- orders.placed CAP OrderPlaced a.cs:5", "Listener.OnRaw <- raw CAP a.cs:6",
                "Sender.Go -> later CAP OrderPlaced a.cs:10", "Sender.Go -> orders.placed CAP OrderPlaced a.cs:10", "Sender.Go -> raw CAP a.cs:10",
            ], Topics(code));
        Assert.Equal(["Consumer orders.placed → Listener.OnPlaced Listener.OnPlaced a.cs:5", "Consumer raw → Listener.OnRaw Listener.OnRaw a.cs:6"], Consumers(code));
        Assert.All(code.MessageSends, s => Assert.Equal((MessageKind.Bus, "OrderPlaced"), (s.Kind, code.Types[s.Message].Name)));
    }

    [Fact]
    public void Rebus_and_nservicebus_share_the_interface_of_handlers()
    {
        var code = Some.Files(("a.csproj", Project("Rebus")), ("a.cs", """
            using Rebus.Bus; using Rebus.Handlers;
            public record Shipped(int Id);
            public class Billing : IHandleMessages<Shipped> { public Task Handle(Shipped message) => Task.CompletedTask; }
            public class Sender(IBus bus) { public Task Go() => bus.Publish(new Shipped(1)); }
            """));
        Assert.Equal(["Shipped Bus Billing.Handle NServiceBus a.cs:3"], Handlers(code));
        Assert.Equal(["Sender.Go Bus Shipped a.cs:4 out"], Sends(code));
    }
}
