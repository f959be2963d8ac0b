namespace Conway.CodeFacts;

/// <summary>The container gives an implementation where a service type is asked for.</summary>
/// <param name="Service">Id of the type that is asked for.</param>
/// <param name="Implementation">Id of the type that is given; the same as <paramref name="Service"/> when it is registered as itself.</param>
/// <param name="Lifetime">How long an instance lives.</param>
/// <param name="Place">Where it is registered; of an inferred one where the implementation is declared.</param>
/// <param name="IsInferred">Not seen in the source: the interface has this implementation only, or a scan of assemblies would find it.</param>
public sealed record Registration(int Service, int Implementation, ServiceLifetime Lifetime, CodePlace Place, bool IsInferred);

/// <summary>How long an instance of the container lives.</summary>
public enum ServiceLifetime
{
    Unknown,
    Singleton,
    Scoped,
    Transient,
}

/// <summary>A type handles a message.</summary>
/// <param name="Message">Id of the type of the message.</param>
/// <param name="Handler">Id of the type that handles it.</param>
/// <param name="Member">Id of the member that is called; <see cref="Codebase.None"/> when it was not found.</param>
/// <param name="Kind">One answer, or any number of listeners.</param>
/// <param name="Library">What carries it: <c>MediatR</c>, <c>MassTransit</c>, <c>own</c>, …</param>
/// <param name="Place">Where the handler says so.</param>
public sealed record MessageHandler(int Message, int Handler, int Member, MessageKind Kind, string Library, CodePlace Place);

/// <summary>A member sends a message.</summary>
/// <param name="Member">Id of the member that sends.</param>
/// <param name="Message">Id of the type of the message.</param>
/// <param name="Kind">Whether one answers or any number listen.</param>
/// <param name="Place">Where.</param>
/// <param name="InLoop">In a loop.</param>
/// <param name="OutOfProcess">Goes to a bus, not only to handlers in the same process, as far as the library tells.</param>
public sealed record MessageSend(int Member, int Message, MessageKind Kind, CodePlace Place, bool InLoop, bool OutOfProcess);

/// <summary>How many handle a message.</summary>
public enum MessageKind
{
    /// <summary>One handler, which may answer: command, query, request. Runs at once inside the caller.</summary>
    Request,

    /// <summary>Any number of handlers inside the process: domain event, notification.</summary>
    Event,

    /// <summary>A message of a bus: handled later, perhaps elsewhere.</summary>
    Bus,
}
