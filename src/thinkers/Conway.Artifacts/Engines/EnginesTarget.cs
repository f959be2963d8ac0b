using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Engines;

/// <summary>What engines hold for the system before it runs: topics, queues, databases, and who may use them.</summary>
internal static class EnginesTarget
{
    /// <summary>Whether the model says of an engine both that there is one and what is in it.</summary>
    public static bool IsAskedFor(SystemModel model) => HasStores(model) || IsBrokered(model);

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        var model = system.Model;
        if (!HasEvents(model) && !HasStores(model))
        {
            findings.Add(ArtifactFindings.Needed("services", "No service publishes or handles events or keeps data in PostgreSQL, so no engine holds anything.", "Write what a service 'publishes' and another one 'consumes', or 'engine: postgresql' at a store."));
            return [];
        }

        if (HasEvents(model) && !IsBrokered(model) && !HasStores(model))
        {
            findings.Add(model.Broker.Kafka is null
                ? ArtifactFindings.Needed("broker", "The model has no broker in this environment.", "Write 'broker: { rabbitmq: amqp://rabbit:5672 }' or 'broker: { kafka: broker:9092 }' with its address.")
                : ArtifactFindings.Needed("deploy.strimzi.cluster", "It is not said which Kafka cluster of the Strimzi operator the topics belong to.", "Write 'deploy: { strimzi: { cluster: events, namespace: kafka } }' with your own."));
            return [];
        }

        if (HasEvents(model) && model is { Broker.Kafka: not null, Deploy.Strimzi.Cluster: null })
        {
            findings.Add(new Finding { Rule = ArtifactFindings.NotCarriedOver, Message = "Topics of Kafka and who may use them are not generated: it is not said which cluster of the Strimzi operator they belong to.", Mend = "Write 'deploy: { strimzi: { cluster: events, namespace: kafka } }' with your own, or make the topics by other means.", ModelPath = "broker.kafka" });
        }

        return
        [
            .. HasEvents(model) && IsStrimzi(model) ? KafkaTopics.Files(system, findings) : [],
            .. HasEvents(model) && model.Broker.Rabbitmq is not null ? RabbitDefinitions.Files(system) : [],
            .. PostgresRoles.Files(system),
        ];
    }

    /// <summary>Services that publish or handle events, by name.</summary>
    public static IEnumerable<ServicePlan> Users(SystemPlan system) => system.Services.Where(plan => plan.Service.Publishes.Count > 0 || plan.Service.Consumes.Count > 0);

    private static bool HasEvents(SystemModel model) => model.Services.Any(service => service.Value.Publishes.Count > 0 || service.Value.Consumes.Count > 0);

    private static bool HasStores(SystemModel model) => PostgresRoles.Stores(model).Any();

    private static bool IsBrokered(SystemModel model) => HasEvents(model) && (model.Broker.Rabbitmq is not null || IsStrimzi(model));

    private static bool IsStrimzi(SystemModel model) => model is { Broker.Kafka: not null, Deploy.Strimzi.Cluster: not null };
}
