using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Bodies;

/// <content>Calls and what is made.</content>
internal sealed partial class FileReader
{
    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var name = Names.Called(node);
        var holder = Codebase.None;
        if (node.Expression is MemberAccessExpressionSyntax access)
        {
            holder = Left(access.Expression);
        }
        else if (name is null)
        {
            Visit(node.Expression);
        }

        Visit((name as GenericNameSyntax)?.TypeArgumentList);
        Arguments(node, name?.Identifier.ValueText ?? "");
        if (name is not null)
        {
            _mapping.Call(node, name);
            _access.Call(node, name);
            _others.Call(node, name);
            _entries.Call(node, name);
            _outward.Call(node, name);
        }

        var callee = name is not null && _at.Names.MayBeMethod(name.Identifier.ValueText) ? Called(node, name) : Codebase.None;
        if (holder != callee)
        {
            _at.Edge(holder, EdgeKind.Mention, node, isInferred: false);
        }
    }

    private int Called(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        _at.Facts.CallsSeen++;
        var info = _at.Symbol(node);
        var flags = IsAwaited(node) ? CallFlags.Awaited : CallFlags.None;
        switch (info.Symbol ?? FileScope.Closest(info.CandidateSymbols, node.ArgumentList.Arguments.Count))
        {
            case IMethodSymbol method:
                _at.Facts.CallsBound++;
                return method.MethodKind is MethodKind.LocalFunction ? Codebase.None : Call(method, name, flags);
            case not null:
                _at.Facts.CallsBound++;
                return Codebase.None;
        }

        var (type, member) = GuessCall(node, name.Identifier.ValueText);
        if (type != Codebase.None)
        {
            _at.Facts.CallsInferred++;
            _at.Edge(type, EdgeKind.Call, name, isInferred: true);
            _at.Site(type, member, name, flags | CallFlags.Inferred);
        }

        return Codebase.None;
    }

    private int Call(IMethodSymbol method, SyntaxNode at, CallFlags flags)
    {
        var definition = method.ReducedFrom ?? method;
        var type = _at.IdOf(definition.ContainingType);
        if (type == Codebase.None || definition.MethodKind == MethodKind.DelegateInvoke)
        {
            return Codebase.None;
        }

        _at.Edge(type, EdgeKind.Call, at, isInferred: false);
        _at.Site(type, _at.MemberOf(definition), at, flags, method);
        return type;
    }

    /// <summary>Whose method an unbound call means, by what is known of the type before the dot.</summary>
    private (int Type, int Member) GuessCall(InvocationExpressionSyntax node, string name)
    {
        if (Names.Receiver(node) is not { } receiver || _at.TypeOf(receiver) is not { } type)
        {
            return (Codebase.None, Codebase.None);
        }

        for (ITypeSymbol? at = type; at is not null and not IErrorTypeSymbol; at = at.BaseType)
        {
            if (_at.IdOf(at) is not Codebase.None and var id && _at.MemberNamed(id, name) is not Codebase.None and var member)
            {
                return (id, member);
            }
        }

        if (type is IErrorTypeSymbol { Name.Length: > 0 } error
            && _at.Guess(error.Name, error.Arity) is not Codebase.None and var guessed && _at.MemberNamed(guessed, name) is not Codebase.None and var of)
        {
            return (guessed, of);
        }

        return (Codebase.None, Codebase.None);
    }

    private static bool IsAwaited(InvocationExpressionSyntax node) =>
        node.Parent is AwaitExpressionSyntax
        || (node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent.Parent: AwaitExpressionSyntax });

    public override void VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        Visit(node.ArgumentList);
        Visit(node.Initializer);
        _access.Created(node);
        _outward.Created(node);
        if (Names.Last(node.Type) is { } name)
        {
            if (_at.Names.MayBeType(name.Identifier.ValueText))
            {
                _at.Facts.CallsSeen++;
                var info = _at.Symbol(node);
                var constructor = (info.Symbol ?? FileScope.Closest(info.CandidateSymbols, node.ArgumentList?.Arguments.Count ?? 0)) as IMethodSymbol;
                var (type, isInferred) = constructor is not null ? (_at.IdOf(Counted(constructor)), false) : _at.Bind(name, _at.Symbol(node.Type));
                _at.Facts.CallsBound += isInferred ? 0 : 1;
                _at.Facts.CallsInferred += isInferred && type != Codebase.None ? 1 : 0;
                Created(type, constructor, name, isInferred);
            }

            foreach (var argument in node.Type.DescendantNodesAndSelf().OfType<TypeArgumentListSyntax>().SelectMany(l => l.Arguments))
            {
                UseType(argument, EdgeKind.Mention);
            }
        }
    }

    private INamedTypeSymbol Counted(IMethodSymbol constructor)
    {
        _at.Facts.Names++;
        _at.Facts.NamesBound++;
        return constructor.ContainingType;
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        Visit(node.ArgumentList);
        Visit(node.Initializer);
        var info = _at.Symbol(node);
        if ((info.Symbol ?? FileScope.Closest(info.CandidateSymbols, node.ArgumentList.Arguments.Count)) is IMethodSymbol constructor)
        {
            Created(_at.IdOf(constructor.ContainingType), constructor, node, isInferred: false);
        }
    }

    private void Created(int type, IMethodSymbol? constructor, SyntaxNode at, bool isInferred)
    {
        _at.Edge(type, EdgeKind.New, at, isInferred);
        if (type != Codebase.None && constructor?.MethodKind != MethodKind.DelegateInvoke)
        {
            _at.Site(type, constructor is null ? Codebase.None : _at.MemberOf(constructor), at, CallFlags.New | (isInferred ? CallFlags.Inferred : CallFlags.None));
        }
    }

    public override void VisitConstructorInitializer(ConstructorInitializerSyntax node)
    {
        Visit(node.ArgumentList);
        if (FileScope.Found(_at.Symbol(node)) is IMethodSymbol constructor && _at.IdOf(constructor.ContainingType) is not Codebase.None and var type)
        {
            // The base is an edge already.
            _at.Site(type, _at.MemberOf(constructor), node, CallFlags.New);
        }
    }
}
