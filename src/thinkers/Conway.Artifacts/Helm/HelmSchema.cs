using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Helm;

/// <summary>What the values of a chart may be (JSON Schema draft-07, which every Helm since 3 reads).</summary>
internal sealed class HelmSchema(HelmChart chart)
{
    private const string Label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private const string Port = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
    private const string HostName = "^((\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+)$";
    private const int ReplicasMax = 1000;
    private const int NodesMax = 15000;

    public ArtifactFile File()
    {
        var root = Object("", Properties()) with { Origin = new Origin("", ArtifactRules.HelmSchema) };
        root.Insert("type", "$schema", "http://json-schema.org/draft-07/schema#").Insert("type", "title", $"Values of {chart.Name}").Set("definitions", Definitions());
        return new(chart.File("values.schema.json"), JsonWriter.Write(root));
    }

    private YamlMap Properties()
    {
        var properties = new YamlMap()
            .Set("global", new YamlMap().Set("type", "object").Set("description", "Helm's own; nothing is read from it."))
            .Set("namespace", Object("Where the objects go.", new YamlMap()
                .Set("name", Text("Name of the namespace.", $"^{Label}$"))
                .Set("create", Flag("Whether the namespace is one of the objects."))));
        if (chart.BuildsImages)
        {
            properties.Set("images", Object("Of the images that are built from the system's sources.", new YamlMap()
                .Set("registry", Text("Registry, with the path in it.", "^[a-zA-Z0-9.-]+(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$"))
                .Set("version", Text("The tag of all of them; not latest.", $"^{Tag}$"))));
        }

        properties.Set("imagePullPolicy", new YamlMap().Set("description", "When an image is pulled.").Set("enum", new YamlList("Always", "IfNotPresent", "Never")))
            .Set("imagePullSecrets", Array("Secrets that images are pulled with.", Object("", new YamlMap().Set("name", Text("Name of the Secret.", "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")))));
        if (chart.System.Model.Deploy.Telemetry is not null)
        {
            properties.Set("telemetry", Object("Telemetry of the services.", new YamlMap().Set("endpoint", Text("Where it is sent, by OTLP over HTTP.", "^https?://"))), ArtifactRules.HelmSchema, "deploy.telemetry");
        }

        if (chart.Reached is { Count: > 0 } reached)
        {
            var places = new YamlMap();
            foreach (var (key, _) in reached)
            {
                places.Set(HelmChart.ReachKey(key), Ref("place"), ArtifactRules.HelmSchema, $"deploy.reach.{key}");
            }

            properties.Set("reach", Object("Where in the network that lies what services use.", places), ArtifactRules.HelmSchema, "deploy.reach");
        }

        if (chart.HasSecrets)
        {
            properties.Set("secretStore", Text("ClusterSecretStore of the External Secrets operator. Empty: none.", $"^({Label})?$"), ArtifactRules.HelmSchema, "deploy.secret-store");
        }

        if (chart.KeepsFiles)
        {
            properties.Set("storageClass", Text("StorageClass of volumes. Empty: the cluster's default.", $"^({Label})?$"), ArtifactRules.HelmSchema, "deploy.storage-class");
        }

        if (chart.HasEdge && EdgeObjects.IsIstio(chart.System))
        {
            properties.Set("edge", Object("How requests come in.", new YamlMap()
                .Set("namespace", Text("Namespace in which the gateway's pods run.", $"^{Label}$"))), ArtifactRules.HelmSchema, "deploy.edge");
        }
        else if (chart.HasEdge)
        {
            properties.Set("edge", Object("How requests come in.", new YamlMap()
                .Set("class", Text("GatewayClass or IngressClass of the cluster.", $"^{Label}$"))
                .Set("host", Text("Host of routes that name none.", chart.System.Model.Deploy.Edge.Host is null ? "^$" : HostName))
                .Set("namespace", Text("Namespace in which the controller's pods run.", $"^{Label}$"))
                .Set("certificate", Text("Secret with the certificate and its key.", $"^{Label}$"))), ArtifactRules.HelmSchema, "deploy.edge");
        }

        if (chart.Nodes is not null)
        {
            properties.Set("nodes", Count(1, NodesMax), ArtifactRules.HelmSchema, "deploy.nodes");
        }

        if (chart.Scalers is { Count: > 0 } asked)
        {
            var scaler = new YamlMap();
            foreach (var (value, _, _) in asked)
            {
                scaler.Set(value, Text("Its address.", "^\\S+$"));
            }

            properties.Set("scaler", Object("What KEDA asks.", scaler), ArtifactRules.HelmSchema, "deploy.scaler");
        }

        if (TeamAccess.Teams(chart.System) is { Count: > 0 } teams)
        {
            var groups = new YamlMap();
            foreach (var (name, _) in teams)
            {
                groups.Set(name, Text("Group of the identity provider.", "^.+$"));
            }

            properties.Set("teams", Object("Who may look at what runs.", groups), ArtifactRules.HelmSchema, "teams");
        }

        var services = new YamlMap();
        foreach (var group in chart.Services)
        {
            services.Set(group.Name, Service(group.Service!), ArtifactRules.HelmSchema, group.Path);
        }

        properties.Set("services", Object("Each service.", services), ArtifactRules.HelmSchema, "services");
        if (chart.Jobs.Any())
        {
            var jobs = new YamlMap();
            foreach (var job in chart.Jobs)
            {
                jobs.Set(job.Name, Ref(job.Job!.Schedule is null ? "releaseJob" : "job"), ArtifactRules.HelmSchema, job.Path);
            }

            properties.Set("jobs", Object("When jobs run.", jobs), ArtifactRules.HelmSchema, "jobs");
        }

        return properties;
    }

