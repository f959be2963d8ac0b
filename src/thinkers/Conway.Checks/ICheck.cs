using Conway.Findings;

namespace Conway.Checks;

/// <summary>One rule of good architecture that a system can be held to.</summary>
/// <remarks>Pure: the same subject gives the same findings in the same order. Never throws for anything a person can write.
/// Cost is at most linear in services and calls times a small constant, so that checking on each keystroke is possible.</remarks>
public interface ICheck
{
    /// <summary>What its findings share.</summary>
    FindingRule Rule { get; }

    /// <summary>What it cannot do without. Where one of these is missing the rule is not evaluated, and that is told.</summary>
    CheckInputs Needs => CheckInputs.Model;

    /// <summary>Inputs of which at least one must be there, beside what it needs. Unset: none.</summary>
    CheckInputs NeedsOneOf => CheckInputs.None;

    /// <summary>What makes it surer or lets it see more, when it is there.</summary>
    CheckInputs Uses => CheckInputs.None;

    /// <summary>Where in the model its numbers stand: <c>checks.fan-out</c>. Unset: it compares with none that a team could choose.</summary>
    string? Limits => null;

    /// <summary>Why the subject does not tell enough although everything needed is there, as a sentence:
    /// <c>The history has 3 commits, and 20 are needed.</c> Unset: it does.</summary>
    string? Lacks(CheckSubject subject) => null;

    /// <summary>Everything in the subject that breaks the rule; each finding names a model path.</summary>
    IEnumerable<Finding> Check(CheckSubject subject);
}
