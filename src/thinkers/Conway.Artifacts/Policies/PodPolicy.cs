using Conway.Artifacts.Consul;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Policies;

/// <summary>What a pod must be to run in the namespace: that of a service of the model, with what this service has and nothing that another has.</summary>
internal static class PodPolicy
{
    private const string Known = "!(variables.account in variables.names) ||";

    /// <summary>An account of the model, and what runs under it.</summary>
    /// <param name="Names">What its pods may be called by their labels.</param>
    private sealed record Account(string Name, IReadOnlyList<string> Names, ServicePlan Service, string Path);

    public static AdmissionPolicy Of(SystemPlan system)
    {
        var accounts = Accounts(system);
        return new AdmissionPolicy(
            "pods",
            [new("", "v1", ["pods", "pods/ephemeralcontainers"], ["Pod", "Pod/ephemeralcontainers"])],
            [new("apps", "v1", ["deployments", "statefulsets", "daemonsets"], ["Deployment", "StatefulSet", "DaemonSet"]), new("batch", "v1", ["jobs", "cronjobs"], ["Job", "CronJob"])],

            // The network's policies go by labels, which can be changed alone.
            "(has(object.metadata.labels) ? object.metadata.labels : dyn({})) != (has(oldObject.metadata.labels) ? oldObject.metadata.labels : dyn({}))",
            [.. Variables(system, accounts)],
            [.. Rules(system)]);
    }

    private static IReadOnlyList<Account> Accounts(SystemPlan system)
    {
        // What is wrong with a job is told by whoever generates it.
        var jobs = JobPlan.All(system, []);
        var own = Mesh.Of(system).HasAccountsOfJobs;
        return
        [
            .. system.Services.Select(plan => new Account(plan.Label, [plan.Label, .. own ? [] : jobs.Where(job => job.Service.Name == plan.Name).Select(job => job.Label)], plan, plan.Path)),
            .. own ? jobs.Select(job => new Account(job.Label, [job.Label], job.Service, job.Path)) : [],
        ];
    }

    private static IEnumerable<AdmissionVariable> Variables(SystemPlan system, IReadOnlyList<Account> accounts)
    {
        var read = new Origin("services", ArtifactRules.PolicyPod);
        AdmissionVariable Line(string name, string expression, ArtifactRule? rule = null, string path = "services") => new(name, new YamlText(expression) { Origin = rule is null ? read : new Origin(path, rule) });
        AdmissionVariable Map(string name, ArtifactRule rule, Func<Account, (string Value, string Path)?> of) => new(name,
            Cel.Map([.. accounts.SelectMany(account => of(account) is { } one ? new[] { (account.Name, one.Value, new Origin(one.Path, rule)) } : [])]) with { Origin = new Origin("services", rule) });
        AdmissionVariable List(string name, ArtifactRule rule, string path, IEnumerable<(string Text, string Path)> items) => new(name,
            Cel.Lines([.. items.Select(item => (item.Text, new Origin(item.Path, rule)))]) with { Origin = new Origin(path, rule) });

        yield return Line("template", """
            object.kind == 'Pod' ? dyn(object) :
            object.kind == 'CronJob' ? dyn(object).spec.jobTemplate.spec.template :
            dyn(object).spec.template
            """);
        yield return Line("pod", "variables.template.spec");
        yield return Line("labels", "has(variables.template.metadata) && has(variables.template.metadata.labels) ? variables.template.metadata.labels : dyn({})");
        yield return Line("account", "has(variables.pod.serviceAccountName) ? variables.pod.serviceAccountName : 'default'", ArtifactRules.PolicyAccount);
        yield return Line("volumes", "has(variables.pod.volumes) ? variables.pod.volumes : dyn([])");
        yield return Map("names", ArtifactRules.PolicyAccount, account => (Cel.List(account.Names), account.Path));
        yield return Map("owners", ArtifactRules.PolicyOwner, account => account.Service.Team is { } team ? (Cel.Text(ObjectNames.Label(team)), account.Service.Service.Team is null ? $"{account.Service.Path}.context" : $"{account.Service.Path}.team") : null);
        yield return Map("images", ArtifactRules.PolicyImage, account => (Cel.Text(ImageReference.Of(account.Service.Image).Name), account.Service.ImagePath));
        yield return Map("secrets", ArtifactRules.PolicySecrets, account => PodParts.SecretsOf(account.Service).Count > 0 ? (Cel.Text(KubernetesTarget.SecretName(account.Service)), account.Path) : null);
        yield return Map("claims", ArtifactRules.PolicyData, account => account.Service.Files.Count > 0 ? (Cel.List(account.Service.Files.Select(store => $"{PodParts.VolumeOf(store)}-{account.Service.Label}-0")), $"{account.Service.Path}.owns") : null);
        yield return List("pinned", ArtifactRules.PolicyImage, "services", accounts.Where(account => ImageReference.Of(account.Service.Image).Digest.Length > 0).Select(account => (account.Name, account.Service.ImagePath)));
        yield return List("others", ArtifactRules.PolicyOthers, "deploy.admission.images", system.Model.Deploy.Admission.Images.Select(image => (image, "deploy.admission.images")));
        yield return Line("started", "variables.pod.containers + (has(variables.pod.initContainers) ? variables.pod.initContainers : [])");
        yield return Line("own", $"""
            variables.started.filter(c,
              {NotOthers})
            """, ArtifactRules.PolicyOthers, "deploy.admission.images");
        yield return Line("containers", $"""
            variables.own + (has(variables.pod.ephemeralContainers) ? variables.pod.ephemeralContainers : dyn([])).filter(c,
              {NotOthers})
            """, ArtifactRules.PolicyOthers, "deploy.admission.images");
        yield return Line("foreign", """
            !(variables.account in variables.images) ? dyn([]) : variables.containers.filter(c,
              !has(c.image) || c.image.endsWith(':latest') ||
              !(c.image.startsWith(variables.images[variables.account] + ':') || c.image.startsWith(variables.images[variables.account] + '@sha256:')))
              .map(c, has(c.image) ? c.image : '')
            """, ArtifactRules.PolicyImage);
    }

