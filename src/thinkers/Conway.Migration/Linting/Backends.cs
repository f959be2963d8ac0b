using Conway.Migration.Plans;

namespace Conway.Migration.Linting;

/// <summary>At every share each route is answered by one: the service for its part of the callers, the monolith for the rest.</summary>
internal static class Backends
{
    public static void Look(Lint lint)
    {
        var answeredBy = new Dictionary<(string Method, string Path), string>();
        foreach (var (phase, slice, at) in lint.Slices)
        {
            foreach (var (route, i) in slice.Routes.Select((r, i) => (r, i)))
            {
                if (!answeredBy.TryAdd((route.Method, route.Path), phase.Id))
                {
                    lint.Tell(MigrationFindings.OneBackend, $"{at}.routes[{i}]", $"The route {route.Method} {route.Path} goes to '{phase.Id}', and to '{answeredBy[(route.Method, route.Path)]}' already.", "Keep it in one of them.");
                }
            }

            lint.Count(MigrationFindings.OneBackend, at, "routes", slice.Counts.Routes, slice.Routes.Count);
            if (slice.Routes.Count > 0)
            {
                Stages(lint, phase, slice, at);
            }
        }
    }

    private static void Stages(Lint lint, Phase phase, Slice slice, string at)
    {
        if (slice.CutOver.Count == 0)
        {
            lint.Tell(MigrationFindings.OneBackend, $"{at}.routes", $"No share says when the routes of '{phase.Id}' go over.", "Write shares under 'cut-over', the last one 100 for reads and writes.");
            return;
        }

        var moves = slice.Data.Any(d => d.Decision == DataDecision.Move);
        var (reads, writes) = (0, 0);
        foreach (var (stage, i) in slice.CutOver.Select((s, i) => (s, i)))
        {
            var place = $"{at}.cut-over[{i}]";
            if (phase.Steps.All(s => s.Id != stage.Step))
            {
                lint.Tell(MigrationFindings.OneBackend, $"{place}.step", $"No step '{stage.Step}' sets this share.", "Name a step of the phase.");
            }

            if (stage.Reads is < 0 or > 100 || stage.Writes is < 0 or > 100 || stage.Reads < reads || stage.Writes < writes)
            {
                lint.Tell(MigrationFindings.OneBackend, place, $"The shares go from {reads}/{writes} to {stage.Reads}/{stage.Writes} percent of reads/writes.", "Shares only grow, up to 100; to go back is the way back of a step.");
            }
            else if (moves && stage.Writes is not (0 or 100))
            {
                lint.Tell(MigrationFindings.OneBackend, $"{place}.writes", $"{stage.Writes} percent of what writes go to '{phase.Id}' while its tables have one owner.", "Write 0 before the write flip, and 100 with it.");
            }
            else if (moves && stage.Writes == 100 && !stage.Step.StartsWith($"{phase.Id}.data.", StringComparison.Ordinal))
            {
                lint.Tell(MigrationFindings.OneBackend, $"{place}.step", $"What writes goes to '{phase.Id}' at the step '{stage.Step}', and its tables change their owner at '{phase.Id}.data.h'.", $"Write 'step: {phase.Id}.data.h'.");
            }

            (reads, writes) = (Math.Max(reads, stage.Reads), Math.Max(writes, stage.Writes));
        }

        if (slice.CutOver[^1] is not { Reads: 100, Writes: 100 })
        {
            lint.Tell(MigrationFindings.OneBackend, $"{at}.cut-over", $"The last share of '{phase.Id}' is {slice.CutOver[^1].Reads}/{slice.CutOver[^1].Writes} percent of reads/writes, so the monolith answers for ever.", "End with 100 for both.");
        }
    }
}
