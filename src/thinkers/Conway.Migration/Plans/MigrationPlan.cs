using Conway.Model;

namespace Conway.Migration.Plans;

/// <summary>How a monolith becomes services, step by step, each with a way back. The file keeps how far it has come.</summary>
/// <remarks>Immutable. The same facts give the same plan, byte for byte. What its owners write in it (<see cref="OwnersPart"/>) is kept by the next run.</remarks>
public sealed record MigrationPlan
{
    /// <summary>The version of the format that this version of Conway writes and reads.</summary>
    public const int Current = 1;

    [Must, Key("migration"), About("Version of this format.", Example = "1")]
    public int Format { get; init; } = Current;

    [Must, About("Name of the solution, else of the folder.", Example = "Shop")]
    public string System { get; init; } = "";

    [Must, About("Which cut of conway decompose the plan leads to.", Example = "medium")]
    public string Cut { get; init; } = "";

    [About("Of everything that people do not own in this file: a plan that was edited elsewhere than there is not written over.")]
    public string Fingerprint { get; init; } = "";

    [About("What each part of the order counts for. Yours to change: the next run orders by it.")]
    public OrderWeights Weights { get; init; } = new();

    [About("What the order could not take into account, and what would tell.")]
    public ValueList<string> NotKnown { get; init; } = [];

    [About("Parts of the cut that are no services: nothing comes in there from outside and nothing is stored.")]
    public ValueList<PlanLibrary> Libraries { get; init; } = [];

    [About("Tables that no service owns alone.")]
    public ValueList<SharedTable> SharedTables { get; init; } = [];

    [About("Phases in their order; at most two slices are in flight at once.")]
    public ValueList<Phase> Phases { get; init; } = [];

    [About("Steps that people had begun or noted something at, and that the plan no longer has.")]
    public ValueList<GoneStep> Gone { get; init; } = [];
}

/// <summary>A part of the cut that becomes a library of those who use it.</summary>
public sealed record PlanLibrary
{
    [Must, About("As the cut calls it.", Example = "money")]
    public string Name { get; init; } = "";

    [About("Its lines of code.")]
    public int CodeLines { get; init; }

    [About("Services that call it.", Example = "[orders, billing]")]
    public ValueList<string> UsedBy { get; init; } = [];
}

/// <summary>A table that no service of the cut owns alone.</summary>
public sealed record SharedTable
{
    [Must, About("The table.", Example = "countries")]
    public string Table { get; init; } = "";

    [Must, About("What becomes of it.")]
    public DataDecision Decision { get; init; } = DataDecision.Stay;

    [About("Services whose code reads or writes it.", Example = "[orders, billing]")]
    public ValueList<string> UsedBy { get; init; } = [];
}

/// <summary>A step of an earlier plan.</summary>
public sealed record GoneStep
{
    [Must, About("Its id.", Example = "orders.contract")]
    public string Id { get; init; } = "";

    [Must, About("How far it was.")]
    public StepState State { get; init; }

    [About("What somebody noted at it.")]
    public string? Note { get; init; }
}

/// <summary>A stretch of the way, after which one may stop.</summary>
public sealed record Phase
{
    [Must, About("Stable: baseline, facade, modularise, else the name of the service.", Example = "orders")]
    public string Id { get; init; } = "";

    [Must, About("Its place in the order, from 0.", Min = "0")]
    public int Number { get; init; }

    [Must, About("In a few words.")]
    public string Title { get; init; } = "";

    [About("Phases of services that come before it, whose code joins on its data.", Example = "[reviews]")]
    public ValueList<string> Needs { get; init; } = [];

    [About("Why it stands where it does.")]
    public OrderFigures? Order { get; init; }

    [About("What must hold before it begins.")]
    public ValueList<string> Entry { get; init; } = [];

    [About("What is moved, and all that has to change for it; only for a service.")]
    public Slice? Slice { get; init; }

    [About("What is done, in its order.")]
    public ValueList<PlanStep> Steps { get; init; } = [];

    [About("What must hold before it counts as done.")]
    public ValueList<string> Exit { get; init; } = [];

    [About("What has been done by the end of it, counted from the first phase.")]
    public WorkDone CostSoFar { get; init; } = new();

    [Must, About("What one has who stops here.")]
    public string StopPoint { get; init; } = "";
}

/// <summary>Work, counted in what the code shows. Neither days nor money: the code knows neither.</summary>
public sealed record WorkDone
{
    [About("Places in the code that are changed to call through an interface or over the network.")]
    public int CallSites { get; init; }

    [About("Tables that have another owner.")]
    public int Tables { get; init; }

    [About("Readers and writers of tables from outside that were redirected.")]
    public int Accesses { get; init; }

    [About("Foreign keys and navigations that were replaced.")]
    public int Keys { get; init; }

    [About("Joins that were replaced.")]
    public int Joins { get; init; }

    [About("Transactions that became sagas, or were kept together.")]
    public int Transactions { get; init; }

    [About("Routes that are answered elsewhere.")]
    public int Routes { get; init; }

    [About("Lines of code that moved.")]
    public int CodeLines { get; init; }
}
