using Conway.CodeFacts;
using Conway.Decomposition.Units;
using Conway.GitFacts;

namespace Conway.Decomposition.Linking;

/// <summary>Units whose files changed in the same commits.</summary>
internal static class HistoryView
{
    public static List<ViewPair> Of(Codebase code, UnitTable units, GitHistory history)
    {
        var byPath = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var unit in units.All.Where(u => !u.IsTable))
        {
            var path = code.Files[unit.Place.File].Path;
            (byPath.TryGetValue(path, out var list) ? list : byPath[path] = []).Add(unit.Id);
        }

        var pairs = new List<ViewPair>();
        for (var i = 0; i < history.CoChanges.Length; i++)
        {
            var pair = history.CoChanges[i];
            if (byPath.TryGetValue(history.Files[pair.A].Path, out var a) && byPath.TryGetValue(history.Files[pair.B].Path, out var b))
            {
                pairs.AddRange(from x in a from y in b select new ViewPair(Math.Min(x, y), Math.Max(x, y), pair.Strength(history) / (a.Count * b.Count), i));
            }
        }

        return pairs;
    }
}
