using System.Text.RegularExpressions;

namespace Conway.Artifacts.Plans;

/// <summary>A topic that events go to, and who has to do with it.</summary>
/// <param name="Name">In the broker, as the model writes it.</param>
/// <param name="Path">The first event of the model that goes to it.</param>
/// <param name="Events">Names of all events that go to it, with the service that publishes each.</param>
internal sealed partial record EventTopic(string Name, string Path, IReadOnlyList<(string Event, ServicePlan Publisher)> Events)
{
    /// <summary>All topics by name.</summary>
    public static IReadOnlyList<EventTopic> Of(SystemPlan system) => [.. system.Services
        .SelectMany(plan => plan.Service.Publishes.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (Topic: one.Value.Topic ?? plan.Name, Event: one.Key, Publisher: plan)))
        .GroupBy(one => one.Topic, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new EventTopic(group.Key, $"{group.First().Publisher.Path}.publishes.{group.First().Event}", [.. group.Select(one => (one.Event, one.Publisher))]))];

    /// <summary>Topics of the events that a service handles, by name.</summary>
    public static IReadOnlyList<string> TakenBy(SystemPlan system, ServicePlan plan) => [.. plan.Service.Consumes
        .SelectMany(taken => system.Model.Services.Where(other => other.Value.Publishes.ContainsKey(taken)).Select(other => other.Value.Publishes[taken].Topic ?? other.Key))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Services that handle one of its events, by name.</summary>
    public IEnumerable<ServicePlan> Consumers(SystemPlan system) => system.Services.Where(plan => Taken(plan).Any());

    /// <summary>Those of its events that a service handles.</summary>
    public IEnumerable<string> Taken(ServicePlan plan) => Events.Select(one => one.Event).Where(plan.Service.Consumes.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Those of its events that a service publishes.</summary>
    public IEnumerable<string> PublishedBy(ServicePlan plan) => Events.Where(one => one.Publisher.Name == plan.Name).Select(one => one.Event).Order(StringComparer.Ordinal);

    /// <summary>Whether Kafka takes its name: what there is becomes a folder on the broker's disk.</summary>
    public bool IsLegalInKafka => LegalInKafka().IsMatch(Name) && Name is not ("." or "..");

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,249}\z")]
    private static partial Regex LegalInKafka();
}
