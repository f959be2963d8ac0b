using Conway.Traffic;

namespace Conway.Mesh;

/// <summary>What became of a table.</summary>
/// <param name="Listeners">Where every listener of it is; empty when it was refused.</param>
/// <param name="Refused">Listeners that could not be opened; if there are any, the table before is still in force, whole.</param>
public sealed record MeshApplied(IReadOnlyList<PeerAddress> Listeners, IReadOnlyList<PeerRefusal> Refused);

/// <summary>Where a listener is: always on loopback.</summary>
public sealed record PeerAddress(string Caller, string Callee, int Port);

/// <summary>Why a listener could not be opened.</summary>
public sealed record PeerRefusal(string Caller, string Callee, string Reason);

/// <summary>What one listener looks like now.</summary>
/// <param name="Caller">Name of the calling service.</param>
/// <param name="Callee">Name of the called service.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="Connections">Connections open to it.</param>
/// <param name="Pool">The callee's endpoints as this caller sees them.</param>
public sealed record PeerSnapshot(string Caller, string Callee, int Port, int Connections, PoolSnapshot Pool);
