using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW9002: two rules of a team under one code.</summary>
public sealed class RuleCodeTwice : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW9002", Severity.Error, "Two rules with one code",
        "A suppression or a baseline that is meant for the one hides the other.");

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from rule in subject.Model.Rules
        where rule.Value.Code.Length > 0
        let first = subject.Model.Rules.First(r => r.Value.Code == rule.Value.Code).Key
        where first != rule.Key
        select new Finding
        {
            Rule = Rule,
            ModelPath = $"rules.{rule.Key}.code",
            Message = $"The rules '{first}' and '{rule.Key}' have the same code, {rule.Value.Code}.",
            Mend = $"Give '{rule.Key}' another one; CW9100 to CW9999 are yours.",
        };
}
