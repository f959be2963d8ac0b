using System.Collections.Immutable;

namespace Conway.Decomposition.Measures;

/// <summary>An operation that a service publishes.</summary>
/// <param name="Node">The node that has it.</param>
/// <param name="Inputs">Types of its parameters, each once.</param>
/// <param name="Outputs">Types it gives back, each once.</param>
/// <param name="Terms">Words of its name and signature that speak of the domain, each once.</param>
public sealed record ServiceOperation(int Node, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs, ImmutableArray<string> Terms);
