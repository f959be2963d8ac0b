// Enough of MassTransit for messages to have types.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace MassTransit
{
    public interface IConsumer { }
    public interface IConsumer<in T> : IConsumer where T : class { Task Consume(ConsumeContext<T> context); }
    public interface IPublishEndpoint
    {
        Task Publish<T>(T message, CancellationToken cancellationToken = default) where T : class;
        Task Publish(object message, CancellationToken cancellationToken = default);
        Task Publish(object message, Type messageType, CancellationToken cancellationToken = default);
        Task Publish<T>(object values, CancellationToken cancellationToken = default) where T : class;
    }
    public interface ISendEndpoint
    {
        Task Send<T>(T message, CancellationToken cancellationToken = default) where T : class;
        Task Send<T>(object values, CancellationToken cancellationToken = default) where T : class;
    }
    public interface ISendEndpointProvider { Task<ISendEndpoint> GetSendEndpoint(Uri address); }
    public interface IBus : IPublishEndpoint, ISendEndpointProvider { }
    public interface IBusControl : IBus { }
    public interface ConsumeContext : IPublishEndpoint, ISendEndpointProvider { Guid? MessageId { get; } Guid? CorrelationId { get; } CancellationToken CancellationToken { get; } Task RespondAsync<T>(T message) where T : class; }
    public interface ConsumeContext<out T> : ConsumeContext where T : class { T Message { get; } }
    public interface IRequestClient<T> where T : class { Task<Response<R>> GetResponse<R>(T message, CancellationToken cancellationToken = default) where R : class; Task<Response<R>> GetResponse<R>(object values, CancellationToken cancellationToken = default) where R : class; }
    public interface Response<out T> where T : class { T Message { get; } }
}
