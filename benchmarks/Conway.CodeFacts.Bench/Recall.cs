using System.Globalization;

namespace Conway.CodeFacts.Bench;

/// <summary>How many of the entities and tables that a system really has are found, and how many of those found does it really have?</summary>
/// <remarks>The reader is not shown what the truth is made of.</remarks>
internal static class Recall
{
    public static int Run(string folder, string? truthFile)
    {
        var truth = truthFile is null ? SnapshotTruth.Of(folder) : TruthFile.Read(truthFile);
        if (truth.Entities.Count + truth.Tables.Count == 0)
        {
            Console.Error.WriteLine($"'{folder}' has no snapshot of migrations; name a file of truth.");
            return 2;
        }

        var code = CodebaseReader.Read(new VeiledTree(new DiskSourceTree(folder), truth.Veil), new CodebaseOptions(), null, CancellationToken.None);
        string NameOf(CodeType type) => truth.ShortNames ? type.Name : type.FullName.Replace('+', '.');
        var stores = code.Entities.Where(e => truth.Contexts is null
            || ((e.Found & StoreAccess.EfCore) != 0 && (e.Contexts.IsEmpty || e.Contexts.Any(c => truth.Contexts.Contains(code.Types[code.Contexts[c].Type].Name))))).ToArray();
        var entities = stores.Select(e => NameOf(code.Types[e.Type])).ToHashSet(StringComparer.Ordinal);
        var everyEntity = code.Entities.Select(e => NameOf(code.Types[e.Type])).ToHashSet(StringComparer.Ordinal);
        var everyTable = code.Tables.Select(t => Plain(t.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var tables = (truth.AllTables ? code.Tables : [.. stores.Select(e => code.Tables[e.Table]).Distinct()]).Select(t => Plain(t.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var read = code.Types.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var unread = truth.Entities.Count(e => !read.Contains(e));
        Console.WriteLine($"{code.Name} ({truth.Source}){(unread == 0 ? "" : $"; {unread} of the entities are declared in projects that were not read")}");
        Say("entities", truth.Entities, everyEntity, entities, truth.Allowed);
        Say("tables", truth.Tables.Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase), everyTable, tables, truth.Allowed.Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase));
        return 0;
    }

    private static string Plain(string table) => table.Trim('[', ']', '"', '`');

    private static void Say(string what, HashSet<string> truth, HashSet<string> every, HashSet<string> found, HashSet<string> allowed)
    {
        if (truth.Count == 0)
        {
            return;
        }

        string[] missed = [.. truth.Where(t => !every.Contains(t)).Order(StringComparer.Ordinal)];
        string[] wrong = [.. found.Where(f => !truth.Contains(f) && !allowed.Contains(f)).Order(StringComparer.Ordinal)];
        var (hit, counted) = (truth.Count - missed.Length, found.Count(f => truth.Contains(f)) + wrong.Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-8} recall {(double)hit / truth.Count:0.000} ({hit} of {truth.Count})   precision {(counted == 0 ? 1 : (double)(counted - wrong.Length) / counted):0.000} ({counted - wrong.Length} of {counted})"));
        if (missed.Length > 0)
        {
            Console.WriteLine($"    missed  {string.Join(' ', missed)}");
        }

        if (wrong.Length > 0)
        {
            Console.WriteLine($"    wrong   {string.Join(' ', wrong)}");
        }
    }
}
