namespace Conway.CodeFacts.Sql;

/// <summary>A statement that was found in text, with the tables it touches.</summary>
/// <param name="Verb">In upper case.</param>
/// <param name="Reads">Tables it reads, in the order of the text, each once.</param>
/// <param name="Writes">Tables it writes, likewise.</param>
/// <param name="Joins">Pairs of tables that it brings together: the first table of the query, and the one that is joined.</param>
internal sealed record SqlText(string Verb, IReadOnlyList<SqlName> Reads, IReadOnlyList<SqlName> Writes, IReadOnlyList<(SqlName Left, SqlName Right)> Joins);

/// <summary>The name of a table.</summary>
internal readonly record struct SqlName(string? Schema, string Name)
{
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
