using Conway.Traffic;

namespace Conway.Mesh;

/// <summary>Who calls whom, and how: everything the mesh needs to know.</summary>
/// <remarks>Immutable; replaced whole by <see cref="MeshEngine.ApplyAsync"/>.</remarks>
/// <param name="Listeners">One for each (caller, callee); a pair occurs once.</param>
public sealed record PeerTable(IReadOnlyList<PeerListener> Listeners)
{
    /// <summary>No listeners.</summary>
    public static PeerTable Empty { get; } = new([]);
}

/// <summary>One loopback listener: the door through which <paramref name="Caller"/>'s replicas reach <paramref name="Callee"/>.</summary>
/// <param name="Caller">Name of the calling service. The listener is the caller's identity.</param>
/// <param name="Callee">Name of the called service.</param>
/// <param name="Port">Port to listen on; 0 lets the engine choose one at first and keep it as long as the listener stays in the table.</param>
/// <param name="Policy">How calls are placed, bounded and repeated.</param>
/// <param name="Endpoints">Where the callee is.</param>
public sealed record PeerListener(string Caller, string Callee, int Port, CallPolicy Policy, IReadOnlyList<Endpoint> Endpoints)
{
    /// <summary>The budget of a request of which the caller sent none: the caller's own <c>api.budget</c>. Unset means none.</summary>
    public TimeSpan? RequestBudget { get; init; }
}
