using Conway.Model;

namespace Conway.Migration.Plans;

/// <summary>What each part of value and risk counts for.</summary>
/// <remarks>Value: change frequency, scaling gap, team demand, defects. Risk: parted transactions, shared tables, foreign keys, in-degree, criticality, lack of
/// tests, contested types. The numbers are a judgement, made once, and easily made anew.</remarks>
public sealed record OrderWeights
{
    [About("Commits that change the service's files in the newest 90 days.", Min = "0", Max = "100")]
    public int ChangeFrequency { get; init; } = 3;

    [About("How far its slowest requests are from what they should be.", Min = "0", Max = "100")]
    public int ScalingGap { get; init; } = 2;

    [About("How many teams work in it.", Min = "0", Max = "100")]
    public int TeamDemand { get; init; } = 2;

    [About("How many defects are mended in it.", Min = "0", Max = "100")]
    public int Defects { get; init; } = 2;

    [About("Use cases whose transaction leaving parts.", Min = "0", Max = "100")]
    public int Transactions { get; init; } = 3;

    [About("Its tables that others write.", Min = "0", Max = "100")]
    public int SharedTables { get; init; } = 3;

    [About("Foreign keys and navigations that are cut.", Min = "0", Max = "100")]
    public int ForeignKeys { get; init; } = 2;

    [About("Services that depend on it.", Min = "0", Max = "100")]
    public int InDegree { get; init; } = 2;

    [About("Its share of requests, else of entry points.", Min = "0", Max = "100")]
    public int Criticality { get; init; } = 2;

    [About("Use cases that no test reaches.", Min = "0", Max = "100")]
    public int Untested { get; init; } = 2;

    [About("Types that another service claims almost as strongly.", Min = "0", Max = "100")]
    public int Contested { get; init; } = 1;
}

/// <summary>Why a slice stands where it does: score = 1000 × value / risk, highest first, as far as what it needs allows.</summary>
public sealed record OrderFigures
{
    [Must, About("1000 times value over risk.")]
    public int Score { get; init; }

    [Must, About("Points of what speaks for moving it soon; 100 for every slice when nothing of it is known.")]
    public int Value { get; init; }

    [Must, About("100, which any move costs, and the points of what makes this one dangerous.")]
    public int Risk { get; init; }

    [About("What the two are made of.")]
    public ValueList<OrderPart> Parts { get; init; } = [];

    [About("Why the score alone does not decide its place.")]
    public ValueList<string> Because { get; init; } = [];
}

/// <summary>A component of value or risk.</summary>
public sealed record OrderPart
{
    [Must, About("The key of its weight.", Example = "in-degree")]
    public string Part { get; init; } = "";

    [About("What it adds to.", Example = "risk"), AnyOf("value", "risk")]
    public string Of { get; init; } = "risk";

    [About("What was counted. Unset: it is not known, and adds nothing for any slice.")]
    public int? Count { get; init; }

    [About("Weight times 100 times its count over the highest count of all slices. Unset: not known.")]
    public int? Points { get; init; }
}
