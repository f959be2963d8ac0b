namespace Conway.Artifacts;

/// <summary>Why generated lines are as they are: every rule, for all targets.</summary>
public static class ArtifactRules
{
    public static readonly ArtifactRule Head = new("file/head", "The seal tells an edit by hand from a file that is only older than the model.");
    public static readonly ArtifactRule KeepRegion = new("file/keep", "What you write between these two lines stays when the file is generated again.");
    public static readonly ArtifactRule Declared = new("model/declared", "The model says so.");
    public static readonly ArtifactRule Contract = new("service/environment", "Each service finds the same variables here as on a developer's machine.");

    public static readonly ArtifactRule ImageBase = new("image/base", "The base image is an argument with a fixed tag, so that a pipeline can pin it by digest.", "DL3006", "DL3007", "CKV_DOCKER_7");
    public static readonly ArtifactRule ImageRestoreFirst = new("image/restore-first", "Packages are restored before the source is copied, so that a change of the source does not fetch them again.");
    public static readonly ArtifactRule ImageBuild = new("image/build", "The image is built from source by the same command as on a developer's machine.");
    public static readonly ArtifactRule ImageStages = new("image/stages", "Compilers and sources stay in the stage that builds; only what runs is shipped.", "DL3022", "DL3024");
    public static readonly ArtifactRule ImageUser = new("image/user", "A numeric user that is not root, above 10000 so that it is no user of the host.", "DL3002", "DL3066", "CKV_DOCKER_3", "CKV_DOCKER_8", "C-0013");
    public static readonly ArtifactRule ImageLabels = new("image/labels", "The labels of the Open Container Initiative tell what an image is and from which commit.", "DL3048", "DL3050", "DL3052");
    public static readonly ArtifactRule ImageEnvironment = new("image/environment", "The image starts alone with the defaults of the environment contract, and can run on a read-only disk.");
    public static readonly ArtifactRule ImagePort = new("image/port", "Every container listens on 8080, which needs no privilege.", "CKV_DOCKER_1", "C-0042");
    public static readonly ArtifactRule ImageState = new("image/state", "A volume that is new takes the owner of this folder, so that the user may write into it.");
    public static readonly ArtifactRule ImageHealth = new("image/health", "A container engine that has no probes of its own asks whether the service answers.", "DL3057", "CKV_DOCKER_2");
    public static readonly ArtifactRule ImageStart = new("image/start", "The program is started without a shell between, so that it receives SIGTERM itself.", "DL3025");
    public static readonly ArtifactRule ImageIgnore = new("image/ignore", "Only what this image is made of is sent to the builder: nothing else can leak into it or spoil its cache.");

    public static readonly ArtifactRule ComposeProject = new("compose/project", "The project has the system's name, so that two systems on one machine do not share containers.");
    public static readonly ArtifactRule ComposeImage = new("compose/image", "The same image is built here and pulled elsewhere.");
    public static readonly ArtifactRule ComposeHardened = new("compose/hardened", "The container may do here no more than in the cluster: no root, no capability, no write but into /tmp and its own stores.");
    public static readonly ArtifactRule ComposeNetwork = new("compose/network", "Each service has a network that only it and its declared callers join, so that no other can reach it.");
    public static readonly ArtifactRule ComposePort = new("compose/port", "What the gateway leads to is reachable from this machine alone, on a free port unless a variable says which.");
    public static readonly ArtifactRule ComposeOrder = new("compose/order", "A service starts after those that it cannot work without.");
    public static readonly ArtifactRule ComposeLimits = new("compose/limits", "One service cannot take the whole machine.");
    public static readonly ArtifactRule ComposeStop = new("compose/stop", "The service has its drain time to finish what is in flight.");
    public static readonly ArtifactRule ComposeState = new("compose/state", "A store that is a file outlives its container in a volume of its own.");
    public static readonly ArtifactRule ComposeSecret = new("compose/secret", "A secret or an address that the model does not hold comes from the environment of the command, and it says so when it is missing.");

