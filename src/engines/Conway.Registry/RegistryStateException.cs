namespace Conway.Registry;

/// <summary>The registry's state file could not be opened, read or written. The message says which file, what was tried and what to do.</summary>
public sealed class RegistryStateException : Exception
{
    public RegistryStateException(string message, Exception cause) : base(message, cause)
    {
    }
}
