using Conway.Artifacts.Kubernetes;

namespace Conway.Artifacts.Helm;

/// <summary>What Helm says after it has installed.</summary>
internal static class HelmNotes
{
    public static ArtifactFile File(HelmChart chart)
    {
        var system = new Origin("system", ArtifactRules.HelmNotes);
        var lines = new List<ArtifactLine>
        {
            new($"{chart.Name} {{{{ .Chart.AppVersion }}}} is being started in the namespace {{{{ .Values.namespace.name }}}}.", system),
            new("", system),
            new("What runs:", system),
            new("  kubectl get deployments,statefulsets,pods --namespace {{ .Values.namespace.name }}", system),
        };
        if (chart.HasEdge && !EdgeObjects.IsIstio(chart.System))
        {
            var edge = new Origin("deploy.edge", ArtifactRules.HelmNotes);
            lines.Add(new("", system));
            lines.Add(new("It is reached at:", edge));
            foreach (var host in chart.System.Model.Gateway.Routes.Select(route => route.Host).Distinct().Order(StringComparer.Ordinal))
            {
                lines.Add(new($"  https://{(host is null || host == chart.System.Model.Deploy.Edge.Host ? "{{ .Values.edge.host }}" : host)}/", edge));
            }

            lines.Add(new($"The certificate is the Secret {{{{ .Values.edge.certificate }}}} in the namespace {{{{ {(EdgeObjects.IsIngress(chart.System) ? ".Values.namespace.name" : ".Values.edge.namespace")} }}}}; it must be there.", edge));
        }

        if (chart.HasSecrets)
        {
            var secrets = new Origin("deploy.secret-store", ArtifactRules.HelmNotes);
            lines.Add(new("{{- if not .Values.secretStore }}", secrets));
            lines.Add(new("", secrets));
            lines.Add(new("These Secrets must be there, since no secretStore fetches them:", secrets));
            foreach (var group in chart.Services.Where(group => PodParts.SecretsOf(group.Service!.Plan).Count > 0))
            {
                lines.Add(new($"  {KubernetesTarget.SecretName(group.Service!.Plan)}: {string.Join(", ", PodParts.SecretsOf(group.Service.Plan).Select(secret => secret.Name))}", new Origin(group.Path, ArtifactRules.HelmNotes)));
            }

            lines.Add(new("{{- end }}", secrets));
        }

        return new(chart.File("templates/NOTES.txt"), lines);
    }
}
