namespace Conway.CodeFacts;

/// <summary>A place where a member of the codebase uses a member of another type of the codebase, or of its own.</summary>
/// <param name="From">Id of the member that calls.</param>
/// <param name="ToType">Id of the type whose member is called, as the call was bound: the interface, if it goes through one.</param>
/// <param name="To">Id of the called member; <see cref="Codebase.None"/> when only the type is known, or for a constructor that nobody wrote.</param>
/// <param name="Place">Where.</param>
/// <param name="Flags">What else is known.</param>
/// <remarks>Ordered by from, then as the body is written, so that a walk in this order meets calls as they run on a straight path.</remarks>
public readonly record struct CallSite(int From, int ToType, int To, CodePlace Place, CallFlags Flags)
{
    /// <summary>The call stands in a loop, a query over a sequence, or a lambda that runs once for each element.</summary>
    public bool InLoop => (Flags & CallFlags.InLoop) != 0;

    /// <summary>The callee was found by its name, not bound by the compiler.</summary>
    public bool IsInferred => (Flags & CallFlags.Inferred) != 0;
}

/// <summary>What else is known of a call.</summary>
[Flags]
public enum CallFlags : byte
{
    None = 0,

    /// <summary>In a loop, a query over a sequence, or a lambda that runs once for each element.</summary>
    InLoop = 1,

    /// <summary>Found by name, not bound.</summary>
    Inferred = 2,

    /// <summary>Makes an instance.</summary>
    New = 4,

    /// <summary>Reads or writes a property, field or event instead of calling a method.</summary>
    Property = 8,

    /// <summary>Waited for with <c>await</c>.</summary>
    Awaited = 16,
}
