using System.Text;
using Conway.Migration.Plans;

namespace Conway.Migration.Pieces;

/// <summary>The SQL by which tables of a slice move within one PostgreSQL server, for psql: one file for each state that changes the database, and the way back from it.</summary>
/// <remarks>Names of tables come from the plan, columns and keys from the catalogue when it runs. The old and the new schema stand side by side in one database;
/// to take the new one to a server of its own is a copy of a schema that nobody else uses any more.</remarks>
public static class SqlPieces
{
    /// <summary>What all slices use; its path in the folder of the plan.</summary>
    public const string HelpersPath = "sql/helpers.sql";

    /// <summary>The files of a plan: helpers first; none when no table moves.</summary>
    public static IReadOnlyList<Piece> Of(MigrationPlan plan)
    {
        var slices = plan.Phases.Where(p => p.Slice is not null && Moved(p.Slice).Count > 0).ToArray();
        return slices.Length == 0 ? [] : [new Piece(HelpersPath, Helpers()), .. slices.SelectMany(OfSlice)];
    }

    private static IReadOnlyList<string> Moved(Slice slice) => [.. slice.Data.Where(d => d is { Decision: DataDecision.Move, IsDocuments: false }).Select(d => d.Table)];

    private static IEnumerable<Piece> OfSlice(Phase phase)
    {
        var (name, tables) = (phase.Id, Moved(phase.Slice!));
        var (old, fresh) = (tables.Select(Old).ToArray(), tables.Select(t => New(name, t)).ToArray());
        var (olds, freshes) = (Array(old), Array(fresh));
        yield return File("a-schema", "State a: the new schema, empty; the monolith owns the data.", $"CREATE SCHEMA IF NOT EXISTS {Quote(name)};\n", Each(old, o => $"CALL conway_migration.make_table({o}, {Text(name)});"), Grants("GRANT USAGE ON SCHEMA {0} TO :\"service\";\nGRANT SELECT ON ALL TABLES IN SCHEMA {0} TO :\"service\";\n", name));
        yield return File("a-back", "Back from state a to g: nothing of it is left, nothing is lost.", Each(old, o => $"CALL conway_migration.stop_stream({o});"), $"DROP SCHEMA {Quote(name)} CASCADE;\n");
        yield return File("keys-cut", "Cuts foreign keys between what moves and what stays, and counts ids that lead to nothing: at most 0.", "BEGIN;\nSET LOCAL lock_timeout = '5s';\n", $"CALL conway_migration.cut_keys_of({Text(name)}, {olds});\nCOMMIT;\n", $"SELECT * FROM conway_migration.ids_of_nothing({Text(name)});\n");
        yield return File("keys-back", "Back from the cut: the foreign keys as they were. It fails when an id leads to nothing.", "BEGIN;\nSET LOCAL lock_timeout = '5s';\n", $"CALL conway_migration.add_keys_again({Text(name)});\nCOMMIT;\n");
        yield return File("b-stream", "State b: every change of the old tables is carried over in the same transaction.", "BEGIN;\nSET LOCAL lock_timeout = '5s';\n", Each(Pairs(old, fresh), p => $"CALL conway_migration.stream({p});"), "COMMIT;\n");
        yield return File("b-back", "Back from state b to g: the stream is off, the new tables are empty, nothing is lost.", "BEGIN;\nSET LOCAL lock_timeout = '5s';\n", Each(old, o => $"CALL conway_migration.stop_stream({o});"), Each(fresh, f => $"DO $do$ BEGIN EXECUTE format('TRUNCATE %s CASCADE', {f}); END $do$;"), "COMMIT;\n");
        yield return File("c-backfill", "State c: what was there before, in ranges of the key. It may be stopped and started again.", "\\if :{?chunk} \\else \\set chunk 1000 \\endif\n\\if :{?pause_ms} \\else \\set pause_ms 0 \\endif\n", Each(Pairs(old, fresh), p => $"CALL conway_migration.backfill({p}, :chunk, :pause_ms);"));
        yield return File("e-verify", "State e: rows that differ, per million, and amounts whose sums differ; then checksums of ranges.", Each(Pairs(old, fresh), p => $"SELECT {Text(p)} AS tables, * FROM conway_migration.verify({p});"), Each(Pairs(old, fresh), p => $"SELECT coalesce(o.range, n.range) AS range, o.rows AS old_rows, n.rows AS new_rows FROM conway_migration.checksums({p.Split(", conway")[0]}) AS o FULL JOIN conway_migration.checksums(conway{p.Split(", conway")[1]}) AS n USING (range) WHERE (o.rows, o.checksum) IS DISTINCT FROM (n.rows, n.checksum);"));
        yield return File("h-flip", "State h, the write flip: writers wait, the stream is turned round, the service owns the data. All or nothing.", "BEGIN;\nSET LOCAL lock_timeout = '5s';\n", $"CALL conway_migration.hold({olds});\n", Each(old, o => $"CALL conway_migration.stop_stream({o});"), Each(fresh, f => $"CALL conway_migration.own_sequences({f});"), $"CALL conway_migration.inner_keys({olds}, {freshes});\n", Each(Pairs(fresh, old), p => $"CALL conway_migration.stream({p});"), Rights(old, fresh, toService: true), "COMMIT;\n");
        yield return File("h-back", "Back from state h and i: writers wait, the monolith owns the data again. What was written since is in the old tables.", "BEGIN;\nSET LOCAL lock_timeout = '5s';\n", $"CALL conway_migration.hold({freshes});\n", Each(fresh, f => $"CALL conway_migration.stop_stream({f});"), Each(old, o => $"CALL conway_migration.own_sequences({o});"), Each(Pairs(old, fresh), p => $"CALL conway_migration.stream({p});"), Rights(old, fresh, toService: false), "COMMIT;\n");
        yield return File("j-reverse-off", "State j, THE POINT OF NO RETURN: from here on the old tables stay as they are, and one can only mend forward.", "\\if :{?signed_by}\n\\else\n\\echo Say who signed: psql -v signed_by=NAME\n\\quit\n\\endif\nBEGIN;\nSET LOCAL lock_timeout = '5s';\n", Each(fresh, f => $"CALL conway_migration.stop_stream({f});"), "COMMIT;\n");
        yield return File("k-drop", "State k: the old tables go, after a last backup. It fails when something still refers to them, and then nothing is gone.", "BEGIN;\nSET LOCAL lock_timeout = '5s';\n", Each(fresh, f => $"DO $do$ BEGIN IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = {f} AND tgname LIKE 'conway\\_stream\\_%') THEN RAISE EXCEPTION 'The reverse stream is on: state j comes first.'; END IF; END $do$;"), Drop(old), "COMMIT;\n");

        Piece File(string file, string about, params string[] parts) => new($"{name}/sql/{file}.sql", Head(name, about) + string.Concat(parts));
    }

