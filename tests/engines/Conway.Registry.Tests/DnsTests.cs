using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Conway.Registry.Dns;
using Conway.Registry.World;

namespace Conway.Registry.Tests;

/// <summary>DNS as <c>dig</c> sees it, and packets that no dig would send.</summary>
public sealed class DnsTests
{
    private static readonly RegistryOptions WithDns = new() { DnsPort = 0, Seed = 1 };

    [Theory]
    [InlineData("orders.service.consul A", "10.0.0.1 10.0.0.2")]
    [InlineData("ORDERS.Service.consul A", "10.0.0.1 10.0.0.2")]
    [InlineData("orders.service.dc1.consul A", "10.0.0.1 10.0.0.2")]
    [InlineData("orders.service.dc1.dc.consul A", "10.0.0.1 10.0.0.2")]
    [InlineData("blue.orders.service.consul A", "10.0.0.1")]
    [InlineData("orders.service.consul AAAA", "fd00::5")]
    [InlineData("orders.service.consul ANY", "10.0.0.1 10.0.0.2 fd00::5")]
    [InlineData("_orders._tcp.service.consul SRV", "1 1 5001 0a000001.addr.dc1.consul. 1 1 5002 0a000002.addr.dc1.consul. 1 1 5005 fd000000000000000000000000000005.addr.dc1.consul.")]
    [InlineData("_orders._blue.service.consul SRV", "1 1 5001 0a000001.addr.dc1.consul.")]
    [InlineData("blue.orders.service.consul SRV", "1 1 5001 0a000001.addr.dc1.consul.")]
    [InlineData("conway.node.consul A", "127.0.0.1")]
    [InlineData("0a000001.addr.dc1.consul A", "10.0.0.1")]
    [InlineData("fd000000000000000000000000000005.addr.dc1.consul AAAA", "fd00::5")]
    [InlineData("away.service.consul A", "db.example.com.")]
    [InlineData("consul NS", "ns.consul.")]
    public async Task Dig_finds_what_is_there(string question, string answers)
    {
        await using var registry = await RunningRegistry.StartAsync(WithDns);
        registry.Engine.Apply(Orders);

        var output = await DigAsync(registry, $"+short {question}");

        Assert.Equal(answers, string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("nobody.service.consul A", "NXDOMAIN")]
    [InlineData("red.orders.service.consul A", "NXDOMAIN")]
    [InlineData("sick.service.consul A", "NXDOMAIN")]
    [InlineData("orders.service.dc2.consul A", "NXDOMAIN")]
    [InlineData("nobody.node.consul A", "NXDOMAIN")]
    [InlineData("0a0000zz.addr.dc1.consul A", "NXDOMAIN")]
    [InlineData("bogus.consul A", "NXDOMAIN")]
    [InlineData("orders.service.consul TXT", "NOERROR")]
    [InlineData("conway.node.consul AAAA", "NOERROR")]
    [InlineData("0a000001.addr.dc1.consul AAAA", "NOERROR")]
    [InlineData("away.service.consul SRV", "NOERROR")]
    public async Task No_such_name_and_no_such_record_are_told_apart_and_both_carry_the_authority(string question, string status)
    {
        await using var registry = await RunningRegistry.StartAsync(WithDns);
        registry.Engine.Apply(Orders);

        var output = await DigAsync(registry, question);

        Assert.Contains($"status: {status}", output, StringComparison.Ordinal);
        if (!question.StartsWith("away", StringComparison.Ordinal)) Assert.Contains("SOA\tns.consul. hostmaster.consul.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_others_are_refused()
    {
        await using var registry = await RunningRegistry.StartAsync(WithDns);

        Assert.Contains("status: REFUSED", await DigAsync(registry, "example.com A"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_srv_answer_brings_the_addresses_along_and_nothing_may_be_cached()
    {
        await using var registry = await RunningRegistry.StartAsync(WithDns);
        registry.Engine.Apply(Orders);

        var output = await DigAsync(registry, "blue.orders.service.consul SRV");

        Assert.Contains("0a000001.addr.dc1.consul. 0\tIN\tA\t10.0.0.1", output, StringComparison.Ordinal);
        Assert.Contains("aa", output.Split("flags:")[1].Split(';')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_too_large_for_a_datagram_is_truncated_and_whole_over_tcp()
    {
        await using var registry = await RunningRegistry.StartAsync(WithDns);
        registry.Engine.Apply(Some.Table([.. Enumerable.Range(1, 200).Select(i => Some.Instance("many", $"many-{i}", 1000 + i) with { Address = $"10.0.0.{i}" })]));

        var cut = await DigAsync(registry, "+ignore +noedns many.service.consul A");
        var whole = await DigAsync(registry, "+short many.service.consul A");

        Assert.Contains(" tc", cut.Split("flags:")[1].Split(';')[0], StringComparison.Ordinal);
        Assert.InRange(cut.Split('\n').Count(line => line.Contains("\tIN\tA\t10.0.0.", StringComparison.Ordinal)), 20, 32);
        Assert.Equal(200, whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count());
    }

    [Fact]
    public async Task The_order_is_shuffled_so_that_the_first_is_not_always_the_same()
    {
        await using var registry = await RunningRegistry.StartAsync(WithDns);
        registry.Engine.Apply(Orders);

        var firsts = new HashSet<string>();
        for (var i = 0; i < 30 && firsts.Count < 2; i++) firsts.Add((await DigAsync(registry, "+short orders.service.consul A")).Split('\n')[0]);

        Assert.Equal(2, firsts.Count);
    }

    [Theory]
    [InlineData("0001 0100 0001 0000 0000 0000 41 61", DnsCode.Malformed)]
    [InlineData("0001 0100 0000 0000 0000 0000", DnsCode.Malformed)]
    [InlineData("0001 0100 0002 0000 0000 0000 00 0001 0001", DnsCode.Malformed)]
    [InlineData("0001 0100 0001 0000 0000 0000 C00C 0001 0001", DnsCode.Malformed)]
    [InlineData("0001 0100 0001 0000 0000 0001 00 0001 0001", DnsCode.Malformed)]
    [InlineData("0001 0100 0001 0000 0000 0001 00 0001 0001 00 0029 1000 00 01 0000 0000", DnsCode.BadVersion)]
    [InlineData("0001 2800 0001 0000 0000 0000 00 0001 0001", DnsCode.NotImplemented)]
    [InlineData("0001 0100 0001 0000 0000 0000 00 0001 0003", DnsCode.Refused)]
    public void A_packet_that_makes_no_sense_gets_its_code(string hex, object code)
    {
        var query = DnsQuery.Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal(code, query!.Fault);
        Assert.Equal(1, query.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0001 0100")]
    [InlineData("0001 8100 0001 0000 0000 0000 00 0001 0001")]
    public void What_is_no_question_is_not_answered(string hex) =>
        Assert.Null(DnsQuery.Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

    [Fact]
    public async Task Seeded_garbage_is_answered_or_dropped_and_the_server_lives_on()
    {
        const int seed = 1035;
        var random = new Random(seed);
        await using var registry = await RunningRegistry.StartAsync(WithDns);
        registry.Engine.Apply(Orders);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(IPAddress.Loopback, registry.Engine.DnsPort!.Value, RunningRegistry.Cancellation);
        byte[] good = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 6, .. "orders"u8, 7, .. "service"u8, 6, .. "consul"u8, 0, 0, 1, 0, 1];

        for (var i = 0; i < 5000; i++)
        {
            var packet = good.ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--) packet[random.Next(packet.Length)] = (byte)random.Next(256);
            var length = random.Next(4) == 0 ? random.Next(packet.Length + 1) : packet.Length;
            // Every reply that is made must itself be well-formed enough to carry the question's id.
            await socket.SendAsync(packet.AsMemory(0, length), RunningRegistry.Cancellation);
        }

        var buffer = new byte[65535];
        BinaryPrimitives.WriteUInt16BigEndian(good, 0xBEEF);
        var deadline = Environment.TickCount64 + 20_000;
        do
        {
            Assert.True(Environment.TickCount64 < deadline, "no answer after the garbage");
            if (socket.Available == 0)
            {
                await socket.SendAsync(good, RunningRegistry.Cancellation);
                await Task.Delay(5, RunningRegistry.Cancellation);
            }
        }
        while (socket.Available == 0 || await socket.ReceiveAsync(buffer, RunningRegistry.Cancellation) < 12 || BinaryPrimitives.ReadUInt16BigEndian(buffer) != 0xBEEF);
        Assert.Equal(0, buffer[3] & 15);
    }

    [Fact]
    public void Seeded_garbage_never_throws_inside_and_every_reply_keeps_to_its_size()
    {
        const int seed = 6891;
        var random = new Random(seed);
        var draft = new Draft(WorldState.Empty, TimeSpan.Zero, new Deadlines<Due>());
        draft.PutNode(new NodeRecord { Name = "conway", Address = "127.0.0.1" });
        draft.ApplyTable("conway", Orders);
        var (world, zone) = (draft.Seal(), new Zone("dc1", random));
        byte[] good = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 6, .. "orders"u8, 7, .. "service"u8, 6, .. "consul"u8, 0, 0, 33, 0, 1, 0, 0, 41, 2, 0, 0, 0, 0, 0, 0, 0];

        var answered = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var packet = good.ToArray();
            for (var changes = random.Next(5); changes > 0; changes--) packet[random.Next(packet.Length)] = (byte)random.Next(256);
            if (DnsQuery.Read(packet.AsSpan(0, random.Next(4) == 0 ? random.Next(packet.Length + 1) : packet.Length)) is not { } query) continue;
            var reply = query.Fault == DnsCode.Success ? zone.Answer(world, query) : DnsReply.Fault(query.Fault);
            Assert.True(DnsWriter.Write(query, reply, query.UdpBytesMax).Length <= query.UdpBytesMax, $"seed {seed}, round {i}");
            if (reply.Answers.Count > 0) answered++;
        }
        Assert.True(answered > 10_000, $"only {answered} answered: the garbage is too far from a question to prove anything");
    }

    [Fact]
    public async Task A_tcp_client_that_sends_half_a_question_and_goes_disturbs_nobody()
    {
        await using var registry = await RunningRegistry.StartAsync(WithDns);
        registry.Engine.Apply(Orders);
        using (var half = new TcpClient())
        {
            await half.ConnectAsync(IPAddress.Loopback, registry.Engine.DnsPort!.Value, RunningRegistry.Cancellation);
            await half.GetStream().WriteAsync(new byte[] { 0, 50, 1 }, RunningRegistry.Cancellation);
        }

        Assert.Contains("10.0.0.1", await DigAsync(registry, "+tcp +short orders.service.consul A"), StringComparison.Ordinal);
    }

    private static InstanceTable Orders => Some.Table(
        Some.Instance("orders", "orders-1", 5001, tags: "blue") with { Address = "10.0.0.1" },
        Some.Instance("orders", "orders-2", 5002, InstanceHealth.Warning) with { Address = "10.0.0.2" },
        Some.Instance("orders", "orders-3", 5003, InstanceHealth.Critical) with { Address = "10.0.0.3" },
        Some.Instance("orders", "orders-5", 5005) with { Address = "fd00::5" },
        Some.Instance("sick", health: InstanceHealth.Critical),
        Some.Instance("away") with { Address = "db.example.com" });

    private static async Task<string> DigAsync(RunningRegistry registry, string question)
    {
        string[] arguments = ["@127.0.0.1", "-p", $"{registry.Engine.DnsPort}", "+time=5", "+tries=2", .. question.Split(' ')];
        var answer = await NpmClient.ExecuteAsync("dig", arguments, Path.GetTempPath(), TimeSpan.FromMinutes(1));
        Assert.True(answer.Code == 0, answer.Said);
        return answer.Said;
    }
}
