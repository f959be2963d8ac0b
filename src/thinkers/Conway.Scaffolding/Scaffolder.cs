using Conway.Scaffolding.Making;

namespace Conway.Scaffolding;

/// <summary>Makes plans of new parts of a system: what files, what lines, what the model says. Reads and writes nothing.</summary>
public static partial class Scaffolder
{
    /// <summary>A system with one service that serves one resource, through the gateway.</summary>
    /// <param name="system">Its name; also that of its team.</param>
    /// <param name="service">The first service.</param>
    /// <param name="api">What it serves: a resource, in the plural.</param>
    /// <param name="libraryVersion">The version of the packages of the service library.</param>
    public static ScaffoldPlan System(string system, string service, string api, string libraryVersion)
    {
        if ((CodeName.Problem("a system", system) ?? CodeName.Problem("a service", service) ?? CodeName.Problem("an API", api)) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        var words = new Dictionary<string, string>(ApiFiles.Words(system, service, api)) { ["team"] = system };
        var (name, solution) = (CodeName.Pascal(service), $"{CodeName.Pascal(system)}.slnx");
        return new ScaffoldPlan
        {
            Files =
            [
                new NewFile("conway.yaml", Template.Text("system/conway.yaml", words)),
                .. SystemFiles.For(system, libraryVersion),
                new NewFile(solution, Template.Text("system/solution.slnx", words)),
                new NewFile("README.md", Template.Text("system/README.md", words)),
                .. ServiceFiles.For(system, service),
                .. ApiFiles.For(words, $"src/{name}", $"tests/{name}.Tests"),
            ],
            Edits = [.. ServiceFiles.InSolution(solution, service), .. ApiFiles.Edits(words, $"src/{name}"), .. ApiFiles.InContract(words, $"src/{name}/openapi.json")],
            Libraries = [SystemFiles.Library],
            Next = ["conway run", "dotnet test"],
        };
    }
}
