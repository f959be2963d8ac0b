namespace Conway.CodeFacts.Bench;

/// <summary>Truth that a person wrote down: lines of <c>entity NAME</c>, <c>table NAME</c>, <c>allowed NAME</c>; <c>#</c> begins a comment, <c>sql</c> alone says that tables only named by SQL count too.</summary>
internal static class TruthFile
{
    public static Truth Read(string path)
    {
        var (entities, tables, allowed, sql) = (new HashSet<string>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<string>(StringComparer.OrdinalIgnoreCase), false);
        foreach (var (line, number) in File.ReadLines(path).Select((l, i) => (l.Split('#')[0].Trim(), i + 1)))
        {
            switch (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                case []:
                    break;
                case ["sql"]:
                    sql = true;
                    break;
                case ["entity", .. var names]:
                    entities.UnionWith(names);
                    break;
                case ["table", .. var names]:
                    tables.UnionWith(names);
                    break;
                case ["allowed", .. var names]:
                    allowed.UnionWith(names);
                    break;
                default:
                    throw new InvalidDataException($"{path}:{number}: a line is 'entity NAME…', 'table NAME…', 'allowed NAME…' or 'sql'.");
            }
        }

        return new() { Source = Path.GetFileName(path), Entities = entities, Tables = tables, Allowed = allowed, ShortNames = true, AllTables = sql };
    }
}
