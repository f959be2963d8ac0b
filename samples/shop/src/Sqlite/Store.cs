using Microsoft.Data.Sqlite;

namespace Shop.Sqlite;

/// <summary>A service's own SQLite file. Technical only: what is in it is each service's business, and no two services share one.</summary>
/// <remarks>Connections are pooled by the driver, so one is opened for each use. Calls are synchronous, as SQLite is.</remarks>
public sealed class Store(string connectionString)
{
    /// <summary>The store of this name as the environment gives it: <c>orders-db</c> is <c>ORDERS_DB_CONNECTION</c>, else a file in the current folder.</summary>
    public static Store FromEnvironment(string name)
    {
        var variable = name.Replace('-', '_').ToUpperInvariant() + "_CONNECTION";
        return new Store(Environment.GetEnvironmentVariable(variable) ?? $"Data Source={name}.db");
    }

    /// <summary>Brings the tables to their present form. Processes that start together wait for the one that came first.</summary>
    /// <param name="steps">From nothing to now. A step that has been delivered is never changed: the next one is added.</param>
    /// <param name="seed">Fills a new store, in the same transaction.</param>
    public void Migrate(IReadOnlyList<string> steps, Action<Session>? seed = null)
    {
        using var connection = Open();
        var session = new Session(connection, null);
        if (session.Number("PRAGMA user_version") >= steps.Count)
            return;
        session.Execute("PRAGMA journal_mode = WAL"); // readers and the writer do not wait for each other
        using var transaction = connection.BeginTransaction();
        session = new Session(connection, transaction);
        var done = (int)session.Number("PRAGMA user_version"); // again: another process may have been quicker
        if (done >= steps.Count)
            return;
        foreach (var step in steps.Skip(done))
            session.Execute(step);
        if (done == 0)
            seed?.Invoke(session);
        session.Execute($"PRAGMA user_version = {steps.Count}");
        transaction.Commit();
    }

    /// <summary>Everything in it happens or nothing; one writer at a time.</summary>
    public T Write<T>(Func<Session, T> work)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        var result = work(new Session(connection, transaction));
        transaction.Commit();
        return result;
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<Session> work) => Write(session =>
    {
        work(session);
        return true;
    });

    /// <summary>Reads without holding up anybody.</summary>
    public T Read<T>(Func<Session, T> work)
    {
        using var connection = Open();
        return work(new Session(connection, null));
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }
}