    public static readonly ArtifactRule Namespace = new("kube/namespace", "The system has a namespace of its own, and never the default one.", "CKV_K8S_21", "C-0061", "C-0212");
    public static readonly ArtifactRule Labels = new("kube/labels", "One selector is used everywhere, so that services, budgets and policies find the same pods.", "C-0076", "C-0077", "KL mismatching-selector");
    public static readonly ArtifactRule Owner = new("kube/owner", "Whoever finds the pod at night knows whom to call.", "KL required-label-owner");
    public static readonly ArtifactRule Workload = new("kube/workload", "A service that keeps nothing of its own is a Deployment.", "C-0073");
    public static readonly ArtifactRule Stateful = new("kube/stateful", "A service that keeps its data in a file is a StatefulSet with one replica, because two would have two truths.", "KS statefulset-has-servicename");
    public static readonly ArtifactRule StateVolume = new("kube/state-volume", "A store that is a file outlives its pod in a volume claim of its own.");
    public static readonly ArtifactRule Rolling = new("kube/rolling", "New pods come before old ones go, unless the service must not run twice.", "KL no-rolling-update-strategy", "KS deployment-strategy");
    public static readonly ArtifactRule Autoscale = new("kube/autoscale", "The number of replicas follows the load, and never falls below two; so the Deployment says none.", "KS deployment-targeted-by-hpa-does-not-have-replicas-configured", "PO hpaMinAvailability");
    public static readonly ArtifactRule ExternalSystem = new("service/external", "A system of others is found by one name, wherever it lies in this environment.");
    public static readonly ArtifactRule ScaleByRequests = new("kube/scale-by-requests", "Replicas follow the requests that arrive, before their processors are busy.");
    public static readonly ArtifactRule ScaleByEvents = new("kube/scale-by-events", "Replicas follow the events that wait, which keep no processor busy.");
    public static readonly ArtifactRule Vertical = new("kube/vertical", "What a replica is given is an assumption until it is measured; this measures it.");
    public static readonly ArtifactRule EachNode = new("kube/each-node", "One replica on each node answers those on the same node, and no others.");
    public static readonly ArtifactRule Exposed = new("kube/exposed", "The model says that the service is reached from outside of the cluster past the gateway.");
    public static readonly ArtifactRule ExposedFrom = new("kube/exposed-from", "Only declared addresses may connect; replicas see the address of who asks, so that the network's rules can hold.", "C-0054");
    public static readonly ArtifactRule ReleaseJob = new("kube/release-job", "Work that belongs to a release runs once with it; another image, command or setting is another release.", "KL job-ttl-seconds-after-finished");
    public static readonly ArtifactRule TeamAccess = new("kube/team-access", "Teams see what runs and what it writes to its log; they change it by a release, and read no secret.", "KL access-to-secrets", "C-0015", "C-0188");
    public static readonly ArtifactRule Disruption = new("kube/disruption", "A node can always be emptied, one replica at a time, and a sick replica never stops that.", "PO missingPodDisruptionBudget", "KL pdb-max-unavailable", "KL pdb-unhealthy-pod-eviction-policy");
    public static readonly ArtifactRule Spread = new("kube/spread", "Replicas are kept on different nodes and in different zones where there are some.", "KL no-anti-affinity", "PO topologySpreadConstraint");
    public static readonly ArtifactRule Priority = new("kube/priority", "When room is short, what is critical stays.", "PO priorityClassNotSet");
    public static readonly ArtifactRule Quota = new("kube/quota", "The namespace has room for every replica at its most, and not for what runs away.", "C-0209");
    public static readonly ArtifactRule Limits = new("kube/limits", "A pod that says nothing about what it needs does not get everything.");
    public static readonly ArtifactRule Job = new("kube/job", "Work that runs at a time has the image, variables and network of its service.", "KS cronjob-has-deadline", "KS cronjob-restartpolicy");
    public static readonly ArtifactRule Reachable = new("kube/service", "A service is reached by its name inside of the cluster only.", "KS service-type", "KL exposed-services");
    public static readonly ArtifactRule AppProtocol = new("kube/app-protocol", "All callers speak gRPC, so meshes and gateways are told that it is HTTP/2 without TLS.");
    public static readonly ArtifactRule ServiceAccount = new("kube/service-account", "Each service has an identity of its own, and no token to the cluster that it does not need.", "KL default-service-account", "CKV_K8S_38", "CKV_K8S_41", "C-0034");
    public static readonly ArtifactRule Config = new("kube/config", "Settings of the model stand apart from the pod, where they can be seen.", "KL duplicate-env-var");
    public static readonly ArtifactRule ConfigChecksum = new("kube/config-checksum", "A changed setting starts new pods, because a running process does not see it.");
    public static readonly ArtifactRule ExternalSecret = new("kube/external-secret", "The secret is fetched from the cluster's secret store; its value is in no file.", "CKV_K8S_35", "PO sensitiveConfigmapContent");

