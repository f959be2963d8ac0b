namespace Conway.Console.Api;

/// <summary>What this console shows.</summary>
/// <param name="Name">Of the system, else of the codebase.</param>
/// <param name="System">Whether there is a running system behind it.</param>
/// <param name="Decomposition">Whether there is a codebase to cut.</param>
public sealed record ConsoleParts(string Name, bool System, bool Decomposition);

/// <summary>How much of the code was read.</summary>
public sealed record DecompositionCoverage(int Files, int Lines, int Types, int Tables, int EntryPoints, int UseCases, double NamesBound, double CallsBound);

/// <summary>A part of a price.</summary>
/// <param name="Part"><c>distributedTransactions</c>, <c>sharedTables</c>, <c>synchronousCalls</c>, <c>foreignKeys</c>, <c>joins</c>, <c>size</c>, <c>team</c> or <c>modularity</c>.</param>
/// <param name="Share">From 0; modularity may be below.</param>
/// <param name="Weight">What it counts for; below 0 for what is taken off.</param>
public sealed record DecompositionPricePart(string Part, double Share, double Weight);

/// <summary>One way of cutting.</summary>
/// <param name="Total">The price in one number, lower is better: the sum of share times weight.</param>
/// <param name="Pareto">No other is better in one part of the price and worse in none.</param>
/// <param name="Contested">How many types another service claims almost as strongly.</param>
/// <param name="Shared">How many belong to no service alone.</param>
public sealed record DecompositionAlternative(
    string Id, string Title, string How, double Total, IReadOnlyList<DecompositionPricePart> Price, bool Pareto, int Services, int Contested, int Shared);

/// <summary>A way of cutting that could not be tried, and what it lacks.</summary>
public sealed record DecompositionLeftOut(string Id, string Needs);

/// <summary>A line of the constraints file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">As it is written.</param>
/// <param name="Understood">Whether it asks for something: comments, blanks and mistakes do not.</param>
public sealed record DecompositionLine(int Number, string Text, bool Understood);

/// <summary>What is proposed, and what must hold.</summary>
/// <param name="Revision">Grows with each proposal that was made; boards of two revisions differ.</param>
/// <param name="Recommended">The alternative that is proposed; empty when there is none.</param>
/// <param name="ConstraintsFile">As it was named.</param>
/// <param name="Lines">Of that file, all of them.</param>
/// <param name="Findings">What is wrong with lines, and what of the code is unsure.</param>
/// <param name="Holds">False when the lines cannot all hold: what is shown is the last proposal that they allowed, or one without them.</param>
/// <param name="Undo">The last edit that can be taken back, in words; null when there is none.</param>
/// <param name="Trouble">Why the file could not be read, in a sentence; null when it could.</param>
public sealed record DecompositionOverview(
    string Name, int Revision, string Recommended, DecompositionCoverage Coverage, IReadOnlyList<DecompositionAlternative> Alternatives, IReadOnlyList<DecompositionLeftOut> NotTried,
    string ConstraintsFile, IReadOnlyList<DecompositionLine> Lines, IReadOnlyList<Finding> Findings, bool Holds, string? Undo, string? Trouble);

/// <summary>A type, or a table without one, is to be in a service: <c>pin</c>. Without a service it is to be in none: <c>technical</c>.</summary>
/// <param name="Unit">Its id on the board.</param>
/// <param name="Service">One that is there, or a new one.</param>
public sealed record DecompositionMove(int Unit, string? Service);

/// <summary>A line to add at the end of the constraints file, or one to take out of it; both together replace it.</summary>
/// <param name="Add">The line: <c>services 4..8</c>.</param>
/// <param name="Remove">The line to remove; refused when it is not any more what it says.</param>
public sealed record DecompositionEdit(string? Add, DecompositionLineId? Remove);

/// <summary>A line as it was shown.</summary>
public sealed record DecompositionLineId(int Number, string Text);
