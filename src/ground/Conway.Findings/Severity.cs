namespace Conway.Findings;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Good to know; nothing has to be done.</summary>
    Info,

    /// <summary>Works today and will hurt; a person decides.</summary>
    Warning,

    /// <summary>Wrong; what depends on it is refused or left out.</summary>
    Error,
}
