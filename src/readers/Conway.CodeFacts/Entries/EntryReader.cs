using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Entries;

/// <summary>What calls and attributes say of endpoints, jobs, the container and messages.</summary>
internal sealed class EntryReader(FileScope at)
{
    private const int StepsMax = 50;

    private static readonly string[] Senders = ["Send", "Publish", "Dispatch", "Execute", "Query", "Enqueue", "Raise", "Invoke", "Schedule", "AddDomainEvent", "AddEvent", "RegisterEvent", "Emit", "Notify", "Produce"];

    private readonly TopicReader _topics = new(at);

    private EntryFacts Facts => at.Facts.Entries;

    // --- attributes ----------------------------------------------------------------------------------------------------------

    public void Attribute(AttributeSyntax node)
    {
        if (at.Type == Codebase.None)
        {
            return;
        }

        var owner = node.Parent?.Parent;
        var member = owner switch
        {
            BaseTypeDeclarationSyntax => Codebase.None,
            BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax => at.MemberAt(owner.SpanStart),
            _ => -2,
        };
        if (member != -2)
        {
            Facts.Attributes.Add(new(at.Type, member, Names.OfAttribute(node), [.. (node.ArgumentList?.Arguments ?? default).Where(a => a.NameEquals is null).Select(a => at.ConstantText(a.Expression)).OfType<string>()], at.PlaceOf(node)));
        }
    }

    // --- calls ---------------------------------------------------------------------------------------------------------------

    public void Call(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        if (at.Member == Codebase.None)
        {
            return;
        }

        var called = name.Identifier.ValueText;
        if (EndpointLambda.Verbs.TryGetValue(called, out var verb))
        {
            Endpoint(node, verb);
        }
        else if (called is "Get" or "Post" or "Put" or "Patch" or "Delete" && Names.Receiver(node) is null && at.Types.Members[at.Member].Name == "Configure" && Argument(node, 0) is { } pattern && at.ConstantText(pattern) is { } route)
        {
            // A class that is an endpoint by itself says its route in its own configuration.
            Facts.Mounts.Add(new(at.Type, "Endpoint " + called.ToUpperInvariant(), route, at.PlaceOf(node)));
        }
        else if (called is "MapHub" or "MapGrpcService" or "AddHostedService")
        {
            if (TypeArgument(name, 0) is not Codebase.None and var mounted)
            {
                Facts.Mounts.Add(new(mounted, called, Argument(node, 0) is { } at0 ? at.ConstantText(at0) : null, at.PlaceOf(name)));
            }
        }
        else if (LifetimeOf(called) is { } lifetime)
        {
            Registration(node, name, lifetime);
        }
        else if (called is "As" or "AsImplementedInterfaces" or "AsSelf")
        {
            Registered(node, name);
        }
        else if (called is "AddOrUpdate" or "Enqueue" or "Schedule" or "ContinueJobWith" && (Names.Receiver(node)?.ToString() ?? "") is { } scheduler && scheduler.Contains("Job", StringComparison.Ordinal))
        {
            Job(node);
        }

        if (called.StartsWith("Map", StringComparison.Ordinal) || called.StartsWith("Use", StringComparison.Ordinal) || called.EndsWith("Endpoints", StringComparison.Ordinal) || called.EndsWith("Api", StringComparison.Ordinal))
        {
            Group(node);
        }

        _topics.Call(node, name);
        if (Senders.Any(s => called.StartsWith(s, StringComparison.Ordinal)))
        {
            Send(node, called, name);
        }
    }

    private void Endpoint(InvocationExpressionSyntax node, string verb)
    {
        if (node.ArgumentList.Arguments.Count < 2 || Names.Receiver(node) is not { } receiver || Builds(receiver) is not { } isSure)
        {
            return;
        }

        var (prefix, onParameter) = Prefix(receiver, 0);
        var own = Argument(node, 0) is { } pattern ? at.ConstantText(pattern) : null;
        var handler = EndpointLambda.Handler(node) switch
        {
            AnonymousFunctionExpressionSyntax lambda => at.MemberAt(lambda.SpanStart),
            { } method when FileScope.Found(at.Symbol(method)) is IMethodSymbol symbol => at.MemberOf(symbol),
            _ => Codebase.None,
        };
        Facts.Endpoints.Add(new(at.Member, at.Type, verb, own is null || prefix is null ? null : Routes.Join(prefix, own), onParameter, handler, !isSure, at.PlaceOf(Names.Called(node)!)));
    }