    private static YamlMap Service(KubeService service)
    {
        var properties = new YamlMap()
            .Set("image", Ref(HelmChart.IsBuilt(service.Plan) ? "builtImage" : "image"))
            .SetIf(!service.IsEverywhere, "replicas", () => Ref(service.IsStateful ? "single" : "replicas"))
            .Set("resources", Ref("resources"))
            .SetIf(service.Plan.Service.Expose is not null, "exposedTo", () => Array("Blocks of addresses that may connect from outside.", Text("Such as 203.0.113.0/24.", "^[0-9a-fA-F:.]+/[0-9]{1,3}$")));
        if (service.IsStateful)
        {
            var stores = new YamlMap();
            foreach (var store in service.Plan.Files)
            {
                stores.Set(store, Ref("storage"));
            }

            properties.Set("storage", Object("How much each store may take; a volume that is there already is not changed by it.", stores));
        }

        foreach (var key in new[] { "environment", "extraEnv", "podAnnotations", "nodeSelector", "tolerations" })
        {
            properties.Set(key, Ref(key));
        }

        return Object(service.Plan.Service.Description ?? "", properties);
    }

    private YamlMap Definitions()
    {
        var tag = Text("Tag.", $"^({Tag})?$");
        var digest = Text("Digest that the image must have; it wins over the tag.", "^(sha256:[a-f0-9]{64})?$");
        var repository = new YamlMap().Set("description", "Name of the image.").Set("type", "string").Set("pattern", "^[a-zA-Z0-9][a-zA-Z0-9.:_/-]*$");
        var quantity = new YamlMap().Set("cpu", Ref("cpu")).Set("memory", Ref("memory")).Set("ephemeral-storage", Ref("memory"));
        var definitions = new YamlMap();
        if (chart.BuildsImages)
        {
            definitions.Set("builtImage", Object("The image, which is built from the service's source.", new YamlMap()
                .Set("registry", Text("Its own registry. Empty: images.registry.", "^([a-zA-Z0-9.-]+(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*)?$"))
                .Set("repository", repository).Set("tag", tag with { Origin = null }).Set("digest", digest)));
        }

        definitions.Set("image", Object("The image, with its registry in the name.", new YamlMap().Set("repository", repository).Set("tag", Text("Tag.", "^([A-Za-z0-9_][A-Za-z0-9._-]{0,127})?$")).Set("digest", digest)))
            .Set("replicas", Object("How many run: min always, max at most. The same twice: that many, and no autoscaler.", new YamlMap().Set("min", Count(0, ReplicasMax)).Set("max", Count(0, ReplicasMax))))
            .Set("single", Count(0, 1).Set("description", "One, or none: it keeps its data in files of its own."))
            .Set("cpu", new YamlMap().Set("description", "Processor time: 250m, or 2 for two processors.").Set("type", new YamlList("string", "number")).Set("pattern", "^([1-9][0-9]{0,6}m|[0-9]{1,4}(\\.[0-9]{1,3})?)$").Set("exclusiveMinimum", 0).Set("maximum", 9999))
            .Set("memory", Text("Room: 384Mi or 2Gi.", "^[1-9][0-9]{0,6}(Mi|Gi)$"))
            .Set("storage", Text("Room: 10Gi.", "^[1-9][0-9]*(Ki|Mi|Gi|Ti)?$"))
            .Set("resources", Object("What one replica is given, and what it may take.", new YamlMap().Set("requests", Object("", quantity)).Set("limits", Object("", quantity))))
            .Set("environment", TextMap("Settings of the service; a change starts new pods. What the environment contract sets is not among them.", "^[A-Za-z_][A-Za-z0-9_]*$"))
            .Set("extraEnv", Array("More variables, as in a pod.", new YamlMap().Set("type", "object").Set("additionalProperties", false).Set("required", new YamlList("name")).Set("properties", new YamlMap()
                .Set("name", Text("Name of the variable.", "^[A-Za-z_][A-Za-z0-9_]*$")).Set("value", new YamlMap().Set("type", "string")).Set("valueFrom", new YamlMap().Set("type", "object")))))
            .Set("podAnnotations", TextMap("Annotations of the pods.", "^[A-Za-z0-9][A-Za-z0-9._/-]*$"))
            .Set("nodeSelector", TextMap("Labels that a node must have.", "^[A-Za-z0-9][A-Za-z0-9._/-]*$"))
            .Set("tolerations", Array("Taints of nodes that are tolerated, as in a pod.", new YamlMap().Set("type", "object").Set("additionalProperties", false).Set("properties", new YamlMap()
                .Set("key", new YamlMap().Set("type", "string")).Set("operator", new YamlMap().Set("enum", new YamlList("Exists", "Equal"))).Set("value", new YamlMap().Set("type", "string"))
                .Set("effect", new YamlMap().Set("enum", new YamlList("NoSchedule", "PreferNoSchedule", "NoExecute"))).Set("tolerationSeconds", new YamlMap().Set("type", "integer")))))
            .Set("place", Text("NAMESPACE:PORT or ADDRESSES:PORT, such as data:5432 or 10.20.0.0/16:5432.", $"^({Label}|[0-9.]+/[0-9]{{1,2}}|\\[[0-9a-fA-F:.]+/[0-9]{{1,3}}\\]):{Port}$"));
        var suspend = Flag("Whether it is not started.");
        if (chart.Jobs.Any(group => group.Job!.Schedule is not null))
        {
            definitions.Set("job", Object("When a job runs.", new YamlMap()
                .Set("schedule", Text("Minute, hour, day, month, day of the week.", "^\\S+( \\S+){4}$"))
                .Set("timeZone", Text("Zone of the schedule.", "^[A-Za-z0-9_+/-]+$"))
                .Set("suspend", suspend)));
        }

        if (chart.Jobs.Any(group => group.Job!.Schedule is null))
        {
            definitions.Set("releaseJob", Object("A job that runs with each release.", new YamlMap().Set("suspend", suspend)));
        }

        return definitions;
    }