    public static readonly ArtifactRule KubeImage = new("pod/image", "The image has a fixed version, and its right to be pulled is asked for each time.", "KL latest-tag", "CKV_K8S_14", "CKV_K8S_15", "C-0075");
    public static readonly ArtifactRule PodResources = new("pod/resources", "The scheduler knows what a replica needs, and no replica takes more than its limit; the formula stands in the reference.", "KL unset-cpu-requirements", "KL unset-memory-requirements", "CKV_K8S_10", "CKV_K8S_11", "CKV_K8S_12", "CKV_K8S_13", "KS container-ephemeral-storage-request-and-limit");
    public static readonly ArtifactRule PodSecurity = new("pod/security", "The pod keeps to the Pod Security Standard 'restricted', and to a user above 10000.", "CKV_K8S_29", "CKV_K8S_31", "CKV_K8S_40", "C-0013", "C-0055", "C-0211");
    public static readonly ArtifactRule ContainerSecurity = new("pod/container-security", "The process cannot gain rights, has no capability, and writes only where it has a volume.", "CKV_K8S_16", "CKV_K8S_20", "CKV_K8S_22", "CKV_K8S_30", "CKV_K8S_37", "C-0016", "C-0017", "C-0046", "C-0057");
    public static readonly ArtifactRule ReadOnlyRoot = new("pod/volumes", "The disk of the image is read-only, so what must be written has a volume.", "KL no-read-only-root-fs", "CKV_K8S_22");
    public static readonly ArtifactRule SecretFiles = new("pod/secret-files", "Secrets are files: a variable is seen by every child and in every dump.", "KL env-var-secret", "CKV_K8S_35", "C-0012", "C-0207");
    public static readonly ArtifactRule ServiceLinks = new("pod/service-links", "A service finds what it calls by its declared variables, and not by those of every service there is.");
    public static readonly ArtifactRule Dns = new("pod/dns", "A name outside of the cluster is looked up once and not in every search domain first.", "KL dnsconfig-options");
    public static readonly ArtifactRule ContainerPort = new("pod/port", "One named port above 1024 is used by probes, services and routes alike.", "KL invalid-target-ports", "KL privileged-ports", "C-0042");
    public static readonly ArtifactRule StartupProbe = new("pod/startup-probe", "A slow start is given its time, and is not taken for a hang.", "C-0018");
    public static readonly ArtifactRule ReadinessProbe = new("pod/readiness-probe", "Requests go only to replicas that say that they can take them.", "KL no-readiness-probe", "CKV_K8S_9");
    public static readonly ArtifactRule LivenessProbe = new("pod/liveness-probe", "A process that no longer takes connections is started again; one whose dependencies are ill is not.", "KL no-liveness-probe", "CKV_K8S_8", "C-0056", "KS pod-probes-identical");
    public static readonly ArtifactRule Graceful = new("pod/graceful", "A pod is first taken out of every list, then has its drain time, then is killed.");

