namespace Conway.Migration.Linting;

/// <summary>What the database no longer keeps together is kept by something else.</summary>
internal static class Replacements
{
    public static void Look(Lint lint)
    {
        foreach (var (_, slice, at) in lint.Slices)
        {
            foreach (var (key, i) in slice.Keys.Select((k, i) => (k, i)))
            {
                if (string.IsNullOrWhiteSpace(key.Instead))
                {
                    lint.Tell(MigrationFindings.NotReplaced, $"{at}.keys[{i}]", $"Nothing replaces the key {key.From} -> {key.To}.", "Write under 'instead' what does: the id alone, or a copy.");
                }
                else if (string.IsNullOrWhiteSpace(key.Check))
                {
                    lint.Tell(MigrationFindings.NotReplaced, $"{at}.keys[{i}]", $"Nothing checks the ids that replace the key {key.From} -> {key.To}.", "Write under 'check' which job finds ids of nothing, and how often.");
                }
            }

            foreach (var (join, i) in slice.Joins.Select((j, i) => (j, i)))
            {
                if (string.IsNullOrWhiteSpace(join.Instead))
                {
                    lint.Tell(MigrationFindings.NotReplaced, $"{at}.joins[{i}]", $"Nothing replaces the join of {string.Join(" and ", join.Tables)} in {join.In}.", "Write under 'instead' what does: two questions, or a read model.");
                }
            }

            lint.Count(MigrationFindings.NotReplaced, at, "keys", slice.Counts.Keys, slice.Keys.Count);
            lint.Count(MigrationFindings.NotReplaced, at, "joins", slice.Counts.Joins, slice.Joins.Count);
        }
    }
}
