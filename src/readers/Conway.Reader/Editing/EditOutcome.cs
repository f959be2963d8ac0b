namespace Conway.Reader;

/// <summary>What an edit made of one file; nothing is written to the disk.</summary>
/// <param name="File">The file that changes, relative to the system's folder; null when none can.</param>
/// <param name="Text">Its whole new text. Everything that was not asked to change is as it was, byte for byte.</param>
/// <param name="Problem">Why nothing can be changed, in one sentence with what to do; null when it can.</param>
public sealed record EditOutcome(string? File, string? Text, string? Problem)
{
    /// <summary>Whether there is a new text.</summary>
    public bool IsDone => Problem is null;
}
