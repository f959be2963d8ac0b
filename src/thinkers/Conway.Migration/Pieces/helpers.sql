-- What the SQL of every slice uses, in a schema of its own. Run it once, as the owner of the old tables. PostgreSQL 13 or newer.
-- Columns and keys come from the catalogue of the database, not from the code: nothing here guesses.
CREATE SCHEMA IF NOT EXISTS conway_migration;

-- Foreign keys that were cut, to check the ids that they left and to add them again.
CREATE TABLE IF NOT EXISTS conway_migration.cut_keys (
    slice text NOT NULL, holder text NOT NULL, name text NOT NULL, target text NOT NULL, definition text NOT NULL,
    holder_columns text[] NOT NULL, target_columns text[] NOT NULL, PRIMARY KEY (slice, holder, name));

-- The columns of the primary key, quoted, in its order.
CREATE OR REPLACE FUNCTION conway_migration.key_of(source regclass) RETURNS text[] LANGUAGE plpgsql STABLE AS $body$
DECLARE found_key text[];
BEGIN
    SELECT array_agg(format('%I', a.attname) ORDER BY k.place) INTO found_key
    FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
    WHERE i.indrelid = source AND i.indisprimary;
    IF found_key IS NULL THEN
        RAISE EXCEPTION 'The table % has no primary key, so its rows cannot be told apart.', source USING HINT = 'Give it one before it moves.';
    END IF;
    RETURN found_key;
END $body$;

-- The columns that can be written, quoted.
CREATE OR REPLACE FUNCTION conway_migration.columns_of(source regclass) RETURNS text[] LANGUAGE sql STABLE AS $body$
    SELECT array_agg(format('%I', attname) ORDER BY attnum) FROM pg_attribute WHERE attrelid = source AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
$body$;

-- With its schema, whatever the search path is.
CREATE OR REPLACE FUNCTION conway_migration.name_of(source regclass) RETURNS text LANGUAGE sql STABLE AS $body$
    SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = source
$body$;

-- Carries a change of a row over to the other table, in the same transaction. Its arguments: the other table, key, columns, what a conflict sets.
CREATE OR REPLACE FUNCTION conway_migration.carry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    target text := TG_ARGV[0];
    match text := TG_ARGV[1];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        EXECUTE format('DELETE FROM %s', target);
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND TG_ARGV[5]::boolean) THEN
        EXECUTE format('DELETE FROM %s AS t WHERE %s', target, match) USING OLD;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s ON CONFLICT (%s) DO %s', target, TG_ARGV[2], TG_ARGV[3], TG_ARGV[4],
            CASE WHEN TG_ARGV[6] = '' THEN 'NOTHING' ELSE 'UPDATE SET ' || TG_ARGV[6] END) USING NEW;
    END IF;
    RETURN NULL;
END $body$;

-- Turns the stream from one table to the other on. It is the only one: the other way must be off.
CREATE OR REPLACE PROCEDURE conway_migration.stream(source regclass, target regclass) LANGUAGE plpgsql AS $body$
DECLARE
    keys text[] := conway_migration.key_of(source);
    match text;
    changed text;
BEGIN
    IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = target AND tgname LIKE 'conway_stream%') THEN
        RAISE EXCEPTION 'The stream from % to % is on already.', target, source USING HINT = 'Only one way at a time: turn it off first.';
    END IF;
    CALL conway_migration.stop_stream(source);
    SELECT string_agg(format('t.%s = ($1).%s', k, k), ' AND '), string_agg(format('NEW.%s IS DISTINCT FROM OLD.%s', k, k), ' OR ') INTO match, changed FROM unnest(keys) AS k;
    -- An update that changes the key is a delete and an insert for the other table.
    EXECUTE format('CREATE TRIGGER conway_stream_row AFTER INSERT OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION conway_migration.carry(%s, false, %L)', source, conway_migration.arguments(source, target, match), conway_migration.sets(source));
    EXECUTE format('CREATE TRIGGER conway_stream_change AFTER UPDATE ON %s FOR EACH ROW WHEN (NOT (%s)) EXECUTE FUNCTION conway_migration.carry(%s, false, %L)', source, changed, conway_migration.arguments(source, target, match), conway_migration.sets(source));
    EXECUTE format('CREATE TRIGGER conway_stream_rekey AFTER UPDATE ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION conway_migration.carry(%s, true, %L)', source, changed, conway_migration.arguments(source, target, match), conway_migration.sets(source));
    EXECUTE format('CREATE TRIGGER conway_stream_empty AFTER TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION conway_migration.carry(%s, false, %L)', source, conway_migration.arguments(source, target, match), conway_migration.sets(source));
