using Conway.Findings;
using Conway.Model;

namespace Conway.Testing;

/// <summary>Finds out whether journeys can be walked, without sending anything.</summary>
public static class JourneyCheck
{
    /// <summary>Everything in the journeys that cannot be read or has no value, with its model path and without its place (<see cref="SourceMap"/> knows it).</summary>
    public static IReadOnlyList<Finding> Check(NameMap<Journey> journeys) => [.. journeys.SelectMany(j => CompiledJourney.Of(j.Key, j.Value).Findings)];
}
