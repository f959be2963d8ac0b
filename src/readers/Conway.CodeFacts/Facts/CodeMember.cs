namespace Conway.CodeFacts;

/// <summary>A member of a type, or the body of an endpoint that is written as a lambda.</summary>
public sealed record CodeMember
{
    /// <summary>Index into <see cref="Codebase.Members"/>, which is ordered by type, then place, then name.</summary>
    public required int Id { get; init; }

    /// <summary>Id of the declaring type.</summary>
    public required int Type { get; init; }

    /// <summary><c>Place</c>; <c>.ctor</c>, <c>.cctor</c>; <c>this[]</c> for an indexer; <c>&lt;top&gt;</c> for top-level statements;
    /// <c>GET /orders</c> for the lambda of an endpoint.</summary>
    public required string Name { get; init; }

    public required CodeMemberKind Kind { get; init; }

    /// <summary>Where its name stands.</summary>
    public required CodePlace Place { get; init; }

    /// <summary>Last line of its declaration.</summary>
    public int LastLine { get; init; }

    /// <summary>Types and parameters as written, on one line: <c>Task&lt;Order&gt; Place(Guid id, Money total)</c>; <c>Money Total</c> for a property.</summary>
    public string Signature { get; init; } = "";

    public bool IsPublic { get; init; }

    public bool IsStatic { get; init; }

    public bool IsAbstract { get; init; }
}

/// <summary>What kind of member it is.</summary>
public enum CodeMemberKind
{
    Method,
    Constructor,
    Property,
    Field,
    Event,
    Operator,
    EnumValue,

    /// <summary>Top-level statements of a program.</summary>
    TopLevel,

    /// <summary>A lambda that is the handler of an endpoint.</summary>
    Lambda,
}
