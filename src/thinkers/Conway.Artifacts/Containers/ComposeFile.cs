using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Containers;

/// <summary>A compose file (compose-spec.io) with every service, each as confined as in a cluster.</summary>
internal static class ComposeFile
{
    // One service cannot starve the others of a laptop; the cluster's numbers are another matter.
    private const string Memory = "512m";
    private const int Processes = 512;

    /// <param name="built">Names of the services whose Dockerfile is generated too.</param>
    public static IReadOnlyList<ArtifactLine> Write(SystemPlan plan, IReadOnlySet<string> built)
    {
        var services = new YamlMap();
        foreach (var service in plan.Services)
        {
            services.Set(service.Label, Service(plan, service, built.Contains(service.Name)));
        }

        services.KeepRegion("services", "services");
        var file = new YamlMap { Origin = new Origin("system", ArtifactRules.ComposeProject) }
            .Set("name", ObjectNames.Label(plan.Model.System))
            .Set("services", services)
            .Set("networks", Networks(plan));
        var volumes = plan.Services.SelectMany(service => service.Files.Select(store => (service, store))).ToArray();
        if (volumes.Length > 0)
        {
            var map = new YamlMap();
            foreach (var (service, store) in volumes)
            {
                map.Set(VolumeOf(service, store), new YamlMap { Origin = service.Because(ArtifactRules.ComposeState, $"owns.{store}") });
            }

            file.Set("volumes", map);
        }

        return YamlWriter.Write([file]);
    }

    private static YamlMap Service(SystemPlan plan, ServicePlan service, bool isBuilt)
    {
        var map = new YamlMap { Origin = service.Because(ArtifactRules.Declared) };
        map.Set("image", Literal(service.Image), ArtifactRules.ComposeImage, service.ImagePath);
        if (isBuilt)
        {
            map.Set("build", new YamlMap()
                // The file lies in a folder of the folder that is generated into.
                .Set("context", Literal($"../{plan.Facts.Context}"))
                .Set("dockerfile", Literal($"{plan.Facts.Out}/{ContainerTarget.PathOf(service)}"))
                .Set("args", new YamlMap().Set("VERSION", Literal(plan.Model.Deploy.Version ?? "0.0.0"))), ArtifactRules.ComposeImage, service.Path);
        }

        map.Set("init", true, ArtifactRules.ComposeHardened, service.Path)
            .Set("user", string.Create(CultureInfo.InvariantCulture, $"{SystemPlan.User}:{SystemPlan.User}"), ArtifactRules.ComposeHardened, service.Path)
            .Set("read_only", true, ArtifactRules.ComposeHardened, service.Path)
            .Set("tmpfs", new YamlList("/tmp:size=64m,mode=1777"), ArtifactRules.ComposeHardened, service.Path)
            .Set("cap_drop", new YamlList("ALL"), ArtifactRules.ComposeHardened, service.Path)
            .Set("security_opt", new YamlList("no-new-privileges:true"), ArtifactRules.ComposeHardened, service.Path)
            .Set("pids_limit", Processes, ArtifactRules.ComposeLimits, service.Path)
            .Set("mem_limit", Memory, ArtifactRules.ComposeLimits, service.Path)
            .Set("restart", "unless-stopped", ArtifactRules.Declared, service.Path)
            .Set("stop_grace_period", string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Ceiling(service.Service.Drain.TotalSeconds) + 1}s"), ArtifactRules.ComposeStop, $"{service.Path}.drain")
            .Set("environment", Environment(plan, service));
        Connect(plan, service, map);
        return map;
    }

