using Conway.Model;

namespace Conway.Migration.Plans;

/// <summary>One thing to do, with the way back from it.</summary>
public sealed record PlanStep
{
    [Must, About("Stable and unique: the phase, a dot, what is done. A later run knows the step by it.", Example = "orders.data.h")]
    public string Id { get; init; } = "";

    [Must, About("What is done, in a sentence.")]
    public string Do { get; init; } = "";

    [About("Where in the code, and what else there is to know.")]
    public ValueList<string> At { get; init; } = [];

    [About("Which tables it is about; only for steps of data.", Example = "[orders, order_lines]")]
    public ValueList<string> Tables { get; init; } = [];

    [About("Who writes these tables from the end of this step on; only for steps of data.", Example = "monolith")]
    public string? Owner { get; init; }

    [About("How to go back from it. Every step has one.")]
    public string RollBack { get; init; } = "";

    [About("What is lost at most when one goes back.", Example = "nothing")]
    public string Loss { get; init; } = "";

    [About("After this step one can only mend forward; it needs somebody's signature.")]
    public bool PointOfNoReturn { get; init; }

    [Must, About("How far it is. Yours.")]
    public StepState State { get; init; }

    [About("What somebody wants to remember. Yours.")]
    public string? Note { get; init; }
}

/// <summary>How far a step is.</summary>
public enum StepState
{
    [About("Not begun.")]
    Pending,

    [About("Begun.")]
    Doing,

    [About("Done, and its exit criteria hold.")]
    Done,

    [About("Decided against; a note says why.")]
    Skipped,

    [About("Was done and taken back.")]
    RolledBack,
}
