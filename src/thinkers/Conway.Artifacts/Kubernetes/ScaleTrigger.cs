using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>By what the replicas of a service become more.</summary>
/// <param name="Cpu">Percent of the asked processor time.</param>
/// <param name="Each">What one replica takes besides: requests in a second or events that wait; null for neither.</param>
/// <param name="Topics">Of the events that are counted, by name.</param>
internal sealed record ScaleTrigger(int Cpu, int? Each, IReadOnlyList<string> Topics)
{
    private const int Waiting = 100;
    private const int MostPercent = 100;

    /// <summary>The name under which requests in a second are asked for, outside of the cluster's own metrics.</summary>
    public static string MetricOf(SystemPlan system, ServicePlan plan) => $"{ObjectNames.Label(system.Model.System)}_{plan.Label}_requests_per_second".Replace('-', '_');

    /// <summary>Requests in a second that a service answers, as it counts them.</summary>
    public static string QueryOf(SystemPlan system, ServicePlan plan) => $"sum(rate(http_server_request_duration_seconds_count{{job=\"{system.Model.System}/{plan.Name}\"}}[2m]))";

    public static ScaleTrigger Of(SystemPlan system, ServicePlan plan)
    {
        var scale = plan.Service.Scale ?? new Scale();
        return scale.By switch
        {
            ScaleBy.Requests => new(PodSize.Busy, scale.Each ?? Share(plan) ?? 1, []),
            ScaleBy.Events => new(PodSize.Busy, scale.Each ?? Waiting, EventTopic.TakenBy(system, plan)),
            _ => new(PodSize.BusyOf(plan), null, []),
        };
    }

    /// <summary>What is missing for it.</summary>
    public static void Check(SystemPlan system, ServicePlan plan, List<Finding> findings)
    {
        var (deploy, path) = (system.Model.Deploy, $"{plan.Path}.scale");
        void Need(string at, string message, string mend)
        {
            if (findings.All(finding => finding.ModelPath != at))
            {
                findings.Add(ArtifactFindings.Needed(at, message, mend));
            }
        }

        switch (plan.Service.Scale)
        {
            case { By: ScaleBy.Cpu, Each: > MostPercent }:
                Need($"{path}.each", $"'{plan.Name}' would be scaled at more processor time than it asks for.", "Write percent of the processor time: 70, or leave it out.");
                break;
            case { By: ScaleBy.Requests, Each: null } when Share(plan) is null:
                Need($"{path}.each", $"'{plan.Name}' is scaled by requests, and nothing says how many of them one replica takes.", "Write 'each', the requests in a second that one replica takes; or the 'load' of the service.");
                break;
            case { By: ScaleBy.Requests } when deploy is { Scaler: "keda", Metrics: null }:
                Need("deploy.metrics", $"'{plan.Name}' is scaled by requests, and nothing says where KEDA asks for them.", "Write 'deploy: { metrics: http://prometheus.observability:9090 }' with your own, in the settings of the environment.");
                break;
            case { By: ScaleBy.Events } when deploy.Scaler != "keda":
                Need("deploy.scaler", $"'{plan.Name}' is scaled by events, and the cluster itself knows of none.", "Write 'deploy: { scaler: keda }' where the KEDA operator is installed; or scale it by cpu.");
                break;
            case { By: ScaleBy.Events } when EventTopic.TakenBy(system, plan).Count == 0:
                Need(path, $"'{plan.Name}' is scaled by events, and it takes none.", "Write what it 'consumes'; or scale it by cpu.");
                break;
            case { By: ScaleBy.Events } when system.Model.Broker is { Kafka: null, Rabbitmq: null }:
                Need("broker", $"'{plan.Name}' is scaled by events, and the model has no broker in this environment.", "Write 'broker: { kafka: broker:9092 }' with its address.");
                break;
        }
    }

    private static int? Share(ServicePlan plan) =>
        plan.Service.Load?.Requests is { } rate ? Math.Max(1, (int)Math.Ceiling(rate.PerSecond / Math.Max(2, plan.Service.Replicas))) : null;

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
