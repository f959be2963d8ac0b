using Conway.Findings;

namespace Conway.Checks;

/// <summary>One rule of good architecture that a model can be held to.</summary>
/// <remarks>Pure: the same subject gives the same findings in the same order. Never throws for anything a person can write.
/// Cost is at most linear in services and calls times a small constant, so that checking on each keystroke is possible.</remarks>
public interface ICheck
{
    /// <summary>What its findings share.</summary>
    FindingRule Rule { get; }

    /// <summary>Everything in the subject that breaks the rule; each finding names a model path.</summary>
    IEnumerable<Finding> Check(CheckSubject subject);
}
