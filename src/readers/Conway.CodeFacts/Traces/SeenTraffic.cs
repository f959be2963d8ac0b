using System.Collections.Immutable;
using Conway.Findings;

namespace Conway.CodeFacts.Traces;

/// <summary>What a file of traces says about how often each use case of a codebase runs, and what it really reads, writes and calls.</summary>
/// <remarks>Every span that was read is counted once: as a request that was matched or not, below a request that was matched or not, or without one.</remarks>
public sealed record SeenTraffic
{
    /// <summary>Why there is nothing to use in the file, as a sentence; null when it holds spans.</summary>
    public string? Problem { get; init; }

    /// <summary>How people named the file.</summary>
    public string File { get; init; } = "";

    /// <summary>Spans that were read.</summary>
    public long Spans { get; init; }

    /// <summary>Spans by which work came in: of servers and consumers, and those that nobody caused.</summary>
    public long Requests { get; init; }

    /// <summary>Requests of a use case of the codebase.</summary>
    public long Matched { get; init; }

    /// <summary>Spans below a request that was matched.</summary>
    public long Below { get; init; }

    /// <summary>Spans below a request that was not matched.</summary>
    public long BelowUnmatched { get; init; }

    /// <summary>Spans whose request is not in the file, or came too long after them.</summary>
    public long Orphans { get; init; }

    /// <summary>Names of the services that sent them, ordinal; at most <see cref="ServicesMax"/>.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>Use cases that ran, by id.</summary>
    public ImmutableArray<SeenUseCase> UseCases { get; init; } = [];

    /// <summary>Requests of no use case by name, most frequent first; at most <see cref="UnmatchedMax"/>.</summary>
    public ImmutableArray<(string Name, long Requests)> Unmatched { get; init; } = [];

    /// <summary>What could not be read, and whether nothing fits.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Most names of services that are kept.</summary>
    public const int ServicesMax = 20;

    /// <summary>Most names of requests without a use case that are kept.</summary>
    public const int UnmatchedMax = 20;
}

/// <summary>A use case as it ran.</summary>
public sealed record SeenUseCase
{
    /// <summary>Its id.</summary>
    public required int UseCase { get; init; }

    /// <summary>How many requests; at least 1.</summary>
    public required long Requests { get; init; }

    /// <summary>How long half of the requests took at most, in milliseconds; right to 2 %.</summary>
    public double DurationP50Ms { get; init; }

    /// <summary>The same of 95 of 100.</summary>
    public double DurationP95Ms { get; init; }

    /// <summary>How many calls left the process in half of the requests at most, queries among them; right to 2 %.</summary>
    public long CallsP50 { get; init; }

    /// <summary>The same of 95 of 100.</summary>
    public long CallsP95 { get; init; }

    /// <summary>Tables that its requests touched, by id, reads first.</summary>
    public ImmutableArray<SeenAccess> Accesses { get; init; } = [];

    /// <summary>Types whose spans follow each other, by caller, then callee.</summary>
    public ImmutableArray<SeenCall> Calls { get; init; } = [];
}

/// <summary>Requests of a use case read or wrote a table.</summary>
/// <param name="Table">Id of the table.</param>
/// <param name="Mode">Read or write.</param>
/// <param name="Count">How many statements, of all requests.</param>
public readonly record struct SeenAccess(int Table, AccessMode Mode, long Count);

/// <summary>A type called another within requests of a use case.</summary>
/// <param name="From">Id of the type whose span is above.</param>
/// <param name="To">Id of the type whose span is below.</param>
/// <param name="Count">How often, of all requests.</param>
public readonly record struct SeenCall(int From, int To, long Count);
