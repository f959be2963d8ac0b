namespace Conway.Node;

/// <summary>Opens the gate of every service whose required callees have been healthy once.</summary>
internal static class Gates
{
    public static void Open(IReadOnlyList<ServiceUnit> units, IReadOnlyDictionary<string, ServiceUnit> all)
    {
        // One that opens may let another open, so go round until nothing moves.
        bool moved;
        do
        {
            moved = false;
            foreach (var unit in units.Where(u => !u.GateOpen && Reachable.WaitingFor(u, all).Count == 0))
            {
                unit.GateOpen = true;
                moved = true;
            }
        }
        while (moved);
    }
}
