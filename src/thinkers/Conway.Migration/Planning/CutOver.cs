using System.Globalization;
using Conway.Migration.Plans;
using Conway.Model;

namespace Conway.Migration.Planning;

/// <summary>How requests go over: what only reads by share, what writes with the write flip where data moves, else by share too.</summary>
internal static class CutOver
{
    /// <summary>Shares in percent, one after the other.</summary>
    public static IReadOnlyList<int> Shares { get; } = [1, 5, 25, 50, 100];

    public static ValueList<CutOverStage> Stages(string slice, ValueList<SliceRoute> routes, bool hasTables)
    {
        if (routes.Count == 0)
        {
            return [];
        }

        if (!hasTables)
        {
            return [.. Shares.Select(s => new CutOverStage { Step = StepOf(slice, s, hasTables), Reads = s, Writes = s })];
        }

        var stages = new List<CutOverStage>();
        if (routes.Any(r => !r.Writes))
        {
            stages.AddRange(Shares.Select(s => new CutOverStage { Step = StepOf(slice, s, hasTables), Reads = s, Writes = 0 }));
        }

        stages.Add(new CutOverStage { Step = $"{slice}.data.h", Reads = 100, Writes = 100 });
        return [.. stages];
    }

    /// <summary>The id of the step that sets a share.</summary>
    public static string StepOf(string slice, int share, bool hasTables) => string.Create(CultureInfo.InvariantCulture, $"{slice}.{(hasTables ? "data.g" : "route")}.{share}");
}
