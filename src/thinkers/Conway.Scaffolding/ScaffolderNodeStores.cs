using Conway.Model;
using Conway.Scaffolding.Making;

namespace Conway.Scaffolding;

public static partial class Scaffolder
{
    // What a service in Node.js runs on at least is older than the SQLite that is part of Node.js.
    private const string NoSqlite = "no code was written: Node.js has SQLite of its own from 22.13 on, and services here run from 20.6 on. Write --engine postgresql to get code, or open the file by a package that you choose.";

    /// <summary>A store of a service in Node.js as it is described, with code for it when it is kept in PostgreSQL.</summary>
    /// <param name="described">What every store gets.</param>
    /// <param name="isNamed">Whether the model or the command says what keeps it.</param>
    private static ScaffoldPlan NodeStore(ScaffoldFacts facts, ScaffoldPlan described, string service, string folder, string name, StoreEngine engine, bool isNamed)
    {
        if (engine == StoreEngine.Sqlite)
        {
            return described with { Notes = [.. described.Notes, NoSqlite] };
        }

        if (!isNamed || engine != StoreEngine.Postgresql)
        {
            return described;
        }

        if (facts.Model.Services[service].Owns.Keys.FirstOrDefault(other => other != name && StoreFiles.NameOf(other) == StoreFiles.NameOf(name)) is { } alike)
        {
            return ScaffoldPlan.No($"'{name}' would be called {StoreFiles.NameOf(name)}Database in code, as '{alike}' is. Choose another name.");
        }

        var words = NodeStoreFiles.Words(ServiceFiles.Words(facts.Model.System, service), name);
        var packages = new NodePackages(facts, folder, NodeStoreFiles.Packages, NodeStoreFiles.Locked);
        return described with
        {
            Files = [.. NodeStoreFiles.For(words, folder), NodeFiles.Served(words, folder), .. packages.Files(words)],
            Edits = [.. NodeStoreFiles.Edits(words, folder), .. packages.Edits()],
            Model = [.. described.Model, .. Restored(facts, service, packages)],
            Notes = [.. described.Notes, packages.Note],
            Next = [$"conway add api {service} NAME", "conway run"],
        };
    }

    /// <summary>That a run and an image install packages first, unless the model says how the service is built.</summary>
    private static IEnumerable<ModelEdit> Restored(ScaffoldFacts facts, string service, NodePackages packages) =>
        facts.Model.Services[service].Build is null ? [new ModelEdit($"services.{service}.build", packages.Command)] : [];
}
