namespace Conway.Cli;

/// <summary>What the process says when it ends. Never a count; the numbers never change (docs/reference/cli.md).</summary>
public enum ExitCode
{
    /// <summary>What was asked for is so.</summary>
    Ok = 0,

    /// <summary>Findings or a failed check; the running system refused.</summary>
    Findings = 1,

    /// <summary>The command line is not understood, or names something that is not there.</summary>
    Usage = 2,

    /// <summary>The model cannot be read without errors.</summary>
    ModelInvalid = 3,

    /// <summary>A tool, port or permission is missing.</summary>
    PrerequisiteMissing = 4,

    /// <summary>A service did not build or start.</summary>
    StartFailed = 5,

    /// <summary>The time given is over.</summary>
    Timeout = 6,

    /// <summary>No system runs in this folder.</summary>
    NotRunning = 7,

    /// <summary>What was compared differs in a way that breaks somebody.</summary>
    Drift = 8,

    /// <summary>A file is there already and would be overwritten.</summary>
    WouldOverwrite = 9,

    /// <summary>A fault of Conway's own.</summary>
    Internal = 70,

    /// <summary>SIGINT: 128 + 2.</summary>
    Interrupted = 130,

    /// <summary>SIGTERM: 128 + 15.</summary>
    Terminated = 143,
}
