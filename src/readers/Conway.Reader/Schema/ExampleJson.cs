using System.Text;
using Conway.Reader.Yaml;

namespace Conway.Reader.Schema;

/// <summary>Turns a value as one would write it in YAML into JSON.</summary>
internal static class ExampleJson
{
    /// <exception cref="NotSupportedException">The model gives an example that is not YAML.</exception>
    public static string Of(string yaml)
    {
        var file = ModelFile.Parse("example", Encoding.UTF8.GetBytes(yaml));
        return file.Root is { } root && file.Findings.Count == 0 ? JsonForm.Of(root) : throw new NotSupportedException($"The example '{yaml}' is not YAML: {string.Join(' ', file.Findings)}");
    }
}
