namespace Conway.Cli;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">A word or two: <c>port 8080</c>.</param>
/// <param name="State">How it stands.</param>
/// <param name="Value">What was seen.</param>
/// <param name="Mend">What to do, unless nothing has to be done.</param>
internal sealed record DoctorFact(string Name, DoctorState State, string Value, string? Mend = null)
{
    public static DoctorFact Good(string name, string value) => new(name, DoctorState.Good, value);
}

/// <summary>How a fact stands.</summary>
internal enum DoctorState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, and may surprise.</summary>
    Odd,

    /// <summary>A run will fail.</summary>
    Bad,
}
