// Enough of MediatR for requests, their answers and their handlers to have types.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace MediatR
{
    public interface IBaseRequest { }
    public interface IRequest : IBaseRequest { }
    public interface IRequest<out R> : IBaseRequest { }
    public interface IStreamRequest<out R> { }
    public interface INotification { }
    public struct Unit { public static readonly Unit Value; public static Task<Unit> Task => null; }
    public interface ISender
    {
        Task<R> Send<R>(IRequest<R> request, CancellationToken cancellationToken = default);
        Task Send<T>(T request, CancellationToken cancellationToken = default) where T : IRequest;
        Task<object> Send(object request, CancellationToken cancellationToken = default);
        IAsyncEnumerable<R> CreateStream<R>(IStreamRequest<R> request, CancellationToken cancellationToken = default);
    }
    public interface IPublisher
    {
        Task Publish(object notification, CancellationToken cancellationToken = default);
        Task Publish<T>(T notification, CancellationToken cancellationToken = default) where T : INotification;
    }
    public interface IMediator : ISender, IPublisher { }
    public interface IRequestHandler<in T, R> where T : IRequest<R> { Task<R> Handle(T request, CancellationToken cancellationToken); }
    public interface IRequestHandler<in T> where T : IRequest { Task Handle(T request, CancellationToken cancellationToken); }
    public interface IStreamRequestHandler<in T, out R> where T : IStreamRequest<R> { IAsyncEnumerable<R> Handle(T request, CancellationToken cancellationToken); }
    public interface INotificationHandler<in T> where T : INotification { Task Handle(T notification, CancellationToken cancellationToken); }
    public delegate Task<R> RequestHandlerDelegate<R>(CancellationToken cancellationToken = default);
    public interface IPipelineBehavior<in T, R> { Task<R> Handle(T request, RequestHandlerDelegate<R> next, CancellationToken cancellationToken); }
}
