namespace Conway.Model;

/// <summary>Where a system is deployed to.</summary>
public sealed record DeployPlace
{
    [Matches(ImageName.Registry, "a registry with the path in it, such as ghcr.io/acme"), About("Registry that holds the images of the services, with the path in it.", Example = "ghcr.io/acme", Unset = "needed by generate for services without image")]
    public string? Registry { get; init; }

    [Matches(ImageName.Version, "a tag: letters, digits, '.', '_' and '-'"), About("Version that is deployed; the tag of the images.", Example = "1.4.2", Unset = "needed by generate for services without image")]
    public string? Version { get; init; }

    [Matches(ImageName.Label, ImageName.LabelSays), About("Namespace of the cluster.", Example = "shop-production", Unset = "the name of the system")]
    public string? Namespace { get; init; }

    [About("How requests from outside come in.")]
    public EdgePlace Edge { get; init; } = new();

    [About("The mesh's own place in the cluster, where mesh names one.")]
    public MeshPlace Mesh { get; init; } = new();

    [About("Tokens that routes with auth ask for.")]
    public TokensPlace Tokens { get; init; } = new();

    [Matches("^https?://", "an http or https address"), About("Where services send their telemetry, by OTLP over HTTP.", Example = "http://collector.observability:4318", Unset = "nowhere")]
    public string? Telemetry { get; init; }

    [About("The collector that telemetry is sent to.")]
    public CollectorPlace Collector { get; init; } = new();

    [About("Where what services print is sent.")]
    public LogsPlace Logs { get; init; } = new();

    [Matches("^https?://", "an http or https address"), About("Where it stands what to do about an alert; {service} and {alert} are its names.", Example = "\"https://wiki.example.com/{service}#{alert}\"", Unset = "alerts name no runbook")]
    public string? Runbooks { get; init; }

    [About("Mail server that alerts are sent by, for teams whose contact is an address of mail.")]
    public MailPlace Mail { get; init; } = new();

    [Matches(ImageName.Label, ImageName.LabelSays), About("Namespace in which Prometheus runs; only from there may metrics be scraped.", Example = "monitoring", Unset = "needed by generate for a collector of the system's own")]
    public string? Prometheus { get; init; }

    [Matches("^(postgresql|redis|document|event-store|broker|telemetry|traces|collector-logs|logs|kubernetes)$", "one of postgresql, redis, document, event-store, broker, telemetry, traces, collector-logs, logs and kubernetes"), About("Where in the network lies what is used: a namespace or addresses, and the port. Where traces and logs go, traces, collector-logs and logs, need not be written when the host is NAME.NAMESPACE; kubernetes is the API server, for deploy.logs.", Example = "{ postgresql: \"10.20.0.0/16:5432\", telemetry: \"observability:4318\" }", Unset = "needed by generate for what is used")]
    public NameMap<string> Reach { get; init; } = NameMap<string>.Empty;

    [Matches(ImageName.Label, ImageName.LabelSays), About("ClusterSecretStore of the External Secrets operator that holds the secrets.", Example = "vault", Unset = "Secrets named SERVICE-secrets must be there")]
    public string? SecretStore { get; init; }

    [About("The Vault server at secrets.vault as the place of the secrets: each service reads its own, in place of deploy.secret-store.")]
    public VaultPlace Vault { get; init; } = new();

    [Matches(ImageName.Label, ImageName.LabelSays), About("StorageClass of volumes.", Example = "fast", Unset = "the cluster's default")]
    public string? StorageClass { get; init; }

    [AnyOf("hpa", "keda"), About("What changes the number of replicas: the cluster itself, or the KEDA operator, which knows brokers too.")]
    public string Scaler { get; init; } = "hpa";

    [Matches("^https?://", "an http or https address"), About("Where metrics are asked for, as Prometheus answers.", Example = "http://prometheus.observability:9090", Unset = "needed by generate for services that KEDA scales by requests")]
    public string? Metrics { get; init; }

    [AnyOf("off", "recommend", "initial"), About("Whether the Vertical Pod Autoscaler measures what replicas need: not, to be read, or used for new replicas.")]
    public string Vertical { get; init; } = "off";