END $body$;

CREATE OR REPLACE FUNCTION conway_migration.arguments(source regclass, target regclass, match text) RETURNS text LANGUAGE sql STABLE AS $body$
    SELECT format('%L, %L, %L, %L, %L', conway_migration.name_of(target), match, array_to_string(conway_migration.columns_of(source), ', '),
        (SELECT string_agg('($1).' || c, ', ') FROM unnest(conway_migration.columns_of(source)) AS c), array_to_string(conway_migration.key_of(source), ', '))
$body$;

CREATE OR REPLACE FUNCTION conway_migration.sets(source regclass) RETURNS text LANGUAGE sql STABLE AS $body$
    SELECT coalesce(string_agg(format('%I = EXCLUDED.%I', attname, attname), ', ' ORDER BY attnum), '') FROM pg_attribute
    WHERE attrelid = source AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity <> 'a' AND format('%I', attname) <> ALL (conway_migration.key_of(source))
$body$;

CREATE OR REPLACE PROCEDURE conway_migration.stop_stream(source regclass) LANGUAGE plpgsql AS $body$
DECLARE found record;
BEGIN
    FOR found IN SELECT tgname FROM pg_trigger WHERE tgrelid = source AND tgname LIKE 'conway\_stream\_%' LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, source);
    END LOOP;
END $body$;

-- Copies what was there before the stream, in ranges of the key, each in its own transaction. A row that is there already came by the stream and is newer.
-- Rows are locked while their range is copied, so that a row that is deleted meanwhile does not come back. It waits for a lock shorter than the server looks
-- for deadlocks, so that it is always the copy that gives way and never somebody's request.
CREATE OR REPLACE PROCEDURE conway_migration.backfill(source regclass, target regclass, chunk integer DEFAULT 1000, pause_ms integer DEFAULT 0) LANGUAGE plpgsql AS $body$
DECLARE
    keys text := array_to_string(conway_migration.key_of(source), ', ');
    columns text := array_to_string(conway_migration.columns_of(source), ', ');
    backwards text := array_to_string(conway_migration.key_of(source), ' DESC, ') || ' DESC';
    above text := '';
    part text;
    low jsonb;
    high jsonb;
    refused integer := 0;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = source AND tgname = 'conway_stream_row') THEN
        RAISE EXCEPTION 'The stream from % is off, so what is changed during the copy would be lost.', source USING HINT = 'Turn the stream on before the copy.';
    END IF;
    LOOP
        EXECUTE format('SELECT to_jsonb(r) FROM (SELECT %s FROM %s %s ORDER BY %s LIMIT %s) AS r ORDER BY %s LIMIT 1', keys, source, above, keys, chunk, backwards) INTO high USING low;
        EXIT WHEN high IS NULL;
        part := format('(%s) <= (SELECT %s FROM jsonb_populate_record(NULL::%s, $2))', keys, keys, source);
        BEGIN
            SET LOCAL lock_timeout = '200ms';
            EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM (SELECT %s FROM %s %s %s %s FOR SHARE) AS r ON CONFLICT DO NOTHING',
                target, columns, columns, columns, source, above, CASE WHEN above = '' THEN 'WHERE' ELSE 'AND' END, part) USING low, high;
            low := high;
            above := format('WHERE (%s) > (SELECT %s FROM jsonb_populate_record(NULL::%s, $1))', keys, keys, source);
            refused := 0;
        EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
            refused := refused + 1;
            IF refused > 300 THEN
                RAISE EXCEPTION 'Rows of % above % have been locked for a minute.', source, low USING HINT = 'Look for a transaction that is left open; the copy may be started again at any time.';
            END IF;
        END;
        COMMIT;
        PERFORM pg_sleep(pause_ms / 1000.0);
    END LOOP;
END $body$;

-- Counts rows, those that differ or are on one side only, and sums of amounts that differ. All zero but rows: verified.
CREATE OR REPLACE FUNCTION conway_migration.verify(source regclass, target regclass, OUT rows bigint, OUT differ bigint, OUT per_million numeric, OUT sums_differ text[]) LANGUAGE plpgsql STABLE AS $body$
DECLARE
    match text;
    amount record;
    is_equal boolean;
