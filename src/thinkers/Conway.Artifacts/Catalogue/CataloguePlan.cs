using System.Text.RegularExpressions;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Catalogue;

/// <summary>Names, owners and places that all entries of the catalogue say alike.</summary>
internal sealed partial class CataloguePlan(SystemPlan system)
{
    public SystemPlan System { get; } = system;

    /// <summary>The whole: a Domain, and the Group of all teams, which owns what no team does.</summary>
    public string Whole { get; } = ObjectNames.Derived(ObjectNames.Label(system.Model.System), "", name => system.Model.Teams.Keys.Any(team => ObjectNames.Label(team) == name));

    /// <summary>What Backstage calls a system, for services without a context.</summary>
    public string Rest { get; } = ObjectNames.Derived(ObjectNames.Label(system.Model.System), "", name => system.Model.Contexts.Keys.Any(context => ObjectNames.Label(context) == name));

    /// <summary>How far something is: the name of the environment, since what is written from its settings runs there.</summary>
    public string Lifecycle => System.Environment ?? "development";

    /// <summary>Services without a context, by name.</summary>
    public IEnumerable<ServicePlan> Loose => System.Services.Where(service => service.Service.Context is null);

    /// <summary>Externals that some service uses, by name.</summary>
    public IEnumerable<ExternalPlan> Externals => System.Model.Externals.Keys.Where(name => System.Services.Any(service => service.Service.Uses.Contains(name))).Order(StringComparer.Ordinal).Select(name => ExternalPlan.Of(System.Model, name));

    public static bool HasEvents(ServicePlan service) => service.Service.Publishes.Count > 0 || service.Service.Consumes.Count > 0;

    /// <summary>Reference to the team, or to all teams together.</summary>
    public string OwnerOf(string? team) => $"group:{(team is null ? Whole : ObjectNames.Label(team))}";

    /// <summary>The system of Backstage that a service belongs to.</summary>
    public string SystemOf(ServicePlan service) => service.Service.Context is { } context ? ObjectNames.Label(context) : Rest;

    /// <summary>The interfaces of a service: suffix of the name, kind, and where the document lies from the entry's file.</summary>
    public IEnumerable<(string Name, string Type, string Document, string Part)> ApisOf(ServicePlan service)
    {
        if (service.Service.Api.Rest is { } rest)
        {
            yield return (ApiName(service, "rest"), "openapi", FileOfSystem(rest), "api.rest");
        }

        if (service.Service.Api.Grpc is { } grpc)
        {
            yield return (ApiName(service, "grpc"), "grpc", FileOfSystem(grpc), "api.grpc");
        }

        if (HasEvents(service))
        {
            yield return (ApiName(service, "events"), "asyncapi", "../" + AsyncApi.PathOf(service), service.Service.Publishes.Count > 0 ? "publishes" : "consumes");
        }
    }

    /// <summary>Interfaces of others that a service asks or listens to, with the part of the model that says so; by name.</summary>
    public IEnumerable<(string Name, string Part)> AskedBy(ServicePlan service)
    {
        var called = service.Service.Calls.Where(call => System.Model.Services.ContainsKey(call.Key)).SelectMany(call => ApisOf(System[call.Key])
            .Where(api => api.Type == (call.Value.Protocol == CallProtocol.Grpc ? "grpc" : "openapi")).Select(api => (api.Name, Part: $"calls.{call.Key}")));
        var heard = System.Services.Where(other => other != service && other.Service.Publishes.Keys.Any(service.Service.Consumes.Contains)).Select(other => (Name: ApiName(other, "events"), Part: "consumes"));
        return called.Concat(heard).DistinctBy(one => one.Name).OrderBy(one => one.Name, StringComparer.Ordinal);
    }

    public static string StoreName(string store) => ObjectNames.Label(store);

    public string ExternalName(string external) => ObjectNames.Derived(ObjectNames.Label(external), "", name => System.Services.Any(service => service.Service.Owns.Keys.Any(store => StoreName(store) == name)));

    /// <summary>A job as a component; services are components too.</summary>
    public string JobName(string job) => ObjectNames.Derived(ObjectNames.Label(job), "", name => System.Services.Any(service => ObjectNames.Label(service.Name) == name));

    /// <summary>A file of the system's folder, as it is found from a file two folders below the environment's.</summary>
    public string FileOfSystem(string path) => string.Join('/', new[] { "../..", System.Facts.Context, System.Facts.System, path.Replace('\\', '/') }.Where(part => part is not ("" or ".")));

    /// <summary>An entity: <c>name</c> as a reference says it, <c>title</c> when the model has another.</summary>
    public static YamlMap Entity(string kind, string name, string title, string? description, Origin origin)
    {
        var metadata = new YamlMap().Set("name", name).SetIf(title != name, "title", () => title);
        return new YamlMap { Origin = origin }.Set("apiVersion", "backstage.io/v1alpha1").Set("kind", kind)
            .Set("metadata", string.IsNullOrWhiteSpace(description) ? metadata : metadata.Set("description", description, ArtifactRules.Declared, origin.Path.Length == 0 ? "description" : $"{origin.Path}.description"));
    }

    /// <summary>Those of the tags that Backstage takes: words of small letters, digits, <c>:</c>, <c>+</c> and <c>#</c> with hyphens between.</summary>
    public static IEnumerable<string> Tags(Service service) => service.Tags.Where(tag => tag.Length <= ObjectNames.LabelMax && Tag().IsMatch(tag)).Distinct(StringComparer.Ordinal);

    private static string ApiName(ServicePlan service, string suffix) => ObjectNames.Derived(ObjectNames.Label(service.Name), "-" + suffix, _ => false);

    [GeneratedRegex(@"^[a-z0-9:+#]+(-[a-z0-9:+#]+)*\z")]
    private static partial Regex Tag();
}
