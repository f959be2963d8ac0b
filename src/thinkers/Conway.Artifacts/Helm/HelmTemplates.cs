using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Policies;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Helm;

/// <summary>Objects as templates: what may be decided by whoever installs is taken from the values, everything else stands as in the plain manifests.</summary>
internal sealed class HelmTemplates(HelmChart chart)
{
    private static readonly Origin Lookup = new("services", ArtifactRules.HelmValue);

    private SystemPlan System => chart.System;

    /// <summary>A file for each object, in a folder for each service and job.</summary>
    public IEnumerable<ArtifactFile> Files() => chart.Groups.SelectMany(group => FilesOf(group));

    private IEnumerable<ArtifactFile> FilesOf(KubeGroup group)
    {
        var folder = group.Service is null ? "" : group.Name + "/";
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var one in group.Objects.Concat(Possible(group)))
        {
            var name = NameOf(one);
            var number = seen[name] = seen.GetValueOrDefault(name) + 1;
            var lines = new List<ArtifactLine>();
            if (group.Name == KubeGroup.Whole && name == "namespace")
            {
                lines.Add(new($"{{{{- {chart.Include("check", ".")} }}}}", new Origin("system", ArtifactRules.HelmCheck)));
            }

            if (group.Service is { } service)
            {
                lines.Add(new($"{{{{- {HelmChart.ServiceVariable} := index .Values.services \"{service.Name}\" }}}}", Lookup with { Path = service.Plan.Path }));
            }

            if (group.Job is { } job)
            {
                lines.Add(new($"{{{{- {HelmChart.JobVariable} := index .Values.jobs \"{job.Label}\" }}}}", Lookup with { Path = job.Path }));
            }

            var condition = ConditionOf(one, group);
            if (condition is not null)
            {
                lines.Add(new($"{{{{- if {condition.Value.Text} }}}}", condition.Value.Origin));
            }

            Parametrize(one, group);
            lines.AddRange(YamlWriter.Write([one]));
            if (condition is not null)
            {
                lines.Add(new("{{- end }}", condition.Value.Origin));
            }

            yield return new ArtifactFile(chart.File($"templates/{folder}{name}{(number == 1 ? "" : $"-{number}")}.yaml"), lines);
        }
    }

    /// <summary>What a value can ask for and the model did not.</summary>
    private IEnumerable<YamlMap> Possible(KubeGroup group)
    {
        if (group.Service is not { } service || group.Job is not null)
        {
            yield break;
        }

        var kinds = group.Objects.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        if (!kinds.Contains("configmap"))
        {
            yield return ServiceObjects.Config(System, service, []);
        }

        if (ServiceObjects.StoreOf(System) is null && PodParts.SecretsOf(service.Plan) is { Count: > 0 } secrets)
        {
            yield return ServiceObjects.Secrets(System, service.Plan, secrets, "");
        }

        if (ServiceObjects.StoreOf(System) is null && Scalers.AsksForQueue(System, service))
        {
            yield return Scalers.BrokerSecret(System, service, "");
        }

        if (!service.IsScaled && !service.IsStateful && !service.IsEverywhere)
        {
            yield return Scalers.Of(System, service);
        }

        if (!kinds.Contains("poddisruptionbudget") && !service.IsEverywhere)
        {
            yield return Workloads.Budget(System, service);
        }
    }

    private (string Text, Origin Origin)? ConditionOf(YamlMap one, KubeGroup group)
    {
        var path = group.Path;
        return NameOf(one) switch
        {
            "namespace" => (".Values.namespace.create", new Origin("deploy.namespace", ArtifactRules.HelmValue)),
            "configmap" => ("$service.environment", new Origin($"{path}.environment", ArtifactRules.HelmValue)),
            "externalsecret" when VaultPlan.IsAskedFor(System.Model) => null,
            "externalsecret" => (".Values.secretStore", new Origin("deploy.secret-store", ArtifactRules.HelmValue)),
            "horizontalpodautoscaler" or "scaledobject" => ("gt (int $service.replicas.max) (int $service.replicas.min)", new Origin($"{path}.replicas", ArtifactRules.HelmValue)),
            "poddisruptionbudget" => (group.Service!.IsStateful ? "gt (int $service.replicas) 0" : "gt (int $service.replicas.min) 0", new Origin($"{path}.replicas", ArtifactRules.HelmValue)),
            _ => null,
        };
    }

    private void Parametrize(YamlMap one, KubeGroup group)
    {
        var metadata = (YamlMap)one["metadata"]!;
        if (metadata["namespace"] is not null)
        {
            metadata.Put("namespace", Expression(".Values.namespace.name"));
        }

        var kind = NameOf(one);
        var spec = one["spec"] as YamlMap;
        switch (kind)
        {
            case "namespace":
                metadata.Put("name", Expression(".Values.namespace.name"));
                break;
            case "priorityclass":
                metadata.Put("name", Priority(((YamlText)metadata["name"]!).Text));
                break;
            case "resourcequota":
                spec!.Put("hard", Block($"{chart.Include("quota", ".")}"));
                break;
            case "gateway":
                Gateway(metadata, spec!);
                break;
            case "httproute":
                Route(spec!);
                break;
            case "ingress":
                Ingress(spec!);
                break;
            case "networkpolicy":
                Policy(spec!);
                break;
            case "configmap":
                one.Put("data", Block("toYaml $service.environment"));
                break;
            case "externalsecret" when !VaultPlan.IsAskedFor(System.Model):
                ((YamlMap)spec!["secretStoreRef"]!).Put("name", Expression(".Values.secretStore"));
                break;
            case "scaledobject":
                spec!.Put("minReplicaCount", Number("$service.replicas.min")).Put("maxReplicaCount", Number("$service.replicas.max"));
                foreach (var about in Items(spec["triggers"]).Select(trigger => (YamlMap)trigger["metadata"]!))
                {
                    foreach (var (key, value) in HelmChart.ScalerKeys.Where(one => about[one.Key] is not null))
                    {
                        about.Put(key, Expression($".Values.scaler.{value}") with { Origin = about[key]!.Origin });
                    }
                }

                break;
            case "verticalpodautoscaler":
                ((YamlMap)((YamlList)((YamlMap)spec!["resourcePolicy"]!)["containerPolicies"]!).Items[0]).Put("maxAllowed", Block("pick $service.resources.limits \"cpu\" \"memory\" | toYaml"));
                break;
            case "rolebinding":
                Subject(one);
                break;
            case "service-outside" when spec!["loadBalancerSourceRanges"] is not null:
                spec.Put("loadBalancerSourceRanges", Block("toYaml $service.exposedTo"));
                break;
            case "job":
                metadata.Put("name", Quoted($"{chart.Include("release", $"(dict \"root\" $ \"service\" $service \"job\" \"{group.Job!.Label}\" \"command\" \"{group.Job.CommandHash}\")")}"));
                spec!.Insert("template", "suspend", new YamlPlain("true")).Around("suspend", "{{- if $job.suspend }}", "{{- end }}", new Origin(group.Path, ArtifactRules.HelmValue));
                Pod((YamlMap)spec["template"]!, group);
                break;
            case "daemonset":
                Pod((YamlMap)spec!["template"]!, group);
                break;
            case "horizontalpodautoscaler":
                spec!.Put("minReplicas", Number("$service.replicas.min")).Put("maxReplicas", Number("$service.replicas.max"));
                break;
            case "deployment":
                spec!.Take("replicas");
                spec.Insert("revisionHistoryLimit", "replicas", Number("$service.replicas.min")).Around("replicas", "{{- if eq (int $service.replicas.min) (int $service.replicas.max) }}", "{{- end }}", new Origin($"{group.Path}.replicas", ArtifactRules.HelmValue));
                Pod((YamlMap)spec["template"]!, group);
                break;
            case "statefulset":
                spec!.Put("replicas", Number("$service.replicas"));
                Claims((YamlList)spec["volumeClaimTemplates"]!, group);
                Pod((YamlMap)spec["template"]!, group);
                break;
            case "cronjob":
                spec!.Put("schedule", Expression("$job.schedule")).Put("timeZone", Expression("$job.timeZone"))
                    .Insert("concurrencyPolicy", "suspend", new YamlPlain("true")).Around("suspend", "{{- if $job.suspend }}", "{{- end }}", new Origin(group.Path, ArtifactRules.HelmValue));
                Pod((YamlMap)((YamlMap)((YamlMap)spec["jobTemplate"]!)["spec"]!)["template"]!, group);
                break;
        }

        Walk(one);
    }

    private void Pod(YamlMap template, KubeGroup group)
    {
        var service = group.Service!;
        var origin = new Origin(service.Plan.Path, ArtifactRules.HelmValue);
        var metadata = (YamlMap)template["metadata"]!;
        metadata.Take("annotations");
        metadata.Insert(null, "", Line($"{{{{- with {chart.Include("annotations", "$service")} }}}}", origin))
            .Insert(null, "annotations", new YamlLine("{{- . | nindent {indent} }}") { Origin = new Origin($"{service.Plan.Path}.environment", ArtifactRules.ConfigChecksum) })
            .Insert(null, "", Line("{{- end }}", origin));
        var spec = (YamlMap)template["spec"]!;
        Optional(spec, "securityContext", "imagePullSecrets", ".Values.imagePullSecrets", origin);
        Optional(spec, "securityContext", "nodeSelector", "$service.nodeSelector", origin);
        Optional(spec, "securityContext", "tolerations", "$service.tolerations", origin);
        ((YamlMap)((YamlMap)spec["securityContext"]!)["seLinuxOptions"]!).Put("level", Quoted($"{chart.Include("seLinuxLevel", ".")}"));
        spec.Put("priorityClassName", Priority(((YamlText)spec["priorityClassName"]!).Text));

        var container = (YamlMap)((YamlList)spec["containers"]!).Items[0];
        container.Put("image", Quoted($"{chart.Include("image", "(dict \"root\" $ \"image\" $service.image)")}"))
            .Put("imagePullPolicy", new YamlRaw("{{ .Values.imagePullPolicy }}"))
            .Put("resources", Block("toYaml $service.resources"));
        container.Take("envFrom");
        container.Insert("resources", "envFrom", new YamlList(new YamlMap().Set("configMapRef", new YamlMap().Set("name", KubernetesTarget.ConfigName(System, service.Plan)))) { Origin = new Origin($"{service.Plan.Path}.environment", ArtifactRules.Config) })
            .Around("envFrom", "{{- if $service.environment }}", "{{- end }}", new Origin($"{service.Plan.Path}.environment", ArtifactRules.HelmValue));
        var variables = ((YamlList)container["env"]!).Items;
        foreach (var variable in variables.OfType<YamlMap>().Where(variable => variable.Origin?.Path == "deploy.telemetry" && variable["name"] is YamlText { Text: "OTEL_EXPORTER_OTLP_ENDPOINT" }))
        {
            variable.Put("value", new YamlRaw("{{ .Values.telemetry.endpoint | replace \"$(\" \"$$(\" | quote }}"));
        }

        // Before the region, which stays last.
        container.Put("env", new YamlList([.. variables.Where(variable => variable is not YamlKeep),
            Line("{{- with $service.extraEnv }}", origin), Line("{{- toYaml . | nindent {indent} }}", origin), Line("{{- end }}", origin),
            .. variables.Where(variable => variable is YamlKeep)]));
    }

    private void Subject(YamlMap one)
    {
        var name = ((YamlText)((YamlMap)one["metadata"]!)["name"]!).Text;
        var team = TeamAccess.Teams(System).First(team => TeamAccess.BindingOf(team.Name) == name).Name;
        ((YamlMap)((YamlList)one["subjects"]!).Items[0]).Put("name", Expression($"index .Values.teams \"{team}\""));
    }

    private static void Claims(YamlList claims, KubeGroup group)
    {
        var stores = group.Service!.Plan.Files;
        for (var i = 0; i < claims.Items.Count; i++)
        {
            var spec = (YamlMap)((YamlMap)claims.Items[i])["spec"]!;
            spec.Take("storageClassName");
            spec.Insert("resources", "storageClassName", Expression(".Values.storageClass") with { Origin = new Origin("deploy.storage-class", ArtifactRules.Declared) })
                .Around("storageClassName", "{{- if .Values.storageClass }}", "{{- end }}", new Origin("deploy.storage-class", ArtifactRules.HelmValue));
            ((YamlMap)((YamlMap)spec["resources"]!)["requests"]!).Put("storage", Quoted($"index $service.storage \"{stores[i]}\""));
        }
    }

    private static void Gateway(YamlMap metadata, YamlMap spec)
    {
        metadata.Put("namespace", Expression(".Values.edge.namespace"));
        spec.Put("gatewayClassName", Expression(".Values.edge.class"));
        foreach (var listener in ((YamlList)spec["listeners"]!).Items.Cast<YamlMap>())
        {
            if (listener["tls"] is YamlMap tls)
            {
                ((YamlMap)((YamlList)tls["certificateRefs"]!).Items[0]).Put("name", Expression(".Values.edge.certificate"));
            }

            var selector = (YamlMap)((YamlMap)((YamlMap)listener["allowedRoutes"]!)["namespaces"]!)["selector"]!;
            ((YamlMap)selector["matchLabels"]!).Put(KubeMetadata.NamespaceLabel, Expression(".Values.namespace.name"));
        }
    }

    private void Route(YamlMap spec)
    {
        foreach (var parent in ((YamlList)spec["parentRefs"]!).Items.Cast<YamlMap>())
        {
            parent.Put("namespace", Expression(".Values.edge.namespace"));
        }

        spec.Put("hostnames", Hosts((YamlList)spec["hostnames"]!));
    }

    private void Ingress(YamlMap spec)
    {
        spec.Put("ingressClassName", Expression(".Values.edge.class"));
        foreach (var tls in ((YamlList)spec["tls"]!).Items.Cast<YamlMap>())
        {
            tls.Put("hosts", Hosts((YamlList)tls["hosts"]!)).Put("secretName", Expression(".Values.edge.certificate"));
        }

        foreach (var rule in ((YamlList)spec["rules"]!).Items.Cast<YamlMap>())
        {
            rule.Put("host", Host(rule["host"]!));
        }
    }

    private void Policy(YamlMap spec)
    {
        foreach (var rule in Items(spec["ingress"]))
        {
            foreach (var peer in Items(rule["from"]).Where(peer => peer.Origin?.Path == "deploy.edge.namespace"))
            {
                ((YamlMap)((YamlMap)peer["namespaceSelector"]!)["matchLabels"]!).Put(KubeMetadata.NamespaceLabel, Expression(".Values.edge.namespace"));
            }

            var outside = Items(rule["from"]).Where(peer => peer.Origin?.Rule == ArtifactRules.ExposedFrom).ToArray();
            if (outside.Length > 0)
            {
                rule.Put("from", new YamlList([.. Items(rule["from"]).Except(outside), Line($"{{{{- {chart.Include("blocks", "$service.exposedTo")} | nindent {{indent}} }}}}", outside[0].Origin!)]));
            }
        }
    }

    /// <summary>What is reached outside of the system, and what stands anywhere in an object.</summary>
    private void Walk(YamlNode node)
    {
        if (node is YamlList list)
        {
            foreach (var item in list.Items)
            {
                Walk(item);
            }
        }

        if (node is not YamlMap map)
        {
            return;
        }

        const string Reached = "deploy.reach.";
        foreach (var (key, value) in map.Entries.ToArray())
        {
            if (key == "to" && value.Origin?.Path.StartsWith(Reached, StringComparison.Ordinal) == true)
            {
                var reach = $".Values.reach.{HelmChart.ReachKey(value.Origin.Path[Reached.Length..])}";
                map.Put("to", new YamlLine($"{{{{- {chart.Include("peer", reach)} | nindent {{indent}} }}}}"));
                ((YamlMap)((YamlList)map["ports"]!).Items[0]).Put("port", new YamlRaw($"{{{{ regexFind \"[0-9]+$\" {reach} }}}}"));
            }
            else if (key == "app.kubernetes.io/version")
            {
                map.Put(key, Quoted("$service.image.tag | default .Values.images.version"));
            }
            else if (value is YamlText { Text: var text } && text.Contains("{{", StringComparison.Ordinal))
            {
                map.Put(key, new YamlRaw(Escaped(text)));
            }
            else if (value is YamlList { Items: var items } texts && items.Any(item => item is YamlText { Text: var one } && one.Contains("{{", StringComparison.Ordinal)))
            {
                map.Put(key, new YamlList([.. texts.Items.Select(item => item is YamlText { Text: var one } ? new YamlRaw(Escaped(one)) { Origin = item.Origin } : item)]));
            }
            else
            {
                Walk(value);
            }
        }
    }

    private static IEnumerable<YamlMap> Items(YamlNode? list) => list is YamlList { Items: var items } ? items.OfType<YamlMap>() : [];

    private YamlList Hosts(YamlList hosts) => new([.. hosts.Items.Select(Host)]);

    private YamlNode Host(YamlNode host) => host is YamlText { Text: var text } && text == System.Model.Deploy.Edge.Host ? Expression(".Values.edge.host") with { Origin = host.Origin } : host;

    private YamlRaw Priority(string name) => Quoted($"{chart.Include("priority", $"(list . \"{(name == NamespaceObjects.PriorityOf(System, critical: true) ? "-critical" : "-usual")}\")")}");

    private static void Optional(YamlMap map, string before, string key, string value, Origin origin) =>
        map.Insert(before, "", Line($"{{{{- with {value} }}}}", origin))
            .Insert(before, key, new YamlLine("{{- toYaml . | nindent {indent} }}") { Origin = origin })
            .Insert(before, "", Line("{{- end }}", origin));

    private static YamlLine Line(string text, Origin origin) => new(text) { Origin = origin };

    private static YamlLine Block(string expression) => new($"{{{{- {expression} | nindent {{indent}} }}}}");

    private static YamlRaw Expression(string value) => new($"{{{{ {value} | quote }}}}");

    private static YamlRaw Quoted(string call) => new($"{{{{ {call} | quote }}}}");

    private static YamlRaw Number(string value) => new($"{{{{ {value} }}}}");

    private static string Escaped(string text) => YamlScalar.Write(text).Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal);

    // The kind, in small letters; the other services of a workload are told apart by what it is.
    private static string NameOf(YamlMap one)
    {
        var kind = ((YamlText)one["kind"]!).Text.ToLowerInvariant();
        return kind != "service" || one["spec"] is not YamlMap spec ? kind
            : spec["clusterIP"] is not null ? "service-headless"
            : spec["externalTrafficPolicy"] is not null ? "service-outside" : kind;
    }
}
