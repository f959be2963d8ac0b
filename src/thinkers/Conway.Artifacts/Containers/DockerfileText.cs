using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Conway.Artifacts.Plans;

namespace Conway.Artifacts.Containers;

/// <summary>The lines of a Dockerfile, instruction by instruction.</summary>
internal sealed class DockerfileText(ServicePlan service)
{
    private static readonly JsonSerializerOptions Words = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<ArtifactLine> _lines = [];

    public IReadOnlyList<ArtifactLine> Lines => _lines;

    /// <summary>One instruction on one line.</summary>
    /// <param name="part">The part of the service that it says; null for the service.</param>
    public DockerfileText Line(string text, ArtifactRule rule, string? part = null)
    {
        _lines.Add(new(text, service.Because(rule, part)));
        return this;
    }

    public DockerfileText Empty(ArtifactRule rule) => Line("", rule);

    public DockerfileText KeepRegion(string name) => Line(Keep.Begin(name), ArtifactRules.KeepRegion).Line(Keep.End, ArtifactRules.KeepRegion);

    public DockerfileText Label(string key, string value, string? part = null) => Line($"LABEL org.opencontainers.image.{key}={value}", ArtifactRules.ImageLabels, part);

    /// <summary>Runs a command of the model, with a cache that outlives the build.</summary>
    public DockerfileText Run(string command, string? cache, ArtifactRule rule, string? part = null) =>
        Line($"RUN {(cache is null ? "" : $"--mount=type=cache,{cache} ")}{(IsOneLine(command) ? command.Trim() : Array("/bin/sh", "-c", command))}", rule, part);

    /// <summary>Words as a JSON array: no shell reads them, and a space in a path is a space.</summary>
    public static string Array(params IEnumerable<string> words) => $"[{string.Join(", ", words.Select(word => JsonSerializer.Serialize(word, Words)))}]";

    /// <summary>Text between double quotes in which a builder replaces nothing.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted = c is '"' or '\\' or '$' ? quoted.Append('\\').Append(c) : quoted.Append(char.IsControl(c) ? ' ' : c);
        }

        return quoted.Append('"').ToString();
    }

    // A line that ends in a backslash would swallow the next.
    private static bool IsOneLine(string command) => command.IndexOfAny(['\n', '\r']) < 0 && !command.TrimEnd().EndsWith('\\') && command.TrimStart() is not (['[', ..] or ['-', '-', ..] or ['<', '<', ..]) && !command.Contains("<<", StringComparison.Ordinal);
}