    // The whole name, since a beginning of it may be that of somebody else.
    private const string NotOthers = "!(has(c.image) && variables.others.exists(o, c.image == o || c.image.startsWith(o + ':') || c.image.startsWith(o + '@')))";

    private static IEnumerable<AdmissionRule> Rules(SystemPlan system)
    {
        var name = system.Model.System;
        AdmissionRule Rule(string expression, string before, string after, ArtifactRule rule) =>
            new(expression, $"{before} a service {after}", $"{Cel.Said(before + " '")} + variables.account + {Cel.Said("' " + after)}", new Origin("services", rule));

        yield return new("variables.account in variables.names", $"serviceAccountName is of no service of {name}.", $"{Cel.Said("The account '")} + variables.account + {Cel.Said($"' is of no service of {name}: serviceAccountName names the service that a pod is of.")}", new Origin("services", ArtifactRules.PolicyAccount));
        yield return Rule($"""
            {Known}
            ['{KubeMetadata.NameLabel}', '{KubeMetadata.InstanceLabel}'].all(l, l in variables.labels &&
              variables.labels[l] in variables.names[variables.account] && variables.labels[l] == variables.labels['{KubeMetadata.NameLabel}'])
            """,
            "A pod of", $"has the labels {KubeMetadata.NameLabel} and {KubeMetadata.InstanceLabel} of this service or of one of its jobs, by which the network knows it.", ArtifactRules.PolicyLabels);
        yield return Rule("!(variables.account in variables.owners) || ('owner' in variables.labels && variables.labels['owner'] == variables.owners[variables.account])",
            "A pod of", "has the label owner of the team whose service it is.", ArtifactRules.PolicyOwner);
        yield return new("size(variables.foreign) == 0", "An image is not that of the account's service at a version or a digest.",
            $"{Cel.Said("The image '")} + variables.foreign[0] + {Cel.Said("' is not that of '")} + variables.account + {Cel.Said("' at a version or a digest.")}", new Origin("services", ArtifactRules.PolicyImage));
        yield return Rule("!(variables.account in variables.pinned) || variables.containers.all(c, has(c.image) && c.image.contains('@sha256:'))",
            "The image of", "is named by its digest, as in the model.", ArtifactRules.PolicyImage);
        yield return Rule("variables.containers.all(c, has(c.securityContext) && has(c.securityContext.readOnlyRootFilesystem) && c.securityContext.readOnlyRootFilesystem)",
            "A container of", "says securityContext.readOnlyRootFilesystem: true.", ArtifactRules.PolicyConfined);
        yield return Rule("""
            variables.own.all(c, has(c.resources) && has(c.resources.requests) && has(c.resources.limits) &&
              ['cpu', 'memory'].all(r, r in c.resources.requests && r in c.resources.limits))
            """,
            "A container of", "says what it asks for and its limits, of cpu and of memory.", ArtifactRules.PolicyConfined);
        yield return Rule($"""
            has(variables.pod.automountServiceAccountToken) && !variables.pod.automountServiceAccountToken &&
            variables.volumes.all(v, !has(v.projected) || !has(v.projected.sources) || v.projected.sources.all(s,
              {Token(system)}))
            """,
            "A pod of", "says automountServiceAccountToken: false, and mounts no token of its account.", ArtifactRules.PolicyToken);
        yield return Rule("""
            variables.volumes.all(v,
              (!has(v.secret) || (variables.account in variables.secrets && v.secret.secretName == variables.secrets[variables.account])) &&
              (!has(v.projected) || !has(v.projected.sources) || v.projected.sources.all(s,
                !has(s.secret) || (variables.account in variables.secrets && s.secret.name == variables.secrets[variables.account]))))
            """,
            "A pod of", "mounts no Secret but its own.", ArtifactRules.PolicySecrets);
        yield return Rule("""
            variables.containers.all(c,
              (!has(c.envFrom) || c.envFrom.all(e, !has(e.secretRef))) &&
              (!has(c.env) || c.env.all(e, !has(e.valueFrom) || !has(e.valueFrom.secretKeyRef))))
            """,
            "A container of", "reads secrets from files, and has none in its environment.", ArtifactRules.PolicySecrets);
        yield return Rule("""
            variables.volumes.all(v, !has(v.persistentVolumeClaim) ||
              (variables.account in variables.claims && v.persistentVolumeClaim.claimName in variables.claims[variables.account]))
            """,
            "A pod of", "mounts no volume claim but those of its own stores.", ArtifactRules.PolicyData);
    }

    /// <summary>Whether the source <c>s</c> of the volume <c>v</c> is no token for the API server.</summary>
    private static string Token(SystemPlan system) => system.Model.Mesh switch
    {
        null or "none" => "!has(s.serviceAccountToken)",
        ConsulTarget.Name => $"!has(s.serviceAccountToken) || v.name == '{ConsulMesh.TokenVolume}'",
        _ => "!has(s.serviceAccountToken) || (has(s.serviceAccountToken.audience) && s.serviceAccountToken.audience != '')",
    };
}
