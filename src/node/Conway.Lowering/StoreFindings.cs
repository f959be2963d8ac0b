using Conway.Findings;
using Conway.Model;

namespace Conway.Lowering;

/// <summary>What a run says of stores that it cannot have. Pure.</summary>
public static class StoreFindings
{
    /// <summary>The line that installs PostgreSQL on this system.</summary>
    public static string Install => OperatingSystem.IsMacOS() ? "brew install postgresql@17" : "sudo apt-get install postgresql";

    /// <summary>In the order of the model, without places.</summary>
    public static IEnumerable<Finding> Of(SystemModel model, bool hasPostgres)
    {
        foreach (var (name, service) in model.Services)
        {
            foreach (var (store, what) in service.Owns)
            {
                var engine = model.EngineOf(what);
                var path = $"services.{name}.owns.{store}";
                if (engine == StoreEngine.Postgresql && !hasPostgres)
                {
                    yield return new Finding
                    {
                        Rule = LoweringRules.NoPostgres,
                        Message = $"'{store}' of '{name}' is kept in PostgreSQL, which this machine does not have.",
                        Mend = $"Install it with '{Install}', or write 'engine: sqlite'.",
                        ModelPath = path,
                    };
                }
                else if (engine is not (StoreEngine.Postgresql or StoreEngine.Sqlite) && Variables(store).All(v => !service.Environment.ContainsKey(v)))
                {
                    var (connection, url) = (Variables(store)[0], Variables(store)[1]);
                    yield return new Finding
                    {
                        Rule = LoweringRules.StoreNotRun,
                        Message = $"'{store}' has the engine {engine.Word()}, which a run does not start, so '{name}' gets neither {connection} nor {url}.",
                        Mend = $"Start one yourself and write {url} or {connection} into 'environment' of '{name}', or choose the engine sqlite or postgresql.",
                        ModelPath = path,
                    };
                }
            }
        }
    }

    /// <summary>Whether nothing may be started with it.</summary>
    public static bool Forbids(Finding finding) => finding.Rule == LoweringRules.NoPostgres;

    private static string[] Variables(string store) => [$"{Names.ToVariable(store)}_CONNECTION", $"{Names.ToVariable(store)}_URL"];
}
