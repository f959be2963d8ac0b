namespace Conway.CodeFacts.Sql;

/// <summary>Which tables a text of SQL reads and writes.</summary>
/// <remarks>Not a grammar of any dialect: it follows the words after which tables stand, knows aliases, common table expressions, temporary tables
/// and functions, and passes over the rest. So it reads what all dialects share, and text that a program puts together.</remarks>
internal sealed class SqlReader
{
    private static readonly HashSet<string> Verbs = Words("SELECT INSERT UPDATE DELETE MERGE TRUNCATE REPLACE EXEC EXECUTE CALL");

    /// <summary>Words that end a reference to a table: what follows one of them is no alias.</summary>
    private static readonly HashSet<string> NoAlias = Words(
        "WHERE JOIN INNER LEFT RIGHT FULL CROSS OUTER ON GROUP ORDER HAVING UNION SET VALUES SELECT LIMIT OFFSET FETCH FOR WITH USING WHEN AS NATURAL RETURNING OUTPUT "
        + "DEFAULT EXCEPT INTERSECT AND OR NOT FROM INTO WINDOW QUALIFY TABLESAMPLE OPTION APPLY STRAIGHT_JOIN UPDATE DELETE INSERT MERGE END BEGIN IF ELSE GO DECLARE LATERAL USE FORCE DO CONFLICT PIVOT UNPIVOT");

    private static readonly HashSet<string> FunctionsWithFrom = Words("EXTRACT TRIM SUBSTRING OVERLAY POSITION");

    private readonly List<SqlToken> _tokens;
    private readonly HashSet<string> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SqlText> _found = [];
    private Statement? _statement;

    private SqlReader(List<SqlToken> tokens) => _tokens = tokens;

    /// <summary>The statements of a text, in order; empty when it is no SQL.</summary>
    public static IReadOnlyList<SqlText> Read(string text)
    {
        if (!SqlLook.MayBe(text))
        {
            return [];
        }

        var reader = new SqlReader(SqlLexer.Read(text));
        reader.Run();
        return reader._found;
    }

    private static HashSet<string> Words(string words) => [.. words.Split(' ')];

    private void Run()
    {
        for (var i = 0; i < _tokens.Count;)
        {
            i = _tokens[i].Kind == SqlTokenKind.Word ? Word(i) : Sign(i);
        }

        End();
    }

    private int Sign(int i)
    {
        if (_tokens[i].IsSign(';'))
        {
            End();
        }

        return i + 1;
    }

    private void End()
    {
        if (_statement?.ToText() is { } text)
        {
            _found.Add(text);
        }

        _statement = null;
    }

    /// <summary>Begins a statement, unless one of this kind is a part of the one that is open.</summary>
    private Statement Begin(string verb)
    {
        if (_statement is null || (verb != "SELECT" && _statement.Verb != "SELECT" && !_statement.IsWith))
        {
            End();
            _statement = new(verb);
        }
        else if (verb != "SELECT")
        {
            // WITH x AS (SELECT …) DELETE …; a SELECT that is followed by a writing verb without a semicolon ends there.
            if (_statement is { IsWith: false })
            {
                End();
                _statement = new(verb);
            }
            else
            {
                _statement.Verb = verb;
                _statement.IsWith = false;
            }
        }

        return _statement!;
    }

