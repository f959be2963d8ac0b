using Conway.Findings;
using Conway.Reader;

namespace Conway.Lowering.Tests;

/// <summary>Plans from YAML, with ports that count up from 20000 in the order of their keys.</summary>
internal static class Some
{
    public static LoweringResult Lowered(string yaml, IReadOnlyDictionary<string, string>? projects = null, string run = "r-1", IReadOnlyDictionary<string, string>? secrets = null)
    {
        var read = ModelReader.Read(new MemoryFileTree(new Dictionary<string, string> { ["conway.yaml"] = "conway: 1\nsystem: test\n" + yaml, ["src/A/A.csproj"] = "", ["src/orders/orders.js"] = "" }), "conway.yaml", new ReadOptions { GetEnvironmentVariable = _ => null });
        Assert.DoesNotContain(read.Findings, f => f.Severity == Severity.Error);
        var ports = PortKeys.Of(read.Model).Select((key, i) => (key, Port: 20000 + i)).ToDictionary(p => p.key, p => p.Port);
        return Lowerer.Lower(read.Model, new LoweringFacts
        {
            Run = run,
            Folder = "/sys",
            StateFolder = "/sys/.conway",
            Ports = ports,
            ProjectFiles = projects ?? new Dictionary<string, string>(),
            Secrets = secrets ?? new Dictionary<string, string>(),
        });
    }

    public static RunPlan Plan(string yaml) => Lowered(yaml).Plan;
}
