namespace Conway.Reader.Tests;

/// <summary>Reads text as a model, in one line.</summary>
internal static class Read
{
    public static ReadResult Model(string yaml, string? environment = null, Func<string, string?>? variables = null, params (string File, string Text)[] others) =>
        ModelReader.Read(Tree(yaml, others), "conway.yaml", new ReadOptions { Environment = environment, GetEnvironmentVariable = variables });

    public static MemoryFileTree Tree(string yaml, params (string File, string Text)[] others) =>
        new(others.Select(o => KeyValuePair.Create(o.File, o.Text)).Prepend(KeyValuePair.Create("conway.yaml", yaml)).Append(KeyValuePair.Create("src/A/A.csproj", "")));

    /// <summary>The model, which must have no findings.</summary>
    public static Conway.Model.SystemModel Clean(string yaml, string? environment = null, Func<string, string?>? variables = null, params (string File, string Text)[] others)
    {
        var read = Model(yaml, environment, variables, others);
        Assert.Empty(read.Findings.Select(f => f.ToString()));
        return read.Model;
    }

    /// <summary>Place and code of each finding.</summary>
    public static IEnumerable<string> Codes(ReadResult read) => read.Findings.Select(f => $"{f.Place} {f.Code}".Trim());
}
