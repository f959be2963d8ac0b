using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Conway.Wire;

/// <summary>What passes through, unchanged, whoever forwards: the suite for the gateway and for an upstream listener.</summary>
public abstract class ProtocolContract
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Opens a front before one upstream.</summary>
    private protected abstract Task<Front> FrontAsync(string upstreamAddress);

    [Fact]
    public async Task A_web_socket_carries_messages_both_ways_and_closes_properly()
    {
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync("chat");
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer, Cancelled) is { MessageType: not WebSocketMessageType.Close } message)
            {
                await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, Cancelled);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", Cancelled);
        });
        await using var front = await FrontAsync(upstream.Address);
        using var client = new ClientWebSocket();
        client.Options.AddSubProtocol("chat");
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{front.Port}/ws"), Cancelled);
        Assert.Equal("chat", client.SubProtocol);
        for (var i = 0; i < 20; i++)
        {
            var text = Encoding.UTF8.GetBytes($"message {i}");
            await client.SendAsync(text, WebSocketMessageType.Text, true, Cancelled);
            var buffer = new byte[1024];
            var answer = await client.ReceiveAsync(buffer, Cancelled);
            Assert.Equal(text, buffer[..answer.Count]);
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Cancelled);
        Assert.Equal("bye", client.CloseStatusDescription);
    }

    [Fact]
    public async Task Ordinary_grpc_clients_and_servers_meet_with_trailers_deadlines_and_streams_both_ways()
    {
        await using var server = await NpmGrpc.ServeAsync();
        await using var front = await FrontAsync($"127.0.0.1:{server.Port}");

        Assert.Equal("ok", await NpmGrpc.RunAsync("client", front.Port));
    }

    [Fact]
    public async Task A_grpc_client_is_told_in_its_own_words_that_nobody_answers()
    {
        var gone = await Upstream.NamedAsync("gone");
        await gone.DisposeAsync();
        await using var front = await FrontAsync(gone.Address);

        Assert.StartsWith("14 ", await NpmGrpc.RunAsync("status", front.Port), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_2_without_tls_is_served_on_the_same_port()
    {
        await using var upstream = await Upstream.StartAsync(http => http.Response.WriteAsync(http.Request.Protocol));
        await using var front = await FrontAsync(upstream.Address);
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        var answer = await client.GetAsync($"http://127.0.0.1:{front.Port}/", Cancelled);

        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal("HTTP/1.1", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Large_bodies_pass_both_ways_whole_with_and_without_a_length()
    {
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, Cancelled);
            await http.Response.Body.WriteAsync(body.ToArray(), Cancelled);
        });
        await using var front = await FrontAsync(upstream.Address);
        using var client = new HttpClient();
        var bytes = new byte[8_000_000];
        new Random(5).NextBytes(bytes);

        foreach (var chunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{front.Port}/") { Content = new ByteArrayContent(bytes) };
            request.Headers.TransferEncodingChunked = chunked;
            var answer = await client.SendAsync(request, Cancelled);
            Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Cancelled));
        }
    }

    [Fact]
    public async Task What_is_sent_is_passed_on_at_once_and_not_when_it_is_whole()
    {
        var next = new SemaphoreSlim(0);
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            for (var i = 0; i < 3; i++)
            {
                await http.Response.WriteAsync($"part {i};");
                await http.Response.Body.FlushAsync(Cancelled);
                await next.WaitAsync(Cancelled);
            }
        });
        await using var front = await FrontAsync(upstream.Address);
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"http://127.0.0.1:{front.Port}/", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancelled);
        var buffer = new byte[64];
        for (var i = 0; i < 3; i++)
        {
            var count = await stream.ReadAsync(buffer, Cancelled);
            Assert.Equal($"part {i};", Encoding.ASCII.GetString(buffer, 0, count));
            next.Release();
        }
    }

    [Fact]
    public async Task Head_has_the_length_of_the_body_and_no_body()
    {
        await using var upstream = await Upstream.StartAsync(http =>
        {
            http.Response.ContentLength = 1234;
            return Task.CompletedTask;
        });
        await using var front = await FrontAsync(upstream.Address);

        var answer = await RawClient.AskAsync(front.Port, "HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 1234\r\n", answer, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_asks_first_is_told_to_go_on()
    {
        await using var upstream = await Upstream.StartAsync(async http => await http.Response.WriteAsync(await new StreamReader(http.Request.Body).ReadToEndAsync(Cancelled)));
        await using var front = await FrontAsync(upstream.Address);
        using var client = await RawClient.ConnectAsync(front.Port);
        await client.SendAsync("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 100 Continue\r\n", await client.ReceiveAsync("\r\n\r\n"), StringComparison.Ordinal);
        await client.SendAsync("hello");
        var answer = await client.ReceiveAsync();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("hello", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trailers_of_an_answer_are_passed_on()
    {
        await using var upstream = RawUpstream.Echoing("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: x-sum\r\n\r\n4\r\nbody\r\n0\r\nx-sum: 42\r\n\r\n");
        await using var front = await FrontAsync(upstream.Address);
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        var answer = await client.GetAsync($"http://127.0.0.1:{front.Port}/", Cancelled);

        Assert.Equal("42", Assert.Single(answer.TrailingHeaders.GetValues("x-sum")));
    }

    [Fact]
    public async Task Fields_for_this_hop_alone_are_not_passed_on_nor_those_that_connection_names()
    {
        await using var upstream = new RawUpstream((_, stream) => RawUpstream.SayAsync(
            stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close, X-Back\r\nX-Back: 1\r\nKeep-Alive: timeout=5\r\nX-Stay: 2\r\n\r\nok"));
        await using var front = await FrontAsync(upstream.Address);

        var answer = await RawClient.AskAsync(
            front.Port,
            "GET / HTTP/1.1\r\nHost: x\r\nConnection: close, X-Foo, x-bar ,Host\r\nX-Foo: 1\r\nX-Bar: 2\r\nKeep-Alive: 5\r\nProxy-Connection: close\r\nProxy-Authorization: b\r\nTE: gzip\r\nX-Baz: 3\r\n\r\n");

        var head = Assert.Single(upstream.Heads);
        foreach (var gone in (string[])["X-Foo", "X-Bar", "Keep-Alive", "Proxy-", "TE:"])
        {
            Assert.DoesNotContain(gone, head, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("X-Baz: 3\r\n", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Host: x\r\n", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-Back", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Keep-Alive", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Stay: 2", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("close, X-Foo")]
    [InlineData("keep-alive, X-Foo")]
    [InlineData("X-Foo")]
    [InlineData("X-Foo, keep-alive, close")]
    [InlineData("X-Foo,X-Foo\r\nConnection: close")]
    [InlineData("upgrade, X-Foo")]
    [InlineData("X-Foo\r\nConnection: keep-alive")]
    [InlineData("keep-alive\r\nConnection: X-Foo")]
    [InlineData("keep-alive\r\nConnection: X-Foo\r\nConnection: Keep-Alive")]
    [InlineData("close\r\nConnection: X-Foo")]
    [InlineData("TE\r\nConnection: x-foo\r\nConnection: keep-alive")]
    [InlineData("X-Bar\r\nConnection: keep-alive, X-Foo")]
    [InlineData(",, X-Foo ,\r\nConnection: keep-alive")]
    public async Task A_field_that_connection_names_is_removed_whatever_else_it_names(string connection)
    {
        await using var upstream = RawUpstream.Echoing();
        await using var front = await FrontAsync(upstream.Address);
        using var client = await RawClient.ConnectAsync(front.Port);

        await client.SendAsync($"GET / HTTP/1.1\r\nHost: x\r\nConnection: {connection}\r\nX-Foo: 1\r\nX-Baz: 2\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK", await client.ReceiveAsync("ok"), StringComparison.Ordinal);
        Assert.DoesNotContain("X-Foo", upstream.Heads[0], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Baz: 2\r\n", upstream.Heads[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_byte_of_a_header_arrives_as_it_was_sent()
    {
        await using var upstream = RawUpstream.Echoing("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\nX-Text: caf\u00e9 \u00ff\r\n\r\nok");
        await using var front = await FrontAsync(upstream.Address);

        var answer = await RawClient.AskAsync(front.Port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Text: \u00fcml\u00e4ut \u0080\r\nCookie: a=1; b=2\r\n\r\n");

        Assert.Contains("X-Text: \u00fcml\u00e4ut \u0080\r\n", upstream.Heads[0], StringComparison.Ordinal);
        Assert.Contains("Cookie: a=1; b=2\r\n", upstream.Heads[0], StringComparison.Ordinal);
        Assert.Contains("X-Text: caf\u00e9 \u00ff\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_context_of_a_trace_passes()
    {
        await using var upstream = RawUpstream.Echoing();
        await using var front = await FrontAsync(upstream.Address);
        const string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

        await RawClient.AskAsync(front.Port, $"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\ntraceparent: {trace}\r\ntracestate: a=b\r\nbaggage: k=v\r\n\r\n");

        Assert.Contains($"traceparent: {trace}\r\n", upstream.Heads[0], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("tracestate: a=b\r\n", upstream.Heads[0], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("baggage: k=v\r\n", upstream.Heads[0], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_upstream_learns_that_the_client_went_away()
    {
        var (reached, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            http.RequestAborted.Register(() => gone.TrySetResult());
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var front = await FrontAsync(upstream.Address);
        using (var client = await RawClient.ConnectAsync(front.Port))
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
        }

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_in_the_middle_is_not_passed_on_as_whole()
    {
        await using var upstream = RawUpstream.Echoing("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
        await using var front = await FrontAsync(upstream.Address);
        using var client = new HttpClient();

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetStringAsync($"http://127.0.0.1:{front.Port}/", Cancelled));
    }

    [Theory]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc")]
    [InlineData("HTTP/9.9 banana\r\n\r\n")]
    [InlineData("")]
    public async Task An_upstream_that_speaks_no_http_is_answered_502(string nonsense)
    {
        await using var upstream = RawUpstream.Echoing(nonsense);
        await using var front = await FrontAsync(upstream.Address);
        using var client = new HttpClient();

        var answer = await client.PostAsync($"http://127.0.0.1:{front.Port}/", new StringContent("x"), Cancelled);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Connections_are_kept_and_used_again()
    {
        await using var upstream = await Upstream.StartAsync(http => http.Response.WriteAsync(http.Connection.RemotePort.ToString(CultureInfo.InvariantCulture)));
        await using var front = await FrontAsync(upstream.Address);
        using var client = new HttpClient();
        SortedSet<string> ports = [];
        for (var i = 0; i < 10; i++)
        {
            ports.Add(await client.GetStringAsync($"http://127.0.0.1:{front.Port}/", Cancelled));
        }

        Assert.Single(ports);
    }

    /// <summary>What may be read in two ways is refused, and the connection closed so that nothing can hide behind it.</summary>
    [Theory]
    [InlineData("a length and a coding", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("a coding in HTTP/1.0", "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("gzip under chunked", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501")]
    [InlineData("gzip under chunked, two lines", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "501")]
    [InlineData("chunked twice", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("chunked on two lines", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("not chunked at last", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("xchunked", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("no coding", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("identity", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("chunked in quotes", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("a vertical tab before chunked", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("chunked with a parameter", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("a coding of a space before the colon", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("a coding on a folded line", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("a coding before a length", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("a length and an empty coding", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding:\r\n\r\nabcde", "400")]
    [InlineData("a plus sign", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc", "400")]
    [InlineData("a minus sign", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -3\r\n\r\nabc", "400")]
    [InlineData("hexadecimal", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x3\r\n\r\nabc", "400")]
    [InlineData("inner space", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3 3\r\n\r\nabc", "400")]
    [InlineData("a list of lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc", "400")]
    [InlineData("two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", "400")]
    [InlineData("one length twice", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", "400")]
    [InlineData("a length beyond 64 bits", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\nabc", "400")]
    [InlineData("space before the colon", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\nabc", "400")]
    [InlineData("a folded line", "GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n two\r\n\r\n", "400")]
    [InlineData("a NUL", "GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\0\r\n\r\n", "400")]
    [InlineData("a bare CR", "GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r2\r\n\r\n", "400")]
    [InlineData("bare LF after the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n", "400")]
    [InlineData("bare LF after a header", "GET / HTTP/1.1\r\nHost: x\nX-A: 1\r\n\r\n", "400")]
    [InlineData("bare LF at the end of the head", "GET / HTTP/1.1\r\nHost: x\r\n\n", "400")]
    [InlineData("no Host", "GET / HTTP/1.1\r\n\r\n", "400")]
    [InlineData("two Hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400")]
    [InlineData("another host in the target", "GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n", "400")]
    [InlineData("another port in the target", "GET http://x:81/ HTTP/1.1\r\nHost: x\r\n\r\n", "400")]
    [InlineData("no authority in the target", "GET http:///a HTTP/1.1\r\nHost: x\r\n\r\n", "400")]
    [InlineData("a name in the target", "GET http://me@x/ HTTP/1.1\r\nHost: x\r\n\r\n", "400")]
    [InlineData("a header without a name", "GET / HTTP/1.1\r\nHost: x\r\n: 1\r\n\r\n", "400")]
    [InlineData("a space before the first header", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", "400")]
    [InlineData("a hexadecimal prefix in a chunk", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n", "400")]
    [InlineData("a chunk extension with a bare LF", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;x\nX\r\na\r\n0\r\n\r\n", "400")]
    [InlineData("a chunk longer than it says", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n", "400")]
    public async Task A_request_whose_end_could_be_read_in_two_ways_is_refused(string what, string request, string status)
    {
        await using var upstream = RawUpstream.Echoing();
        await using var front = await FrontAsync(upstream.Address);

        var answer = await RawClient.AskAsync(front.Port, request + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.Single(Regex.Matches(answer, "HTTP/1\\.1 [0-9]{3} "));
        Assert.DoesNotContain(upstream.Heads, h => h.Contains("smuggled", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "405")]
    [InlineData("CONNECT example:443 HTTP/1.1\r\nHost: example:443\r\nConnection: close\r\n\r\n", "405")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400")]
    public async Task What_is_no_request_for_a_path_is_not_forwarded(string request, string status)
    {
        await using var upstream = RawUpstream.Echoing();
        await using var front = await FrontAsync(upstream.Address);

        var answer = await RawClient.AskAsync(front.Port, request);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(status == "405", answer.Contains("\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n", StringComparison.Ordinal));
        Assert.Empty(upstream.Heads);
    }

    /// <summary>RFC 9110 §7.6.2.</summary>
    [Theory]
    [InlineData("OPTIONS", "3", "Max-Forwards: 2\r\n")]
    [InlineData("OPTIONS", "1", "Max-Forwards: 0\r\n")]
    [InlineData("OPTIONS", "007", "Max-Forwards: 6\r\n")]
    [InlineData("OPTIONS", "99999999999999999999", "Max-Forwards: 2147483646\r\n")]
    [InlineData("GET", "0", "Max-Forwards: 0\r\n")]
    public async Task Each_hop_that_options_makes_is_counted_and_of_other_methods_none(string method, string asked, string passed)
    {
        await using var upstream = RawUpstream.Echoing();
        await using var front = await FrontAsync(upstream.Address);

        await RawClient.AskAsync(front.Port, $"{method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nMax-Forwards: {asked}\r\n\r\n");

        Assert.Contains(passed, upstream.Heads[0], StringComparison.OrdinalIgnoreCase);
        Assert.Single(Regex.Matches(upstream.Heads[0], "(?i)max-forwards"));
    }

    [Theory]
    [InlineData("OPTIONS / HTTP/1.1\r\nMax-Forwards: 0", "204")]
    [InlineData("OPTIONS * HTTP/1.1\r\nMax-Forwards: 0", "204")]
    [InlineData("OPTIONS / HTTP/1.1\r\nMax-Forwards: -1", "400")]
    [InlineData("OPTIONS / HTTP/1.1\r\nMax-Forwards: +1", "400")]
    [InlineData("OPTIONS / HTTP/1.1\r\nMax-Forwards:", "400")]
    [InlineData("OPTIONS / HTTP/1.1\r\nMax-Forwards: 1, 2", "400")]
    [InlineData("OPTIONS / HTTP/1.1\r\nMax-Forwards: 1\r\nMax-Forwards: 2", "400")]
    [InlineData("TRACE / HTTP/1.1\r\nMax-Forwards: 5", "405")]
    public async Task A_request_that_is_to_go_no_further_is_answered_here(string request, string status)
    {
        await using var upstream = RawUpstream.Echoing();
        await using var front = await FrontAsync(upstream.Address);

        var answer = await RawClient.AskAsync(front.Port, $"{request}\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(status != "400", answer.Contains("\r\nAllow: ", StringComparison.Ordinal));
        Assert.Equal(status == "204", answer.EndsWith("\r\n\r\n", StringComparison.Ordinal));
        Assert.Empty(upstream.Heads);
    }

    [Fact]
    public async Task An_absolute_target_asks_for_its_path()
    {
        await using var upstream = RawUpstream.Echoing();
        await using var front = await FrontAsync(upstream.Address);

        await RawClient.AskAsync(front.Port, "GET http://x/a/b?c=d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("GET /a/b?c=d HTTP/1.1\r\n", upstream.Heads[0], StringComparison.Ordinal);
    }

    /// <summary>A front and how to take it down.</summary>
    private protected sealed record Front(int Port, IAsyncDisposable Engine) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }
}
