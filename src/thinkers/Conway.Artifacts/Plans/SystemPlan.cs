using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Plans;

/// <summary>What all targets say alike: names, images, variables.</summary>
/// <param name="Services">By name.</param>
internal sealed record SystemPlan(SystemModel Model, string? Environment, BuildFacts Facts, IReadOnlyList<ServicePlan> Services)
{
    /// <summary>The port that every container listens on.</summary>
    public const int Port = 8080;

    /// <summary>The user and the group that every container runs as.</summary>
    public const int User = 10001;

    public static SystemPlan Of(SystemModel model, string? environment, BuildFacts facts, List<Finding> findings)
    {
        var routed = model.Gateway.Routes.SelectMany(route => route.Answering()).ToHashSet(StringComparer.Ordinal);
        var services = model.Services.OrderBy(service => service.Key, StringComparer.Ordinal).Select(pair =>
        {
            var (name, service) = pair;
            var (image, imagePath) = ImageOf(model, name, service, findings);
            return new ServicePlan
            {
                Name = name,
                Service = service,
                Path = $"services.{name}",
                Label = ObjectNames.Label(name, ServicePlan.LabelMax),
                Image = image,
                ImagePath = imagePath,
                Variables = VariablePlan.Of(model, name, service, findings),
                Files = [.. service.Owns.Where(store => IsFile(model, store.Value)).Select(store => store.Key).Order(StringComparer.Ordinal)],
                IsRouted = routed.Contains(name),
                Callers = [.. model.Services.Where(other => other.Value.Calls.ContainsKey(name)).Select(other => other.Key).Order(StringComparer.Ordinal)],
                Team = model.TeamOf(service),
            };
        });
        return new SystemPlan(model, environment, facts, [.. services]);
    }

    private readonly Dictionary<string, ServicePlan> _byName = Services.ToDictionary(service => service.Name, StringComparer.Ordinal);

    /// <summary>Names of services that a route leads to which asks for a token.</summary>
    public IReadOnlySet<string> Protected { get; } = Model.Gateway.Routes.Where(route => route.Auth is not null).SelectMany(route => route.Answering()).ToHashSet(StringComparer.Ordinal);

    public ServicePlan this[string name] => _byName[name];

    /// <summary>Whether a store is a file of the service's own.</summary>
    public static bool IsFile(SystemModel model, Store store) => model.EngineOf(store) == StoreEngine.Sqlite;

    /// <summary>Where below the registry the image of a service lies that is built from its sources.</summary>
    public static string RepositoryOf(SystemModel model, string name) => $"{ObjectNames.Label(model.System)}/{ObjectNames.Label(name)}";

    private static (string Image, string Path) ImageOf(SystemModel model, string name, Service service, List<Finding> findings)
    {
        if (service.Base is { } runtime)
        {
            MustBeFixed(runtime, $"services.{name}.base", findings);
        }

        if (service.Image is { } image)
        {
            MustBeFixed(image, $"services.{name}.image", findings);
            return (image, $"services.{name}.image");
        }

        foreach (var (key, value, example) in new[] { ("registry", model.Deploy.Registry, "ghcr.io/acme"), ("version", model.Deploy.Version, "1.4.2") })
        {
            var path = $"deploy.{key}";
            if (value is null && findings.All(finding => finding.ModelPath != path))
            {
                findings.Add(ArtifactFindings.Needed(path, $"The image of '{name}' cannot be named: the model has no {path}.", $"Write 'deploy: {{ {key}: {example} }}' with your own value, in the settings of the environment; or 'image' at the service."));
            }
        }

        MustBeFixed($":{model.Deploy.Version}", "deploy.version", findings);
        return ($"{model.Deploy.Registry ?? "registry.invalid"}/{RepositoryOf(model, name)}:{model.Deploy.Version ?? "0"}", "deploy.version");
    }

    private static void MustBeFixed(string image, string path, List<Finding> findings)
    {
        if (image.EndsWith(":latest", StringComparison.Ordinal) && findings.All(finding => finding.ModelPath != path))
        {
            findings.Add(new Finding { Rule = ArtifactFindings.NotFixed, Message = $"'{path}' says latest, which is another image tomorrow.", Mend = "Write the tag of a version, or a digest.", ModelPath = path });
        }
    }
}
