using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>What a pod is made of: confined as the Pod Security Standard 'restricted' asks, and a little more.</summary>
internal static class PodParts
{
    public const string SecretFolder = "/etc/conway/secrets";
    public const string PortName = "http";

    // Between the moment at which a pod is taken from its service and that at which every node knows.
    private const int PreStopSeconds = 5;
    private const int AfterDrainSeconds = 5;
    private const int LivenessSeconds = 10;
    private const int LivenessFailures = 6;
    private const int StartupSeconds = 2;

    /// <summary>The template of a workload.</summary>
    /// <param name="command">For a job: what runs in place of the service.</param>
    public static YamlMap Template(SystemPlan system, KubeService service, string instance, string component, IReadOnlyList<string>? command, string? commandPath)
    {
        var plan = service.Plan;
        var labels = KubeMetadata.Labels(system, plan, instance, component);
        var (annotations, mesh) = (new YamlMap(), Mesh.Of(system));
        mesh.Mark(plan, labels);
        foreach (var (name, value, rule) in mesh.Annotations(system))
        {
            annotations.Set(name, value, rule, "mesh");
        }

        var metadata = new YamlMap().Set("labels", labels);
        var config = ConfigOf(plan);
        if (config.Count > 0)
        {
            annotations.Set("checksum/config", Checksum(config), ArtifactRules.ConfigChecksum, $"{plan.Path}.environment");
        }

        if (!annotations.IsEmpty)
        {
            metadata.Set("annotations", annotations);
        }

        var isJob = command is not null;
        var spec = new YamlMap()
            .Set("serviceAccountName", isJob && mesh.HasAccountsOfJobs ? instance : plan.Label, ArtifactRules.ServiceAccount, plan.Path)
            .Set("automountServiceAccountToken", false, ArtifactRules.ServiceAccount, plan.Path)
            .Set("enableServiceLinks", false, ArtifactRules.ServiceLinks, plan.Path)
            .Set("restartPolicy", isJob ? "Never" : "Always")
            .Set("priorityClassName", NamespaceObjects.PriorityOf(system, service.IsCritical), ArtifactRules.Priority, plan.Path)
            .Set("terminationGracePeriodSeconds", Grace(plan.Service), ArtifactRules.Graceful, $"{plan.Path}.drain")
            .Set("dnsConfig", new YamlMap().Set("options", new YamlList(new YamlMap().Set("name", "ndots").Set("value", "2"))), ArtifactRules.Dns, plan.Path)
            .Set("securityContext", PodSecurity(KubeMetadata.NamespaceOf(system)), ArtifactRules.PodSecurity, plan.Path);
        if (!isJob && !service.IsEverywhere)
        {
            Spread(spec, plan);
        }

        spec.Set("containers", new YamlList(Container(system, service, command, commandPath)));
        spec.Set("volumes", Volumes(system, plan), ArtifactRules.ReadOnlyRoot, plan.Path);
        return new YamlMap { Origin = plan.Because(ArtifactRules.Workload) }.Set("metadata", metadata).Set("spec", spec);
    }

    /// <summary>The variables that the service's own <c>environment</c> writes.</summary>
    public static IReadOnlyList<Variable> ConfigOf(ServicePlan plan) => [.. plan.Variables.Where(variable => variable.Value is not null && variable.Origin.Rule == ArtifactRules.Declared)];

    /// <summary>The variables whose values come from outside.</summary>
    public static IReadOnlyList<Variable> SecretsOf(ServicePlan plan) => [.. plan.Variables.Where(variable => variable.Value is null)];

    private static YamlMap Container(SystemPlan system, KubeService service, IReadOnlyList<string>? command, string? commandPath)
    {
        var plan = service.Plan;
        var container = new YamlMap()
            .Set("name", plan.Label)
            .Set("image", plan.Image, ArtifactRules.KubeImage, plan.ImagePath)
            .Set("imagePullPolicy", "Always", ArtifactRules.KubeImage, plan.ImagePath);
        if (command is not null)
        {
            container.Set("command", YamlList.Of(command.Select(word => word.Replace("$(", "$$(", StringComparison.Ordinal))), ArtifactRules.Declared, commandPath!);
        }
        else
        {
            container.Set("ports", new YamlList(new YamlMap().Set("name", PortName).Set("containerPort", SystemPlan.Port).Set("protocol", "TCP")), ArtifactRules.ContainerPort, plan.Path);
        }

        container.Set("env", Environment(system, plan));
        if (ConfigOf(plan).Count > 0)
        {
            container.Set("envFrom", new YamlList(new YamlMap().Set("configMapRef", new YamlMap().Set("name", KubernetesTarget.ConfigName(system, plan)))), ArtifactRules.Config, $"{plan.Path}.environment");
        }

        container.Set("resources", service.Size.Write(plan)).Set("securityContext", ContainerSecurity(), ArtifactRules.ContainerSecurity, plan.Path);
        if (command is null)
        {
            Probes(container, plan);
        }

        return container.Set("volumeMounts", Mounts(system, plan, isJob: command is not null), ArtifactRules.ReadOnlyRoot, plan.Path);
    }

