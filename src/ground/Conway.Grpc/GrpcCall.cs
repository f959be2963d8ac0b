using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Conway.Grpc;

/// <summary>One unary call as its handler sees it.</summary>
/// <param name="Message">The request message, decompressed. Rented: valid until the handler returns, copy what must live longer.</param>
/// <param name="Headers">The caller's metadata, names in lower case.</param>
/// <param name="TimeLeft">What the caller's <c>grpc-timeout</c> allows, counted from arrival. Unset: the caller waits for ever.</param>
/// <param name="Cancelled">Ends when the caller goes away or its time runs out.</param>
[SuppressMessage("Performance", "CA1815", Justification = "A bundle of arguments; nobody compares calls.")]
public readonly record struct GrpcCall(ReadOnlyMemory<byte> Message, IHeaderDictionary Headers, TimeSpan? TimeLeft, CancellationToken Cancelled);

/// <summary>Answers one unary call.</summary>
public delegate ValueTask<GrpcReply> GrpcUnaryHandler(GrpcCall call);
