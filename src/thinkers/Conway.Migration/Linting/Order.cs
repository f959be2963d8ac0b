namespace Conway.Migration.Linting;

/// <summary>Phases stand in an order in which each has what it needs.</summary>
internal static class Order
{
    public static void Look(Lint lint)
    {
        var numbers = lint.Plan.Phases.GroupBy(p => p.Id).ToDictionary(g => g.Key, g => g.First().Number, StringComparer.Ordinal);
        var needs = lint.Plan.Phases.GroupBy(p => p.Id).ToDictionary(g => g.Key, g => g.SelectMany(p => p.Needs).ToArray(), StringComparer.Ordinal);
        var last = -1;
        foreach (var (phase, at) in lint.Phases)
        {
            if (phase.Number <= last)
            {
                lint.Tell(MigrationFindings.Circle, $"{at}.number", $"The phase '{phase.Id}' has number {phase.Number}, and the one before it {last}.", "Number phases in the order in which they stand.");
            }

            last = Math.Max(last, phase.Number);
            foreach (var (need, i) in phase.Needs.Select((n, i) => (n, i)))
            {
                var place = $"{at}.needs[{i}]";
                if (!numbers.TryGetValue(need, out var number))
                {
                    lint.Tell(MigrationFindings.Circle, place, $"The phase '{phase.Id}' needs '{need}', and there is no such phase.", "Mend the name, or remove it.");
                }
                else if (Circle(needs, phase.Id, need) is { } circle)
                {
                    lint.Tell(MigrationFindings.Circle, place, $"Phases wait for each other: {circle}.", "Remove one of these needs, and replace the joins behind it before either of them leaves.");
                }
                else if (number >= phase.Number)
                {
                    lint.Tell(MigrationFindings.Circle, place, $"The phase '{phase.Id}' ({phase.Number}) needs '{need}', which comes later ({number}).", $"Move '{need}' before it.");
                }
            }
        }
    }

    /// <summary>The way from a need back to who needs it; null when there is none.</summary>
    private static string? Circle(Dictionary<string, string[]> needs, string from, string to)
    {
        var before = new Dictionary<string, string>(StringComparer.Ordinal) { [to] = from };
        var next = new Queue<string>([to]);
        while (next.TryDequeue(out var at))
        {
            if (at == from)
            {
                var way = new List<string> { from };
                for (var back = at; way.Count == 1 || back != from; way.Add(back))
                {
                    back = before[back];
                }

                way.Reverse();
                return string.Join(" -> ", way);
            }

            foreach (var need in needs.GetValueOrDefault(at) ?? [])
            {
                if (before.TryAdd(need, at))
                {
                    next.Enqueue(need);
                }
            }
        }

        return null;
    }
}
