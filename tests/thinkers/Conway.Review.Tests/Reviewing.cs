using System.Text;
using Conway.Findings;
using Conway.Model;
using Conway.Reader;

namespace Conway.Review.Tests;

/// <summary>Models in YAML in, changes out.</summary>
internal static class Reviewing
{
    public static string Bank { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "bank.yaml"));

    /// <summary>The files of the sample shop, by path.</summary>
    public static IReadOnlyDictionary<string, string> Shop { get; } =
        new[] { "conway.yaml", "teams.yaml", "services/assortment.yaml", "services/checkout.yaml", "services/logistics.yaml" }
            .ToDictionary(f => f, f => File.ReadAllText(Path.Combine(RepositoryFolder.Root, "samples", "shop", f)));

    /// <summary>The files as one text each, so that a mutation can look for its place in all of them.</summary>
    public static IReadOnlyDictionary<string, string> One(string yaml) => new Dictionary<string, string> { ["conway.yaml"] = yaml };

    public static ReviewedState State(IReadOnlyDictionary<string, string> files)
    {
        var read = ModelReader.Read(new MemoryFileTree(files), "conway.yaml", new ReadOptions());
        Assert.DoesNotContain(read.Findings, f => f.Severity == Severity.Error && f.Code is not ("CW1111" or "CW1113" or "CW1106" or "CW1110"));
        return new ReviewedState(read.Model, read.Map);
    }

    public static IReadOnlyList<ArchitectureChange> Review(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        Reviewer.Review(State(before), State(after));

    public static IReadOnlyList<ArchitectureChange> Review(string before, string after) => Review(One(before), One(after));

    public static IReadOnlyList<ArchitectureChange> Review(SystemModel before, SystemModel after) =>
        Reviewer.Review(new ReviewedState(before, SourceMap.Empty), new ReviewedState(after, SourceMap.Empty));

    /// <summary>Class ids, sorted.</summary>
    public static string[] Ids(this IEnumerable<ArchitectureChange> changes) => [.. changes.Select(c => c.Class.Id).Order(StringComparer.Ordinal)];

    /// <summary>Everything of all changes as text, for comparing.</summary>
    public static string Text(this IEnumerable<ArchitectureChange> changes)
    {
        var text = new StringBuilder();
        foreach (var c in changes)
        {
            text.Append($"{c.Severity} {c.Class.Id} {c.Subject} [{c.PathBefore}|{c.PathAfter}] {c.Message} ({string.Join(", ", c.Deciders)})\n");
            foreach (var value in c.Values)
            {
                text.Append($"  {value.Path}: {value.Before ?? "-"} => {value.After ?? "-"}\n");
            }

            foreach (var figure in c.Figures)
            {
                text.Append($"  {figure.Name}: {figure.TextBefore} => {figure.TextAfter}\n");
            }
        }

        return text.ToString();
    }
}
