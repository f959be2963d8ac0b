namespace Conway.Scaffolding;

/// <summary>A change of a text file that may be written by hand: something is put in, everything else stays as it is.</summary>
/// <param name="File">Relative to the system's folder.</param>
public abstract record FileEdit(string File)
{
    /// <summary>What is put in, as a person would add it by hand.</summary>
    public abstract string Text { get; }

    /// <summary>Where a person would put it.</summary>
    public abstract string Where { get; }

    /// <summary>The new text; the same when it holds all of it already, null when the place to put it is not there any more.</summary>
    public abstract string? Apply(string text);
}
