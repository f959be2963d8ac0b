namespace Conway.Cli;

/// <summary>How a file on disk compares with what the model gives.</summary>
internal enum ArtifactState
{
    /// <summary>As it would be written.</summary>
    Same,

    /// <summary>Not there yet.</summary>
    New,

    /// <summary>Generated from an older model, and unedited.</summary>
    Stale,

    /// <summary>Generated, and changed by hand outside of its regions.</summary>
    Edited,

    /// <summary>Not made by generate.</summary>
    Foreign,

    /// <summary>Generated once, unedited, and no longer needed.</summary>
    Gone,

    /// <summary>Generated once, no longer needed, but with something in it that was written by hand.</summary>
    GoneEdited,
}