    [About("Nodes of the cluster at the most, for the quota.", Min = "1", Max = "15000", Example = "12", Unset = "needed by generate for services on each node")]
    public int? Nodes { get; init; }

    [About("The Kafka cluster that the Strimzi operator runs, where broker.kafka leads to one.")]
    public StrimziPlace Strimzi { get; init; } = new();

    [About("Who applies what is generated, from a repository.")]
    public GitOpsPlace Gitops { get; init; } = new();

    [About("What brings a commit to this environment: checks, tests, images, and what is applied.")]
    public PipelinePlace Pipeline { get; init; } = new();

    [About("Who asks of each object that is made in the namespace whether the model has it.")]
    public AdmissionPlace Admission { get; init; } = new();
}

/// <summary>Where in Vault the secrets of a system are, and how its services say who they are.</summary>
[ShortForm(nameof(Auth))]
public sealed record VaultPlace
{
    private const string Mount = "^[A-Za-z0-9_][A-Za-z0-9_-]*(/[A-Za-z0-9_][A-Za-z0-9_-]*)*$";

    [Matches(Mount, "a path of letters, digits, '_' and '-'"), About("Path at which Vault's auth method for the accounts of this cluster is mounted.", Example = "kubernetes", Unset = "secrets are not read from Vault")]
    public string? Auth { get; init; }

    [Matches(Mount, "a path of letters, digits, '_' and '-'"), About("Path at which the engine of the secrets is mounted, KV of version 2.", Example = "secret")]
    public string Engine { get; init; } = "secret";
}

/// <summary>What stands before a namespace and lets in what the model has.</summary>
[ShortForm(nameof(By))]
public sealed record AdmissionPlace
{
    [AnyOf("kubernetes", "kyverno"), About("Who asks: kubernetes, the API server itself by ValidatingAdmissionPolicies; kyverno, Kyverno.", Unset = "no policies are generated")]
    public string? By { get; init; }

    [AnyOf("deny", "warn"), About("What becomes of an object that the model does not have: deny, it is refused; warn, it is let in, and told.")]
    public string Action { get; init; } = "deny";

    [Matches(ImageName.Untagged, "the name of an image without tag and digest, such as docker.io/istio/proxyv2"), About("Images that others put into its pods, without tag: the proxy of a mesh, what somebody looks into a pod with. How they are confined is theirs to say.", Example = "[docker.io/istio/proxyv2]", Unset = "none; needed by generate with a mesh")]
    public ValueList<string> Images { get; init; } = [];
}

/// <summary>A Kafka cluster that the Strimzi operator runs, with its topic operator and its user operator.</summary>
[ShortForm(nameof(Cluster))]
public sealed record StrimziPlace
{
    [Matches(ImageName.Label, ImageName.LabelSays), About("Name of the Kafka cluster.", Example = "events", Unset = "no topics and users are generated")]
    public string? Cluster { get; init; }

    [Matches(ImageName.Label, ImageName.LabelSays), About("Namespace that its operators look for topics and users in.")]
    public string Namespace { get; init; } = "kafka";

    [About("Partitions of a topic at the least; more when a consumer has more replicas. Adding some later moves keys to others.", Min = "1", Max = "10000")]
    public int Partitions { get; init; } = 6;

    [About("Copies of each partition. A write is answered when all of them but one hold it.", Min = "1", Max = "32767")]
    public int Replicas { get; init; } = 3;

