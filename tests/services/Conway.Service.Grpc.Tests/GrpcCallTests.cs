using System.Net;
using System.Net.Sockets;
using Conway.Grpc;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Conway.Service.Grpc.Tests;

public sealed class GrpcCallTests
{
    private const string Method = "/test.v1.Echo/Say";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static StringValue Hello => new() { Value = "hello" };

    [Fact]
    public async Task All_four_kinds_of_method_are_served_and_called()
    {
        await using var echo = await SpeakingService.StartAsync(app =>
        {
            app.MapGrpcUnary("/e/One", StringValue.Parser, (StringValue request, HttpContext _) => Task.FromResult(new StringValue { Value = request.Value + "!" }));
            app.MapGrpcServerStream("/e/Down", Int32Value.Parser, (Int32Value request, HttpContext _) => Numbers(request.Value));
            app.MapGrpcClientStream("/e/Up", Int32Value.Parser, async (IAsyncEnumerable<Int32Value> requests, HttpContext _) => new Int32Value { Value = await requests.Select(one => one.Value).SumAsync(Cancel) });
            app.MapGrpcDuplex("/e/Both", Int32Value.Parser, (IAsyncEnumerable<Int32Value> requests, HttpContext _) => requests.Select(one => new Int32Value { Value = one.Value * 2 }));
        });
        var calls = echo.Calls();

        Assert.Equal("hello!", (await calls.UnaryAsync("/e/One", Hello, StringValue.Parser, Cancel)).Value);
        Assert.Equal(new[] { 0, 1, 2 }, await calls.StreamAsync("/e/Down", new Int32Value { Value = 3 }, Int32Value.Parser, Cancel).Select(one => one.Value).ToArrayAsync(Cancel));
        Assert.Equal(3, (await calls.UnaryAsync("/e/Up", Numbers(3), Int32Value.Parser, Cancel)).Value);

        // Each is sent only when the answer to the one before is there: nothing may be held back.
        var next = System.Threading.Channels.Channel.CreateUnbounded<Int32Value>();
        await next.Writer.WriteAsync(new Int32Value { Value = 1 }, Cancel);
        var heard = new List<int>();
        await foreach (var answer in calls.StreamAsync("/e/Both", next.Reader.ReadAllAsync(Cancel), Int32Value.Parser, Cancel))
        {
            heard.Add(answer.Value);
            if (heard.Count == 3)
                next.Writer.Complete();
            else
                await next.Writer.WriteAsync(new Int32Value { Value = answer.Value }, Cancel);
        }

        Assert.Equal([2, 4, 8], heard);
        var large = new string('x', 300_000);
        Assert.Equal(large + "!", (await calls.UnaryAsync("/e/One", new StringValue { Value = large }, StringValue.Parser, Cancel)).Value);
    }

    [Fact]
    public async Task What_a_method_refuses_its_caller_is_told_and_what_fails_says_nothing_of_the_inside()
    {
        await using var echo = await SpeakingService.StartAsync(app =>
        {
            app.MapGrpcUnary<StringValue, Empty>("/e/Refuse", StringValue.Parser, (request, _) => throw new GrpcRefusalException(GrpcStatusCode.NotFound, $"There is no '{request.Value}': ü."));
            app.MapGrpcUnary<StringValue, Empty>("/e/Fail", StringValue.Parser, (_, _) => throw new InvalidOperationException("secret"));
            app.MapGrpcServerStream("/e/Break", StringValue.Parser, (StringValue _, HttpContext _) => Breaking());
        });

        var refused = await Refused(echo.Calls().UnaryAsync("/e/Refuse", Hello, Empty.Parser, Cancel));
        Assert.Equal((GrpcStatusCode.NotFound, "There is no 'hello': ü.", "echo", "/e/Refuse"), (refused.Status, refused.Detail, refused.Callee, refused.Method));
        Assert.Equal("'echo' did not do /e/Refuse: NotFound, There is no 'hello': ü.", refused.Message);
        var failed = await Refused(echo.Calls().UnaryAsync("/e/Fail", Hello, Empty.Parser, Cancel));
        Assert.Equal((GrpcStatusCode.Unknown, "The method failed."), (failed.Status, failed.Detail));
        Assert.Equal(GrpcStatusCode.Unimplemented, (await Refused(echo.Calls().UnaryAsync("/e/None", Hello, Empty.Parser, Cancel))).Status);

        var heard = 0;
        var broken = await Assert.ThrowsAsync<GrpcCallException>(async () =>
        {
            await foreach (var _ in echo.Calls().StreamAsync("/e/Break", Hello, Int32Value.Parser, Cancel))
                heard++;
        });
        Assert.Equal((1, GrpcStatusCode.Aborted, "half way"), (heard, broken.Status, broken.Detail));
    }