BEGIN
    SELECT string_agg(format('s.%s = t.%s', k, k), ' AND ') INTO match FROM unnest(conway_migration.key_of(source)) AS k;
    EXECUTE format('SELECT count(*), count(*) FILTER (WHERE to_jsonb(s) IS DISTINCT FROM to_jsonb(t)) FROM %s AS s FULL JOIN %s AS t ON %s', source, target, match) INTO rows, differ;
    per_million := CASE WHEN rows = 0 THEN 0 ELSE trim_scale(round(differ * 1000000.0 / rows, 3)) END;
    sums_differ := '{}';
    FOR amount IN SELECT attname FROM pg_attribute WHERE attrelid = source AND attnum > 0 AND NOT attisdropped AND atttypid IN ('numeric'::regtype, 'money'::regtype) ORDER BY attnum LOOP
        EXECUTE format('SELECT (SELECT sum(%I) FROM %s) IS NOT DISTINCT FROM (SELECT sum(%I) FROM %s)', amount.attname, source, amount.attname, target) INTO is_equal;
        IF NOT is_equal THEN
            sums_differ := sums_differ || amount.attname::text;
        END IF;
    END LOOP;
END $body$;

-- Checksums of ranges: the same for two tables with the same rows, cheap to compare over a network.
CREATE OR REPLACE FUNCTION conway_migration.checksums(source regclass, ranges integer DEFAULT 16) RETURNS TABLE (range integer, rows bigint, checksum numeric) LANGUAGE plpgsql STABLE AS $body$
DECLARE keys text := (SELECT string_agg('r.' || k || '::text', ' || ''/'' || ') FROM unnest(conway_migration.key_of(source)) AS k);
BEGIN
    RETURN QUERY EXECUTE format('SELECT (abs(hashtextextended(%s, 0) %% %s))::integer, count(*), sum(hashtextextended(to_jsonb(r)::text, 0)::numeric) FROM %s AS r GROUP BY 1 ORDER BY 1', keys, ranges, source);
END $body$;

-- Numbers go on above what is there; a sequence that belongs to another table is replaced by one of its own.
CREATE OR REPLACE PROCEDURE conway_migration.own_sequences(source regclass) LANGUAGE plpgsql AS $body$
DECLARE
    numbered record;
    sequence text;
BEGIN
    FOR numbered IN
        SELECT a.attname, a.attidentity, n.nspname, c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = source AND a.attnum > 0 AND NOT a.attisdropped AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%')
    LOOP
        sequence := pg_get_serial_sequence(source::text, numbered.attname);
        IF sequence IS NULL THEN
            sequence := format('%I.%I', numbered.nspname, left(numbered.relname || '_' || numbered.attname, 59) || '_seq');
            EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %s OWNED BY %s.%I', sequence, source, numbered.attname);
            EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT nextval(%L)', source, numbered.attname, sequence);
        END IF;
        EXECUTE format('SELECT setval(%L, greatest((SELECT coalesce(max(%I), 0) FROM %s), 0) + 1, false)', sequence, numbered.attname, source);
    END LOOP;
END $body$;

-- Drops foreign keys between tables that move and tables that do not, and keeps what they were.
CREATE OR REPLACE PROCEDURE conway_migration.cut_keys_of(slice_name text, moving regclass[]) LANGUAGE plpgsql AS $body$
DECLARE cut record;
BEGIN
    FOR cut IN
        SELECT conname, conrelid, confrelid, pg_get_constraintdef(oid) AS definition,
            (SELECT array_agg(format('%I', a.attname) ORDER BY u.place) FROM unnest(conkey) WITH ORDINALITY AS u(num, place) JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = u.num) AS holder_columns,
            (SELECT array_agg(format('%I', a.attname) ORDER BY u.place) FROM unnest(confkey) WITH ORDINALITY AS u(num, place) JOIN pg_attribute a ON a.attrelid = confrelid AND a.attnum = u.num) AS target_columns
        FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND (conrelid = ANY (moving)) <> (confrelid = ANY (moving)) ORDER BY conrelid::text, conname
    LOOP
        INSERT INTO conway_migration.cut_keys VALUES (slice_name, conway_migration.name_of(cut.conrelid), cut.conname, conway_migration.name_of(cut.confrelid), cut.definition, cut.holder_columns, cut.target_columns);
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', cut.conrelid::regclass, cut.conname);
    END LOOP;
END $body$;

CREATE OR REPLACE PROCEDURE conway_migration.add_keys_again(slice_name text) LANGUAGE plpgsql AS $body$
DECLARE cut record;
BEGIN
    FOR cut IN SELECT * FROM conway_migration.cut_keys WHERE slice = slice_name ORDER BY holder, name LOOP
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', cut.holder, cut.name, cut.definition);
    END LOOP;
    DELETE FROM conway_migration.cut_keys WHERE slice = slice_name;
