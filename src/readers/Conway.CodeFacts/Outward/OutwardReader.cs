using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Outward;

/// <summary>What configuration a body reads, whom it calls over the network, and which addresses stand in it.</summary>
internal sealed class OutwardReader(FileScope at)
{
    private const int StepsMax = 20, TargetMax = 300;

    private static readonly string[] Verbs = ["Get", "Post", "Put", "Delete", "Patch", "Head"];

    private OutwardFacts Facts => at.Facts.Outward;

    // --- configuration -------------------------------------------------------------------------------------------------------

    public void Call(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        if (at.Type == Codebase.None)
        {
            return;
        }

        switch (name.Identifier.ValueText)
        {
            case "GetConnectionString" when Text(node, 0) is { } key:
                Read("ConnectionStrings:" + key, ConfigurationKind.ConnectionString, at.Type, name);
                break;
            case "GetEnvironmentVariable" when Text(node, 0) is { } variable && Names.Receiver(node) is { } of && Names.Simple(of as TypeSyntax ?? (of as MemberAccessExpressionSyntax)?.Name) is "Environment":
                Read(variable, ConfigurationKind.Environment, at.Type, name);
                break;
            case "GetValue" when Key(node) is { } value:
                Read(value, ConfigurationKind.Value, at.Type, name);
                break;
            case "GetSection" or "GetRequiredSection" when Key(node) is { } section && !Continues(node):
                Read(section, ConfigurationKind.Section, Bound(node) is not Codebase.None and var bound ? bound : at.Type, name);
                break;
            case "BindConfiguration" when Text(node, 0) is { } path:
                Read(path, ConfigurationKind.Section, Bound(node) is not Codebase.None and var options ? options : at.Type, name);
                break;
        }

        Outbound(node, name);
    }

    /// <summary>GetSection("A").GetSection("B") is told once, by the last.</summary>
    private static bool Continues(InvocationExpressionSyntax node) =>
        node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetSection" or "GetValue" or "GetRequiredSection" } || (node.Parent is ElementAccessExpressionSyntax element && element.Expression == node);