    private int Word(int i)
    {
        switch (_tokens[i].Text.ToUpperInvariant())
        {
            case "WITH" when CommonTables(i):
                (_statement ??= new("SELECT")).IsWith = true;
                return i + 1;
            case "SELECT":
                Begin("SELECT").Select();
                return i + 1;
            case "CREATE" or "ALTER" or "DROP" or "GRANT" when _statement is null:
                return Skip(i);
            case "INSERT" or "REPLACE" when !Before(i, "(") && IsInsert(i):
                Begin("INSERT");
                return Write(After(i, "INTO", "OVERWRITE", "IGNORE", "OR", "REPLACE", "TABLE", "DELAYED", "LOW_PRIORITY"), mayCall: true);
            case "UPDATE" when !Before(i, "FOR", "ON", "DO", "KEY", "THEN", "(") && HasSet(i):
                Begin("UPDATE");
                return Write(After(i, "ONLY", "IGNORE", "LOW_PRIORITY"));
            case "UPDATE" or "DELETE" when Before(i, "THEN"):
                return i + 1; // of MERGE
            case "DELETE" when !Before(i, "ON", "("):
                Begin("DELETE");
                return Next(i + 1, "FROM") ? Write(After(i, "FROM", "ONLY")) : IsName(i + 1) && !Next(i + 1, "TOP") ? Write(i + 1) : i + 1;
            case "MERGE" when Next(i + 1, "INTO") || IsName(i + 1):
                Begin("MERGE");
                return Write(After(i, "INTO"));
            case "TRUNCATE" when Next(i + 1, "TABLE") || IsName(i + 1):
                Begin("TRUNCATE");
                return Write(After(i, "TABLE", "ONLY"));
            case "EXEC" or "EXECUTE" or "CALL" when _statement is null && IsName(i + 1):
                Begin("EXEC");
                return i + 1;
            case "FROM" when _statement is not null && !Before(i, "DISTINCT") && !IsInFunction(i):
                return Tables(i + 1);
            case "JOIN" or "APPLY" or "STRAIGHT_JOIN" when _statement is not null:
                return Table(i + 1, isJoin: true);
            case "USING" when _statement is { Verb: "MERGE" or "DELETE" } && !IsSign(i + 1, '('):
                return Table(i + 1, isJoin: true);
            case "INTO" when _statement is { Verb: "SELECT" } && IsName(i + 1):
                return Write(i + 1);
            default:
                return i + 1;
        }
    }

    // --- names of tables ---------------------------------------------------------------------------------------------------

    private int Write(int i, bool mayCall = false)
    {
        var (name, end) = Name(i);
        if (name is { } table)
        {
            if (!IsSign(end, '(') || mayCall)
            {
                _statement!.Write(table);
            }

            return Alias(end, table);
        }

        return Math.Max(end, i);
    }

    /// <summary>A list of tables: the first, and what a comma adds to it.</summary>
    private int Tables(int i)
    {
        i = Table(i, isJoin: false);
        while (IsSign(i, ',') && IsName(i + 1))
        {
            i = Table(i + 1, isJoin: true);
        }

        return i;
    }

    private int Table(int i, bool isJoin)
    {
        i = After(i - 1, "LATERAL", "ONLY");
        if (IsSign(i, '('))
        {
            return i + 1; // a query within the query: its words come next
        }

        var (name, end) = Name(i);
        if (name is not { } table)
        {
            return Math.Max(end, i);
        }

        if (IsSign(end, '(') && !IsHint(end))
        {
            return end; // a function that gives rows
        }

        _statement!.Read(_named.Contains(table.Name) && table.Schema is null ? null : table, isJoin);
        return Alias(end, table);
    }

    private int Alias(int i, SqlName table)
    {
        var at = Next(i, "AS") ? i + 1 : i;
        if (at < _tokens.Count && _tokens[at] is { Kind: SqlTokenKind.Word or SqlTokenKind.Quoted } alias && !(alias.Kind == SqlTokenKind.Word && NoAlias.Contains(alias.Text.ToUpperInvariant())))
        {
            _statement!.Alias(alias.Text, _named.Contains(table.Name) && table.Schema is null ? null : table);
            return at + 1;
        }

        return at;
    }

    /// <summary>A name of up to four parts. Temporary tables, variables and what a program puts in whole have none.</summary>
    private (SqlName? Name, int End) Name(int i)
    {
        if (!IsName(i))
        {
            return (null, i);
        }

        var parts = new List<string> { _tokens[i++].Text };
        while (IsSign(i, '.') && i + 1 < _tokens.Count)
        {
            if (IsSign(i + 1, '.'))
            {
                parts.Add("");
                i++;
            }
            else if (_tokens[i + 1].Kind is SqlTokenKind.Word or SqlTokenKind.Quoted)
            {
                parts.Add(_tokens[i + 1].Text);
                i += 2;
            }
            else
            {
                break;
            }
        }

        var name = parts[^1];
        if (name.Contains(SqlLexer.Hole, StringComparison.Ordinal) || name.Length == 0 || name[0] is '#' or '@' or ':')
        {
            return (null, Alias(i));
        }

        if (IsOfNoSystem(parts.Count > 1 ? parts[^2] : "", name))
        {
            return (null, Alias(i));
        }

        var schema = parts.Count > 1 && parts[^2] is { Length: > 0 } said && !said.Contains(SqlLexer.Hole, StringComparison.Ordinal) ? said : null;
        return (new SqlName(schema, name), i);
    }

