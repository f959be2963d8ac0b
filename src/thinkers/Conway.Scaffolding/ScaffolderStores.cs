using Conway.Model;
using Conway.Scaffolding.Making;

namespace Conway.Scaffolding;

public static partial class Scaffolder
{
    /// <summary>A store that a service owns, and, when it is SQLite or PostgreSQL and the service is C#, or PostgreSQL and Node.js, code for it with its tests.</summary>
    /// <param name="engine">One of the model's; null for the system's own.</param>
    public static ScaffoldPlan Store(ScaffoldFacts facts, string service, string name, string? engine)
    {
        if ((CodeName.Plain("a store", name) ?? NoService(facts, service)) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        var owns = facts.Model.Services[service].Owns;
        var kept = owns.TryGetValue(name, out var there) ? facts.Model.EngineOf(there) : Enum.TryParse<StoreEngine>((engine ?? facts.Model.Database ?? "sqlite").Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var asked) ? asked : StoreEngine.Document;
        var variable = Names.ToVariable(name);
        var described = new ScaffoldPlan
        {
            Model = [new ModelEdit($"services.{service}.owns.{name}", engine is null ? "" : $"{{ engine: {engine} }}")],
            Notes = [kept is StoreEngine.Sqlite or StoreEngine.Postgresql
                ? $"'{service}' finds the way to it in {variable}_CONNECTION and {variable}_URL."
                : $"a run does not start its engine: start one yourself, and write {variable}_URL into 'environment' of '{service}'."],
        };
        var isNamed = (there is null ? engine : there.Engine?.ToString()) is not null;
        if (NodeFolder(facts, service) is { } node)
        {
            return NodeStore(facts, described, service, node, name, kept, isNamed);
        }

        if (!isNamed || !StoreFiles.HasCode(kept))
        {
            return described;
        }

        if (Project(facts, service, out var folder, out var tests) is not null)
        {
            return described with { Notes = [.. described.Notes, $"no code was written: '{service}' is neither C# nor Node.js that this can add to."] };
        }

        if (owns.Keys.FirstOrDefault(other => other != name && StoreFiles.NameOf(other) == StoreFiles.NameOf(name)) is { } alike)
        {
            return ScaffoldPlan.No($"'{name}' would be called {StoreFiles.NameOf(name)}Database in code, as '{alike}' is. Choose another name.");
        }

        if (facts.Read("Directory.Packages.props") is null)
        {
            return described with { Notes = [.. described.Notes, "no code was written, since there is no Directory.Packages.props, which would say the version of its package."] };
        }

        var words = StoreFiles.Words(ServiceFiles.Words(facts.Model.System, service), name, kept);
        return described with
        {
            Files = [.. StoreFiles.For(words, folder, tests, kept)],
            Edits = [.. StoreFiles.Edits(words, folder, ProjectFile(facts, service, folder), kept)],
            Next = [$"conway add api {service} NAME", "conway run"],
        };
    }
}
