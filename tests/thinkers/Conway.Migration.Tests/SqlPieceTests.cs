using Conway.Migration.Pieces;
using Conway.Migration.Plans;

namespace Conway.Migration.Tests;

/// <summary>The SQL of a slice on a real server, forth and back.</summary>
public sealed class SqlPieceTests(Postgres postgres) : IClassFixture<Postgres>
{
    private static readonly IReadOnlyDictionary<string, string> Pieces = SqlPieces.Of(new MigrationPlan
    {
        Phases =
        [
            new Phase
            {
                Id = "order-desk",
                Slice = new Slice
                {
                    Data =
                    [
                        new SliceTable { Table = "Orders", Decision = DataDecision.Move },
                        new SliceTable { Table = "ORDER_LINES", Decision = DataDecision.Move },
                        new SliceTable { Table = "sales.odd\"na'me", Decision = DataDecision.Move },
                        new SliceTable { Table = "documents", Decision = DataDecision.Move, IsDocuments = true },
                        new SliceTable { Table = "users", Decision = DataDecision.Copy },
                    ],
                },
            },
        ],
    }).ToDictionary(p => p.Path, p => p.Text);

    private const string Monolith = """
        CREATE SCHEMA sales;
        CREATE TABLE users (id int PRIMARY KEY);
        CREATE TABLE "Orders" (id serial PRIMARY KEY, "User" int REFERENCES users(id), total numeric(12,2) NOT NULL, twice numeric GENERATED ALWAYS AS (total * 2) STORED, note text);
        CREATE TABLE order_lines ("Order" int REFERENCES "Orders"(id) ON DELETE CASCADE, line int, number int GENERATED ALWAYS AS IDENTITY, text text, PRIMARY KEY ("Order", line));
        CREATE TABLE sales."odd""na'me" (code text PRIMARY KEY, gone int);
        CREATE TABLE refunds (id int PRIMARY KEY, "Order" int REFERENCES "Orders"(id));
        ALTER TABLE sales."odd""na'me" DROP COLUMN gone, ADD COLUMN kept int DEFAULT 7;
        INSERT INTO users SELECT g FROM generate_series(1, 10) g;
        INSERT INTO "Orders" ("User", total, note) SELECT g % 10 + 1, g * 1.25, 'order ' || g FROM generate_series(1, 2500) g;
        INSERT INTO order_lines ("Order", line, text) SELECT o, l, 'x' FROM generate_series(1, 2500) o, generate_series(1, 2) l;
        INSERT INTO sales."odd""na'me" VALUES ('a'), ('b''c');
        GRANT USAGE ON SCHEMA public, sales TO monolith_role;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, sales TO monolith_role;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO monolith_role;
        """;

    private static readonly string[] Roles = ["-v", "monolith=monolith_role", "-v", "service=service_role"];

