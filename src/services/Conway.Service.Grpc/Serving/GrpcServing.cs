using Conway.Grpc;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Conway.Service.Grpc;

/// <summary>Maps methods, each by its path (<c>/demo.v1.Greetings/Get</c>) and to what serves it.</summary>
/// <remarks>What serves a method throws <see cref="GrpcRefusalException"/> to answer with a status, and looks at <see cref="HttpContext.RequestAborted"/>,
/// which ends when the caller goes away, or when its <c>grpc-timeout</c> or the request's deadline passes.</remarks>
public static class GrpcServing
{
    /// <summary>One message in, one out.</summary>
    public static IEndpointConventionBuilder MapGrpcUnary<TRequest, TAnswer>(this IEndpointRouteBuilder app, string method, MessageParser<TRequest> parser, Func<TRequest, HttpContext, Task<TAnswer>> serve)
        where TRequest : class, IMessage<TRequest>
        where TAnswer : class, IMessage<TAnswer>
    {
        return Map(app, method, parser, isOne: true, Serve);

        async IAsyncEnumerable<TAnswer> Serve(IAsyncEnumerable<TRequest> requests, HttpContext context)
        {
            yield return await serve(await OnlyAsync(requests), context);
        }
    }

    /// <summary>One message in, many out.</summary>
    public static IEndpointConventionBuilder MapGrpcServerStream<TRequest, TAnswer>(this IEndpointRouteBuilder app, string method, MessageParser<TRequest> parser, Func<TRequest, HttpContext, IAsyncEnumerable<TAnswer>> serve)
        where TRequest : class, IMessage<TRequest>
        where TAnswer : class, IMessage<TAnswer>
    {
        return Map(app, method, parser, isOne: false, Serve);

        async IAsyncEnumerable<TAnswer> Serve(IAsyncEnumerable<TRequest> requests, HttpContext context)
        {
            await foreach (var answer in serve(await OnlyAsync(requests), context))
                yield return answer;
        }
    }

    /// <summary>Many messages in, one out.</summary>
    public static IEndpointConventionBuilder MapGrpcClientStream<TRequest, TAnswer>(this IEndpointRouteBuilder app, string method, MessageParser<TRequest> parser, Func<IAsyncEnumerable<TRequest>, HttpContext, Task<TAnswer>> serve)
        where TRequest : class, IMessage<TRequest>
        where TAnswer : class, IMessage<TAnswer>
    {
        return Map(app, method, parser, isOne: true, Serve);

        async IAsyncEnumerable<TAnswer> Serve(IAsyncEnumerable<TRequest> requests, HttpContext context)
        {
            yield return await serve(requests, context);
        }
    }

    /// <summary>Many messages in and many out, at the same time.</summary>
    public static IEndpointConventionBuilder MapGrpcDuplex<TRequest, TAnswer>(this IEndpointRouteBuilder app, string method, MessageParser<TRequest> parser, Func<IAsyncEnumerable<TRequest>, HttpContext, IAsyncEnumerable<TAnswer>> serve)
        where TRequest : class, IMessage<TRequest>
        where TAnswer : class, IMessage<TAnswer> =>
        Map(app, method, parser, isOne: false, serve);

    private static IEndpointConventionBuilder Map<TRequest, TAnswer>(
        IEndpointRouteBuilder app, string method, MessageParser<TRequest> parser, bool isOne, Func<IAsyncEnumerable<TRequest>, HttpContext, IAsyncEnumerable<TAnswer>> serve)
        where TRequest : class, IMessage<TRequest>
        where TAnswer : class, IMessage<TAnswer> =>
        app.MapPost(method, context => new ServedCall(context, isOne).ServeAsync(parser, serve)).ExcludeFromDescription();

    private static async Task<TRequest> OnlyAsync<TRequest>(IAsyncEnumerable<TRequest> requests)
        where TRequest : class
    {
        TRequest? only = null;
        await foreach (var request in requests)
            only = only is null ? request : throw new GrpcRefusalException(GrpcStatusCode.Internal, "There is more than one message in the request.");
        return only ?? throw new GrpcRefusalException(GrpcStatusCode.Internal, "There is no message in the request.");
    }
}
