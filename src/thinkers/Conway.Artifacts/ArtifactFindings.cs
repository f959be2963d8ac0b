using Conway.Findings;

namespace Conway.Artifacts;

/// <summary>What generating finds out.</summary>
public static class ArtifactFindings
{
    public static FindingRule NeededToDeploy { get; } = new("CW1911", Severity.Error, "Value that a deployment needs", "An invented value would be deployed as if somebody had chosen it.");

    public static FindingRule BuildUnknown { get; } = new("CW1912", Severity.Error, "Project whose build cannot be told", "An image that is built from guesses fails on the build server, or starts nothing.");

    public static FindingRule SecretInText { get; } = new("CW1913", Severity.Error, "Secret in the middle of a text", "Where a secret comes from outside, only a whole value can be one.");

    public static FindingRule NotFixed { get; } = new("CW1914", Severity.Error, "Image without a fixed version", "What starts tomorrow is not what was tested today, and nobody can go back to it.");

    public static FindingRule NotCarriedOver { get; } = new("CW1915", Severity.Warning, "Declared and not carried over", "What holds on a developer's machine does not hold in production, and the files do not show it.");

    public static FindingRule StateAndReplicas { get; } = new("CW1916", Severity.Warning, "Replicas of a service that keeps files", "Each replica would have data of its own, and a request would find one or the other.");

    public static FindingRule SecretInModel { get; } = new("CW1917", Severity.Warning, "Value that looks like a secret", "Whoever may read the model, its history or the cluster's settings has it.");

    public static FindingRule FewRequests { get; } = new("CW1931", Severity.Warning, "Objective that one request can break", "People are called for single requests, and soon look away when it matters.");

    public static FindingRule NotWatched { get; } = new("CW1932", Severity.Warning, "Objective that is not watched as it is written", "What is promised and what is watched differ, and nobody sees it on the day on which it matters.");

    public static FindingRule ReachesNobody { get; } = new("CW1933", Severity.Warning, "Alert that reaches nobody", "It fires, and nobody looks.");

    public static FindingRule CollectorTooSmall { get; } = new("CW1934", Severity.Warning, "More telemetry than one collector takes", "It refuses what it has no room for, at the busiest time, when it is needed most.");

    public static FindingRule Unsized { get; } = new("CW1941", Severity.Info, "Service whose size nothing says", "It is given the least there is, and nobody knows whether that is enough before many come.");

    public static FindingRule SecretByHand { get; } = new("CW1942", Severity.Warning, "Secret that nothing makes", "Its pods wait for it and do not start, and where its values come from is written nowhere.");

    internal static Finding Needed(string path, string message, string mend) => new() { Rule = NeededToDeploy, Message = message, Mend = mend, ModelPath = path };
}