    private static YamlList Environment(SystemPlan system, ServicePlan plan)
    {
        var list = new List<YamlNode>();
        void Add(string name, YamlNode value, Origin origin) => list.Add(new YamlMap { Origin = origin }.Set("name", name).Set("value", value));
        var contract = plan.Because(ArtifactRules.Contract);
        list.Add(new YamlMap { Origin = contract }.Set("name", "POD_NAME").Set("valueFrom", new YamlMap().Set("fieldRef", new YamlMap().Set("fieldPath", "metadata.name"))));
        Add("HOST", "0.0.0.0", contract);
        Add("PORT", SystemPlan.Port.ToString(CultureInfo.InvariantCulture), contract);
        Add("ASPNETCORE_URLS", string.Create(CultureInfo.InvariantCulture, $"http://0.0.0.0:{SystemPlan.Port}"), contract);
        if (plan.Variables.All(variable => variable.Name != "OTEL_RESOURCE_ATTRIBUTES"))
        {
            Add("OTEL_RESOURCE_ATTRIBUTES", $"service.namespace={system.Model.System},service.instance.id=$(POD_NAME)", contract);
        }

        if (system.Model.Deploy.Telemetry is { } telemetry && plan.Variables.All(variable => variable.Name != "OTEL_EXPORTER_OTLP_ENDPOINT"))
        {
            Add("OTEL_EXPORTER_OTLP_ENDPOINT", Literal(telemetry), new Origin("deploy.telemetry", ArtifactRules.Contract));
            Add("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", new Origin("deploy.telemetry", ArtifactRules.Contract));
        }

        foreach (var variable in plan.Variables.Where(variable => variable.Value is null || variable.Origin.Rule != ArtifactRules.Declared))
        {
            if (variable.Value is { } value)
            {
                Add(variable.Name, Literal(value), variable.Origin);
            }
            else
            {
                Add(variable.Name + "_FILE", $"{SecretFolder}/{variable.Name}", variable.Origin with { Rule = ArtifactRules.SecretFiles });
            }
        }

        list.Add(new YamlKeep("env") { Origin = plan.Because(ArtifactRules.KeepRegion) });
        return new YamlList(list) { Origin = contract };
    }

    /// <summary>A value of a variable as it stands: $(NAME) would be replaced by another.</summary>
    public static string Literal(string text) => text.Replace("$(", "$$(", StringComparison.Ordinal);

    /// <summary>What the node asks a service for; null where it only connects.</summary>
    public static string? ProbedPath(ServicePlan plan) => plan.Service.Health?.Path ?? (plan.Service.Project is null ? null : "/health/ready");

    private static void Probes(YamlMap container, ServicePlan plan)
    {
        var health = plan.Service.Health ?? new Health();
        var path = ProbedPath(plan);
        YamlMap Ready() => path is null ? Connect() : new YamlMap().Set("httpGet", new YamlMap().Set("path", path).Set("port", PortName));
        YamlMap Connect() => new YamlMap().Set("tcpSocket", new YamlMap().Set("port", PortName));
        var part = plan.Service.Health is null ? plan.Path : $"{plan.Path}.health";
        container
            .Set("startupProbe", Ready()
                .Set("periodSeconds", StartupSeconds).Set("timeoutSeconds", Seconds(health.Timeout))
                .Set("failureThreshold", (int)Math.Ceiling(health.Startup.TotalSeconds / StartupSeconds)), ArtifactRules.StartupProbe, part)
            .Set("readinessProbe", Ready()
                .Set("periodSeconds", Math.Max(Seconds(health.Interval), 5)).Set("timeoutSeconds", Seconds(health.Timeout))
                .Set("failureThreshold", health.Failures), ArtifactRules.ReadinessProbe, part)
            .Set("livenessProbe", Connect()
                .Set("periodSeconds", LivenessSeconds).Set("timeoutSeconds", Math.Max(Seconds(health.Timeout), 3))
                .Set("failureThreshold", LivenessFailures), ArtifactRules.LivenessProbe, part)
            .Set("lifecycle", new YamlMap().Set("preStop", new YamlMap().Set("sleep", new YamlMap().Set("seconds", PreStopSeconds))), ArtifactRules.Graceful, $"{plan.Path}.drain");
    }

