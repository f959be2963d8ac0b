using System.Collections.Immutable;

namespace Conway.CodeFacts;

/// <summary>One type uses another, in one way. Both are types of the codebase, and not the same.</summary>
/// <param name="From">Id of the type that uses.</param>
/// <param name="To">Id of the type that is used.</param>
/// <param name="Kind">How.</param>
/// <param name="Count">How often, at least 1.</param>
/// <param name="Inferred">How many of <paramref name="Count"/> were not bound by the compiler but found by their name. They deserve half the weight.</param>
/// <param name="Evidence">The first places, at most three, in order of reading.</param>
/// <remarks>Ordered by from, to, kind; each triple once.</remarks>
public sealed record TypeEdge(int From, int To, EdgeKind Kind, int Count, int Inferred, ImmutableArray<CodePlace> Evidence)
{
    /// <summary>No occurrence of it was bound by the compiler.</summary>
    public bool IsInferred => Inferred == Count;
}

/// <summary>How one type uses another, strongest first.</summary>
public enum EdgeKind
{
    /// <summary>Base class or implemented interface.</summary>
    Base,

    /// <summary>Type of a field or property, or a type argument in it.</summary>
    Field,

    /// <summary>A call of a method of that type.</summary>
    Call,

    /// <summary><c>new</c> of that type.</summary>
    New,

    /// <summary>Parameter or return type of a method, or a type argument in it.</summary>
    Signature,

    /// <summary>Any other mention: a property, field or event of it, an enum value, a local, a type argument, a cast, <c>typeof</c>.</summary>
    Mention,

    /// <summary>An attribute of that type.</summary>
    Attribute,

    /// <summary>From a service type to what the container gives for it.</summary>
    Registration,

    /// <summary>From a request (command, query) to the type that handles it.</summary>
    Request,

    /// <summary>From an event or message to a type that handles it.</summary>
    Event,
}