    // Where the version is a label too, only what may be one.
    private string Tag => chart.IsVersionLabel ? "[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?" : "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";

    /// <summary>A closed object in which every property must be: Helm fills in those that nobody changed.</summary>
    private static YamlMap Object(string description, YamlMap properties)
    {
        var schema = new YamlMap();
        schema.SetIf(description.Length > 0, "description", () => description);
        return schema.Set("type", "object").Set("additionalProperties", false)
            .Set("required", YamlList.Of(properties.Entries.Select(entry => entry.Key).Where(key => key != "global"))).Set("properties", properties);
    }

    private static YamlMap Text(string description, string pattern) => new YamlMap().Set("description", description).Set("type", "string").Set("pattern", pattern);

    private static YamlMap Flag(string description) => new YamlMap().Set("description", description).Set("type", "boolean");

    private static YamlMap Count(int least, int most) => new YamlMap().Set("type", "integer").Set("minimum", least).Set("maximum", most);

    private static YamlMap Array(string description, YamlMap items) => new YamlMap().Set("description", description).Set("type", "array").Set("items", items);

    private static YamlMap TextMap(string description, string names) =>
        new YamlMap().Set("description", description).Set("type", "object").Set("propertyNames", new YamlMap().Set("pattern", names)).Set("additionalProperties", new YamlMap().Set("type", "string"));

    private static YamlMap Ref(string definition) => new YamlMap().Set("$ref", $"#/definitions/{definition}");
}
