using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Helm;

/// <summary>The values of a chart: what the model says for the environment, each with a word for whoever changes it.</summary>
internal sealed class HelmValues(HelmChart chart)
{
    private static readonly YamlMap None = new();

    public ArtifactFile File() => new(chart.File("values.yaml"), YamlWriter.Write([Write()]));

    private YamlMap Write()
    {
        var deploy = chart.System.Model.Deploy;
        var values = new YamlMap { Origin = new Origin("", ArtifactRules.HelmValue) };
        Section(values, "Where the objects go. 'create' off: the namespace is there already, and its labels are somebody else's.", "namespace", "deploy.namespace", new YamlMap()
            .Set("name", KubeMetadata.NamespaceOf(chart.System)).Set("create", true));
        if (chart.BuildsImages)
        {
            Section(values, "Of the images that are built from the system's sources: where they are, and which of them.", "images", "deploy", new YamlMap()
                .Set("registry", deploy.Registry ?? "", ArtifactRules.HelmValue, "deploy.registry").Set("version", deploy.Version ?? "", ArtifactRules.HelmValue, "deploy.version"));
        }

        Section(values, "Always, IfNotPresent or Never; and the secrets that the images are pulled with.", "imagePullPolicy", "", "Always");
        values.Set("imagePullSecrets", new YamlList(), ArtifactRules.HelmValue, "");
        if (deploy.Telemetry is { } telemetry)
        {
            Section(values, "Where services send their telemetry, by OTLP over HTTP.", "telemetry", "deploy.telemetry", new YamlMap().Set("endpoint", telemetry));
        }

        if (chart.Reached is { Count: > 0 } reached)
        {
            var places = new YamlMap();
            foreach (var (key, reach) in reached)
            {
                places.Set(HelmChart.ReachKey(key), reach.Text, ArtifactRules.HelmValue, $"deploy.reach.{key}");
            }

            Section(values, "Where in the network that lies what services use: NAMESPACE:PORT or ADDRESSES:PORT.", "reach", "deploy.reach", places);
        }

        if (chart.HasSecrets)
        {
            Section(values, "The ClusterSecretStore that holds the secrets. Empty: Secrets named SERVICE-secrets must be there.", "secretStore", "deploy.secret-store", deploy.SecretStore ?? "");
        }

        if (chart.KeepsFiles)
        {
            Section(values, "The StorageClass of volumes. Empty: the cluster's default.", "storageClass", "deploy.storage-class", deploy.StorageClass ?? "");
        }

        if (chart.HasEdge && EdgeObjects.IsIstio(chart.System))
        {
            Section(values, "The namespace in which the pods of the mesh's gateway run. Its resources are no part of the chart.", "edge", "deploy.edge", new YamlMap()
                .Set("namespace", deploy.Edge.Namespace ?? "", ArtifactRules.HelmValue, "deploy.edge.namespace"));
        }
        else if (chart.HasEdge)
        {
            Section(values, $"How requests come in: the {(EdgeObjects.IsIngress(chart.System) ? "IngressClass" : "GatewayClass")}, the host of routes that name none, the namespace of the controller's pods, the Secret with the certificate.", "edge", "deploy.edge", new YamlMap()
                .Set("class", deploy.Edge.Class ?? "", ArtifactRules.HelmValue, "deploy.edge.class")
                .Set("host", deploy.Edge.Host ?? "", ArtifactRules.HelmValue, "deploy.edge.host")
                .Set("namespace", deploy.Edge.Namespace ?? "", ArtifactRules.HelmValue, "deploy.edge.namespace")
                .Set("certificate", EdgeObjects.CertificateOf(chart.System), ArtifactRules.HelmValue, "deploy.edge.certificate"));
        }

        if (chart.Nodes is { } nodes)
        {
            Section(values, "Nodes of the cluster at the most, for the quota.", "nodes", "deploy.nodes", nodes);
        }

        if (chart.Scalers is { Count: > 0 } asked)
        {
            var scaler = new YamlMap();
            foreach (var (value, address, path) in asked)
            {
                scaler.Set(value, address, ArtifactRules.HelmValue, path);
            }

            Section(values, "What KEDA asks for requests and for events that wait.", "scaler", "deploy.scaler", scaler);
        }

        if (TeamAccess.Teams(chart.System) is { Count: > 0 } teams)
        {
            var groups = new YamlMap();
            foreach (var (name, group) in teams)
            {
                groups.Set(name, group, ArtifactRules.HelmValue, $"teams.{name}.group");
            }

            Section(values, "Groups of the identity provider whose members may look at what runs.", "teams", "teams", groups);
        }

        var services = new YamlMap();
        foreach (var service in chart.Services)
        {
            services.Set(service.Name, Of(service.Service!), ArtifactRules.HelmValue, service.Path);
        }

        Section(values, "Each service; values.schema.json says what every key means.", "services", "services", services);
        if (chart.Jobs.Any())
        {
            var jobs = new YamlMap();
            foreach (var job in chart.Jobs.Select(group => group.Job!))
            {
                var when = new YamlMap();
                if (job.Schedule is { } schedule)
                {
                    when.Set("schedule", schedule, ArtifactRules.HelmValue, $"{job.Path}.schedule").Set("timeZone", job.Job.Zone, ArtifactRules.HelmValue, $"{job.Path}.zone");
                }

                jobs.Set(job.Label, when.Set("suspend", false), ArtifactRules.HelmValue, job.Path);
            }

            Section(values, "When jobs run; 'suspend' keeps one from being started.", "jobs", "jobs", jobs);
        }

        return values;
    }

