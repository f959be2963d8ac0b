namespace Conway.Console.FromCode;

/// <summary>Something that was asked of a decomposition cannot be done, for a reason that a person can act on.</summary>
/// <param name="message">What is wrong and what to do instead.</param>
/// <param name="isStale">Whether what was shown is no longer so, and looking again helps.</param>
public sealed class DecompositionException(string message, bool isStale = false) : Exception(message)
{
    public bool IsStale { get; } = isStale;
}