    public void Element(ElementAccessExpressionSyntax node)
    {
        if (at.Type == Codebase.None || node.ArgumentList.Arguments is not [var argument] || at.ConstantText(argument.Expression) is not { } text)
        {
            return;
        }

        if (node.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: ("AppSettings" or "ConnectionStrings") and var what, Expression: var holder } && holder.ToString().EndsWith("ConfigurationManager", StringComparison.Ordinal))
        {
            Read(what == "AppSettings" ? text : "ConnectionStrings:" + text, what == "AppSettings" ? ConfigurationKind.Value : ConfigurationKind.ConnectionString, at.Type, node);
        }
        else if (Section(node.Expression, 0) is { } before)
        {
            Read(before.Length == 0 ? text : $"{before}:{text}", ConfigurationKind.Value, at.Type, node);
        }
    }

    private string? Key(InvocationExpressionSyntax node) =>
        Text(node, 0) is { } text && Names.Receiver(node) is { } receiver && Section(receiver, 0) is { } before ? (before.Length == 0 ? text : $"{before}:{text}") : null;

    /// <summary>The path of a section; empty for the whole configuration; null for anything else.</summary>
    private string? Section(ExpressionSyntax expression, int steps)
    {
        if (steps > StepsMax)
        {
            return null;
        }

        if (expression is InvocationExpressionSyntax call && Names.Called(call)?.Identifier.ValueText is "GetSection" or "GetRequiredSection")
        {
            call = (InvocationExpressionSyntax)expression;
            return Text(call, 0) is { } text && Names.Receiver(call) is { } receiver && Section(receiver, steps + 1) is { } before ? (before.Length == 0 ? text : $"{before}:{text}") : null;
        }

        return at.TypeOf(expression) is { } type && IsConfiguration(type) ? "" : null;
    }

    private static bool IsConfiguration(ITypeSymbol type) =>
        type.Name is "IConfiguration" or "IConfigurationRoot" or "IConfigurationSection" or "ConfigurationManager" or "IConfigurationManager" || type.AllInterfaces.Any(i => i.Name == "IConfiguration");

    /// <summary>The type that a section becomes: Configure&lt;T&gt;(section), AddOptions&lt;T&gt;().Bind(section), section.Get&lt;T&gt;().</summary>
    private int Bound(InvocationExpressionSyntax node)
    {
        // section.Get<T>()
        if (node.Parent is MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "Get" } get })
        {
            return Option(get);
        }

        for (var (around, steps) = (node, 0); around is not null && steps < StepsMax; steps++)
        {
            if (Names.Called(around) is GenericNameSyntax { Identifier.ValueText: "Configure" or "AddOptions" or "AddOptionsWithValidateOnStart" or "PostConfigure" } configure)
            {
                return Option(configure);
            }

            around = Names.Called(around)?.Identifier.ValueText is "Bind" or "BindConfiguration" or "ValidateDataAnnotations" or "ValidateOnStart" or "Validate"
                ? Names.Receiver(around) as InvocationExpressionSyntax
                : around.Parent?.Parent?.Parent as InvocationExpressionSyntax;
        }

        return Codebase.None;
    }

    private int Option(GenericNameSyntax name)
    {
        var type = name.TypeArgumentList.Arguments.Count > 0 ? at.IdOf(at.TypeOf(name.TypeArgumentList.Arguments[^1])) : Codebase.None;
        if (type != Codebase.None)
        {
            Facts.Options.Add(type);
        }

        return type;
    }

    /// <summary>IOptions&lt;T&gt; and its kin, wherever a type is written.</summary>
    public void Generic(GenericNameSyntax node)
    {
        if (node.Identifier.ValueText is "IOptions" or "IOptionsSnapshot" or "IOptionsMonitor" && node.TypeArgumentList.Arguments.Count == 1)
        {
            Option(node);
        }
    }

    private void Read(string key, ConfigurationKind kind, int type, SyntaxNode node) => Facts.Configuration.Add(new(key, kind, type, at.PlaceOf(node)));

    // --- the network ---------------------------------------------------------------------------------------------------------

    private void Outbound(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        if (at.Member == Codebase.None || Names.Receiver(node) is not { } receiver)
        {
            return;
        }

        var called = name.Identifier.ValueText;
        var verb = Verbs.FirstOrDefault(v => called.StartsWith(v, StringComparison.Ordinal));
        if (verb is not null && called.EndsWith("Async", StringComparison.Ordinal) && at.TypeOf(receiver)?.Name is "HttpClient" or "IFlurlClient" or "IFlurlRequest")
        {
            Add(OutboundKind.Http, verb.ToUpperInvariant(), Target(node.ArgumentList.Arguments.FirstOrDefault()?.Expression), name);
        }
        else if (called is "SendAsync" or "Send" && at.TypeOf(receiver)?.Name is { } type)
        {
            if (type == "HttpClient" && !MakesRequest(node))
            {
                Add(OutboundKind.Http, null, null, name);
            }
            else if (type == "SmtpClient")
            {
                Add(OutboundKind.Mail, null, null, name);
            }
        }
        else if (called is "SendMailAsync" && at.TypeOf(receiver)?.Name == "SmtpClient")
        {
            Add(OutboundKind.Mail, null, null, name);
        }
        else if (at.TypeOf(receiver) is INamedTypeSymbol { Name: { Length: > 6 } client } stub && client.EndsWith("Client", StringComparison.Ordinal)
            && (stub.BaseType?.Name == "ClientBase" || (stub is IErrorTypeSymbol && stub.ContainingSymbol is { Name: var service } && client == service + "Client")))
        {
            Add(stub.BaseType?.ContainingNamespace?.ToDisplayString().StartsWith("System.ServiceModel", StringComparison.Ordinal) == true ? OutboundKind.Soap : OutboundKind.Grpc, null, $"{client[..^6]}/{called}", name);
        }
    }

    public void Created(ObjectCreationExpressionSyntax node)
    {
        if (at.Member != Codebase.None && Names.Simple(node.Type) is "HttpRequestMessage" && node.ArgumentList?.Arguments is { Count: >= 1 } arguments)
        {
            var method = arguments[0].Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var said, Expression: var of } && of.ToString().EndsWith("HttpMethod", StringComparison.Ordinal) ? said.ToUpperInvariant() : null;
            Add(OutboundKind.Http, method, arguments.Count > 1 ? Target(arguments[1].Expression) : null, node);
        }
    }

    /// <summary>The request is made in the same member, and told there.</summary>
    private static bool MakesRequest(InvocationExpressionSyntax node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<ObjectCreationExpressionSyntax>().Any(c => Names.Simple(c.Type) == "HttpRequestMessage" && c.ArgumentList?.Arguments.Count > 0) == true;

    private void Add(OutboundKind kind, string? method, string? target, SyntaxNode node) => Facts.Calls.Add(new(at.Member, kind, method, target, at.PlaceOf(node), at.InLoop));

    private string? Target(ExpressionSyntax? expression)
    {
        var text = expression switch
        {
            null => null,
            ObjectCreationExpressionSyntax { ArgumentList.Arguments: [var first, ..] } => Target(first.Expression),
            InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.Select(c => c is InterpolatedStringTextSyntax part ? part.TextToken.ValueText : at.ConstantText(((InterpolationSyntax)c).Expression) ?? "{}")),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when at.ConstantText(sum) is null => Target(sum.Left) + (Target(sum.Right) ?? "{}"),
            _ => at.ConstantText(expression),
        };
        return text is { Length: > TargetMax } ? text[..TargetMax] : text;
    }

    private string? Text(InvocationExpressionSyntax node, int index) => node.ArgumentList.Arguments.ElementAtOrDefault(index)?.Expression is { } argument ? at.ConstantText(argument) : null;

    // --- addresses -----------------------------------------------------------------------------------------------------------

    /// <summary>Text that is an address of another host.</summary>
    public void Text(string text, SyntaxNode node)
    {
        if (Addresses.HostOf(text) is { } host && node.FirstAncestorOrSelf<AttributeSyntax>() is null)
        {
            Facts.Addresses.Add(new(text.Length > TargetMax ? text[..TargetMax] : text, host, at.Type, at.PlaceOf(node)));
        }
    }
}