    private YamlMap Of(KubeService service)
    {
        var plan = service.Plan;
        var entries = new YamlMap().Set("image", Image(plan), ArtifactRules.HelmValue, plan.ImagePath);
        YamlNode replicas = service.IsStateful ? service.Least : new YamlMap().Set("min", service.Least).Set("max", service.Most);
        if (!service.IsEverywhere)
        {
            entries.Set("replicas", replicas, ArtifactRules.HelmValue, $"{plan.Path}.replicas");
        }

        entries.Set("resources", service.Size.Write(plan));
        if (plan.Service.Expose is { } expose)
        {
            entries.Set("exposedTo", YamlList.Of(expose.From), ArtifactRules.HelmValue, $"{plan.Path}.expose.from");
        }

        if (service.IsStateful)
        {
            var storage = new YamlMap();
            foreach (var store in plan.Files)
            {
                storage.Set(store, Workloads.StorageOf(plan, store), ArtifactRules.HelmValue, $"{plan.Path}.owns.{store}");
            }

            entries.Set("storage", storage, ArtifactRules.HelmValue, $"{plan.Path}.owns");
        }

        var environment = new YamlMap();
        foreach (var variable in PodParts.ConfigOf(plan))
        {
            environment.Set(variable.Name, new YamlText(variable.Value!) { Origin = variable.Origin });
        }

        return entries.Set("environment", environment, ArtifactRules.HelmValue, $"{plan.Path}.environment")
            .Set("extraEnv", new YamlList()).Set("podAnnotations", None).Set("nodeSelector", None).Set("tolerations", new YamlList());
    }

    private YamlMap Image(ServicePlan plan)
    {
        var parts = ImageReference.Of(plan.Image);
        return HelmChart.IsBuilt(plan)
            ? new YamlMap().Set("registry", "").Set("repository", SystemPlan.RepositoryOf(chart.System.Model, plan.Name)).Set("tag", "").Set("digest", "")
            : new YamlMap().Set("repository", parts.Name).Set("tag", parts.Tag).Set("digest", parts.Digest);
    }

    private static void Section(YamlMap values, string comment, string key, string path, YamlNode value) =>
        values.Comment(comment, new Origin(path, ArtifactRules.HelmValue)).Set(key, value, ArtifactRules.HelmValue, path);
}
