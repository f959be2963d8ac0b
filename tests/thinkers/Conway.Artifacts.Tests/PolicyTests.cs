using System.Text.Json;
using System.Text.Json.Nodes;
using Conway.ManifestLint;
using Conway.Model;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>What policies let in and what they refuse, by an evaluator of others that is asked as an API server or Kyverno asks.</summary>
public sealed class PolicyTests
{
    private static readonly string[] Systems = ["shop", "workloads", "hard", "large", "bare", "ingress", "istio", "consul", "linkerd", "long"];

    public static TheoryData<string, string> Cases => [.. Systems.SelectMany(system => new[] { "kubernetes", "kyverno" }.Select(by => (system, by)))];

    [Theory, MemberData(nameof(Cases))]
    public async Task Everything_that_is_generated_is_let_in(string system, string by)
    {
        var model = Model(system, by);
        var objects = await ObjectsAsync(model, system);
        var requests = objects.Select(one => new Request(one)).Concat(objects.SelectMany(one => PodsOf(one, model)).Select(pod => new Request(pod))).ToArray();
        Assert.True(requests.Count(request => Kind(request.Object) == "Pod") > 0);

        // What is there already may be written again, whatever it is, when it stays as it is.
        var wrong = One("v1", "Pod", "x", """{ "containers": [{ "name": "x", "image": "x" }] }""", model);
        Request[] again = [new(wrong), new(Changed(wrong, pod => pod["metadata"]!["labels"] = new JsonObject { ["app.kubernetes.io/name"] = "other" }), wrong), new(Changed(wrong, pod => pod["metadata"]!["finalizers"] = new JsonArray()), wrong), new(Changed(wrong, pod => First(pod)["image"] = "y"), wrong)];
        var answers = await AskAsync(model, [.. requests, .. again], system);
        Assert.Equal([], requests.Zip(answers).SelectMany(pair => pair.Second.Select(refused => $"{Kind(pair.First.Object)} {Name(pair.First.Object)}: {refused.Message}{refused.Error}")));
        Assert.Equal([true, true, false, true], answers[requests.Length..].Select(one => one.Length > 0));
        Assert.All(answers.SelectMany(one => one), one => Assert.True(one is { Action: "Deny", Error: null }, one.Error));
    }

