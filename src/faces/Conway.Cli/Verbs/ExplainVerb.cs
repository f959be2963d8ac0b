using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Conway.Checks;
using Conway.ManifestLint;
using Conway.Reader;

namespace Conway.Cli.Verbs;

/// <summary><c>conway explain [PATH] TOPIC</c></summary>
internal sealed partial class ExplainVerb : Verb
{
    private readonly Argument<string[]> _operands = Topic();
    private readonly Option<string?> _environment = CommonOptions.Environment();
    private readonly Option<string> _output = CommonOptions.Output("text", "json");

    public override IEnumerable<Symbol> Symbols => [_operands, _environment, _output];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway explain CW2104", "a finding: why it matters and how to mend it"),
        new("conway explain services.orders.calls", "a key: meaning, default, bounds, and its value here"),
        new("conway explain gateway", "the stages that a request passes"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        if (Operands.Of(line.GetValue(_operands) ?? [], out var problem) is not { } operands)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        if (operands.Names.Count > 1)
        {
            return terminal.Refuse(ExitCode.Usage, $"one topic at a time can be explained: {string.Join(" or ", operands.Names.Take(2))}?");
        }

        var json = line.GetValue(_output) == "json";
        if (operands.Names.Count == 0)
        {
            return List(json, terminal);
        }

        var topic = operands.Names[0];
        if (topic.StartsWith("K8S-", StringComparison.OrdinalIgnoreCase))
        {
            return Rule(RuleCatalog.All, topic, "conway lint k8s", json, terminal);
        }

        if (topic.StartsWith("DOCKER-", StringComparison.OrdinalIgnoreCase))
        {
            return Rule(DockerCatalog.All, topic, "conway lint docker", json, terminal);
        }

        if (Code().IsMatch(topic))
        {
            return Pages.Read("findings", topic.ToUpperInvariant()) is { } page
                ? Page(topic.ToUpperInvariant(), page, LimitsOf(topic.ToUpperInvariant(), operands.Path, line, terminal), json, terminal)
                : OwnRule(topic.ToUpperInvariant(), operands.Path, line, json, terminal) ?? terminal.Refuse(ExitCode.Usage, $"there is no finding {topic.ToUpperInvariant()}. 'conway explain' lists all topics.");
        }

        // `gateway` is both a part of the machine and a key of the model; the key is named on the page.
        return Pages.Read("explain", topic) is { } part ? Page(topic, part, [], json, terminal) : Key(topic, operands.Path, line, json, terminal);
    }

    private ExitCode Key(string path, string? where, ParseResult line, bool json, Terminal terminal)
    {
        // Without a model the key is explained all the same.
        var location = ModelLocation.Find(where, terminal.CurrentFolder, out var problem);
        if (location is null && where is not null)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var read = location is null ? null : LoadedModel.Load(location, line.GetValue(_environment), terminal).Read;
        var (explanation, meant) = ModelExplainer.Explain(path, read);
        if (explanation is null)
        {
            var hint = meant is not null ? $"Did you mean '{meant}'?" : UsageProblem.Hint(path, Pages.In("explain"), "'conway explain' lists all topics.");
            return terminal.Refuse(ExitCode.Usage, $"there is nothing called '{path}' in a model. {hint}");
        }

        if (json)
        {
            WriteJson(explanation, terminal.Output);
        }
        else
        {
            terminal.Output.Write(explanation.ToString());
        }

        return ExitCode.Ok;
    }

    /// <summary>A rule of the model's own; null when it has none of this code.</summary>
    private ExitCode? OwnRule(string code, string? where, ParseResult line, bool json, Terminal terminal)
    {
        if (ModelLocation.Find(where, terminal.CurrentFolder, out _) is not { } location)
        {
            return null;
        }

        var model = LoadedModel.Load(location, line.GetValue(_environment), terminal);
        var (name, rule) = model.Model.Rules.FirstOrDefault(r => r.Value.Code == code);
        if (rule is null)
        {
            return null;
        }

        var place = model.Read.Map.Find($"rules.{name}");
        return Page(code, $"# {code} Rule '{name}'\n\nA rule of this system's own{(place is { } at ? $", {at}" : "")}.\n\n## Why it matters\n\n{rule.Because}\n", [], json, terminal);
    }