    private static void Spread(YamlMap spec, ServicePlan plan)
    {
        YamlMap Over(string key) => new YamlMap().Set("maxSkew", 1).Set("topologyKey", key).Set("whenUnsatisfiable", "ScheduleAnyway").Set("labelSelector", KubeMetadata.MatchLabels(plan.Label));
        spec.Set("topologySpreadConstraints", new YamlList(Over("topology.kubernetes.io/zone"), Over("kubernetes.io/hostname")), ArtifactRules.Spread, plan.Path)
            .Set("affinity", new YamlMap().Set("podAntiAffinity", new YamlMap().Set("preferredDuringSchedulingIgnoredDuringExecution", new YamlList(
                new YamlMap().Set("weight", 100).Set("podAffinityTerm", new YamlMap().Set("topologyKey", "kubernetes.io/hostname").Set("labelSelector", KubeMetadata.MatchLabels(plan.Label)))))), ArtifactRules.Spread, plan.Path);
    }

    /// <summary>Of a pod in a namespace.</summary>
    public static YamlMap PodSecurity(string space) =>
        new YamlMap()
            .Set("runAsNonRoot", true).Set("runAsUser", SystemPlan.User).Set("runAsGroup", SystemPlan.User)
            .Set("fsGroup", SystemPlan.User).Set("fsGroupChangePolicy", "OnRootMismatch")
            .Set("seLinuxOptions", SelinuxOptions(space))
            .Set("seccompProfile", new YamlMap().Set("type", "RuntimeDefault"));

    /// <summary>Keeps the pods of a namespace apart from those of others.</summary>
    public static YamlMap SelinuxOptions(string space) => new YamlMap().Set("level", SelinuxLevel(space));

    /// <summary>Of a container that needs no right.</summary>
    public static YamlMap ContainerSecurity() =>
        new YamlMap()
            .Set("allowPrivilegeEscalation", false).Set("privileged", false).Set("readOnlyRootFilesystem", true)
            .Set("runAsNonRoot", true).Set("runAsUser", SystemPlan.User).Set("runAsGroup", SystemPlan.User)
            .Set("capabilities", new YamlMap().Set("drop", new YamlList("ALL")))
            .Set("seccompProfile", new YamlMap().Set("type", "RuntimeDefault"));

    /// <summary>Two of the 1024 categories, from the namespace's name: pods of another namespace have others.</summary>
    private static string SelinuxLevel(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        var (one, two) = ((hash[0] << 2) | (hash[1] & 3), (hash[2] << 2) | (hash[3] & 3));
        two = two == one ? (two + 1) % 1024 : two;
        return string.Create(CultureInfo.InvariantCulture, $"s0:c{Math.Min(one, two)},c{Math.Max(one, two)}");
    }

    private static YamlList Volumes(SystemPlan system, ServicePlan plan)
    {
        var volumes = new List<YamlNode> { new YamlMap().Set("name", "tmp").Set("emptyDir", new YamlMap().Set("sizeLimit", "64Mi")) };
        if (SecretsOf(plan) is { Count: > 0 } secrets)
        {
            volumes.Add(new YamlMap { Origin = plan.Because(ArtifactRules.SecretFiles) }.Set("name", "secrets").Set("secret", new YamlMap()
                .Set("secretName", KubernetesTarget.SecretName(plan)).Set("defaultMode", 288)
                .Set("items", new YamlList([.. secrets.Select(secret => (YamlNode)new YamlMap { Origin = secret.Origin with { Rule = ArtifactRules.SecretFiles } }.Set("key", secret.Name).Set("path", secret.Name))]))));
        }

        volumes.AddRange(Mesh.Of(system).Volumes(plan));
        return new YamlList(volumes);
    }

    private static YamlList Mounts(SystemPlan system, ServicePlan plan, bool isJob)
    {
        var mounts = new List<YamlNode> { new YamlMap().Set("name", "tmp").Set("mountPath", "/tmp") };
        if (SecretsOf(plan).Count > 0)
        {
            mounts.Add(new YamlMap { Origin = plan.Because(ArtifactRules.SecretFiles) }.Set("name", "secrets").Set("mountPath", SecretFolder).Set("readOnly", true));
        }

        if (!isJob)
        {
            mounts.AddRange(plan.Files.Select(store => (YamlNode)new YamlMap { Origin = plan.Because(ArtifactRules.StateVolume, $"owns.{store}") }.Set("name", VolumeOf(store)).Set("mountPath", ServicePlan.FolderOf(store))));
        }

        mounts.AddRange(Mesh.Of(system).Mounts(plan));
        return new YamlList(mounts);
    }

    /// <summary>The name of the volume of a store; another than that of any volume of every pod.</summary>
    public static string VolumeOf(string store) => ObjectNames.Derived(store, "-data", _ => false);

    private static int Grace(Service service) => PreStopSeconds + (int)Math.Ceiling(service.Drain.TotalSeconds) + AfterDrainSeconds;

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));

    /// <summary>Changes with the settings.</summary>
    public static string Checksum(IReadOnlyList<Variable> config) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', config.Select(variable => $"{variable.Name}={variable.Value}")))).AsSpan(0, 8));
}