    [Fact]
    public async Task Tables_move_and_come_back_with_every_write_until_nobody_can_go_back()
    {
        var db = await DatabaseAsync("forth");
        await RunAsync(db, "a-schema", "b-stream");

        // Between the stream and the copy, and after: each kind of change, by the monolith alone.
        await AsMonolithAsync(db, """
            UPDATE "Orders" SET note = 'changed' WHERE id = 7; DELETE FROM "Orders" WHERE id = 8; INSERT INTO "Orders" ("User", total) VALUES (1, 3);
            UPDATE sales."odd""na'me" SET code = 'renamed' WHERE code = 'a';
            """);
        await RunAsync(db, "c-backfill", "keys-cut");
        await AsMonolithAsync(db, """UPDATE "Orders" SET total = 99.99 WHERE id = 2000; DELETE FROM "Orders" WHERE id = 2001; INSERT INTO order_lines ("Order", line) VALUES (3, 9);""");
        Assert.Equal("2499|0|0|{}", await VerifyAsync(db, "Orders", "Orders"));
        Assert.Equal("4997|0|0|{}", await VerifyAsync(db, "order_lines", "order_lines"));
        Assert.Equal("2", await postgres.SqlAsync(db, """SELECT count(*) FROM "order-desk"."odd""na'me" WHERE code IN ('renamed', 'b''c') AND kept = 7"""));
        Assert.DoesNotContain("|", (await RunAsync(db, "e-verify")).Replace("|0|0|{}", "", StringComparison.Ordinal).Split('\n').Skip(3).FirstOrDefault() ?? "", StringComparison.Ordinal);

        await RunAsync(db, "h-flip");
        var refused = await postgres.RunAsync(db, """UPDATE "Orders" SET note = 'late' WHERE id = 1;""", "-U", "monolith_role");
        Assert.Contains("permission denied", refused.Errors, StringComparison.Ordinal);
        await AsServiceAsync(db, """
            SET search_path = "order-desk";
            INSERT INTO "Orders" ("User", total, note) VALUES (2, 5, 'by the service'); UPDATE "Orders" SET note = 'ours' WHERE id = 1;
            INSERT INTO order_lines ("Order", line) VALUES ((SELECT max(id) FROM "Orders"), 1); DELETE FROM "Orders" WHERE id = 9;
            """);
        Assert.Equal("ours|0|1|0", await postgres.SqlAsync(db, """SELECT (SELECT note FROM "Orders" WHERE id = 1), (SELECT count(*) FROM "Orders" WHERE id = 9), (SELECT count(*) FROM "Orders" WHERE note = 'by the service'), (SELECT count(*) FROM order_lines WHERE "Order" = 9)"""));

        await RunAsync(db, "h-back");
        await AsMonolithAsync(db, """INSERT INTO "Orders" ("User", total, note) VALUES (2, 6, 'again');""");
        Assert.Contains("permission denied", (await postgres.RunAsync(db, """DELETE FROM "order-desk"."Orders" WHERE id = 1;""", "-U", "service_role")).Errors, StringComparison.Ordinal);
        Assert.Equal("2500|0|0|{}", await VerifyAsync(db, "Orders", "Orders"));

        await RunAsync(db, "h-flip");
        Assert.Contains("Say who signed", (await postgres.RunAsync(db, Pieces["order-desk/sql/j-reverse-off.sql"])).Output, StringComparison.Ordinal);
        var early = await postgres.RunAsync(db, Pieces["order-desk/sql/k-drop.sql"]);
        Assert.Contains("The reverse stream is on: state j comes first.", early.Errors, StringComparison.Ordinal);
        await postgres.SqlAsync(db, Pieces["order-desk/sql/j-reverse-off.sql"], "-v", "signed_by=ann");
        await RunAsync(db, "k-drop");
        await AsServiceAsync(db, """INSERT INTO "order-desk"."Orders" ("User", total) VALUES (2, 5);""");
        Assert.Equal("refunds,users", await postgres.SqlAsync(db, "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"));
        Assert.Equal("2501", await postgres.SqlAsync(db, """SELECT count(*) FROM "order-desk"."Orders" """));
    }

    [Fact]
    public async Task A_difference_is_seen_in_rows_sums_and_ranges()
    {
        var db = await DatabaseAsync("differ");
        await RunAsync(db, "a-schema", "b-stream", "c-backfill");
        await postgres.SqlAsync(db, """UPDATE "order-desk"."Orders" SET total = total + 0.01 WHERE id = 5; DELETE FROM "order-desk"."Orders" WHERE id = 6; INSERT INTO "order-desk"."Orders" (id, total) VALUES (999999, 0);""");
        Assert.Equal("2501|3|1199.52|{total,twice}", await VerifyAsync(db, "Orders", "Orders"));
        Assert.NotEqual("", await RangesAsync(db));
        await postgres.SqlAsync(db, Pieces["order-desk/sql/b-back.sql"] + Pieces["order-desk/sql/b-stream.sql"] + Pieces["order-desk/sql/c-backfill.sql"]);
        Assert.Equal("2500|0|0|{}", await VerifyAsync(db, "Orders", "Orders"));
        Assert.Equal("", await RangesAsync(db));
    }

    [Fact]
    public async Task Keys_that_were_cut_are_checked_and_come_back_as_they_were()
    {
        var db = await DatabaseAsync("keys");
        const string Keys = "SELECT string_agg(conrelid::regclass || ' ' || pg_get_constraintdef(oid), '; ' ORDER BY conrelid::regclass::text, conname) FROM pg_constraint WHERE contype = 'f'";
        var before = await postgres.SqlAsync(db, Keys);
        await RunAsync(db, "a-schema", "keys-cut");
        Assert.DoesNotContain("users", await postgres.SqlAsync(db, Keys), StringComparison.Ordinal);
        await postgres.SqlAsync(db, "INSERT INTO refunds VALUES (1, 1), (2, 424242), (3, NULL)");
        Assert.Equal("public.\"Orders\"|0\npublic.refunds|1", await postgres.SqlAsync(db, "SELECT holder, ids FROM conway_migration.ids_of_nothing('order-desk')"));
        Assert.NotEqual(0, (await postgres.RunAsync(db, Pieces["order-desk/sql/keys-back.sql"])).Code);
        await postgres.SqlAsync(db, "DELETE FROM refunds WHERE id = 2");
        await RunAsync(db, "keys-back");
        Assert.Equal(before, await postgres.SqlAsync(db, Keys));
    }

