using Conway.Findings;
using Conway.Model;

namespace Conway.Node;

/// <summary>What a person decides about a run.</summary>
public sealed record NodeOptions
{
    /// <summary>Absolute folder of the system.</summary>
    public required string Folder { get; init; }

    /// <summary>The model's root file, relative to the folder.</summary>
    public string ModelFile { get; init; } = "conway.yaml";

    /// <summary>The environment whose overlay is merged; null: none.</summary>
    public string? Environment { get; init; }

    /// <summary>Only these services are started; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Wins over the model's gateway port.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>Where the console wants to be; the next free port when it is taken.</summary>
    public int ConsolePort { get; init; } = 8090;

    /// <summary>Whether changed sources and a changed model are taken over.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>When set, services look slow for this long, one after the other, once all are healthy.</summary>
    public TimeSpan? Demo { get; init; }

    /// <summary>Whether services are built. Without it the last outputs are started.</summary>
    public bool Build { get; init; } = true;

    /// <summary>How to start this very program, for the keeper: <c>dotnet conway.dll</c>.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>The product's version.</summary>
    public required string Version { get; init; }

    /// <summary>Judges a model: takes what reading it found, gives all that is to be told. It is shown; only a model that cannot be read is refused.</summary>
    public required Func<SystemModel, IReadOnlyList<Finding>, IReadOnlyList<Finding>> Judge { get; init; }

    /// <summary>Folder of the programs of a PostgreSQL server; null: this machine has none.</summary>
    public string? PostgresPrograms { get; init; } = RunDatabases.Programs;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Told of the ports, by key, after they were found to be free and before an engine listens on one: tests take one away there.</summary>
    internal Action<IReadOnlyDictionary<string, int>>? PortsFound { get; init; }

    /// <summary>When set, the run stands beside others on the same folder under this name: with its own ports, stores, builds and telemetry.</summary>
    public string? Isolated { get; init; }

    /// <summary>Absolute folder for what the run leaves behind.</summary>
    public string StateFolder => StateFolderOf(Folder, Isolated);

    /// <summary>Where a run on <paramref name="folder"/> keeps what it leaves behind: <c>.conway</c>, or <c>.conway/isolated/NAME</c>.</summary>
    public static string StateFolderOf(string folder, string? isolated) =>
        isolated is null ? Path.Combine(folder, ".conway") : Path.Combine(folder, ".conway", "isolated", isolated);
}

/// <summary>Why a run did not begin.</summary>
public enum RefusalKind
{
    /// <summary>The model has errors.</summary>
    ModelInvalid,

    /// <summary>Something this machine must have is missing.</summary>
    PrerequisiteMissing,

    /// <summary>Another node runs on the same folder.</summary>
    AlreadyRunning,

    /// <summary>The folder cannot be written, a port cannot be had, an engine did not start.</summary>
    CannotStart,
}

/// <summary>Why a run did not begin, and what to do.</summary>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Mend">What to do, in a sentence.</param>
public sealed record Refusal(RefusalKind Kind, string Message, string Mend, IReadOnlyList<Finding> Findings);

/// <summary>A node that began, or why it did not: exactly one of the two is set.</summary>
public sealed record NodeStart(NodeHost? Host, Refusal? Refusal);
