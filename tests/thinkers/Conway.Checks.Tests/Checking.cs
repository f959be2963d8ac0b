using System.Text;
using Conway.Findings;
using Conway.Model;
using Conway.Reader;

namespace Conway.Checks.Tests;

/// <summary>The one check function: a model in YAML in, findings with their places out.</summary>
internal static class Checking
{
    /// <summary>The checks find exactly these, each <c>LINE:COLUMN CODE MESSAGE</c>, beside what every small model lacks
    /// (owners, goals, health, events): those codes are only looked at when one of <paramref name="finds"/> has them.</summary>
    public static void Check(string yaml, params string[] finds)
    {
        var wanted = finds.Select(f => f.Split(' ', 3)[1]).ToHashSet();
        var found = Found(yaml)
            .Where(f => wanted.Contains(f.Code) || f.Code is not ("CW2201" or "CW2202" or "CW3102" or "CW3103" or "CW3201"))
            .Select(f => $"{f.Place?.Line}:{f.Place?.Column} {f.Code} {f.Message}");
        Assert.Equal(finds, found);
    }

    /// <summary>The checks find nothing with this code.</summary>
    public static void CheckHasNo(string code, string yaml) => Assert.DoesNotContain(Found(yaml), f => f.Code == code);

    /// <summary>Everything the checks find, placed. What reading finds must be only what a model without a head or commands lacks.</summary>
    public static IReadOnlyList<Finding> Found(string yaml)
    {
        var (model, map) = Read(yaml);
        return map.Place(CheckCatalog.Check(model));
    }

    /// <summary>A model in YAML as values.</summary>
    public static (SystemModel Model, SourceMap Map) Read(string yaml)
    {
        var tree = new MemoryFileTree(new Dictionary<string, ReadOnlyMemory<byte>> { ["conway.yaml"] = Encoding.UTF8.GetBytes(yaml) });
        var read = ModelReader.Read(tree, "conway.yaml", new ReadOptions());
        Assert.DoesNotContain(read.Findings, f => f.Severity == Severity.Error && f.Code is not ("CW1106" or "CW1111" or "CW1113"));
        return (read.Model, read.Map);
    }
}
