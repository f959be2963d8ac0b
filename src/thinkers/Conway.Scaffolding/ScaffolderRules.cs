using System.Globalization;
using Conway.Model;
using Conway.Scaffolding.Making;

namespace Conway.Scaffolding;

public static partial class Scaffolder
{
    private const int OwnCodeMin = 9100;
    private const int OwnCodeMax = 9999;
    private const int SentenceMax = 500;

    /// <summary>A rule of the team's own: in the model under the next code that is free, or in C# as a test.</summary>
    /// <param name="name">Of the rule.</param>
    /// <param name="because">What goes wrong if nobody keeps it; null when nobody said.</param>
    /// <param name="weight">Of a breach: <c>info</c>, <c>warning</c>, <c>error</c>; null for a warning. A test has none.</param>
    /// <param name="by">What counts as depending: <c>calls</c>, <c>events</c>, <c>any</c>; null for the model's default.</param>
    /// <param name="says">What was asked for, by the key of the model: exactly one is a rule. <c>forbid</c>, <c>require</c>, <c>only</c>: <c>tag=web:context=billing</c>; <c>layers</c>: <c>web,domain</c>; <c>named</c>: <c>tag=web:*-web</c>.</param>
    /// <param name="isCode">Whether it is written in C#.</param>
    public static ScaffoldPlan Check(ScaffoldFacts facts, string name, string? because, string? weight, string? by, IReadOnlyList<(string Key, string Value)> says, bool isCode = false)
    {
        var problem = CodeName.Plain("a rule", name)
            ?? (string.IsNullOrWhiteSpace(because) ? "a rule has a reason: --because 'card data must not reach the storefront'." : null)
            ?? (because!.Length > SentenceMax || because.Any(char.IsControl) ? $"a reason is one sentence on one line, of at most {SentenceMax} characters." : null)
            ?? (says.Count != 1 ? $"a rule says exactly one of --forbid, --require, --only, --layers and --named{(says.Count == 0 ? "" : $", not {string.Join(" and ", says.Select(one => "--" + one.Key))}")}." : null)
            ?? (by is not null && says[0].Key is "layers" or "named" ? $"--by says what counts as depending, and --{says[0].Key} is not about that." : null)
            ?? (isCode && weight is not null ? "--weight is of a rule in the model; a test is kept or broken." : null)
            ?? (isCode && says[0].Key == "layers" ? "--layers is a rule of the model: leave --lang csharp out." : null);
        if (problem is not null || AskedRule.Of(says[0].Key, says[0].Value, out problem) is not { } rule)
        {
            return ScaffoldPlan.No(problem!);
        }

        if (isCode)
        {
            return new ScaffoldPlan
            {
                Files = [.. SystemFiles.For(facts.Model.System, facts.LibraryVersion), .. RuleFiles.For(facts.Model.System, name, rule.Code(by), because!.Trim())],
                Edits = [.. SystemFiles.Versions(facts.LibraryVersion), RuleFiles.Version(facts.LibraryVersion), .. RuleFiles.InSolution(facts.Solution)],
                Libraries = [RuleFiles.Package],
                Next = ["dotnet test"],
            };
        }

        return FreeCode(facts.Model) is not { } code ? ScaffoldPlan.No($"every code from CW{OwnCodeMin} to CW{OwnCodeMax} is in use. Remove a rule first.") : new ScaffoldPlan
        {
            Model = [new ModelEdit($"rules.{name}", $"code: CW{code}\nbecause: {YamlWord.Of(because!.Trim())}\nweight: {weight ?? "warning"}\n{rule.Key}: {rule.Yaml(by)}")],
        };
    }

    /// <summary>Above every code that is or was in use, since baselines and suppressions know a rule by it.</summary>
    private static int? FreeCode(SystemModel model)
    {
        var used = model.Rules.Values.Select(rule => rule.Code).Concat(model.Suppress.Select(one => one.Finding))
            .Select(code => code.Length == 6 && int.TryParse(code.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= OwnCodeMin ? number : OwnCodeMin - 1).ToHashSet();
        var next = used.Append(OwnCodeMin - 1).Max() + 1;
        return next <= OwnCodeMax ? next : Enumerable.Range(OwnCodeMin, OwnCodeMax - OwnCodeMin + 1).Where(code => !used.Contains(code)).Select(code => (int?)code).FirstOrDefault();
    }
}
