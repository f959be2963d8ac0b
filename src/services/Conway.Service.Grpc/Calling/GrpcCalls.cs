using System.Net;
using System.Runtime.CompilerServices;
using Conway.Grpc;
using Google.Protobuf;

namespace Conway.Service.Grpc;

/// <summary>Calls the methods of one callee by gRPC, over an <see cref="HttpClient"/> whose base address is the callee's.</summary>
/// <param name="http">With the address; HTTP/2 is asked for, also in cleartext.</param>
/// <param name="callee">The callee's name, for messages.</param>
/// <param name="timeout">How long one call may take; null for no bound but that of the request it is made for.</param>
/// <param name="time">Measures it; null for the machine's clock.</param>
/// <remarks>The time that is left goes along as <c>grpc-timeout</c>, and ends the call here too. Safe for concurrent calls.
/// Every call that does not end well throws <see cref="GrpcCallException"/>; one that its caller cancels, <see cref="OperationCanceledException"/>.</remarks>
public sealed class GrpcCalls(HttpClient http, string callee, TimeSpan? timeout = null, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>One message there, one back.</summary>
    /// <param name="method"><c>/demo.v1.Greetings/Get</c>.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="parser">Of the answer.</param>
    public Task<TAnswer> UnaryAsync<TAnswer>(string method, IMessage request, MessageParser<TAnswer> parser, CancellationToken cancellationToken)
        where TAnswer : class, IMessage<TAnswer> =>
        OnlyAsync(method, new GrpcContent(request), parser, cancellationToken);

    /// <summary>Many messages there, one back when the last was sent.</summary>
    public Task<TAnswer> UnaryAsync<TAnswer>(string method, IAsyncEnumerable<IMessage> requests, MessageParser<TAnswer> parser, CancellationToken cancellationToken)
        where TAnswer : class, IMessage<TAnswer> =>
        OnlyAsync(method, new GrpcContent(requests), parser, cancellationToken);

    /// <summary>One message there, many back, each as it comes.</summary>
    public IAsyncEnumerable<TAnswer> StreamAsync<TAnswer>(string method, IMessage request, MessageParser<TAnswer> parser, CancellationToken cancellationToken)
        where TAnswer : class, IMessage<TAnswer> =>
        AllAsync(method, new GrpcContent(request), parser, cancellationToken);

    /// <summary>Many messages there and many back, at the same time.</summary>
    public IAsyncEnumerable<TAnswer> StreamAsync<TAnswer>(string method, IAsyncEnumerable<IMessage> requests, MessageParser<TAnswer> parser, CancellationToken cancellationToken)
        where TAnswer : class, IMessage<TAnswer> =>
        AllAsync(method, new GrpcContent(requests), parser, cancellationToken);

    private async Task<TAnswer> OnlyAsync<TAnswer>(string method, GrpcContent content, MessageParser<TAnswer> parser, CancellationToken cancellationToken)
        where TAnswer : class, IMessage<TAnswer>
    {
        using var exchange = await OpenAsync(method, content, cancellationToken);
        var answer = await exchange.NextAsync(parser) ?? throw exchange.Broken("there is no message in the answer.");
        return await exchange.NextAsync(parser) is null ? answer : throw exchange.Broken("there is more than one message in the answer.");
    }

    private async IAsyncEnumerable<TAnswer> AllAsync<TAnswer>(string method, GrpcContent content, MessageParser<TAnswer> parser, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TAnswer : class, IMessage<TAnswer>
    {
        using var exchange = await OpenAsync(method, content, cancellationToken);
        while (await exchange.NextAsync(parser) is { } answer)
            yield return answer;
    }

    private async Task<GrpcExchange> OpenAsync(string method, GrpcContent content, CancellationToken cancellationToken)
    {
        var left = Deadline.Current?.Left is { } request && !(timeout < request) ? request : timeout;
        var message = new HttpRequestMessage(HttpMethod.Post, method) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content };
        message.Headers.TE.ParseAdd("trailers");
        message.Headers.Add("grpc-accept-encoding", "identity,gzip");
        if (left is { } allowed)
            message.Headers.Add("grpc-timeout", GrpcTimeout.Format(allowed));
        var exchange = new GrpcExchange(callee, method, message, left, _time, cancellationToken);
        try
        {
            await exchange.BeginAsync(http);
            return exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }
}