    /// <summary>Catalogs of databases themselves, and holes of another kind: <c>"{0}"</c>.</summary>
    private static bool IsOfNoSystem(string schema, string name) =>
        name.AsSpan().IndexOfAny('{', '}') >= 0 || schema.ToUpperInvariant() is "INFORMATION_SCHEMA" or "PG_CATALOG" or "SYS"
        || name.StartsWith("pg_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);

    /// <summary>Passes over the alias of a table that has no name here, so that it is not taken for one.</summary>
    private int Alias(int i)
    {
        var at = Next(i, "AS") ? i + 1 : i;
        if (at < _tokens.Count && _tokens[at] is { Kind: SqlTokenKind.Word } alias && !NoAlias.Contains(alias.Text.ToUpperInvariant()))
        {
            _statement?.Alias(alias.Text, null);
            return at + 1;
        }

        return at;
    }

    private bool IsName(int i) =>
        i < _tokens.Count && (_tokens[i].Kind == SqlTokenKind.Quoted || (_tokens[i].Kind == SqlTokenKind.Word && !NoAlias.Contains(_tokens[i].Text.ToUpperInvariant())));

    // --- what stands around ------------------------------------------------------------------------------------------------

    private bool IsSign(int i, char sign) => i < _tokens.Count && _tokens[i].IsSign(sign);

    private bool Next(int i, string word) => i < _tokens.Count && _tokens[i].Is(word);

    private bool Before(int i, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (i > 0 && (_tokens[i - 1].Is(word) || (word == "(" && _tokens[i - 1].IsSign('(') && word.Length == 1 && i + 1 < _tokens.Count && _tokens[i + 1].IsSign(','))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Behind the word and any of those that may follow it.</summary>
    private int After(int i, params ReadOnlySpan<string> words)
    {
        for (i++; i < _tokens.Count && _tokens[i].Kind == SqlTokenKind.Word && Contains(words, _tokens[i].Text); i++)
        {
        }

        if (Next(i, "TOP") && IsSign(i + 1, '('))
        {
            while (i < _tokens.Count && !IsSign(i, ')'))
            {
                i++;
            }

            i++;
        }

        return i;
    }

    private static bool Contains(ReadOnlySpan<string> words, string text)
    {
        foreach (var word in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsInsert(int i) => _tokens[i].Is("REPLACE") ? Next(i + 1, "INTO") : !Before(i, "THEN") && i + 1 < _tokens.Count && !IsSign(i + 1, '(');

    /// <summary>UPDATE is one when SET follows its table.</summary>
    private bool HasSet(int i)
    {
        for (var at = i + 1; at < Math.Min(_tokens.Count, i + 40); at++)
        {
            if (_tokens[at].Is("SET"))
            {
                return true;
            }

            if (_tokens[at].Is("WHERE") || _tokens[at].IsSign(';'))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>EXTRACT(year FROM d): this FROM names no table.</summary>
    private bool IsInFunction(int i)
    {
        var open = 0;
        for (var at = i - 1; at > 0; at--)
        {
            if (_tokens[at].IsSign(')'))
            {
                open++;
            }
            else if (_tokens[at].IsSign('(') && --open < 0)
            {
                return _tokens[at - 1].Kind == SqlTokenKind.Word && FunctionsWithFrom.Contains(_tokens[at - 1].Text.ToUpperInvariant());
            }
        }

        return false;
    }

    /// <summary>(NOLOCK) behind a table is a hint, not the arguments of a function.</summary>
    private bool IsHint(int i) => i + 2 < _tokens.Count && IsSign(i + 2, ')') && _tokens[i + 1].Kind == SqlTokenKind.Word && _tokens[i + 1].Text.EndsWith("LOCK", StringComparison.OrdinalIgnoreCase);

    /// <summary>WITH a AS (…), b (x) AS (…): names that are no tables. False for WITH (NOLOCK).</summary>
    private bool CommonTables(int i)
    {
        var any = false;
        var depth = 0;
        for (var at = After(i, "RECURSIVE"); at < _tokens.Count; at++)
        {
            if (depth == 0 && IsName(at) && IsCommonTable(at))
            {
                _named.Add(_tokens[at].Text);
                any = true;
            }
            else if (depth == 0 && _tokens[at].Kind == SqlTokenKind.Word && Verbs.Contains(_tokens[at].Text.ToUpperInvariant()))
            {
                break;
            }

            depth += _tokens[at].IsSign('(') ? 1 : _tokens[at].IsSign(')') ? -1 : 0;
            if (!any)
            {
                break;
            }
        }

        return any;
    }

    private bool IsCommonTable(int at)
    {
        var next = at + 1;
        if (IsSign(next, '('))
        {
            while (next < _tokens.Count && !IsSign(next, ')'))
            {
                next++;
            }

            next++;
        }

        if (!Next(next, "AS"))
        {
            return false;
        }

        next = After(next, "NOT", "MATERIALIZED");
        return IsSign(next, '(');
    }

    /// <summary>What defines tables neither reads nor writes them: on to the next statement.</summary>
    private int Skip(int i)
    {
        while (i < _tokens.Count && !_tokens[i].IsSign(';') && !_tokens[i].Is("GO"))
        {
            i++;
        }

        return i + 1;
    }

    /// <summary>A statement while it is read.</summary>
    private sealed class Statement(string verb)
    {
        private readonly List<SqlName> _reads = [];
        private readonly List<SqlName> _writes = [];
        private readonly List<(SqlName, SqlName)> _joins = [];
        private readonly Dictionary<string, SqlName?> _aliases = new(StringComparer.OrdinalIgnoreCase);
        private SqlName? _first;
        private SqlName? _before;

        public string Verb { get; set; } = verb;

        /// <summary>Its verb comes behind the common table expressions.</summary>
        public bool IsWith { get; set; }

        /// <summary>Another list of tables begins.</summary>
        public void Select() => (_before, _first) = (_first ?? _before, null);

        public void Write(SqlName table) => _writes.Add(table);

        public void Read(SqlName? table, bool isJoin)
        {
            if (table is not { } named)
            {
                // A common table expression: what is joined to it is joined to the table that it is made from.
                _first ??= _before;
                return;
            }

            _reads.Add(named);
            if (isJoin && (_first ?? Written()) is { } left && left != named)
            {
                _joins.Add((left, named));
            }

            if (!isJoin)
            {
                _first = named;
            }

            _first ??= named;
        }

        public void Alias(string alias, SqlName? table) => _aliases.TryAdd(alias, table);

        private SqlName? Written() => _writes.Count > 0 ? Real(_writes[^1]) : null;

        /// <summary>UPDATE o SET … FROM Orders o writes Orders.</summary>
        private SqlName? Real(SqlName name) =>
            name.Schema is null && _aliases.TryGetValue(name.Name, out var table) && !Equals(table?.Name, name.Name) ? table : name;

        public SqlText? ToText()
        {
            var writes = _writes.Select(Real).OfType<SqlName>().Distinct().ToArray();

            // UPDATE o … FROM Orders o: the table is written where it was only named to say which rows.
            var reads = _reads.Select(Real).OfType<SqlName>().Where(r => Verb is "SELECT" or "INSERT" or "MERGE" || !writes.Contains(r)).Distinct().ToArray();
            var joins = _joins.Select(j => (Left: Real(j.Item1), Right: Real(j.Item2))).Where(j => j.Left is not null && j.Right is not null && j.Left != j.Right)
                .Select(j => (j.Left!.Value, j.Right!.Value)).Distinct().ToArray();
            return reads.Length + writes.Length > 0 || Verb == "EXEC" ? new(Verb, reads, writes, joins) : null;
        }
    }
}
