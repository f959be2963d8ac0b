using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Entries;

/// <summary>Calls of clients of brokers that name a topic: Confluent.Kafka, RabbitMQ.Client, CAP.</summary>
/// <remarks>The packages are not there, so a call is known by its name and by what tells it from another of that name: the file's usings, or the type before
/// the dot.</remarks>
internal sealed class TopicReader(FileScope at)
{
    private const string Kafka = "Kafka";
    private const string Rabbit = "RabbitMQ";
    private const string Cap = "CAP";

    public void Call(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        switch (name.Identifier.ValueText)
        {
            case "Subscribe" when node.ArgumentList.Arguments.Count == 1 && Uses(node, "Confluent.Kafka"):
                foreach (var topic in Topics(node.ArgumentList.Arguments[0].Expression))
                {
                    Add(name, topic, isSent: false, Kafka, Codebase.None);
                }

                break;
            case "Produce" or "ProduceAsync" when node.ArgumentList.Arguments.Count >= 2 && Uses(node, "Confluent.Kafka"):
                Add(name, Text(node, "topic", 0), isSent: true, Kafka, Carried(node));
                break;
            case "BasicConsume" or "BasicConsumeAsync":
                Add(name, Text(node, "queue", 0), isSent: false, Rabbit, Codebase.None);
                break;
            case "BasicPublish" or "BasicPublishAsync":
                Add(name, Routed(Text(node, "exchange", 0), Text(node, "routingKey", 1)), isSent: true, Rabbit, Codebase.None);
                break;
            case "Publish" or "PublishAsync" or "PublishDelay" or "PublishDelayAsync" when IsCap(node):
                var delayed = name.Identifier.ValueText.StartsWith("PublishDelay", StringComparison.Ordinal) ? 1 : 0;
                Add(name, Text(node, "name", delayed), isSent: true, Cap, Type(Argument(node, "contentObj", delayed + 1)));
                break;
        }
    }

    private void Add(SimpleNameSyntax name, string? topic, bool isSent, string library, int message) =>
        at.Facts.Entries.Topics.Add(new(at.Member, string.IsNullOrWhiteSpace(topic) ? null : topic, isSent, library, message, at.PlaceOf(name)));

    private static bool Uses(InvocationExpressionSyntax node, string space) =>
        node.SyntaxTree.GetRoot() is CompilationUnitSyntax unit && (unit.Usings.Any(u => u.Name?.ToString() == space)
            || unit.Members.OfType<BaseNamespaceDeclarationSyntax>().Any(n => n.Usings.Any(u => u.Name?.ToString() == space)));

    private bool IsCap(InvocationExpressionSyntax node) => Names.Receiver(node) is { } receiver && (at.TypeOf(receiver)?.Name ?? "").EndsWith("CapPublisher", StringComparison.Ordinal);

    /// <summary>One topic, or those of a list that stands there; one that is unknown for anything else.</summary>
    private IEnumerable<string?> Topics(ExpressionSyntax argument)
    {
        var items = argument switch
        {
            CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression),
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            BaseObjectCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            _ => [argument],
        };
        return items.Select(i => at.ConstantText(i));
    }

    /// <summary>What a Kafka message carries: the value of <c>new Message&lt;Null, Order&gt; { Value = … }</c>.</summary>
    private int Carried(InvocationExpressionSyntax node) =>
        Argument(node, "message", 1) is BaseObjectCreationExpressionSyntax { Initializer: { } initializer }
        && initializer.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(a => a.Left.ToString() == "Value") is { Right: var value } ? Type(value) : Codebase.None;

    private int Type(ExpressionSyntax? expression) => expression is null ? Codebase.None : at.IdOf(at.TypeOf(expression));

    private string? Text(InvocationExpressionSyntax node, string name, int index) => Argument(node, name, index) is { } argument ? at.ConstantText(argument) : null;

    private static ExpressionSyntax? Argument(InvocationExpressionSyntax node, string name, int index) =>
        (node.ArgumentList.Arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == name)
            ?? (node.ArgumentList.Arguments.ElementAtOrDefault(index) is { NameColon: null } positional ? positional : null))?.Expression;

    /// <summary>The default exchange has no name: its key is the queue.</summary>
    private static string? Routed(string? exchange, string? key) =>
        exchange is null ? null : exchange.Length == 0 ? key : string.IsNullOrEmpty(key) ? exchange : $"{exchange}/{key}";
}
