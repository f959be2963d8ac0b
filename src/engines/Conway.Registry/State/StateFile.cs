using System.Globalization;
using System.Text.Json;
using Conway.Registry.Kv;
using Conway.Registry.Sessions;
using Microsoft.Data.Sqlite;

namespace Conway.Registry.State;

/// <summary>Keys, values and sessions in a SQLite file. A commit is one transaction: after kill -9 it is there whole or not at all.</summary>
/// <remarks>One owner. The catalog is not stored: what runs is told anew.</remarks>
internal sealed class StateFile : IDisposable
{
    /// <summary>Indexes go on from here after a restart, in steps so large that no index of the earlier life, stored or not, is met again:
    /// a reader that still waits for one of those would miss changes.</summary>
    private const ulong IndexStep = 1_000_000;

    private readonly SqliteConnection _connection;
    private readonly string _path;

    private StateFile(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <exception cref="RegistryStateException">The file cannot be opened, or is something else.</exception>
    public static StateFile Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Run(connection, """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS kv (key TEXT PRIMARY KEY, value BLOB NOT NULL, flags TEXT NOT NULL, session TEXT,
                    lock_index TEXT NOT NULL, create_index TEXT NOT NULL, modify_index TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
                """);
            return new StateFile(connection, path);
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw Failed("open", path, error);
        }
    }

    /// <summary>Everything stored, and the index from which this life counts.</summary>
    public (ulong Index, List<KvEntry> Keys, List<Session> Sessions) Load()
    {
        try
        {
            var start = (Number(Scalar("SELECT value FROM facts WHERE name = 'index'")) / IndexStep * IndexStep) + IndexStep;
            using var note = Command("INSERT INTO facts VALUES ('index', $index) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
            note.Parameters.AddWithValue("$index", Text(start));
            note.ExecuteNonQuery();
            return (start, [.. Keys()], [.. Sessions()]);
        }
        catch (Exception error) when (error is SqliteException or JsonException or FormatException or InvalidCastException)
        {
            throw Failed("read", _path, error);
        }
    }

    /// <exception cref="RegistryStateException">Nothing was written.</exception>
    public void Write(ulong index, IReadOnlyDictionary<string, KvEntry?> keys, IReadOnlyDictionary<string, Session?> sessions)
    {
        try
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var (key, entry) in keys) WriteKey(transaction, key, entry);
            foreach (var (id, session) in sessions) WriteSession(transaction, id, session);
            using var note = Command("UPDATE facts SET value = $index WHERE name = 'index'", transaction);
            note.Parameters.AddWithValue("$index", Text(index));
            note.ExecuteNonQuery();
            transaction.Commit();
        }
        catch (SqliteException error)
        {
            throw Failed("write", _path, error);
        }
    }

    public void Dispose() => _connection.Dispose();

    private void WriteKey(SqliteTransaction transaction, string key, KvEntry? entry)
    {
        using var command = Command(entry is null ? "DELETE FROM kv WHERE key = $key" : "INSERT OR REPLACE INTO kv VALUES ($key, $value, $flags, $session, $lock, $create, $modify)", transaction);
        command.Parameters.AddWithValue("$key", key);
        if (entry is not null)
        {
            command.Parameters.AddWithValue("$value", entry.Value);
            command.Parameters.AddWithValue("$flags", Text(entry.Flags));
            command.Parameters.AddWithValue("$session", (object?)entry.Session ?? DBNull.Value);
            command.Parameters.AddWithValue("$lock", Text(entry.LockIndex));
            command.Parameters.AddWithValue("$create", Text(entry.CreateIndex));
            command.Parameters.AddWithValue("$modify", Text(entry.ModifyIndex));
        }
        command.ExecuteNonQuery();
    }

    private void WriteSession(SqliteTransaction transaction, string id, Session? session)
    {
        using var command = Command(session is null ? "DELETE FROM sessions WHERE id = $id" : "INSERT OR REPLACE INTO sessions VALUES ($id, $json)", transaction);
        command.Parameters.AddWithValue("$id", id);
        if (session is not null) command.Parameters.AddWithValue("$json", JsonSerializer.Serialize(session));
        command.ExecuteNonQuery();
    }

    private IEnumerable<KvEntry> Keys()
    {
        using var command = Command("SELECT key, value, flags, session, lock_index, create_index, modify_index FROM kv");
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return new KvEntry(
                rows.GetString(0), rows.GetFieldValue<byte[]>(1), Number(rows.GetString(2)), rows.IsDBNull(3) ? null : rows.GetString(3),
                Number(rows.GetString(4)), Number(rows.GetString(5)), Number(rows.GetString(6)));
        }
    }

    private IEnumerable<Session> Sessions()
    {
        using var command = Command("SELECT json FROM sessions");
        using var rows = command.ExecuteReader();
        while (rows.Read()) yield return JsonSerializer.Deserialize<Session>(rows.GetString(0)) ?? throw new FormatException("A session is null.");
    }

    private string? Scalar(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteScalar() as string;
    }

    private SqliteCommand Command(string sql, SqliteTransaction? transaction = null)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // SQLite's integers are signed; flags use all 64 bits.
    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static ulong Number(string? text) => text is null ? 0 : ulong.Parse(text, CultureInfo.InvariantCulture);

    private static RegistryStateException Failed(string what, string path, Exception error) => new(
        $"Registry: cannot {what} the state file '{path}': {error.Message} Free the disk or mend its permissions; or move the file away and the registry starts empty.", error);
}