    [About("How long events are kept.", Min = "1m", Max = "3650d")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>A controller in a cluster that applies what lies in a repository, and undoes what was changed past it.</summary>
[ShortForm(nameof(By))]
public sealed record GitOpsPlace
{
    [AnyOf("argocd", "flux"), About("The controller: argocd, Argo CD; flux, Flux.", Unset = "nothing is generated for one")]
    public string? By { get; init; }

    [Matches("^(https|ssh)://[^\\s/]+/[^\\s]+$", "an https or ssh address; git@host:path is written ssh://git@host/path"), About("Address of the repository in which the generated files lie.", Example = "https://git.example.com/acme/shop.git", Unset = "needed by generate gitops")]
    public string? Repository { get; init; }

    [Matches("^[A-Za-z0-9_][A-Za-z0-9._/-]*$", "the name of a branch"), About("Branch whose newest commit is applied.", Example = "production")]
    public string Branch { get; init; } = "main";

    [Matches("^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$", "folders with / between, without one before and after"), About("Folder of the repository that generate writes this environment into.", Example = "deploy/production", Unset = "deploy/ENVIRONMENT")]
    public string? Path { get; init; }

    [AnyOf("kubernetes", "helm", "kustomize"), About("Which rendering is applied.")]
    public string Form { get; init; } = "kubernetes";

    [Matches(ImageName.Label, ImageName.LabelSays), About("Namespace in which the controller runs.", Unset = "argocd, or flux-system")]
    public string? Namespace { get; init; }

    [Matches("^https://[^\\s/]+$", "an https address"), About("API server of the cluster that Argo CD applies to. Flux applies to its own.", Example = "https://10.0.0.1:6443")]
    public string Cluster { get; init; } = "https://kubernetes.default.svc";

    [Matches(ImageName.Label, ImageName.LabelSays), About("Secret in the namespace of Flux by which the repository is read. Argo CD has its repositories in its own settings.", Example = "shop-git", Unset = "everybody may read it")]
    public string? Secret { get; init; }
}

/// <summary>A service of somebody's that runs steps for each commit.</summary>
[ShortForm(nameof(By))]
public sealed record PipelinePlace
{
    [AnyOf("github", "gitlab", "jenkins"), About("What runs it: github, GitHub Actions; gitlab, GitLab CI; jenkins, Jenkins.", Unset = "no pipeline is generated")]
    public string? By { get; init; }

    [Matches("^[^\\p{Cc}]*[^\\p{Cc}\\s][^\\p{Cc}]*$", "a command on one line"), About("Command that tests the system, in its folder.", Example = "./test", Unset = "needed by generate pipeline")]
    public string? Test { get; init; }

    [Matches(ImageName.Fixed, ImageName.FixedSays), About("Image with what the tests need.", Example = "mcr.microsoft.com/dotnet/sdk:10.0", Unset = "they run on the machine itself")]
    public string? TestImage { get; init; }

    [Matches(ImageName.Fixed, ImageName.FixedSays), About("Image that has conway and git, to check the model and the generated files.", Example = "ghcr.io/acme/conway:1.4.0", Unset = "they are not checked")]
    public string? Conway { get; init; }

    [Matches("^[A-Za-z0-9_][A-Za-z0-9._-]*$", "one label: letters, digits, '.', '_' and '-'"), About("Label of the machines that run it.", Example = "linux-large", Unset = "github: ubuntu-24.04; else any")]
    public string? Runner { get; init; }
}

/// <summary>Where the control plane of a mesh is.</summary>
public sealed record MeshPlace
{
    [Matches(ImageName.Label, ImageName.LabelSays), About("Namespace of its control plane.", Example = "istio-system", Unset = "istio: istio-system; consul: consul; linkerd: linkerd")]
    public string? Namespace { get; init; }

    [Matches(ImageName.Label, ImageName.LabelSays), About("Revision of the control plane that pods join.", Example = "1-28", Unset = "the default one")]
    public string? Revision { get; init; }
}

/// <summary>Tokens of whoever asks from outside: JSON Web Tokens with the claim scope.</summary>
[ShortForm(nameof(Issuer))]
public sealed record TokensPlace
{
    [Matches("^[^\\s]+$", "a text without spaces"), About("Who issues them; the claim iss.", Example = "https://id.example.com", Unset = "needed by generate with a mesh when routes ask for scopes")]
    public string? Issuer { get; init; }

    [Matches("^https?://", "an http or https address"), About("Where the issuer's public keys are, as a JSON Web Key Set.", Example = "https://id.example.com/keys", Unset = "needed by generate with a mesh when routes ask for scopes")]
    public string? Keys { get; init; }

    [About("For whom a token must be; one of these in the claim aud.", Example = "[shop]", Unset = "for anybody")]
    public ValueList<string> Audiences { get; init; } = [];
}

/// <summary>The collector that services send their telemetry to.</summary>
[ShortForm(nameof(Run))]
public sealed record CollectorPlace
{
    [AnyOf("platform", "own"), About("Who runs it: platform, somebody else; own, the system, in a namespace beside its own that deploy.telemetry names.")]
    public string Run { get; init; } = "platform";

    [Matches(ImageName.Fixed, ImageName.FixedSays), About("Image of an own collector: the contrib distribution of the OpenTelemetry Collector.")]
    public string Image { get; init; } = "docker.io/otel/opentelemetry-collector-contrib:0.152.0";

    [Matches("^https?://", "an http or https address"), About("Where an own collector sends traces, by OTLP over HTTP.", Example = "http://tempo.observability:4318", Unset = "needed by generate for an own collector")]
    public string? Traces { get; init; }

    [Matches("^https?://", "an http or https address"), About("Where an own collector sends the logs that services push, by OTLP over HTTP.", Example = "http://loki.observability:3100/otlp", Unset = "needed by generate for an own collector")]
    public string? Logs { get; init; }
}

/// <summary>Where what services print is sent.</summary>
[ShortForm(nameof(To))]
public sealed record LogsPlace
{
    [AnyOf("otlp", "elastic", "loki"), About("What takes it: otlp, a collector; elastic, Elasticsearch or OpenSearch; loki, Grafana Loki. Fluent Bit reads it on each node.", Unset = "what services print is left to the cluster")]
    public string? To { get; init; }

    [Matches("^https?://", "an http or https address"), About("Its address.", Example = "https://elastic.example.com:9200", Unset = "otlp: deploy.telemetry; else needed by generate")]
    public string? Address { get; init; }

    [Matches(ImageName.Label, ImageName.LabelSays), About("Secret in the namespace of Fluent Bit with the keys user and password.", Example = "elastic-writer", Unset = "nobody has to say who they are")]
    public string? Secret { get; init; }

    [Matches(ImageName.Fixed, ImageName.FixedSays), About("Image of Fluent Bit.")]
    public string Image { get; init; } = "docker.io/fluent/fluent-bit:4.2.2";
}

/// <summary>The mail server that alerts are sent by.</summary>
public sealed record MailPlace
{
    [Matches("^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[0-9]{1,5}$", "a host and a port"), About("Its host and port; it must offer STARTTLS.", Example = "smtp.example.com:587", Unset = "mail is sent to nobody")]
    public string? Smarthost { get; init; }

    [Matches("^[^@\\s<>{}]+@[^@\\s<>{}]+$", "an address of mail"), About("Address that mails come from.", Example = "alerts@example.com", Unset = "mail is sent to nobody")]
    public string? From { get; init; }

    [About("Who signs in there; the password is the file /etc/alertmanager/secrets/smtp-password.", Example = "alerts", Unset = "nobody does")]
    public string? User { get; init; }
}

/// <summary>How requests from outside come into a cluster.</summary>
public sealed record EdgePlace
{
    [AnyOf("gateway-api", "ingress", "istio"), About("By which resources; istio: Gateway and VirtualService of Istio, where mesh is istio.")]
    public string Kind { get; init; } = "gateway-api";

    [Matches(ImageName.Label, ImageName.LabelSays), About("GatewayClass or IngressClass of the cluster; for istio the value of the label istio of the gateway's pods.", Example = "envoy", Unset = "needed by generate when there are routes")]
    public string? Class { get; init; }

    [Matches("^(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$", "a host name in lower case"), About("Host of routes that name none.", Example = "shop.example.com", Unset = "needed by generate when there are such routes")]
    public string? Host { get; init; }

    [Matches(ImageName.Label, ImageName.LabelSays), About("Secret with the certificate and its key; in the namespace of the controller for gateway-api and istio, else in that of the system.", Example = "shop-tls", Unset = "SYSTEM-tls")]
    public string? Certificate { get; init; }

    [Matches(ImageName.Label, ImageName.LabelSays), About("Namespace in which the controller's pods run; only they may connect from outside.", Example = "envoy-gateway-system", Unset = "needed by generate when there are routes")]
    public string? Namespace { get; init; }
}