    public static readonly ArtifactRule DefaultDeny = new("network/default-deny", "What is not declared is not possible, in both directions.", "KL non-isolated-pod", "PO missingNetworkPolicy", "CKV2_K8S_6", "C-0030", "C-0260");
    public static readonly ArtifactRule NetworkIngress = new("network/ingress", "Only declared callers, and the gateway where a route leads here, may connect.", "KS pod-networkpolicy", "C-0054");
    public static readonly ArtifactRule NetworkEgress = new("network/egress", "The service may connect only to what it is declared to call and to use.", "C-0030");
    public static readonly ArtifactRule NetworkDns = new("network/dns", "Without names nothing is found.");
    public static readonly ArtifactRule EdgeRoute = new("edge/route", "The routes of the gateway lead in, as in a run.", "KL dangling-ingress", "C-0256");
    public static readonly ArtifactRule EdgeTls = new("edge/tls", "Nothing but a redirect is answered without TLS.", "PO tlsSettingsMissing", "C-0263");

    public static readonly ArtifactRule SloIndicator = new("slo/indicator", "Requests and failures are counted once in five minutes and averaged from there, so that long windows weigh every request alike and cost little.");
    public static readonly ArtifactRule SloWindow = new("slo/window", "The share of failures over each window that an alert looks at.");
    public static readonly ArtifactRule SloBudget = new("slo/budget", "What was promised, and how much of the failures that it allows is left.");
    public static readonly ArtifactRule SloPage = new("slo/page", "Somebody is called when the budget burns so fast that little would be left before they look by themselves; the short window lets the alert end soon.");
    public static readonly ArtifactRule SloTicket = new("slo/ticket", "What would use the whole budget up by its end is looked at within working hours.");
    public static readonly ArtifactRule SloMissing = new("slo/missing", "An objective that nothing is counted for looks like one that is kept.");
    public static readonly ArtifactRule SloTest = new("slo/test", "Shown with counters of its own: the alert is silent before its time, fires at it, and ends.");
    public static readonly ArtifactRule SloObject = new("slo/object", "The same groups, for the Prometheus operator.");
    public static readonly ArtifactRule HelmChart = new("helm/chart", "A chart has the version of what it deploys.");
    public static readonly ArtifactRule HelmValue = new("helm/value", "What another environment or whoever installs may want otherwise is a value; its default is what the model says.");
    public static readonly ArtifactRule HelmSchema = new("helm/schema", "A value of the wrong form, or one that nobody reads, is refused before anything is installed.");
    public static readonly ArtifactRule HelmCheck = new("helm/check", "What a schema cannot say of two values together is refused by a sentence.");
    public static readonly ArtifactRule HelmHelper = new("helm/helper", "What several templates say alike is said in one place.");
    public static readonly ArtifactRule HelmNotes = new("helm/notes", "Whoever installs is told what to look at next.");
    public static readonly ArtifactRule KustomizeBase = new("kustomize/base", "What is the same in every environment lies in the base.");
    public static readonly ArtifactRule KustomizeOverlay = new("kustomize/overlay", "What makes the base this environment lies in the overlay.");
    public static readonly ArtifactRule KustomizePatch = new("kustomize/patch", "What the environment adds to an object of the base, at its place.");
    public static readonly ArtifactRule KustomizeNamespace = new("kustomize/namespace", "The namespace is set for every object that has none; the gateway, which lies elsewhere, has its own.");
    public static readonly ArtifactRule HelmIgnore = new("helm/ignore", "Only what belongs to the chart is packed.");