    /// <summary>The numbers that a rule compares with, as they are in the model found from here, else their defaults.</summary>
    private IReadOnlyList<Explanation> LimitsOf(string code, string? where, ParseResult line, Terminal terminal)
    {
        if (CheckCatalog.All.FirstOrDefault(c => c.Rule.Code == code)?.Limits is not { } path)
        {
            return [];
        }

        var read = ModelLocation.Find(where, terminal.CurrentFolder, out _) is { } location ? LoadedModel.Load(location, line.GetValue(_environment), terminal).Read : null;
        return [.. ModelExplainer.Explain(path, read).Explanation!.Parts
            .Select(part => ModelExplainer.Explain($"{path}.{part.Name}", read).Explanation!)];
    }

    private static ExitCode Rule(IReadOnlyList<LintRule> catalog, string topic, string lint, bool json, Terminal terminal) =>
        catalog.FirstOrDefault(r => r.Id.Equals(topic, StringComparison.OrdinalIgnoreCase)) is { } rule ? Page(rule.Id, LintVerb.PageOf(rule), [], json, terminal)
        : terminal.Refuse(ExitCode.Usage, $"there is no rule {topic}. {UsageProblem.Hint(topic, catalog.Select(r => r.Id), $"'{lint} --rules' lists all.")}");

    private static ExitCode Page(string topic, string page, IReadOnlyList<Explanation> limits, bool json, Terminal terminal)
    {
        if (json)
        {
            JsonOutput.Write(terminal.Output, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("topic", topic);
                writer.WriteString("title", Pages.TitleOf(page, topic));
                writer.WriteString("markdown", page);
                writer.WriteStartArray("limits");
                foreach (var limit in limits)
                {
                    WriteExplanation(writer, limit);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
        }
        else
        {
            terminal.Output.Write(PageText.Render(page, terminal.Width(), terminal.Ink));
            WriteLimits(limits, terminal);
        }

        return ExitCode.Ok;
    }

    private static ExitCode List(bool json, Terminal terminal)
    {
        var topics = Pages.In("explain").Select(n => (Name: n, Title: Pages.TitleOf(Pages.Read("explain", n)!, n)))
            .Concat(Pages.In("findings").Where(n => Code().IsMatch(n)).Select(n => (Name: n, Title: Pages.TitleOf(Pages.Read("findings", n)!, n))))
            .ToArray();
        if (json)
        {
            JsonOutput.Write(terminal.Output, writer =>
            {
                writer.WriteStartArray();
                foreach (var (name, title) in topics)
                {
                    writer.WriteStartObject();
                    writer.WriteString("topic", name);
                    writer.WriteString("title", title);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            return ExitCode.Ok;
        }

        var table = new TextTable("TOPIC", "WHAT");
        foreach (var (name, title) in topics)
        {
            table.Add(name, title);
        }

        table.Add("KEY", "any key of the model: services.*.calls, gateway.routes[0].to");
        terminal.Output.Write(table.Render(terminal.Width(), terminal.Ink));
        return ExitCode.Ok;
    }

    private static void WriteLimits(IReadOnlyList<Explanation> limits, Terminal terminal)
    {
        if (limits.Count == 0)
        {
            return;
        }

        var table = new TextTable("NUMBER", "VALUE", "FROM", "WHAT");
        foreach (var limit in limits)
        {
            table.Add(limit.Path, limit.Value ?? limit.Default ?? "", limit.Place?.ToString() ?? "default", limit.About);
        }

        terminal.Output.WriteLine();
        terminal.Output.Write(table.Render(terminal.Width(), terminal.Ink));
    }

    private static void WriteJson(Explanation explanation, TextWriter output) => JsonOutput.Write(output, json => WriteExplanation(json, explanation));

    private static void WriteExplanation(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("path", explanation.Path);
        json.WriteString("about", explanation.About);
        json.WriteString("type", explanation.Type);
        json.WriteBoolean("required", explanation.IsRequired);
        json.WriteString("default", explanation.Default);
        json.WriteString("bounds", explanation.Bounds);
        json.WriteString("example", explanation.Example);
        json.WriteString("value", explanation.Value);
        json.WriteString("place", explanation.Place?.ToString());
        json.WriteEndObject();
    }

    private static Argument<string[]> Topic()
    {
        var topic = new Argument<string[]>("[PATH] [TOPIC]") { Arity = ArgumentArity.ZeroOrMore, Description = "A finding's code, a key of the model, gateway or mesh; all topics without" };
        topic.CompletionSources.Add(static _ => Pages.In("explain").Concat(Pages.In("findings")));
        return topic;
    }

    [GeneratedRegex("^CW[0-9]{4}$", RegexOptions.IgnoreCase)]
    private static partial Regex Code();
}