    [Fact]
    public async Task A_call_ends_with_its_time_on_both_sides()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TimeSpan? total = null;
        await using var echo = await SpeakingService.StartAsync(app => app.MapGrpcUnary<StringValue, Empty>(Method, StringValue.Parser, async (request, context) =>
        {
            total = request.Value.Length == 0 ? Deadline.Current?.Total : total;
            if (request.Value == "wished")
                begun.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return new Empty();
            }
            finally
            {
                if (request.Value == "wished")
                    ended.SetResult();
            }
        }));

        // Who calls waits no longer, whatever the callee does.
        Assert.Equal(GrpcStatusCode.DeadlineExceeded, (await Refused(echo.Calls(TimeSpan.FromMilliseconds(300)).UnaryAsync(Method, Hello, Empty.Parser, Cancel))).Status);

        // Who is called ends by itself, without a caller that hangs up.
        using var patient = new HttpRequestMessage(HttpMethod.Post, Method) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent([0, 0, 0, 0, 0]) };
        patient.Content.Headers.ContentType = new("application/grpc");
        patient.Headers.Add("grpc-timeout", "1000m");
        using var answer = await echo.Http.SendAsync(patient, Cancel);
        Assert.Equal(["4"], answer.Headers.GetValues("grpc-status"));
        Assert.Equal(TimeSpan.FromSeconds(1), total);

        // Who does not want the answer any more ends it there, too.
        using var wish = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var call = echo.Calls().UnaryAsync(Method, new StringValue { Value = "wished" }, Empty.Parser, wish.Token);
        await begun.Task.WaitAsync(Cancel);
        await wish.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await ended.Task.WaitAsync(Cancel);
    }

    [Fact]
    public async Task A_typed_client_has_address_and_time_from_the_environment_and_what_is_left_of_the_request()
    {
        await using var echo = await SpeakingService.StartAsync(app =>
            app.MapGrpcUnary(Method, StringValue.Parser, (StringValue _, HttpContext context) => Task.FromResult(new StringValue { Value = context.Request.Headers["grpc-timeout"].ToString() })));
        await using var caller = await SpeakingService.StartAsync(
            app => app.MapGrpcUnary("/c/Ask", StringValue.Parser, (StringValue request, HttpContext context) => context.RequestServices.GetRequiredService<EchoClient>().SayAsync(request, context.RequestAborted)),
            builder => builder.AddConwayGrpcClient<EchoClient>("echo"), ("ECHO_URL", echo.Address.ToString()), ("ECHO_TIMEOUT_MS", "45000"));

        Assert.InRange(Parsed(await caller.Calls().UnaryAsync("/c/Ask", Hello, StringValue.Parser, Cancel)), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(45));
        Assert.InRange(Parsed(await caller.Calls(TimeSpan.FromSeconds(20)).UnaryAsync("/c/Ask", Hello, StringValue.Parser, Cancel)), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));

        static TimeSpan Parsed(StringValue text) => GrpcTimeout.TryParse(text.Value, out var time) ? time : TimeSpan.Zero;
    }

    [Fact]
    public async Task A_callee_that_cannot_be_reached_or_speaks_something_else_is_told_apart()
    {
        using var gone = new TcpListener(IPAddress.Loopback, 0);
        gone.Start();
        var port = ((IPEndPoint)gone.LocalEndpoint).Port;
        gone.Stop();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.Equal(GrpcStatusCode.Unavailable, (await Refused(new GrpcCalls(http, "echo").UnaryAsync(Method, Hello, Empty.Parser, Cancel))).Status);

        await using var other = await SpeakingService.StartAsync(app =>
        {
            app.MapPost("/e/Page", () => "a page");
            app.MapPost("/e/Busy", () => Results.StatusCode(503));
            app.MapPost("/e/Empty", (HttpContext context) => { context.Response.ContentType = "application/grpc"; });
            app.MapPost("/e/CutOff", (HttpContext context) =>
            {
                // A text of five bytes, of which none is there.
                context.Response.ContentType = "application/grpc";
                return context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 2, 0x0A, 5 }, Cancel).AsTask();
            });
        });
        Assert.Equal(GrpcStatusCode.Unknown, (await Refused(other.Calls().UnaryAsync("/e/Page", Hello, Empty.Parser, Cancel))).Status);
        Assert.Equal(GrpcStatusCode.Unavailable, (await Refused(other.Calls().UnaryAsync("/e/Busy", Hello, Empty.Parser, Cancel))).Status);
        var silent = await Refused(other.Calls().UnaryAsync("/e/Empty", Hello, Empty.Parser, Cancel));
        Assert.Equal((GrpcStatusCode.Internal, "the answer ended without a status."), (silent.Status, silent.Detail));
        Assert.Equal(GrpcStatusCode.Internal, (await Refused(other.Calls().UnaryAsync("/e/CutOff", Hello, StringValue.Parser, Cancel))).Status);
    }

    [Fact]
    public async Task A_call_that_nobody_catches_is_a_gateway_error_for_who_asked()
    {
        await using var echo = await SpeakingService.StartAsync(app => app.MapGrpcUnary<StringValue, StringValue>(Method, StringValue.Parser, async (request, context) =>
        {
            if (request.Value == "hello")
                throw new GrpcRefusalException(GrpcStatusCode.NotFound, "inside");
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return request;
        }));
        await using var caller = await SpeakingService.StartAsync(
            app =>
            {
                app.MapGet("/ask", async (EchoClient client) => (await client.SayAsync(Hello, Cancel)).Value);
                app.MapGet("/hurry", async (HastyClient client) => (await client.WaitAsync(Cancel)).Value);
                app.MapGrpcUnary("/c/Ask", StringValue.Parser, (StringValue request, HttpContext context) => context.RequestServices.GetRequiredService<EchoClient>().SayAsync(request, context.RequestAborted));
                app.MapGrpcUnary("/c/Hurry", StringValue.Parser, (StringValue _, HttpContext context) => context.RequestServices.GetRequiredService<HastyClient>().WaitAsync(context.RequestAborted));
            },
            builder =>
            {
                builder.AddConwayGrpcClient<EchoClient>("echo");
                builder.AddConwayGrpcClient<HastyClient>("hasty");
            },
            ("ECHO_URL", echo.Address.ToString()), ("HASTY_URL", echo.Address.ToString()), ("HASTY_TIMEOUT_MS", "200"));

        Assert.Equal(HttpStatusCode.BadGateway, (await caller.Http.GetAsync("/ask", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await caller.Http.GetAsync("/hurry", Cancel)).StatusCode);
        var said = await Refused(caller.Calls().UnaryAsync("/c/Ask", Hello, StringValue.Parser, Cancel));
        Assert.Equal((GrpcStatusCode.Unknown, "A service that was needed failed."), (said.Status, said.Detail));
        Assert.Equal(GrpcStatusCode.DeadlineExceeded, (await Refused(caller.Calls().UnaryAsync("/c/Hurry", Hello, StringValue.Parser, Cancel))).Status);
    }

    [Fact]
    public async Task One_port_serves_both_protocols_and_health_in_both()
    {
        var isReady = true;
        await using var service = await SpeakingService.StartAsync(
            app => app.MapGrpcUnary(Method, StringValue.Parser, (StringValue request, HttpContext _) => Task.FromResult(request)),
            builder => builder.Services.AddHealthChecks().AddCheck("store", () => isReady
                ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Healthy() : Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy()));

        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("/health/ready", Cancel)).StatusCode);
        Assert.Equal(1, await Health());
        isReady = false;
        Assert.Equal(2, await Health());
        Assert.Equal(GrpcStatusCode.NotFound, (await Refused(service.Calls().UnaryAsync(GrpcHealth.Check, Hello, Int32Value.Parser, Cancel))).Status);

        using var plain = await service.Http.PostAsync(Method, new ByteArrayContent([]), Cancel);
        Assert.Equal(HttpStatusCode.UpgradeRequired, plain.StatusCode);

        // The answer has the form of a number: field 1, an enum.
        async Task<int> Health() => (await service.Calls().UnaryAsync(GrpcHealth.Check, new Empty(), Int32Value.Parser, Cancel)).Value;
    }

    private static async IAsyncEnumerable<Int32Value> Numbers(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await Task.Yield();
            yield return new Int32Value { Value = number };
        }
    }

    private static async IAsyncEnumerable<Int32Value> Breaking()
    {
        yield return new Int32Value();
        await Task.Yield();
        throw new GrpcRefusalException(GrpcStatusCode.Aborted, "half way");
    }

    private static Task<GrpcCallException> Refused(Task call) => Assert.ThrowsAsync<GrpcCallException>(() => call);

    private sealed class HastyClient(GrpcCalls calls)
    {
        public Task<StringValue> WaitAsync(CancellationToken cancellationToken) => calls.UnaryAsync(Method, new StringValue { Value = "wait" }, StringValue.Parser, cancellationToken);
    }

    private sealed class EchoClient(GrpcCalls calls)
    {
        public Task<StringValue> SayAsync(StringValue request, CancellationToken cancellationToken) => calls.UnaryAsync(Method, request, StringValue.Parser, cancellationToken);
    }
}
