namespace Conway.Model;

/// <summary>What holds for stores of a model.</summary>
public static class Stores
{
    /// <summary>What keeps the data of a store: its own engine, else that of the system, else a file.</summary>
    public static StoreEngine EngineOf(this SystemModel model, Store store) =>
        store.Engine ?? (model.Database == "postgresql" ? StoreEngine.Postgresql : StoreEngine.Sqlite);

    /// <summary>The engine as it is written in a model: <c>event-store</c>.</summary>
    public static string Word(this StoreEngine engine) => engine == StoreEngine.EventStore ? "event-store" : engine.ToString().ToLowerInvariant();
}
