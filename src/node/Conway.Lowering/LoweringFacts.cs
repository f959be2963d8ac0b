using Conway.Model;

namespace Conway.Lowering;

/// <summary>The facts outside the model that a plan depends on, looked up by the node beforehand so that lowering stays pure.</summary>
public sealed record LoweringFacts
{
    /// <summary>Id of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Absolute folder of the system; paths in the model are relative to it.</summary>
    public required string Folder { get; init; }

    /// <summary>Absolute folder for what the run leaves behind: <c>FOLDER/.conway</c>.</summary>
    public required string StateFolder { get; init; }

    /// <summary>The environment whose overlay was merged.</summary>
    public string? Environment { get; init; }

    /// <summary>A free port for each of <see cref="PortKeys.Of"/>; the same key keeps its port from run to run.</summary>
    public required IReadOnlyDictionary<string, int> Ports { get; init; }

    /// <summary>Project file of each <c>project:</c> service that has one, absolute.</summary>
    public required IReadOnlyDictionary<string, string> ProjectFiles { get; init; }

    /// <summary>Project files that use Conway.Service, whose health path is therefore known.</summary>
    public IReadOnlySet<string> UsesConwayService { get; init; } = new HashSet<string>();

    /// <summary>Whether this machine has the programs of a PostgreSQL server.</summary>
    public bool HasPostgres { get; init; } = true;

    /// <summary>What passwords at the run's PostgreSQL server follow from; the same from plan to plan, or services would restart.</summary>
    public string PostgresSecret { get; init; } = "";

    /// <summary>Values of <c>${secret:x}</c>, by name, for those that are known.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}

/// <summary>The ports a model needs.</summary>
public static class PortKeys
{
    public const string Gateway = "gateway";
    public const string Console = "console";
    public const string Otlp = "otlp";
    public const string Registry = "registry";
    public const string Postgres = "postgresql";

    public static string Replica(string service, int number) => $"service/{service}/{number}";

    public static string Spare(string service, int number) => $"spare/{service}/{number}";

    public static string Listener(string caller, string callee) => $"listener/{caller}/{callee}";

    /// <summary>Every key that <see cref="Lowerer.Lower"/> will look up for this model.</summary>
    public static IEnumerable<string> Of(SystemModel model)
    {
        yield return Gateway;
        yield return Console;
        yield return Otlp;
        yield return Registry;
        if (PostgresStores.Of(model).Any())
        {
            yield return Postgres;
        }

        foreach (var (name, service) in model.Services)
        {
            for (var i = 1; i <= service.Replicas; i++)
            {
                yield return Replica(name, i);
                yield return Spare(name, i);
            }

            foreach (var callee in service.Calls.Keys.Where(model.Services.ContainsKey))
            {
                yield return Listener(name, callee);
            }
        }
    }
}
