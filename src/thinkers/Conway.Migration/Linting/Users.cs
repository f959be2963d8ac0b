using Conway.Migration.Plans;

namespace Conway.Migration.Linting;

/// <summary>Whoever uses from outside what moves is listed with what it does instead.</summary>
internal static class Users
{
    public static void Look(Lint lint)
    {
        // A slice that keeps a copy of a table, or asks for it, uses it: its owner has to know.
        var using_ = lint.Slices.SelectMany(s => s.Slice.Data.Where(d => d.Decision is DataDecision.Copy or DataDecision.Stay).Select(d => (d.Table, By: s.Phase.Id))).ToLookup(u => u.Table, u => u.By, StringComparer.Ordinal);
        foreach (var (phase, slice, at) in lint.Slices)
        {
            foreach (var (row, i) in slice.Data.Select((d, i) => (d, i)).Where(d => d.d.Decision == DataDecision.Move))
            {
                var listed = slice.Readers.Where(r => r.Table == row.Table).Select(r => r.By).ToHashSet(StringComparer.Ordinal);
                foreach (var user in row.UsedBy.Concat(using_[row.Table]).Distinct(StringComparer.Ordinal).Where(u => u != phase.Id && !listed.Contains(u)))
                {
                    lint.Tell(MigrationFindings.NotListed, $"{at}.data[{i}]", $"'{user}' uses the table '{row.Table}', and is not among the readers of '{phase.Id}'.", "Add it under 'readers', with what it does instead.");
                }
            }

            foreach (var (reader, i) in slice.Readers.Select((r, i) => (r, i)).Where(r => string.IsNullOrWhiteSpace(r.r.Instead)))
            {
                lint.Tell(MigrationFindings.NotListed, $"{at}.readers[{i}]", $"It is not said what {reader.Type} of '{reader.By}' does when it can no longer {reader.Mode} '{reader.Table}'.", "Write under 'instead' what it does: ask the owner, or read a copy.");
            }

            lint.Count(MigrationFindings.NotListed, at, "readers", slice.Counts.Readers, slice.Readers.Count);
            lint.Count(MigrationFindings.NotListed, at, "calls-in", slice.Counts.CallsIn, slice.CallsIn.Count);
        }
    }
}