    private static void Connect(SystemPlan plan, ServicePlan service, YamlMap map)
    {
        if (service.Service.Replicas != 1)
        {
            map.Set("scale", service.Service.Replicas, ArtifactRules.Declared, $"{service.Path}.replicas");
        }

        if (service.IsRouted)
        {
            map.Set("ports", new YamlList(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:${{{Names.ToVariable(service.Name)}_PORT:-0}}:{SystemPlan.Port}")), ArtifactRules.ComposePort, "gateway.routes");
        }

        if (service.Files.Count > 0)
        {
            map.Set("volumes", new YamlList([.. service.Files.Select(store => (YamlNode)new YamlText($"{VolumeOf(service, store)}:{ServicePlan.FolderOf(store)}") { Origin = service.Because(ArtifactRules.ComposeState, $"owns.{store}") })]), ArtifactRules.ComposeState, $"{service.Path}.owns");
        }

        var networks = new YamlList([
            new YamlText(NetworkOf(service)),
            .. Callees(plan, service).Select(callee => (YamlNode)new YamlText(NetworkOf(plan[callee])) { Origin = service.Because(ArtifactRules.ComposeNetwork, $"calls.{callee}") })]);
        map.Set("networks", networks, ArtifactRules.ComposeNetwork, service.Path);

        var first = Callees(plan, service).Where(callee => service.Service.Calls[callee].Required).Select(callee => (Callee: callee, Part: $"{service.Path}.calls.{callee}"))
            .Concat(service.Service.After.Where(plan.Model.Services.ContainsKey).Select(other => (Callee: other, Part: $"{service.Path}.after")))
            .DistinctBy(other => other.Callee).OrderBy(other => other.Callee, StringComparer.Ordinal).ToArray();
        if (first.Length > 0 && !IsOnCircle(plan, service.Name))
        {
            var order = new YamlMap();
            foreach (var (callee, part) in first)
            {
                order.Set(plan[callee].Label, new YamlMap().Set("condition", "service_started"), ArtifactRules.ComposeOrder, part);
            }

            map.Set("depends_on", order, ArtifactRules.ComposeOrder, service.Path);
        }
    }

    // Services that wait for each other would not start at all; then none of them waits.
    private static bool IsOnCircle(SystemPlan plan, string name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(First(plan, name));
        while (open.TryPop(out var next))
        {
            if (next == name)
            {
                return true;
            }

            if (seen.Add(next))
            {
                foreach (var other in First(plan, next))
                {
                    open.Push(other);
                }
            }
        }

        return false;
    }

    private static IEnumerable<string> First(SystemPlan plan, string name) =>
        plan.Model.Services[name].Calls.Where(call => call.Value.Required).Select(call => call.Key).Concat(plan.Model.Services[name].After).Where(plan.Model.Services.ContainsKey);

    private static IEnumerable<string> Callees(SystemPlan plan, ServicePlan service) =>
        service.Service.Calls.Keys.Where(callee => callee != service.Name && plan.Model.Services.ContainsKey(callee)).Order(StringComparer.Ordinal);

    private static YamlMap Environment(SystemPlan plan, ServicePlan service)
    {
        var map = new YamlMap { Origin = service.Because(ArtifactRules.Contract) };
        map.Set("HOST", "0.0.0.0")
            .Set("PORT", SystemPlan.Port.ToString(CultureInfo.InvariantCulture))
            .Set("ASPNETCORE_URLS", string.Create(CultureInfo.InvariantCulture, $"http://0.0.0.0:{SystemPlan.Port}"));
        if (service.Variables.All(variable => variable.Name != "OTEL_RESOURCE_ATTRIBUTES"))
        {
            map.Set("OTEL_RESOURCE_ATTRIBUTES", $"service.namespace={plan.Model.System}");
        }

        foreach (var variable in service.Variables)
        {
            map.Set(variable.Name, (variable.Value is { } value ? Literal(value) : new YamlText($"${{{Names.ToVariable(variable.Secret!)}:?set it to {variable.What}}}")) with
            {
                Origin = variable.Value is null ? variable.Origin with { Rule = ArtifactRules.ComposeSecret } : variable.Origin,
            });
        }

        return map.KeepRegion($"environment of {service.Label}", service.Path);
    }

    private static YamlMap Networks(SystemPlan plan)
    {
        var networks = new YamlMap { Origin = new Origin("services", ArtifactRules.ComposeNetwork) };
        foreach (var service in plan.Services)
        {
            networks.Set(NetworkOf(service), service.IsRouted || NeedsOutside(service) ? new YamlMap() : new YamlMap().Set("internal", true), ArtifactRules.ComposeNetwork, service.Path);
        }

        return networks;
    }

    // What lies outside of the project is not reached over a network that is internal.
    private static bool NeedsOutside(ServicePlan service) => service.Variables.Any(variable => variable.Value is null) || service.Service.Uses.Count > 0 || service.Service.Publishes.Count > 0 || service.Service.Consumes.Count > 0;

    private static string NetworkOf(ServicePlan service) => $"to-{service.Label}";

    private static string VolumeOf(ServicePlan service, string store) => $"{service.Label}-{store}";

    /// <summary>Compose replaces variables in every value; a dollar sign of the model is meant as one.</summary>
    private static YamlText Literal(string text) => new(text.Replace("$", "$$", StringComparison.Ordinal));
}
