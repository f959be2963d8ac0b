namespace Conway.Artifacts.Pipelines;

/// <summary>The lines of a script or of another text, each with its reason.</summary>
internal sealed class ScriptText(PipelinePlan plan)
{
    private readonly List<ArtifactLine> _lines = [];

    public IReadOnlyList<ArtifactLine> Lines => _lines;

    /// <summary>Lines that stand there for one reason; an empty one follows them.</summary>
    /// <param name="part">The part of the model that they say; null for the pipeline.</param>
    public ScriptText Block(ArtifactRule rule, string text, string? part = null) => Add(rule, text, part).Add(rule, "", part);

    /// <summary>Lines that stand there for one reason.</summary>
    public ScriptText Add(ArtifactRule rule, string text, string? part = null)
    {
        _lines.AddRange(text.Split('\n').Select(line => new ArtifactLine(line, plan.Because(rule, part))));
        return this;
    }

    public ScriptText KeepRegion(string name) => Add(ArtifactRules.KeepRegion, Keep.Begin(name)).Add(ArtifactRules.KeepRegion, Keep.End);

    /// <summary>Text as one word of <c>sh</c> in which nothing is replaced.</summary>
    public static string Word(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
