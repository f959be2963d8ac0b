using System.Globalization;
using System.Text.RegularExpressions;
using Conway.Artifacts.Kubernetes;
using Conway.Model;

namespace Conway.Artifacts.Plans;

/// <summary>A system of others in a cluster.</summary>
/// <param name="Alias">Its name in the namespace of the system; null for one outside of the cluster, whose certificates and hosts are for its own name.</param>
/// <param name="Url">Where services find it.</param>
internal sealed partial record ExternalPlan(string Name, External External, string? Alias, string Url)
{
    public string Path => $"externals.{Name}";

    /// <summary>The host of its address.</summary>
    public string Host => Uri.TryCreate(External.Address, UriKind.Absolute, out var uri) ? uri.Host : "";

    public static ExternalPlan Of(SystemModel model, string name)
    {
        var external = model.Externals[name];
        var isInside = Uri.TryCreate(external.Address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && Inside().IsMatch(uri.Host);
        var alias = !isInside ? null : model.Services.Keys.Any(service => ObjectNames.Label(service, ServicePlan.LabelMax) == ObjectNames.Label(name)) ? ObjectNames.Derived(name, "-external", _ => false) : ObjectNames.Label(name);
        return new(name, external, alias, alias is null ? external.Address : string.Create(CultureInfo.InvariantCulture, $"http://{alias}:{uri!.Port}{(uri.AbsolutePath == "/" ? "" : uri.AbsolutePath)}"));
    }

    /// <summary>Those that a service uses, by name.</summary>
    public static IEnumerable<ExternalPlan> UsedBy(SystemModel model, Service service) =>
        service.Uses.Where(model.Externals.ContainsKey).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => Of(model, name));

    /// <summary>Where in the network it lies: as it is written, else as its address inside of the cluster says. Null for a text that says no place.</summary>
    public IEnumerable<(string Text, Reach? Reach)> Places() =>
        External.Places.Count > 0 ? External.Places.Select(text => (text, Reach.Parse(text)))
        : Inside().Match(Host) is { Success: true } match && Uri.TryCreate(External.Address, UriKind.Absolute, out var uri) && uri.Port > 0 ? [(Host, new Reach(match.Groups["space"].Value, null, uri.Port))]
        : [];

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?\.(?<space>[a-z0-9]([a-z0-9-]*[a-z0-9])?)\.svc(\.cluster\.local)?$")]
    private static partial Regex Inside();
}
