using System.Globalization;
using Conway.Model;

namespace Conway.Checks.Graph;

/// <summary>One declared event on its way from a service that publishes it to one that consumes it.</summary>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Consumer">Who consumes it.</param>
/// <param name="Event">Its name.</param>
/// <param name="ModelPath"><c>services.shipping.consumes[0]</c></param>
public sealed record EventLink(string Publisher, string Consumer, string Event, string ModelPath)
{
    /// <summary>All of them, in order of declaration of the consumers.</summary>
    public static IReadOnlyList<EventLink> Of(SystemModel model)
    {
        var publishers = model.Services.SelectMany(s => s.Value.Publishes.Keys.Select(e => (Event: e, Service: s.Key))).ToLookup(p => p.Event, p => p.Service, StringComparer.Ordinal);
        return [.. from consumer in model.Services
                   from consumed in consumer.Value.Consumes.Index()
                   from publisher in publishers[consumed.Item]
                   where publisher != consumer.Key
                   select new EventLink(publisher, consumer.Key, consumed.Item, string.Create(CultureInfo.InvariantCulture, $"services.{consumer.Key}.consumes[{consumed.Index}]"))];
    }
}
