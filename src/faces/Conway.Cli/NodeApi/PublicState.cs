namespace Conway.Cli;

/// <summary>The five states that <c>ps</c> and <c>wait</c> speak of; the node's own words are finer.</summary>
internal static class PublicState
{
    /// <summary>State of a replica as <c>ps</c> tells it. A healthy replica of a service that waits for a required callee is still starting.</summary>
    public static string Of(ServiceView service, ReplicaView replica) =>
        service.State == "waiting" && replica.State == "healthy" ? "starting" : Of(replica.State);

    public static string Of(string nodeState) => nodeState switch
    {
        "building" or "waiting" => "starting",
        "stopping" => "unhealthy",
        _ => nodeState,
    };

    /// <summary>How a state is inked: good, still under way, or bad.</summary>
    public static Func<string, string> Paint(string state, Ink ink) => state switch
    {
        "healthy" => ink.Good,
        "failed" or "unhealthy" => ink.Bad,
        "stopped" => ink.Dim,
        _ => ink.Odd,
    };
}
