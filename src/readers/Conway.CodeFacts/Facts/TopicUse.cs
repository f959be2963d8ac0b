namespace Conway.CodeFacts;

/// <summary>A member takes messages from a topic, queue or exchange of a broker, or sends to one, by its name.</summary>
/// <param name="Member">Id of the member whose body or attribute says so.</param>
/// <param name="Topic">The name as written; for RabbitMQ <c>exchange/key</c> when both are told. Null when the code does not show it: it comes from configuration.</param>
/// <param name="IsSent">Sent, else taken.</param>
/// <param name="Library">What carries it: <c>Kafka</c>, <c>RabbitMQ</c>, <c>CAP</c>.</param>
/// <param name="Message">Id of the type of the message; <see cref="Codebase.None"/> when it is not the codebase's, or not seen.</param>
/// <param name="Place">Where.</param>
public sealed record TopicUse(int Member, string? Topic, bool IsSent, string Library, int Message, CodePlace Place);
