namespace Conway.Observations;

/// <summary>A span as far as it tells who called whom, and what for.</summary>
public sealed record ObservedSpan
{
    /// <summary>Its trace.</summary>
    public required string Trace { get; init; }

    /// <summary>Its own id, unique within the trace.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the span it is part of; empty when it is the first of its trace.</summary>
    public string Parent { get; init; } = "";

    /// <summary>Name of the service that sent it; <c>gateway</c> for the gateway.</summary>
    public required string Service { get; init; }

    /// <summary>On which side of a call it stands.</summary>
    public required SpanSide Side { get; init; }

    /// <summary>What was done: <c>GET /products/{id}</c>, <c>orders.Orders/Place</c>, <c>INSERT orders</c>.</summary>
    public required string Operation { get; init; }

    /// <summary><c>http</c>, <c>grpc</c>, <c>sql</c>, <c>redis</c>, or the name of a messaging system such as <c>kafka</c>; empty for work inside one process.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>What a client says it talks to: a service, a host, a database, a topic. Empty when it does not say.</summary>
    public string Peer { get; init; } = "";

    /// <summary>Host and port that a client talks to, <c>db:5432</c>; empty when it does not say. Two databases of one name at two addresses are two.</summary>
    public string Address { get; init; } = "";

    /// <summary>Made by a listener on behalf of <see cref="Service"/>: one attempt of a call, below the call's own span when the service tells of it.</summary>
    public bool IsAttempt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether it failed: marked so, status 5xx, or a gRPC status other than OK.</summary>
    public bool Failed { get; init; }
}

/// <summary>On which side of a call a span stands.</summary>
public enum SpanSide
{
    /// <summary>Work inside one process.</summary>
    Internal,

    /// <summary>Answers a request.</summary>
    Server,

    /// <summary>Makes a request, and waits.</summary>
    Client,

    /// <summary>Hands a message to a broker.</summary>
    Producer,

    /// <summary>Takes a message from a broker.</summary>
    Consumer,
}
