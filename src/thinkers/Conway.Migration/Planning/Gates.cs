using Conway.Migration.Plans;
using Conway.Model;

namespace Conway.Migration.Planning;

/// <summary>Figures with which a plan begins: whoever owns the slice changes them before the switch, not after it.</summary>
internal static class Gates
{
    public static ValueList<Gate> Of(bool hasTables, bool hasRoutes, bool hasAmounts, bool hasKeys)
    {
        var gates = new List<Gate>();
        if (hasTables)
        {
            gates.Add(new Gate { Id = "rows-differ", Measures = "rows that differ between old and new, by count and checksum of each range", AtMost = 10, Unit = "per million rows" });
            gates.Add(new Gate { Id = "lag", Measures = "how far the copy is behind, 99 of 100", AtMost = 5000, Unit = "ms" });
        }

        if (hasAmounts)
        {
            gates.Add(new Gate { Id = "amounts-differ", Measures = "difference of the sums of amounts", AtMost = 0, Unit = "of the smallest unit of money" });
        }

        if (hasKeys)
        {
            gates.Add(new Gate { Id = "ids-of-nothing", Measures = "ids that lead to nothing after the foreign key is gone", AtMost = 0, Unit = "rows" });
        }

        if (hasRoutes)
        {
            gates.Add(new Gate { Id = "answers-differ", Measures = "shadow answers that differ, without fields that always do", AtMost = 1000, Unit = "per million answers" });
            gates.Add(new Gate { Id = "errors", Measures = "error rate above the baseline", AtMost = 1, Unit = "per thousand requests" });
            gates.Add(new Gate { Id = "latency", Measures = "95 of 100 answers against the baseline", AtMost = 110, Unit = "percent of the baseline" });
        }

        return [.. gates];
    }
}