    [Fact]
    public async Task The_copy_refuses_without_the_stream_and_a_table_without_key_or_of_another_name_is_told()
    {
        var db = await DatabaseAsync("refuse");
        await RunAsync(db, "a-schema");
        Assert.Contains("what is changed during the copy would be lost", (await postgres.RunAsync(db, Pieces["order-desk/sql/c-backfill.sql"])).Errors, StringComparison.Ordinal);
        await postgres.SqlAsync(db, "ALTER TABLE order_lines DROP CONSTRAINT order_lines_pkey");
        Assert.Contains("The table order_lines has no primary key", (await postgres.RunAsync(db, Pieces["order-desk/sql/b-stream.sql"])).Errors, StringComparison.Ordinal);
        var elsewhere = await postgres.RunAsync(db, Pieces["order-desk/sql/a-schema.sql"], "-v", "old_schema=nowhere");
        Assert.Contains("There is no table Orders in the schema nowhere.", elsewhere.Errors, StringComparison.Ordinal);
        Assert.NotEqual(0, elsewhere.Code);
    }

    [Fact]
    public async Task Rows_that_are_changed_and_deleted_while_they_are_copied_are_right_in_the_end()
    {
        var db = await DatabaseAsync("busy");
        await RunAsync(db, "a-schema", "b-stream");
        var writing = Enumerable.Range(0, 2).Select(w => AsMonolithAsync(db, string.Concat(Enumerable.Range(1, 400).Select(i =>
            $"UPDATE \"Orders\" SET note = 'w{w} {i}' WHERE id = {2500 - (i * 6) + w}; DELETE FROM \"Orders\" WHERE id = {(i * 6) + 2 + w};\nINSERT INTO \"Orders\" (\"User\", total) VALUES ({w + 1}, {i});\n")))).ToArray();
        await postgres.SqlAsync(db, Pieces["order-desk/sql/c-backfill.sql"], "-v", "chunk=50", "-v", "pause_ms=5");
        await Task.WhenAll(writing);
        Assert.Equal("2500|0|0|{}", await VerifyAsync(db, "Orders", "Orders"));
        Assert.EndsWith("|0|0|{}", await VerifyAsync(db, "order_lines", "order_lines"), StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_have_no_sql_and_neither_has_a_plan_without_tables()
    {
        Assert.All(Pieces.Values, t => Assert.DoesNotContain("'documents'", t, StringComparison.Ordinal));
        Assert.Empty(SqlPieces.Of(new MigrationPlan()));
    }

    private async Task<string> DatabaseAsync(string name)
    {
        await postgres.SqlAsync("postgres", "DO $do$ BEGIN CREATE ROLE monolith_role LOGIN; CREATE ROLE service_role LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $do$;");
        await postgres.SqlAsync("postgres", $"CREATE DATABASE {name}");
        await postgres.SqlAsync(name, Monolith);
        await postgres.SqlAsync(name, Pieces[SqlPieces.HelpersPath]);
        return name;
    }

    private async Task<string> RunAsync(string database, params string[] files)
    {
        var last = "";
        foreach (var file in files)
        {
            last = await postgres.SqlAsync(database, Pieces[$"order-desk/sql/{file}.sql"], Roles);
        }

        return last;
    }

    private Task<string> AsMonolithAsync(string database, string sql) => postgres.SqlAsync(database, sql, "-U", "monolith_role");

    private Task<string> AsServiceAsync(string database, string sql) => postgres.SqlAsync(database, sql, "-U", "service_role");

    private Task<string> VerifyAsync(string database, string old, string fresh) =>
        postgres.SqlAsync(database, $"SELECT * FROM conway_migration.verify('public.\"{old}\"'::regclass, '\"order-desk\".\"{fresh}\"'::regclass)");

    private Task<string> RangesAsync(string database) => postgres.SqlAsync(database, """
        SELECT range FROM conway_migration.checksums('public."Orders"'::regclass) o FULL JOIN conway_migration.checksums('"order-desk"."Orders"'::regclass) n USING (range) WHERE (o.rows, o.checksum) IS DISTINCT FROM (n.rows, n.checksum)
        """);
}
