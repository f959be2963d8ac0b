using Conway.Findings;

namespace Conway.Checks.Sources;

/// <summary>An address of a host outside of the system, as it stands in the source of a service.</summary>
/// <param name="Host"><c>api.stripe.com</c></param>
/// <param name="Service">In whose source.</param>
/// <param name="Place">Where first.</param>
public sealed record ExternalHost(string Host, string Service, SourceSpan Place)
{
    /// <summary>Each host once for each service, by host and then in order of declaration; none when nobody looked.
    /// This machine and documentation's examples are left out.</summary>
    public static IReadOnlyList<ExternalHost> Of(CheckSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return subject.Addresses is null ? [] : [.. subject.Named.Others
            .Select(o => (Host: o.Mention.Name.Split(':')[0], o.Service, o.Mention.Place))
            .Where(o => o.Host.Contains('.', StringComparison.Ordinal) && !IsOfThisMachine(o.Host))
            .GroupBy(o => (o.Host, o.Service)).Select(g => new ExternalHost(g.Key.Host, g.Key.Service, g.First().Place))
            .OrderBy(h => h.Host, StringComparer.Ordinal)];
    }

    private static bool IsOfThisMachine(string host) =>
        System.Net.IPAddress.TryParse(host, out _) || host.EndsWith(".localhost", StringComparison.Ordinal) || host.EndsWith(".local", StringComparison.Ordinal)
        || host is "example.com" or "example.org" or "example.net" || host.EndsWith(".example.com", StringComparison.Ordinal) || host.EndsWith(".example.org", StringComparison.Ordinal);
}