    [Theory]
    [InlineData("workloads", "kubernetes"), InlineData("hard", "kubernetes"), InlineData("istio", "kubernetes"), InlineData("long", "kubernetes"), InlineData("ingress", "kyverno"), InlineData("workloads", "kyverno"), InlineData("long", "kyverno"), InlineData("bare", "kyverno")]
    public async Task The_files_keep_to_their_schemas_and_have_no_finding_and_each_line_says_why(string system, string by)
    {
        var model = Model(system, by);
        var facts = system == "hard" ? Some.HardFacts : null;
        using var folder = new TemporaryFolder();
        var files = Some.Written("policies", model, facts).Values.ToArray();
        folder.Write(files);
        var read = await ReadFolderAsync(Path.Combine(folder.Path, "policies", "kubernetes"), validate: true);
        Assert.Equal([], read.Problems);
        Assert.All(read.All, one => Assert.Matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", Name(one)));
        Assert.Equal([], ManifestLinter.Lint(files.Select(file => (file.Path, file.Text)), new LintOptions(), TestContext.Current.CancellationToken).Findings.Select(finding => $"{finding.Rule.Code} {finding.Message}"));
        Assert.All(files.SelectMany(file => file.Origins), origin => Assert.NotNull(origin));
        if (by == "kubernetes")
        {
            Assert.Equal((3, 4), (read.Of("ValidatingAdmissionPolicy").Count(), read.Of("ValidatingAdmissionPolicyBinding").Count()));
            Assert.All(read.Of("ValidatingAdmissionPolicyBinding"), one => Assert.Equal(NamespaceOf(model), one["spec"]!["matchResources"]!["namespaceSelector"]!["matchLabels"]!["kubernetes.io/metadata.name"]!.GetValue<string>()));
        }
        else
        {
            Assert.All(read.All, one => Assert.Equal(NamespaceOf(model), one["metadata"]!["namespace"]!.GetValue<string>()));
        }
    }

    /// <summary>Something wrong that is done to a Pod of a service, and what is told of it.</summary>
    private sealed record Wrong(string What, string Service, Action<JsonObject> Do, string Message);

    private static readonly Wrong[] Pods =
    [
        new("no account", "orders", pod => Spec(pod).Remove("serviceAccountName"), "The account 'default' is of no service of shop: serviceAccountName names the service that a pod is of."),
        new("account of nobody", "orders", pod => Spec(pod)["serviceAccountName"] = "admin", "The account 'admin' is of no service"),
        new("account of another", "orders", pod => Spec(pod)["serviceAccountName"] = "mailer", "A pod of 'mailer' has the labels app.kubernetes.io/name"),
        new("account of another, image of its own", "orders", pod => Spec(pod)["serviceAccountName"] = "mailer", "The image 'ghcr.io/acme/shop/orders:1.4.2' is not that of 'mailer'"),
        new("labels of another", "orders", pod => { Labels(pod)["app.kubernetes.io/name"] = "mailer"; Labels(pod)["app.kubernetes.io/instance"] = "mailer"; }, "A pod of 'orders' has the labels"),
        new("one label of another", "orders", pod => Labels(pod)["app.kubernetes.io/instance"] = "mailer", "A pod of 'orders' has the labels"),
        new("name of a service, instance of its job", "orders", pod => Labels(pod)["app.kubernetes.io/instance"] = "migrate-job", "A pod of 'orders' has the labels"),
        new("no labels", "orders", pod => pod["metadata"]!.AsObject().Remove("labels"), "A pod of 'orders' has the labels"),
        new("no name", "orders", pod => Labels(pod).Remove("app.kubernetes.io/name"), "A pod of 'orders' has the labels"),
        new("no owner", "orders", pod => Labels(pod).Remove("owner"), "A pod of 'orders' has the label owner of the team whose service it is."),
        new("another owner", "orders", pod => Labels(pod)["owner"] = "platform", "A pod of 'orders' has the label owner"),
        new("image of another registry", "orders", pod => First(pod)["image"] = "docker.io/evil/orders:1.4.2", "The image 'docker.io/evil/orders:1.4.2' is not that of 'orders' at a version or a digest."),
        new("image whose name goes on", "orders", pod => First(pod)["image"] = "ghcr.io/acme/shop/orders-evil:1.4.2", "The image 'ghcr.io/acme/shop/orders-evil:1.4.2' is not that"),
        new("image of another service", "orders", pod => First(pod)["image"] = "ghcr.io/acme/shop/mailer:1.4.2", "The image 'ghcr.io/acme/shop/mailer:1.4.2' is not that"),
        new("image without version", "orders", pod => First(pod)["image"] = "ghcr.io/acme/shop/orders", "The image 'ghcr.io/acme/shop/orders' is not that"),
        new("newest image", "orders", pod => First(pod)["image"] = "ghcr.io/acme/shop/orders:latest", "The image 'ghcr.io/acme/shop/orders:latest' is not that"),
        new("image of an init container", "orders", pod => Add(pod, "initContainers", container => container["image"] = "busybox:1"), "The image 'busybox:1' is not that"),
        new("image of a second container", "orders", pod => Add(pod, "containers", container => container["image"] = "busybox:1"), "The image 'busybox:1' is not that"),
        new("image of an ephemeral container", "orders", pod => Add(pod, "ephemeralContainers", container => container["image"] = "busybox:1"), "The image 'busybox:1' is not that"),
        new("image that begins like a debugger", "orders", pod => Add(pod, "ephemeralContainers", container => container["image"] = "registry.example.com/tools/debug-evil:1"), "The image 'registry.example.com/tools/debug-evil:1' is not that"),
        new("writes into its image", "orders", pod => First(pod)["securityContext"]!["readOnlyRootFilesystem"] = false, "A container of 'orders' says securityContext.readOnlyRootFilesystem: true."),
        new("does not say whether it writes", "orders", pod => First(pod)["securityContext"]!.AsObject().Remove("readOnlyRootFilesystem"), "A container of 'orders' says securityContext.readOnlyRootFilesystem"),
        new("says nothing of its rights", "orders", pod => First(pod).Remove("securityContext"), "A container of 'orders' says securityContext.readOnlyRootFilesystem"),
        new("init container that writes", "orders", pod => Add(pod, "initContainers", container => container.Remove("securityContext")), "A container of 'orders' says securityContext.readOnlyRootFilesystem"),
        new("ephemeral container that writes", "orders", pod => Add(pod, "ephemeralContainers", container => container.Remove("securityContext")), "A container of 'orders' says securityContext.readOnlyRootFilesystem"),
        new("no resources", "orders", pod => First(pod).Remove("resources"), "A container of 'orders' says what it asks for and its limits, of cpu and of memory."),
        new("no limit", "orders", pod => First(pod)["resources"]!["limits"]!.AsObject().Remove("memory"), "A container of 'orders' says what it asks for"),
        new("no request", "orders", pod => First(pod)["resources"]!["requests"]!.AsObject().Remove("cpu"), "A container of 'orders' says what it asks for"),
        new("no requests", "orders", pod => First(pod)["resources"]!.AsObject().Remove("requests"), "A container of 'orders' says what it asks for"),
        new("init container without limits", "orders", pod => Add(pod, "initContainers", container => container["resources"]!.AsObject().Remove("limits")), "A container of 'orders' says what it asks for"),
        new("token", "orders", pod => Spec(pod)["automountServiceAccountToken"] = true, "A pod of 'orders' says automountServiceAccountToken: false, and mounts no token of its account."),
        new("token by default", "orders", pod => Spec(pod).Remove("automountServiceAccountToken"), "A pod of 'orders' says automountServiceAccountToken: false"),
        new("token in a volume", "orders", pod => Volume(pod, """{ "name": "t", "projected": { "sources": [{ "configMap": { "name": "a" } }, { "serviceAccountToken": { "path": "token" } }] } }"""), "A pod of 'orders' says automountServiceAccountToken: false"),
        new("token for somebody", "orders", pod => Volume(pod, """{ "name": "t", "projected": { "sources": [{ "serviceAccountToken": { "path": "token", "audience": "https://kubernetes.default.svc" } }] } }"""), "A pod of 'orders' says automountServiceAccountToken: false"),
        new("secret of another", "keeps", pod => Volume(pod, """{ "name": "s", "secret": { "secretName": "orders-secrets" } }"""), "A pod of 'keeps' mounts no Secret but its own."),
        new("certificate", "pays", pod => Volume(pod, """{ "name": "s", "secret": { "secretName": "shop-tls" } }"""), "A pod of 'pays' mounts no Secret but its own."),
        new("secret among others", "pays", pod => Volume(pod, """{ "name": "s", "projected": { "sources": [{ "secret": { "name": "shop-tls" } }] } }"""), "A pod of 'pays' mounts no Secret but its own."),
        new("secret in a variable", "pays", pod => First(pod)["env"]!.AsArray().Add(JsonNode.Parse("""{ "name": "A", "valueFrom": { "secretKeyRef": { "name": "shop-tls", "key": "tls.key" } } }""")), "A container of 'pays' reads secrets from files"),
        new("secrets as variables", "pays", pod => First(pod)["envFrom"] = JsonNode.Parse("""[{ "configMapRef": { "name": "a" } }, { "secretRef": { "name": "shop-tls" } }]"""), "A container of 'pays' reads secrets from files"),
        new("secret in a variable of an ephemeral container", "pays", pod => Add(pod, "ephemeralContainers", container => container["env"] = JsonNode.Parse("""[{ "name": "A", "valueFrom": { "secretKeyRef": { "name": "pays-secrets", "key": "a" } } }]""")), "A container of 'pays' reads secrets from files"),
        new("data of another", "orders", pod => Volume(pod, """{ "name": "d", "persistentVolumeClaim": { "claimName": "keeps-db-data-keeps-0" } }"""), "A pod of 'orders' mounts no volume claim but those of its own stores."),
        new("another claim", "keeps", pod => Volume(pod, """{ "name": "d", "persistentVolumeClaim": { "claimName": "keeps-db-data-keeps-1" } }"""), "A pod of 'keeps' mounts no volume claim"),
        new("tag where a digest is", "pinned", pod => First(pod)["image"] = "ghcr.io/acme/pinned:1", "The image of 'pinned' is named by its digest, as in the model."),
    ];

    public static TheoryData<string> Askers => ["kubernetes", "kyverno"];

    [Theory, MemberData(nameof(Askers))]
    public async Task A_pod_that_the_model_does_not_have_is_refused_with_the_reason(string by)
    {
        var model = Model("workloads", by);
        var objects = await ObjectsAsync(model, "workloads");
        JsonObject PodOf(string service) => objects.Where(one => Name(one) == service).SelectMany(one => PodsOf(one, model)).Single();
        var asked = Pods.Select(wrong => new Request(Changed(PodOf(wrong.Service), wrong.Do), Resource: wrong.What.Contains("ephemeral", StringComparison.Ordinal) || wrong.What.Contains("debugger", StringComparison.Ordinal) ? "pods/ephemeralcontainers" : null, Old: wrong.What.Contains("ephemeral", StringComparison.Ordinal) ? PodOf(wrong.Service) : null)).ToArray();
        var answers = await AskAsync(model, asked, "workloads");
        foreach (var (wrong, answer) in Pods.Zip(answers))
        {
            Assert.True(answer.Any(one => one is { Action: "Deny", Error: null } && one.Message.Contains(wrong.Message, StringComparison.Ordinal)), $"{wrong.What}: {string.Join(" | ", answer.Select(one => one.ToString()))}");
            Assert.All(answer, one => Assert.Null(one.Error));
        }

        // One wrong thing is told once, but where the account is another's, or every label is gone.
        Assert.All(Pods.Zip(answers).Where(pair => !pair.First.What.Contains("account", StringComparison.Ordinal) && pair.First.What != "no labels"), pair => Assert.True(pair.Second.Length == 1, $"{pair.First.What}: {string.Join(" | ", pair.Second.Select(one => one.Message))}"));

        // Who writes the template of the same pod is warned, and its pods are refused.
        var templates = Pods.Where(wrong => !wrong.What.Contains("ephemeral", StringComparison.Ordinal) && wrong.Service == "orders").ToArray();
        var warned = await AskAsync(model, [.. templates.Select(wrong => new Request(Changed(objects.Single(one => Name(one) == "orders" && Kind(one) == "Deployment"), one => wrong.Do(one["spec"]!["template"]!.AsObject()))))], "workloads");
        Assert.All(templates.Zip(warned), pair => Assert.Contains(pair.Second, one => one is { Action: "Warn Audit", Error: null } && one.Message.Contains(pair.First.Message, StringComparison.Ordinal)));
        var jobs = await AskAsync(model, [.. objects.Where(one => Kind(one) is "Job" or "CronJob" or "DaemonSet" or "StatefulSet").Select(one => new Request(Changed(one, job => Spec(TemplateOf(job))["serviceAccountName"] = "admin")))], "workloads");
        Assert.True(jobs.Length >= 4);
        Assert.All(jobs, answer => Assert.Contains(answer, one => one.Action == "Warn Audit" && one.Message.Contains("'admin'", StringComparison.Ordinal)));

        // What others put into a pod is theirs; other images of the same service, and its own secrets, are its own.
        Action<JsonObject>[] right =
        [
            pod => Add(pod, "ephemeralContainers", container => { container["image"] = "registry.example.com/tools/debug:3"; container.Remove("securityContext"); container.Remove("resources"); }),
            pod => First(pod)["image"] = "ghcr.io/acme/shop/orders:1.4.1",
            pod => First(pod)["image"] = "ghcr.io/acme/shop/orders@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            pod => Volume(pod, """{ "name": "s", "ephemeral": {} }"""),
        ];
        Assert.All(await AskAsync(model, [.. right.Select(one => new Request(Changed(PodOf("orders"), one)))], "workloads"), answer => Assert.Equal([], answer.Select(one => one.Message + one.Error)));

        // Elsewhere nobody is asked.
        Assert.Empty((await AskAsync(model, [new Request(Changed(PodOf("orders"), pod => { pod["metadata"]!["namespace"] = "elsewhere"; Spec(pod)["serviceAccountName"] = "admin"; }))], "workloads")).Single());
    }

    [Theory, MemberData(nameof(Askers))]
    public async Task A_service_that_the_model_does_not_expose_is_refused(string by)
    {
        var model = Model("workloads", by);
        (string Spec, string Name, string? Told)[] cases =
        [
            ("""{ "type": "LoadBalancer" }""", "fixed", "The Service 'fixed' is reached from outside of the cluster, and the model does not expose it so."),
            ("""{ "type": "NodePort" }""", "orders-outside", "The Service 'orders-outside' is reached from outside"),
            ("""{ "type": "LoadBalancer" }""", "agent-outside", "The Service 'agent-outside' is reached from outside"),
            ("""{ "externalIPs": ["198.51.100.7"] }""", "orders", "The Service 'orders' takes addresses of the network for its own (externalIPs)."),
            ("""{ "type": "LoadBalancer", "loadBalancerSourceRanges": ["0.0.0.0/0"] }""", "orders-outside", "The Service 'orders-outside' lets in other addresses"),
            ("""{ "type": "LoadBalancer", "loadBalancerSourceRanges": ["203.0.113.0/24", "0.0.0.0/0"] }""", "orders-outside", "The Service 'orders-outside' lets in other addresses"),
            ("""{ "type": "LoadBalancer", "loadBalancerSourceRanges": [] }""", "orders-outside", "The Service 'orders-outside' lets in other addresses"),
            ("""{ "type": "LoadBalancer" }""", "orders-outside", "The Service 'orders-outside' lets in other addresses"),
            ("""{ "type": "ExternalName", "externalName": "evil.example.com" }""", "search", "The Service 'search' leads to where no system of others"),
            ("""{ "type": "ExternalName", "externalName": "search.platform.svc.cluster.local" }""", "other", "The Service 'other' leads to where no system of others"),
            ("""{ "type": "ExternalName", "externalName": "search.platform.svc.cluster.local" }""", "search", null),
            ("""{ "type": "LoadBalancer", "loadBalancerSourceRanges": ["203.0.113.0/24"] }""", "orders-outside", null),
            ("""{ "type": "ClusterIP", "externalIPs": [] }""", "anything", null),
        ];
        var answers = await AskAsync(model, [.. cases.Select(one => new Request(One("v1", "Service", one.Name, one.Spec, model)))], "workloads");
        Check(cases.Select(one => ($"{one.Name} {one.Spec}", one.Told)), answers);
    }

    [Theory, MemberData(nameof(Askers))]
    public async Task Only_hosts_of_the_models_routes_lead_in(string by)
    {
        const string Gateway = "gateway.networking.k8s.io/v1", Parent = "\"parentRefs\": [{ \"name\": \"shop\", \"namespace\": \"envoy-gateway-system\" }]";
        (string System, string Version, string Kind, string Spec, string? Told)[] cases =
        [
            ("cluster", Gateway, "HTTPRoute", $$"""{ {{Parent}}, "hostnames": ["shop.example.com"] }""", null),
            ("cluster", Gateway, "HTTPRoute", $$"""{ {{Parent}}, "hostnames": ["shop.example.com", "evil.example.com"] }""", "HTTPRoute 'x' leads in under a host that no route of the model has."),
            ("cluster", Gateway, "HTTPRoute", $$"""{ {{Parent}}, "hostnames": ["*.example.com"] }""", "HTTPRoute 'x' leads in under a host"),
            ("cluster", Gateway, "HTTPRoute", $$"""{ {{Parent}} }""", "HTTPRoute 'x' leads in under a host"),
            ("cluster", Gateway, "GRPCRoute", $$"""{ {{Parent}}, "hostnames": [] }""", "GRPCRoute 'x' leads in under a host"),
            ("cluster", Gateway, "HTTPRoute", """{ "parentRefs": [{ "name": "shop", "namespace": "elsewhere" }], "hostnames": ["shop.example.com"] }""", "HTTPRoute 'x' hangs on another gateway than that of the system."),
            ("cluster", Gateway, "HTTPRoute", """{ "parentRefs": [{ "name": "shop", "kind": "Gateway" }], "hostnames": ["shop.example.com"] }""", "HTTPRoute 'x' hangs on another gateway"),
            ("cluster", Gateway, "HTTPRoute", """{ "parentRefs": [{ "name": "orders", "kind": "Service", "group": "" }] }""", null),
            ("cluster", "networking.k8s.io/v1", "Ingress", """{ "rules": [{ "host": "shop.example.com" }] }""", "Ingress 'x' leads in by an Ingress, and the model does not."),
            ("one", "networking.k8s.io/v1", "Ingress", """{ "rules": [{ "host": "large.example.com" }] }""", "Ingress 'x' leads in by an Ingress"),
            ("bare", "networking.k8s.io/v1", "Ingress", """{ "rules": [{ "host": "large.example.com" }] }""", "Ingress 'x' leads in by an Ingress"),
            ("ingress", "networking.k8s.io/v1", "Ingress", """{ "ingressClassName": "nginx", "rules": [{ "host": "other.example.com" }] }""", null),
            ("ingress", "networking.k8s.io/v1", "Ingress", """{ "ingressClassName": "nginx", "rules": [{ "host": "other.example.com" }, {}] }""", "Ingress 'x' leads in under a host"),
            ("ingress", "networking.k8s.io/v1", "Ingress", """{ "ingressClassName": "nginx", "rules": [{ "host": "evil.example.com" }] }""", "Ingress 'x' leads in under a host"),
            ("ingress", "networking.k8s.io/v1", "Ingress", """{ "ingressClassName": "nginx" }""", "Ingress 'x' leads in under a host"),
            ("ingress", "networking.k8s.io/v1", "Ingress", """{ "ingressClassName": "nginx", "rules": [{ "host": "other.example.com" }], "defaultBackend": {} }""", "Ingress 'x' leads in under a host"),
            ("ingress", "networking.k8s.io/v1", "Ingress", """{ "ingressClassName": "public", "rules": [{ "host": "other.example.com" }] }""", "Ingress 'x' is for another controller"),
            ("ingress", "networking.k8s.io/v1", "Ingress", """{ "rules": [{ "host": "other.example.com" }] }""", "Ingress 'x' is for another controller"),
            ("istio", "networking.istio.io/v1", "VirtualService", """{ "hosts": ["evil.example.com"] }""", "VirtualService 'x' is for a host that is neither"),
            ("istio", "networking.istio.io/v1", "VirtualService", """{ "hosts": ["orders.shop-production.svc.cluster.local"] }""", null),
        ];

        // Kyverno is told only of kinds that the cluster knows for certain.
        foreach (var group in cases.GroupBy(one => one.System))
        {
            var model = Model(group.Key, by);
            Check(group.Select(one => ($"{one.Kind} {one.Spec}", one.Told)), await AskAsync(model, [.. group.Select(one => new Request(One(one.Version, one.Kind, "x", one.Spec, model)))], group.Key));
        }

        var other = One("gateway.networking.k8s.io/v1alpha2", "TCPRoute", "x", $$"""{ {{Parent}} }""", Model("cluster", by));
        var answer = (await AskAsync(Model("cluster", by), [new Request(other)], "cluster")).Single();
        Assert.Equal(by == "kubernetes", answer.Any(one => one.Message.Contains("TCPRoute 'x' leads in under a host", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Askers))]
    public async Task What_is_only_warned_of_is_let_in(string by)
    {
        var model = Model("cluster", by);
        model = model with { Deploy = model.Deploy with { Admission = model.Deploy.Admission with { Action = "warn" } } };
        var answer = (await AskAsync(model, [new Request(One("v1", "Service", "x", """{ "type": "NodePort" }""", model))], "cluster")).Single();
        Assert.Equal(["Warn Audit"], answer.Select(one => one.Action));
    }

    [Fact]
    public void No_mesh_is_none_also_when_it_is_written()
    {
        var model = Model("watched", "kubernetes");
        model = model with { Deploy = model.Deploy with { Admission = model.Deploy.Admission with { Images = [] } } };
        Assert.Equal(Some.Written("policies", model).Select(file => (file.Key, file.Value.Text)), Some.Written("policies", model with { Mesh = "none" }).Select(file => (file.Key, file.Value.Text)));
    }

    [Fact]
    public void What_is_missing_is_told()
    {

        string[] Told(SystemModel model) => [.. ArtifactCatalog.Find("policies")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => $"{finding.Code} {finding.ModelPath} {finding.Message}")];
        Assert.Equal(["CW1911 deploy.admission.by It is not said who asks whether an object is one of the model."], Told(Some.Model(Some.Cluster)));
        var meshed = Model("istio", "kubernetes");
        Assert.Equal([], Told(meshed));
        Assert.Equal(["CW1911 deploy.admission.images The mesh 'istio' puts a proxy into each pod, and the model does not say of which image, so every pod would be refused."],
            Told(meshed with { Deploy = meshed.Deploy with { Admission = new AdmissionPlace { By = "kyverno" } } }));
        Assert.DoesNotContain("policies", ArtifactCatalog.All.Where(target => target.IsPartOfAll(Some.Model(Some.Cluster))).Select(target => target.Name));
        Assert.Contains("policies", ArtifactCatalog.All.Where(target => target.IsPartOfAll(meshed)).Select(target => target.Name));
    }

    private static void Check(IEnumerable<(string What, string? Told)> cases, Answer[][] answers)
    {
        foreach (var ((what, told), answer) in cases.Zip(answers))
        {
            Assert.All(answer, one => Assert.True(one is { Action: "Deny", Error: null }, $"{what}: {one}"));
            Assert.True(told is null ? answer.Length == 0 : answer.Length == 1 && answer[0].Message.Contains(told, StringComparison.Ordinal), $"{what}: {string.Join(" | ", answer.Select(one => one.Message))}");
        }
    }

    private sealed record Request(JsonObject Object, JsonObject? Old = null, string? Resource = null);

    private sealed record Answer(string Policy, string Action, string Message, string? Error);

    private static async Task<Answer[][]> AskAsync(SystemModel model, IReadOnlyList<Request> requests, string system)
    {
        var files = Some.Written("policies", model, system == "hard" ? Some.HardFacts : null);
        var input = new JsonObject
        {
            ["policies"] = new JsonArray([.. files.Values.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)).Select(file => (JsonNode)file.Text)]),
            ["requests"] = new JsonArray([.. requests.Select(request => (JsonNode)new JsonObject { ["object"] = request.Object.DeepClone(), ["old"] = request.Old?.DeepClone(), ["resource"] = request.Resource })]),
        };
        var asked = await NpmClient.ExecuteAsync("node", ["admit.js"], await NpmClient.FolderAsync("policies"), TimeSpan.FromMinutes(3), input.ToJsonString());
        Assert.True(asked.Code == 0, asked.Said);
        return JsonSerializer.Deserialize<Answer[][]>(asked.Output, JsonSerializerOptions.Web)!;
    }

    private static async Task<IReadOnlyList<JsonObject>> ObjectsAsync(SystemModel model, string system)
    {
        using var folder = new TemporaryFolder();
        var mesh = model.Mesh is null ? [] : Some.Written(model.Mesh, model).Values.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal));
        folder.Write(Some.Written("kubernetes", model, system == "hard" ? Some.HardFacts : null).Values.Concat(mesh).Select(file => file with { Path = $"all/{file.Path.Replace('/', '-')}" }));
        return (await ReadFolderAsync(Path.Combine(folder.Path, "all"), validate: false)).All;
    }

    /// <summary>The pods that a workload makes, as they come to the last who is asked: with claims of stores, and with the proxy of the mesh.</summary>
    private static IEnumerable<JsonObject> PodsOf(JsonObject owner, SystemModel model)
    {
        if (Kind(owner) is not ("Deployment" or "StatefulSet" or "DaemonSet" or "Job" or "CronJob"))
        {
            yield break;
        }

        var pod = TemplateOf(owner).DeepClone().AsObject();
        pod["apiVersion"] = "v1";
        pod["kind"] = "Pod";
        pod["metadata"]!["name"] = $"{Name(owner)}-0";
        pod["metadata"]!["namespace"] = owner["metadata"]!["namespace"]!.GetValue<string>();
        foreach (var claim in owner["spec"]!["volumeClaimTemplates"]?.AsArray() ?? [])
        {
            var name = claim!["metadata"]!["name"]!.GetValue<string>();
            Volume(pod, $$"""{ "name": "{{name}}", "persistentVolumeClaim": { "claimName": "{{name}}-{{Name(owner)}}-0" } }""");
        }

        if (model.Mesh is not null)
        {
            Spec(pod)["initContainers"] = JsonNode.Parse($$"""[{ "name": "proxy", "image": "{{model.Deploy.Admission.Images[0]}}:1.2.3" }]""");
        }

        if (model.Mesh is "istio" or "linkerd")
        {
            Volume(pod, """{ "name": "identity", "projected": { "sources": [{ "serviceAccountToken": { "path": "token", "audience": "mesh" } }] } }""");
        }

        yield return pod;
    }

    private static JsonObject TemplateOf(JsonObject owner) => (Kind(owner) == "CronJob" ? owner["spec"]!["jobTemplate"]!["spec"]!["template"] : owner["spec"]!["template"])!.AsObject();

    private static JsonObject One(string version, string kind, string name, string spec, SystemModel model) => new()
    {
        ["apiVersion"] = version,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = NamespaceOf(model) },
        ["spec"] = JsonNode.Parse(spec),
    };

    private static JsonObject Changed(JsonObject one, Action<JsonObject> change)
    {
        var other = one.DeepClone().AsObject();
        change(other);
        return other;
    }

    private static JsonObject Spec(JsonObject pod) => pod["spec"]!.AsObject();

    private static JsonObject Labels(JsonObject pod) => pod["metadata"]!["labels"]!.AsObject();

    private static JsonObject First(JsonObject pod) => Spec(pod)["containers"]![0]!.AsObject();

    /// <summary>One more container, which is as the first but for what is changed.</summary>
    private static void Add(JsonObject pod, string list, Action<JsonObject> change)
    {
        var other = Changed(First(pod), change);
        other["name"] = "other";
        if (Spec(pod)[list] is not JsonArray containers)
        {
            Spec(pod)[list] = containers = [];
        }

        containers.Add(other);
    }

    private static void Volume(JsonObject pod, string volume) => Spec(pod)["volumes"]!.AsArray().Add(JsonNode.Parse(volume));

    private static string NamespaceOf(SystemModel model) => model.Deploy.Namespace ?? model.System;

    internal static SystemModel Model(string system, string by)
    {
        var model = system switch
        {
            "shop" => ObservabilityTests.Shop(),
            "istio" => IstioTests.Meshed(Some.Model(Some.Cluster)),
            "consul" => ConsulTests.Meshed(Some.Model(Some.Cluster)),
            "linkerd" => LinkerdTests.Meshed(Some.Model(Some.Cluster)),
            "watched" => Some.Model(Some.Watched),
            "workloads" => Some.Model(Some.Workloads.Replace("\nexternals:", $"\n  pays: {{ command: node a.js, environment: {{ KEY: \"${{secret:key}}\" }} }}\n  pinned: {{ image: \"ghcr.io/acme/pinned@sha256:{new string('a', 64)}\", command: x }}\nexternals:", StringComparison.Ordinal)),
            "long" => Some.Model($$"""
                conway: 1
                system: {{new string('s', 63)}}
                teams: { {{new string('t', 63)}}: {} }
                deploy: { registry: ghcr.io/acme, version: "2" }
                services: { {{new string('a', 63)}}: { team: {{new string('t', 63)}}, command: node a.js, owns: { {{new string('d', 63)}}: sqlite }, environment: { A: "${secret:a}" }, expose: { as: node-port, from: [10.0.0.0/8] } } }
                jobs: { {{new string('j', 63)}}: { service: {{new string('a', 63)}}, at: release, command: node b.js } }
                """),
            _ => Rendered.Model(system),
        };
        return model with { Deploy = model.Deploy with { Admission = new AdmissionPlace { By = by, Images = model.Mesh is null ? ["registry.example.com/tools/debug"] : ["docker.io/example/proxy"] } } };
    }
}
