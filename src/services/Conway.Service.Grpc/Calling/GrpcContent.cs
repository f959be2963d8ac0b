using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Conway.Grpc;
using Google.Protobuf;

namespace Conway.Service.Grpc;

/// <summary>Messages as the body of a request, each sent when it is there.</summary>
internal sealed class GrpcContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Type = new("application/grpc");

    private readonly IMessage? _only;
    private readonly IAsyncEnumerable<IMessage>? _many;

    public GrpcContent(IMessage only) : this() => _only = only;

    public GrpcContent(IAsyncEnumerable<IMessage> many) : this() => _many = many;

    private GrpcContent() => Headers.ContentType = Type;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var body = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        if (_only is not null)
        {
            GrpcFrame.Write(body, _only.ToByteArray(), gzip: false);
            await body.FlushAsync(cancellationToken);
            return;
        }

        // The callee may answer before the first message, so it must hear of the call at once.
        await stream.FlushAsync(cancellationToken);
        await foreach (var message in _many!.WithCancellation(cancellationToken))
        {
            GrpcFrame.Write(body, message.ToByteArray(), gzip: false);
            await body.FlushAsync(cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