    private static string Head(string slice, string about) =>
        $"""
        -- {slice}: {about}
        -- psql -X -v old_schema=public -v monolith=ROLE -v service=ROLE -f FILE, as the owner of the old tables; helpers.sql has been run before.
        \set ON_ERROR_STOP on
        \if :{"{"}?old_schema{"}"} \else \set old_schema public \endif
        SELECT set_config('conway.old_schema', :'old_schema', false) AS old_schema \gset

        """;

    /// <summary>Writing by one alone is what the database holds to, whatever the code does.</summary>
    private static string Rights(string[] old, string[] fresh, bool toService)
    {
        const string Writing = "INSERT, UPDATE, DELETE, TRUNCATE";
        return $"""
            \if :{"{"}?monolith{"}"}
            SELECT format('{(toService ? "REVOKE" : "GRANT")} {Writing} ON %s {(toService ? "FROM" : "TO")} %I', t, :'monolith') FROM unnest({Array(old)}) AS t \gexec
            \endif
            \if :{"{"}?service{"}"}
            SELECT format('{(toService ? "GRANT" : "REVOKE")} {Writing} ON %s {(toService ? "TO" : "FROM")} %I', t, :'service') FROM unnest({Array(fresh)}) AS t \gexec
            SELECT format('{(toService ? "GRANT" : "REVOKE")} USAGE ON ALL SEQUENCES IN SCHEMA %s {(toService ? "TO" : "FROM")} %I', n.nspname::regnamespace, :'service') FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid WHERE c.oid = ({fresh[0]}) \gexec
            \endif

            """;
    }

    private static string Grants(string text, string slice) => $"\\if :{{?service}}\n{text.Replace("{0}", Quote(slice), StringComparison.Ordinal)}\\endif\n";

    // In one statement, so that keys among them do not stand in the way; those of others do.
    private static string Drop(string[] old) => $"SELECT format('DROP TABLE %s', string_agg(t::text, ', ')) FROM unnest({Array(old)}) AS t \\gexec\n";

    private static string Each(IEnumerable<string> items, Func<string, string> line)
    {
        var text = new StringBuilder();
        foreach (var item in items)
        {
            text.Append(line(item)).Append('\n');
        }

        return text.ToString();
    }

    private static string[] Pairs(string[] a, string[] b) => [.. a.Zip(b, (x, y) => $"{x}, {y}")];

    private static string Array(string[] tables) => $"ARRAY[{string.Join(", ", tables)}]::regclass[]";

    private static string Old(string table) => table.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        ? $"conway_migration.table_of({Text(table[..dot])}, {Text(table[(dot + 1)..])})"
        : $"conway_migration.table_of(current_setting('conway.old_schema'), {Text(table)})";

    private static string New(string slice, string table) => $"conway_migration.table_of({Text(slice)}, {Text(table[(table.IndexOf('.', StringComparison.Ordinal) + 1)..])})";

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Helpers()
    {
        using var stream = typeof(SqlPieces).Assembly.GetManifestResourceStream("helpers.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
