using System.Globalization;
using Conway.Findings;
using Conway.Model;
using Conway.Testing.Steps;

namespace Conway.Testing;

/// <summary>A journey with everything read that can be read before it is walked. Immutable.</summary>
/// <param name="Written">What the model says.</param>
/// <param name="Findings">What cannot be read; with any, the journey is not walked.</param>
internal sealed record CompiledJourney(string Name, Journey Written, IReadOnlyList<CompiledStep> Steps, IReadOnlyList<Finding> Findings)
{
    public static CompiledJourney Of(string name, Journey journey)
    {
        var findings = new List<Finding>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var steps = journey.Steps.Select((step, i) =>
            new StepCompiler(name, string.Create(CultureInfo.InvariantCulture, $"journeys.{name}.steps[{i}]"), known, findings).Compile(step)).ToArray();
        return new CompiledJourney(name, journey, steps, findings);
    }
}
