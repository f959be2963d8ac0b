using Conway.Model;

namespace Conway.Migration.Plans;

/// <summary>What becomes of a table.</summary>
public enum DataDecision
{
    [About("It has a new owner, which alone writes it.")]
    Move,

    [About("Its owner keeps it; the service keeps a copy to read from, fed by the owner's events.")]
    Copy,

    [About("It seldom changes: each service has a copy of its own, published by whoever maintains it.")]
    Replicate,

    [About("It stays where it is, and others ask for it.")]
    Stay,
}

/// <summary>A table and the slice.</summary>
public sealed record SliceTable
{
    [Must, About("The table.", Example = "orders")]
    public string Table { get; init; } = "";

    [Must, About("What becomes of it.")]
    public DataDecision Decision { get; init; }

    [Must, About("Who owns it when the slice is done.", Example = "orders")]
    public string Owner { get; init; } = "";

    [Key("documents"), About("It is a collection of documents, which the pieces of SQL do not move.")]
    public bool IsDocuments { get; init; }

    [About("The type that is stored in it.", Example = "Order")]
    public string? Entity { get; init; }

    [About("Services that use it from outside; each of them has its line among the readers.")]
    public ValueList<string> UsedBy { get; init; } = [];

    [About("Columns that hold amounts: their sums must be equal to the last digit.", Example = "[Total]")]
    public ValueList<string> Amounts { get; init; } = [];

    [About("Why, when it is not plain.")]
    public string? Because { get; init; }

    [Must, About("Where it is first named.")]
    public string At { get; init; } = "";
}

/// <summary>A foreign key or navigation that is cut.</summary>
public sealed record SliceKey
{
    [Must, About("Who refers.", Example = "Order.Customer")]
    public string From { get; init; } = "";

    [Must, About("To whom.", Example = "Customer")]
    public string To { get; init; } = "";

    [Must, About("The service at the other end; monolith for what belongs to none.")]
    public string With { get; init; } = "";

    [About("What replaces it.")]
    public string Instead { get; init; } = "";

    [About("The job that finds ids of nothing, and how often it may.")]
    public string Check { get; init; } = "";

    [Must, About("Where it is declared.")]
    public string At { get; init; } = "";
}

/// <summary>A join that is cut.</summary>
public sealed record SliceJoin
{
    [Must, About("Whose query.", Example = "OrderQueries.List")]
    public string In { get; init; } = "";

    [Must, About("What it brings together.", Example = "[orders, customers]")]
    public ValueList<string> Tables { get; init; } = [];

    [Must, About("The service at the other end; monolith for what belongs to none.")]
    public string With { get; init; } = "";

    [About("What replaces it.")]
    public string Instead { get; init; } = "";

    [Must, About("Where it stands.")]
    public string At { get; init; } = "";
}

/// <summary>What a transaction becomes.</summary>
public enum TransactionHandling
{
    [About("Steps, each with its own transaction, and what undoes them.")]
    Saga,

    [About("Its writes stay in one service: the cut is changed so that it does.")]
    Together,
}

/// <summary>A transaction that is parted.</summary>
public sealed record SliceTransaction
{
    [Must, About("Stable within the phase.", Example = "post-orders")]
    public string Id { get; init; } = "";

    [Must, About("The use case.", Example = "POST /orders")]
    public string UseCase { get; init; } = "";

    [Must, About("What it becomes. Yours to change.")]
    public TransactionHandling Handling { get; init; }

    [About("How many saves the use case meets today. With as many as steps or more, each step may be committed by itself already: then nothing undoes it today either, and a process that runs one after the other may be enough.")]
    public int Saves { get; init; }

    [About("How to keep it together instead: a line for the constraints of the next cut.", Example = "together Order Stock")]
    public string? OrTogether { get; init; }

    [About("The steps of the saga, in the order of the writes.")]
    public ValueList<SagaPlanStep> Steps { get; init; } = [];

    [Must, About("Where the use case begins.")]
    public string At { get; init; } = "";
}

/// <summary>A step of a saga.</summary>
public sealed record SagaPlanStep
{
    [Must, About("Who does it.", Example = "stock")]
    public string Service { get; init; } = "";

    [About("The member that writes today.", Example = "Reserve")]
    public string? Does { get; init; }

    [Must, About("What it writes.", Example = "[stock_items]")]
    public ValueList<string> Tables { get; init; } = [];

    [About("What undoes it: no code shows that, so its owners write it. Yours.", Example = "Release")]
    public string? Undo { get; init; }

    [About("After this step the saga goes forward only; before it every step needs its undo.")]
    public bool Pivot { get; init; }
}

/// <summary>A figure that decides.</summary>
public sealed record Gate
{
    [Must, About("Stable within the phase.", Example = "rows-differ")]
    public string Id { get; init; } = "";

    [Must, About("What is measured.")]
    public string Measures { get; init; } = "";

    [Must, About("The highest value with which one goes on. Yours to change.", Min = "0")]
    public int AtMost { get; init; }

    [Must, About("Of what.", Example = "per million rows")]
    public string Unit { get; init; } = "";
}

/// <summary>How much goes to the service.</summary>
public sealed record CutOverStage
{
    [Must, About("The step that sets it.", Example = "orders.data.g")]
    public string Step { get; init; } = "";

    [Must, About("Percent of requests that only read, by a hash that keeps a caller on one side; the rest goes to the monolith.", Min = "0", Max = "100")]
    public int Reads { get; init; }

    [Must, About("Percent of requests that write: 0 or 100 where data moves, since each table has one owner.", Min = "0", Max = "100")]
    public int Writes { get; init; }

    [About("Requests that must have passed before the next stage, and at least one cycle of the business.", Min = "1")]
    public int RequestsMin { get; init; } = 1000;
}

/// <summary>What is gone when the slice is done.</summary>
public sealed record SliceLeftovers
{
    [About("Code of the monolith that nothing needs any more.")]
    public ValueList<string> Code { get; init; } = [];

    [About("Tables to drop in the monolith's schema.")]
    public ValueList<string> DropTables { get; init; } = [];

    [About("Rights to take away.")]
    public ValueList<string> Revoke { get; init; } = [];

    [About("What the façade is left with.")]
    public string Facade { get; init; } = "";
}
