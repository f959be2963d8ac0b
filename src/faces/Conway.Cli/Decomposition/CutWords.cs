using Conway.CodeFacts;
using Conway.Decomposition.Costs;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Pricing;
using Conway.Decomposition.Proposals;

namespace Conway.Cli;

/// <summary>What kinds of a proposal are called, for programs (keys of <c>proposal.json</c>, which never change) and for people.</summary>
internal static class CutWords
{
    public static string Key(UnitRole role) => role switch
    {
        UnitRole.Domain => "domain",
        UnitRole.Application => "application",
        UnitRole.Endpoint => "endpoint",
        UnitRole.Persistence => "persistence",
        UnitRole.Contract => "contract",
        _ => "technical",
    };

    public static string Key(CodeTypeKind kind) => kind switch
    {
        CodeTypeKind.Class => "class",
        CodeTypeKind.Record => "record",
        CodeTypeKind.Struct => "struct",
        CodeTypeKind.RecordStruct => "recordStruct",
        CodeTypeKind.Interface => "interface",
        CodeTypeKind.Enum => "enum",
        _ => "delegate",
    };

    public static string Key(SharedAs shared) => shared switch
    {
        SharedAs.Library => "library",
        SharedAs.Kernel => "kernel",
        SharedAs.Platform => "platform",
        _ => "replicate",
    };

    public static string Key(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Code => "code",
        EvidenceKind.Relations => "relations",
        EvidenceKind.Joins => "joins",
        EvidenceKind.Data => "data",
        EvidenceKind.Transactions => "transactions",
        _ => "history",
    };

    public static string Key(CostKind kind) => kind switch
    {
        CostKind.Transaction => "transaction",
        CostKind.SharedTable => "sharedTable",
        CostKind.CallInLoop => "callInLoop",
        CostKind.Call => "call",
        CostKind.Join => "join",
        CostKind.ForeignKey => "foreignKey",
        CostKind.ForeignRead => "foreignRead",
        CostKind.Inheritance => "inheritance",
        CostKind.SharedContract => "sharedContract",
        _ => "event",
    };

    public static string Key(EntryPointKind kind) => kind switch
    {
        EntryPointKind.Controller => "controller",
        EntryPointKind.MinimalApi => "minimalApi",
        EntryPointKind.Page => "page",
        EntryPointKind.Grpc => "grpc",
        EntryPointKind.Hub => "hub",
        EntryPointKind.Soap => "soap",
        EntryPointKind.Consumer => "consumer",
        EntryPointKind.Job => "job",
        EntryPointKind.Hosted => "hosted",
        _ => "program",
    };

    /// <summary>Why the price of one that is not cut says nothing; null when that is not among the alternatives.</summary>
    public static string? OfWhole(Proposal proposal) =>
        proposal.Find("monolith") is null ? null : "monolith costs 0 by construction: where there is one service nothing is parted.";

    /// <summary><c>2 transactions</c></summary>
    public static string Count(CostKind kind, int count)
    {
        var (one, many) = Nouns(kind);
        return CutText.Count(count, one, many);
    }

    /// <summary>In the singular and in the plural.</summary>
    public static (string One, string Many) Nouns(CostKind kind) => kind switch
    {
        CostKind.Transaction => ("transaction", "transactions"),
        CostKind.SharedTable => ("write of a foreign table", "writes of foreign tables"),
        CostKind.CallInLoop => ("call in a loop", "calls in loops"),
        CostKind.Call => ("call", "calls"),
        CostKind.Join => ("join", "joins"),
        CostKind.ForeignKey => ("foreign key", "foreign keys"),
        CostKind.ForeignRead => ("read of a foreign table", "reads of foreign tables"),
        CostKind.Inheritance => ("inheritance", "inheritances"),
        CostKind.SharedContract => ("use of a contract", "uses of contracts"),
        _ => ("event", "events"),
    };

    /// <summary>The parts of a price, in the order in which they are shown. What is held together is taken off.</summary>
    public static IReadOnlyList<PricePart> Parts(Price price, PriceWeights weights) =>
    [
        new("distributedTransactions", "transactions", "use cases that write in two services or more", price.DistributedTransactions, weights.DistributedTransactions),
        new("sharedTables", "shared tables", "tables that two services or more write", price.SharedTables, weights.SharedTables),
        new("synchronousCalls", "calls across", "calls that go from one service to another", price.SynchronousCalls, weights.SynchronousCalls),
        new("foreignKeys", "foreign keys", "keys and navigations that are parted", price.ForeignKeys, weights.ForeignKeys),
        new("joins", "joins", "joining queries that are parted", price.Joins, weights.Joins),
        new("size", "uneven sizes", "how much larger some are than others", price.Size, weights.Size),
        new("team", "mixed teams", "types that are in another team's service", price.Team, weights.Team),
        new("modularity", "held together", "ties within, above chance; taken off", price.Modularity, -weights.Modularity),
    ];
}

/// <summary>A part of a price.</summary>
/// <param name="Key">For programs.</param>
/// <param name="Name">For people.</param>
/// <param name="Means">What the share is of.</param>
/// <param name="Share">From 0; modularity may be below.</param>
/// <param name="Weight">What it counts for; below 0 for what is taken off.</param>
internal sealed record PricePart(string Key, string Name, string Means, double Share, double Weight)
{
    /// <summary>What it adds to the price.</summary>
    public double Cost => Share * Weight;
}