    /// <summary>Whether something builds endpoints: surely, perhaps, or (null) not.</summary>
    private bool? Builds(ExpressionSyntax receiver) =>
        at.TypeOf(receiver) switch
        {
            null or IErrorTypeSymbol => Prefix(receiver, 0).Prefix is not null ? false : null,
            { Name: "IEndpointRouteBuilder" or "WebApplication" or "RouteGroupBuilder" } => true,
            { } type when type.AllInterfaces.Any(i => i.Name == "IEndpointRouteBuilder") => true,
            _ => null,
        };

    /// <summary>The prefix that a builder puts before its routes; null when it cannot be read.</summary>
    private (string? Prefix, bool OnParameter) Prefix(ExpressionSyntax expression, int steps)
    {
        if (steps > StepsMax)
        {
            return (null, false);
        }

        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return Prefix(inner.Expression, steps + 1);
            case InvocationExpressionSyntax call when Names.Called(call) is { } name:
                var (before, onParameter) = Names.Receiver(call) is { } receiver ? Prefix(receiver, steps + 1) : ("", false);
                return name.Identifier.ValueText != "MapGroup" || before is null ? (before, onParameter)
                    : Argument(call, 0) is { } argument && at.ConstantText(argument) is { } text ? (Routes.Join(before, text), onParameter)
                    : call.ArgumentList.Arguments.Count == 0 ? (before, onParameter) : (null, onParameter);
            case IdentifierNameSyntax identifier:
                return FileScope.Found(at.Symbol(identifier)) switch
                {
                    IParameterSymbol => ("", true),
                    ILocalSymbol local when local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value } => Prefix(value, steps + 1),
                    _ => ("", false),
                };
            default:
                return ("", false);
        }
    }

    private void Group(InvocationExpressionSyntax node)
    {
        if (at.Method(node) is not { } method)
        {
            // On a builder whose type is lost in a chain of absent packages only the name is left.
            if (at.Names.EndpointExtension(Names.Called(node)!.Identifier.ValueText) is not Codebase.None and var extension && Names.Receiver(node) is { } group && Prefix(group, 0) is { Prefix: { Length: > 0 } known, OnParameter: var isOnParameter })
            {
                Facts.Groups.Add(new(at.Member, extension, known, isOnParameter));
            }

            return;
        }

        if (at.MemberOf(method.ReducedFrom ?? method) is not (not Codebase.None and var callee))
        {
            return;
        }

        var builders = method.ReducedFrom is not null || method.IsStatic ? node.ArgumentList.Arguments.Select(a => a.Expression).Prepend(Names.Receiver(node)).OfType<ExpressionSyntax>() : node.ArgumentList.Arguments.Select(a => a.Expression);
        foreach (var builder in builders.Where(b => b is not AnonymousFunctionExpressionSyntax && Builds(b) == true))
        {
            if (Prefix(builder, 0) is { Prefix: { } prefix } found)
            {
                Facts.Groups.Add(new(at.Member, callee, prefix, found.OnParameter));
                return;
            }
        }
    }

    // --- the container -------------------------------------------------------------------------------------------------------

    private static ServiceLifetime? LifetimeOf(string called) =>
        called switch
        {
            "AddScoped" or "TryAddScoped" or "AddKeyedScoped" or "Scoped" => ServiceLifetime.Scoped,
            "AddTransient" or "TryAddTransient" or "AddKeyedTransient" or "AddHttpClient" or "TryAddEnumerable" => ServiceLifetime.Transient,
            "AddSingleton" or "TryAddSingleton" or "AddKeyedSingleton" => ServiceLifetime.Singleton,
            _ => null,
        };

    private void Registration(InvocationExpressionSyntax node, SimpleNameSyntax name, ServiceLifetime lifetime)
    {
        var types = (name as GenericNameSyntax)?.TypeArgumentList.Arguments.Select(a => at.IdOf(at.TypeOf(a))).ToArray() ?? [];
        var named = node.ArgumentList.Arguments.Select(a => a.Expression).OfType<TypeOfExpressionSyntax>().Select(t => at.IdOf(at.TypeOf(t.Type))).ToArray();
        var (service, implementation) = (types, named) switch
        {
            ([var one, var other, ..], _) => (one, other),
            ([var one], _) => (one, Made(node) is not Codebase.None and var made ? made : one),
            (_, [var one, var other, ..]) => (one, other),
            (_, [var one]) => (one, Made(node) is not Codebase.None and var made ? made : one),
            _ => (Codebase.None, Codebase.None),
        };
        Register(service, implementation, lifetime, name);
    }

    /// <summary>What a lambda gives, or an instance: the class that is made, or asked for, in it.</summary>
    private int Made(InvocationExpressionSyntax node)
    {
        foreach (var argument in node.ArgumentList.Arguments.Select(a => a.Expression).Where(a => a is not TypeOfExpressionSyntax))
        {
            var body = argument is LambdaExpressionSyntax lambda ? lambda.ExpressionBody ?? lambda.Block?.DescendantNodes().OfType<ReturnStatementSyntax>().LastOrDefault()?.Expression : argument;
            while (body is CastExpressionSyntax cast)
            {
                body = cast.Expression;
            }

            if (body is not null && at.IdOf(at.TypeOf(body)) is not Codebase.None and var type)
            {
                return type;
            }
        }

        return Codebase.None;
    }

    /// <summary>RegisterType&lt;T&gt;().As&lt;I&gt;()</summary>
    private void Registered(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        for (var (before, steps) = (Names.Receiver(node), 0); before is InvocationExpressionSyntax call && steps < StepsMax; before = Names.Receiver(call), steps++)
        {
            if (Names.Called(call) is { Identifier.ValueText: "RegisterType" } register)
            {
                var implementation = TypeArgument(register, 0);
                foreach (var service in (name as GenericNameSyntax)?.TypeArgumentList.Arguments.Select(a => at.IdOf(at.TypeOf(a))) ?? (name.Identifier.ValueText == "AsSelf" ? [implementation] : []))
                {
                    Register(service, implementation, ServiceLifetime.Unknown, name);
                }

                return;
            }
        }
    }

    private void Register(int service, int implementation, ServiceLifetime lifetime, SyntaxNode node)
    {
        if (service != Codebase.None && implementation != Codebase.None)
        {
            Facts.Registrations.Add(new(service, implementation, lifetime, at.PlaceOf(node)));
        }
    }

    private int TypeArgument(SimpleNameSyntax name, int index) =>
        (name as GenericNameSyntax)?.TypeArgumentList.Arguments.ElementAtOrDefault(index) is { } argument ? at.IdOf(at.TypeOf(argument)) : Codebase.None;

    private static ExpressionSyntax? Argument(InvocationExpressionSyntax node, int index) => node.ArgumentList.Arguments.ElementAtOrDefault(index)?.Expression;

    // --- messages and jobs ---------------------------------------------------------------------------------------------------

    private void Send(InvocationExpressionSyntax node, string called, SimpleNameSyntax name)
    {
        foreach (var argument in node.ArgumentList.Arguments.Select(a => a.Expression).Take(3))
        {
            if (argument is LambdaExpressionSyntax or LiteralExpressionSyntax)
            {
                continue;
            }

            var message = at.IdOf(at.TypeOf(argument)) is not Codebase.None and var type ? type : TypeArgument(name, 0);
            if (message != Codebase.None)
            {
                var through = Names.Receiver(node) is { } receiver ? at.TypeOf(receiver)?.Name ?? receiver.ToString() : "";
                Facts.Sends.Add(new(at.NextOrder(), at.Member, message, called, through, at.PlaceOf(name), at.InLoop));
                return;
            }
        }
    }

    private void Job(InvocationExpressionSyntax node)
    {
        var lambda = node.ArgumentList.Arguments.Select(a => a.Expression).OfType<LambdaExpressionSyntax>().FirstOrDefault();
        if (lambda?.ExpressionBody is InvocationExpressionSyntax call && Run(node, call) is not Codebase.None and var member)
        {
            var after = node.ArgumentList.Arguments.SkipWhile(a => a.Expression != lambda).Skip(1).FirstOrDefault()?.Expression;
            Facts.Jobs.Add(new(member, after is null ? null : at.ConstantText(after) ?? Names.OneLine(after.ToString()), at.PlaceOf(node)));
        }
    }

    /// <summary>The member that a scheduler is told to run; by its name where the scheduler's own types are absent.</summary>
    private int Run(InvocationExpressionSyntax node, InvocationExpressionSyntax call) =>
        at.Method(call) is { } method && at.MemberOf(method) is not Codebase.None and var member ? member
        : Names.Called(node) is { } scheduler && TypeArgument(scheduler, 0) is not Codebase.None and var type && Names.Called(call) is { } run ? at.MemberNamed(type, run.Identifier.ValueText)
        : Codebase.None;
}
