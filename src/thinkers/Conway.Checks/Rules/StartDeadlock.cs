using Conway.Checks.Graph;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW2109: services that wait for each other before they start.</summary>
/// <remarks>A service starts when all under <c>after</c> are ready, and is ready when its required callees are.
/// Circles of required calls alone are CW2101.</remarks>
public sealed class StartDeadlock : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2109", Severity.Error, "Services wait for each other to start",
        "None of them is ever started, and the system never becomes healthy.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var services = subject.Model.Services;
        IEnumerable<string> WaitsFor(string name) =>
            services[name].After.Concat(services[name].Calls.Where(c => c.Value.Required).Select(c => c.Key)).Where(services.ContainsKey);
        var components = StrongComponents.Of(subject.Calls.Services, WaitsFor);

        var told = new HashSet<int>();
        foreach (var (name, service) in services)
        {
            for (var i = 0; i < service.After.Count; i++)
            {
                var target = service.After[i];
                if (services.ContainsKey(target) && components.IndexOf(target) == components.IndexOf(name) && told.Add(components.IndexOf(name)))
                {
                    yield return Told(name, i, ShortestPath.Find(target, name, WaitsFor) ?? [name], service);
                }
            }
        }
    }

    private Finding Told(string name, int index, IReadOnlyList<string> back, Service service) => new()
    {
        Rule = Rule,
        ModelPath = $"services.{name}.after[{index}]",
        Message = service.After[index] == name
            ? $"'{name}' waits for itself to be ready before it is started."
            : $"Services wait for each other before they start: {Spoken.Chain([name, .. back])}.",
        Mend = $"Remove '{service.After[index]}' from after of '{name}', or make one of the calls on the way not required.",
    };
}