END $body$;

-- Ids that lead to nothing, for each key that was cut. At most 0.
CREATE OR REPLACE FUNCTION conway_migration.ids_of_nothing(slice_name text) RETURNS TABLE (holder text, name text, ids bigint) LANGUAGE plpgsql STABLE AS $body$
DECLARE
    cut record;
    match text;
    given text;
BEGIN
    FOR cut IN SELECT * FROM conway_migration.cut_keys k WHERE k.slice = slice_name ORDER BY k.holder, k.name LOOP
        SELECT string_agg(format('t.%s = h.%s', cut.target_columns[i], cut.holder_columns[i]), ' AND '), string_agg(format('h.%s IS NOT NULL', cut.holder_columns[i]), ' AND ') INTO match, given
        FROM generate_subscripts(cut.holder_columns, 1) AS i;
        RETURN QUERY EXECUTE format('SELECT %L::text, %L::text, count(*) FROM %s AS h WHERE %s AND NOT EXISTS (SELECT FROM %s AS t WHERE %s)', cut.holder, cut.name, cut.holder, given, cut.target, match);
    END LOOP;
END $body$;

-- A table by the name that the code has for it: exactly so, else the one that differs in case alone.
CREATE OR REPLACE FUNCTION conway_migration.table_of(schema_name text, table_name text) RETURNS regclass LANGUAGE plpgsql STABLE AS $body$
DECLARE found_tables regclass[];
BEGIN
    SELECT array_agg(c.oid::regclass ORDER BY c.relname = table_name DESC) INTO found_tables FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = schema_name AND c.relkind IN ('r', 'p') AND (c.relname = table_name OR (lower(c.relname) = lower(table_name) AND NOT EXISTS (
        SELECT FROM pg_class o WHERE o.relnamespace = n.oid AND o.relkind IN ('r', 'p') AND o.relname = table_name)));
    IF found_tables IS NULL THEN
        RAISE EXCEPTION 'There is no table % in the schema %.', table_name, schema_name USING HINT = 'Say where the old tables are: psql -v old_schema=NAME.';
    ELSIF cardinality(found_tables) > 1 THEN
        RAISE EXCEPTION 'The schema % has several tables called % that differ in case alone.', schema_name, table_name;
    END IF;
    RETURN found_tables[1];
END $body$;

-- An empty table with the same columns, keys, indexes and checks in another schema.
CREATE OR REPLACE PROCEDURE conway_migration.make_table(source regclass, schema_name text) LANGUAGE plpgsql AS $body$
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I.%I (LIKE %s INCLUDING ALL)', schema_name, (SELECT relname FROM pg_class WHERE oid = source), source);
END $body$;

-- Keeps writers out until the transaction ends. Readers of the old tables pass.
CREATE OR REPLACE PROCEDURE conway_migration.hold(tables regclass[]) LANGUAGE plpgsql AS $body$
DECLARE held regclass;
BEGIN
    FOREACH held IN ARRAY tables LOOP
        EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', held);
    END LOOP;
END $body$;

-- Foreign keys among the tables that move, for their new places; rows that are there are not looked at again.
CREATE OR REPLACE PROCEDURE conway_migration.inner_keys(sources regclass[], targets regclass[]) LANGUAGE plpgsql AS $body$
DECLARE inner_key record;
BEGIN
    FOR inner_key IN
        SELECT conname, targets[array_position(sources, conrelid::regclass)] AS holder, targets[array_position(sources, confrelid::regclass)] AS target,
            (SELECT string_agg(format('%I', a.attname), ', ' ORDER BY u.place) FROM unnest(conkey) WITH ORDINALITY AS u(num, place) JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = u.num) AS holder_columns,
            (SELECT string_agg(format('%I', a.attname), ', ' ORDER BY u.place) FROM unnest(confkey) WITH ORDINALITY AS u(num, place) JOIN pg_attribute a ON a.attrelid = confrelid AND a.attnum = u.num) AS target_columns,
            CASE confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END AS on_delete,
            CASE confupdtype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END AS on_update
        FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND conrelid = ANY (sources) AND confrelid = ANY (sources) ORDER BY conrelid::text, conname
    LOOP
        IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = inner_key.holder AND conname = inner_key.conname) THEN
            EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (%s) REFERENCES %s (%s) ON DELETE %s ON UPDATE %s NOT VALID',
                inner_key.holder, inner_key.conname, inner_key.holder_columns, inner_key.target, inner_key.target_columns, inner_key.on_delete, inner_key.on_update);
        END IF;
    END LOOP;
END $body$;
