namespace Conway.Cli;

/// <summary>Facts for people, one a line, what to do below.</summary>
internal static class DoctorReport
{
    public static void Write(IReadOnlyList<DoctorFact> facts, TextWriter output, Ink ink)
    {
        foreach (var fact in facts)
        {
            Func<string, string> paint = fact.State switch { DoctorState.Good => ink.Good, DoctorState.Odd => ink.Odd, _ => ink.Bad };
            output.WriteLine($"{paint(Word(fact.State).PadRight(4))}  {fact.Name.PadRight(10)}  {fact.Value}");
            if (fact.Mend is not null)
            {
                output.WriteLine($"{new string(' ', 18)}{fact.Mend}");
            }
        }
    }

    /// <summary><c>ok</c>, <c>odd</c>, <c>bad</c>.</summary>
    public static string Word(DoctorState state) => state switch { DoctorState.Good => "ok", DoctorState.Odd => "odd", _ => "bad" };
}