    public static readonly ArtifactRule Scrape = new("prometheus/scrape", "Services push, so the collector is what is scraped; job and instance stay those of the services.");
    public static readonly ArtifactRule AlertRoute = new("alert/route", "The team that owns the service is told, at once of what cannot wait.");
    public static readonly ArtifactRule AlertInhibit = new("alert/inhibit", "Whoever is called needs no ticket for the same objective.");
    public static readonly ArtifactRule AlertReceiver = new("alert/receiver", "The contact of the team; what lets messages in is a file and not in the configuration.");
    public static readonly ArtifactRule AlertMail = new("alert/mail", "Mail goes by the server that the model names; what lets one in there is a file and not in the configuration.");
    public static readonly ArtifactRule AlertRunbook = new("alert/runbook", "Whoever is called finds what to do without looking for it.");
    public static readonly ArtifactRule Collector = new("collector/config", "Services send everything to one place, and it is decided there what goes where.");
    public static readonly ArtifactRule CollectorMemory = new("collector/memory", "First of all, so that the collector refuses data before it runs out of memory.");
    public static readonly ArtifactRule CollectorMetrics = new("collector/metrics", "Metrics are named as rules and dashboards ask for them: with unit and type.");
    public static readonly ArtifactRule CollectorAway = new("collector/away", "Where traces and logs are kept is not in the model; the collector's environment says it.");
    public static readonly ArtifactRule CollectorPlace = new("collector/namespace", "A namespace of the system's own beside that of its services, so that what watches them takes nothing of their room.");
    public static readonly ArtifactRule CollectorWorkload = new("collector/workload", "One collector, because all spans of a trace must come together; a new one is ready before the old one goes.");
    public static readonly ArtifactRule CollectorImage = new("collector/image", "The distribution that has every part that the configuration names, at a version whose parts are known.", "KL latest-tag", "CKV_K8S_14");
    public static readonly ArtifactRule CollectorSize = new("collector/size", "Room for the spans that wait for the decision on their traces; the formula stands in the reference.");
    public static readonly ArtifactRule CollectorNetwork = new("collector/network", "Pods of the system send, Prometheus scrapes, and the collector reaches only where traces and logs go.", "C-0030");
    public static readonly ArtifactRule CollectorMonitor = new("prometheus/monitor", "The Prometheus operator scrapes the collector; job and instance of what it hands on stay those of the services.");
    public static readonly ArtifactRule LogsPlace = new("logs/namespace", "A namespace of its own, because reading what nodes have written is more than the Pod Security Standard of the services lets anybody.");
    public static readonly ArtifactRule LogsWorkload = new("logs/workload", "What containers print lies on their node, so one reads on each.");
    public static readonly ArtifactRule LogsRights = new("logs/rights", "It may read pods of the system by name, for their labels, and nothing else.", "CKV_K8S_49", "C-0187");
    public static readonly ArtifactRule LogsNode = new("logs/node", "The files belong to root and are read-only here; every capability is dropped all the same.");
    public static readonly ArtifactRule LogsInput = new("logs/input", "Only what containers of the system's namespace print, also from before it started.");
    public static readonly ArtifactRule LogsLabels = new("logs/labels", "Each line says of which service and team it is.");
    public static readonly ArtifactRule LogsOutput = new("logs/output", "Where lines go; what cannot be sent is tried again.");
    public static readonly ArtifactRule LogsNetwork = new("logs/network", "It reaches the API server and where lines go, and nobody reaches it but Prometheus.", "C-0030");
    public static readonly ArtifactRule LogsMonitor = new("logs/monitor", "The Prometheus operator scrapes it: lines that are refused are counted.");
    public static readonly ArtifactRule SamplingErrors = new("sampling/errors", "Every trace with an error is kept.");
    public static readonly ArtifactRule SamplingSlow = new("sampling/slow", "Every trace in which a service broke its promised time is kept.");
    public static readonly ArtifactRule SamplingUsual = new("sampling/usual", "Of the others about ten a second are kept, which shows what is usual.");
    public static readonly ArtifactRule SamplingSize = new("sampling/size", "There is room for twice the traces that begin while one is waited for, or they would be decided on too early.");
    public static readonly ArtifactRule Dashboard = new("grafana/dashboard", "It asks only for what services send and rules record.");
    public static readonly ArtifactRule OpenSlo = new("slo/openslo", "The same objective for tools that take no rules of Prometheus.");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<ArtifactRule> All { get; } =
        [.. typeof(ArtifactRules).GetFields().Where(field => field.FieldType == typeof(ArtifactRule)).Select(field => (ArtifactRule)field.GetValue(null)!).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
}
