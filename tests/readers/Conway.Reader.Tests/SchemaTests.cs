using System.Text.Json;

namespace Conway.Reader.Tests;

/// <summary>The JSON Schema means what the reader means, as an ordinary validator reads it.</summary>
public sealed class SchemaTests
{
    /// <summary>Findings about the shape of the model, which a schema can see.</summary>
    private static readonly string[] Structural = ["CW1101", "CW1102", "CW1103", "CW1105", "CW1106", "CW1107", "CW1113", "CW1116"];

    /// <summary>Findings about text, after which reader and validator no longer look at the same values, or that depend on settings.</summary>
    private static readonly string[] Textual = ["CW100", "CW101", "CW1206", "CW1207"];

    [Fact]
    public void The_same_records_give_the_same_bytes()
    {
        Assert.Equal(SchemaWriter.Write(), SchemaWriter.Write());
        Assert.DoesNotContain('\r', SchemaWriter.Write());
    }

    [Theory, InlineData(2020), InlineData(7)]
    public async Task The_sample_and_every_example_and_default_are_valid(int draft)
    {
        var models = Directory.EnumerateFiles(Repository.Path("samples", "shop"), "*.yaml").Concat(Directory.EnumerateFiles(Repository.Path("samples", "shop", "services"), "*.yaml"))
            .Select(f => (Path.GetFileName(f), WithHead(File.ReadAllText(f))));
        var answers = await Ajv.ValidateAsync(SchemaWriter.Write(), draft, models);
        Assert.True(answers.Count >= 4);
        Assert.Equal([], answers.Where(a => a.Valid != true).Select(a => $"{a.Name}: {string.Join("; ", a.Errors)}"));
    }

    [Theory, InlineData(2020), InlineData(7)]
    public async Task A_broken_model_is_refused_exactly_when_its_shape_is_wrong(int draft)
    {
        var models = BrokenModelTests.Models.Select(m => m.Data)
            .Where(m => m.Files.Count == 1 && m.Environment is null && m.Variables.Count == 0)
            .Select(m => (Model: m, Codes: m.Read().Findings.Select(f => f.Code).ToList()))
            .Where(m => !m.Codes.Any(c => Textual.Any(t => c.StartsWith(t, StringComparison.Ordinal))))
            .ToList();
        var answers = await Ajv.ValidateAsync(SchemaWriter.Write(), draft, models.Select(m => (m.Model.Name, m.Model.Files["conway.yaml"])));

        var wrong = answers.Where(a => models.Any(m => m.Model.Name == a.Name))
            .Zip(models, (answer, model) => (answer, model, Expected: !model.Codes.Any(c => Structural.Contains(c) || c == "CW1104" && model.Model.Name.Contains("bounds", StringComparison.Ordinal))))
            .Where(x => x.answer.Valid is { } valid && valid != x.Expected)
            .Select(x => $"{x.answer.Name}: the schema says {x.answer.Valid}, the reader {string.Join(' ', x.model.Codes)}; {string.Join("; ", x.answer.Errors)}");
        Assert.True(models.Count >= 25, $"only {models.Count}");
        Assert.Equal([], wrong);
    }

    [Fact]
    public void Every_key_says_what_it_is_about()
    {
        using var schema = JsonDocument.Parse(SchemaWriter.Write());
        var silent = schema.RootElement.GetProperty("$defs").EnumerateObject().Select(d => d.Value).Append(schema.RootElement)
            .Where(d => d.TryGetProperty("properties", out _))
            .SelectMany(d => d.GetProperty("properties").EnumerateObject())
            .Where(p => !p.Value.TryGetProperty("description", out var description) || description.GetString()!.Length < 5);
        Assert.Equal([], silent.Select(p => p.Name));
    }

    private static string WithHead(string yaml) =>
        (yaml.Contains("\nconway:", StringComparison.Ordinal) || yaml.StartsWith("conway:", StringComparison.Ordinal) ? "" : "conway: 1\n") + (yaml.Contains("\nsystem:", StringComparison.Ordinal) ? "" : "system: shop\n") + yaml;
}
