namespace Conway.Cli;

/// <summary>Facts for people, one a line, what to do below.</summary>
internal static class DoctorReport
{
    private const int Indent = 18;

    /// <summary>What fits beside the indent on 80 columns, the width that every terminal has.</summary>
    private const int MendWidth = 80 - Indent;

    public static void Write(IReadOnlyList<DoctorFact> facts, TextWriter output, Ink ink)
    {
        foreach (var fact in facts)
        {
            Func<string, string> paint = fact.State switch { DoctorState.Good => ink.Good, DoctorState.Odd => ink.Odd, _ => ink.Bad };
            output.WriteLine($"{paint(Word(fact.State).PadRight(4))}  {fact.Name.PadRight(10)}  {fact.Value}");
            if (fact.Mend is not null)
            {
                foreach (var line in TextColumns.Wrapped(fact.Mend, MendWidth, hanging: 0))
                {
                    output.WriteLine($"{new string(' ', Indent)}{line}");
                }
            }
        }
    }

    /// <summary><c>ok</c>, <c>odd</c>, <c>bad</c>.</summary>
    public static string Word(DoctorState state) => state switch { DoctorState.Good => "ok", DoctorState.Odd => "odd", _ => "bad" };
}
