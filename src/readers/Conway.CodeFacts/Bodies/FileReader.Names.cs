using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Bodies;

/// <content>Names that stand for types, and members of them.</content>
internal sealed partial class FileReader
{
    /// <summary>Every type that a written type names.</summary>
    private void UseType(TypeSyntax? type, EdgeKind kind, EdgeKind? arguments = null)
    {
        switch (type)
        {
            case null or PredefinedTypeSyntax or OmittedTypeArgumentSyntax:
                break;
            case GenericNameSyntax generic:
                var used = NamedType(generic, generic, kind);
                _outward.Generic(generic);
                foreach (var argument in generic.TypeArgumentList.Arguments)
                {
                    UseType(argument, arguments ?? kind);
                }

                _mapping.Used(used, generic);
                break;
            case IdentifierNameSyntax identifier:
                NamedType(identifier, identifier, kind);
                break;
            case QualifiedNameSyntax qualified:
                NamedType(qualified.Right, qualified, kind);
                foreach (var argument in qualified.DescendantNodes().OfType<TypeArgumentListSyntax>().SelectMany(l => l.Arguments))
                {
                    UseType(argument, arguments ?? kind);
                }

                break;
            case AliasQualifiedNameSyntax alias:
                NamedType(alias.Name, alias, kind);
                break;
            default:
                foreach (var inner in type.ChildNodes())
                {
                    UseType(inner as TypeSyntax ?? (inner as TupleElementSyntax)?.Type ?? (inner as FunctionPointerParameterSyntax)?.Type, kind, arguments);
                }

                break;
        }
    }

    private int NamedType(SimpleNameSyntax name, ExpressionSyntax whole, EdgeKind kind)
    {
        var text = name.Identifier.ValueText;
        if (!_at.Names.MayBeType(text) || name is IdentifierNameSyntax { IsVar: true })
        {
            return Codebase.None;
        }

        var (id, isInferred) = _at.Bind(name, _at.Symbol(whole));
        _at.Edge(id, kind, name, isInferred);
        return id;
    }

    public override void VisitAttribute(AttributeSyntax node)
    {
        if (Names.Last(node.Name) is { } name && _at.Names.MayBeAttribute(name.Identifier.ValueText))
        {
            var (id, isInferred) = _at.Bind(name, _at.Symbol(node));
            _at.Edge(id, EdgeKind.Attribute, node, isInferred);
        }

        _mapping.Attribute(node);
        _access.Attribute(node);
        _entries.Attribute(node);
        Visit(node.ArgumentList);
    }

    public override void VisitIdentifierName(IdentifierNameSyntax node) => Name(node);

    public override void VisitGenericName(GenericNameSyntax node) => Name(node);

    public override void VisitQualifiedName(QualifiedNameSyntax node) => UseType(node, EdgeKind.Mention);

    public override void VisitAliasQualifiedName(AliasQualifiedNameSyntax node) => UseType(node, EdgeKind.Mention);

    private void Name(SimpleNameSyntax node)
    {
        if (SyntaxFacts.IsInTypeOnlyContext(node))
        {
            UseType(node, EdgeKind.Mention);
            return;
        }

        var text = node.Identifier.ValueText;
        if (node.Parent is NameColonSyntax or NameEqualsSyntax)
        {
            return;
        }

        _access.Value(node, text);

        // Alone in an expression a name is a type in a pattern or in nameof, or a method that is handed on.
        if (_at.Names.MayBeType(text) || _at.Names.MayBeMethod(text))
        {
            switch (FileScope.Found(_at.Symbol(node)))
            {
                case INamedTypeSymbol type:
                    _at.Edge(_at.IdOf(type), EdgeKind.Mention, node, isInferred: false);
                    break;
                case IMethodSymbol { MethodKind: not MethodKind.LocalFunction } method:
                    Call(method, node, CallFlags.None);
                    break;
            }
        }

        Visit((node as GenericNameSyntax)?.TypeArgumentList);
    }

    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node) => Member(node, node.Expression, node.Name);

    public override void VisitMemberBindingExpression(MemberBindingExpressionSyntax node) => Member(node, null, node.Name);

    private void Member(ExpressionSyntax node, ExpressionSyntax? left, SimpleNameSyntax name)
    {
        var holder = Left(left);
        var text = name.Identifier.ValueText;
        var counted = Codebase.None;
        if (_at.Names.MayBeValue(text) || _at.Names.MayBeMethod(text) || _at.Names.MayBeType(text))
        {
            var info = _at.Symbol(node);
            switch (info.Symbol ?? FileScope.Closest(info.CandidateSymbols, arguments: -1))
            {
                case IMethodSymbol method:
                    counted = Call(method, name, CallFlags.None);
                    break;
                case IPropertySymbol or IFieldSymbol or IEventSymbol:
                    counted = Value(FileScope.Found(info)!, name);
                    if (_at.Queries > 0 && FileScope.Found(info) is IPropertySymbol property)
                    {
                        _access.Navigation(left, property, name);
                    }

                    break;
                case INamedTypeSymbol type when node.Parent is not MemberAccessExpressionSyntax:
                    _at.Edge(_at.IdOf(type), EdgeKind.Mention, name, isInferred: false);
                    break;
            }
        }

        if (holder != counted)
        {
            _at.Edge(holder, EdgeKind.Mention, node, isInferred: false);
        }

        _access.Value(node, text);
        Visit((name as GenericNameSyntax)?.TypeArgumentList);
    }

    /// <summary>What stands before a dot: a type is counted by what is used of it, and anything else is looked into.</summary>
    private int Left(ExpressionSyntax? left)
    {
        if (left is not SimpleNameSyntax name)
        {
            Visit(left);
            return left is MemberAccessExpressionSyntax { Name: var last } qualified && _at.Names.MayBeType(last.Identifier.ValueText)
                && _at.Symbol(qualified).Symbol is INamedTypeSymbol inner ? _at.IdOf(inner) : Codebase.None;
        }

        _access.Value(name, name.Identifier.ValueText);
        Visit((name as GenericNameSyntax)?.TypeArgumentList);
        if (!_at.Names.MayBeType(name.Identifier.ValueText))
        {
            return Codebase.None;
        }

        var info = _at.Symbol(name);
        if (info.Symbol is null && info.CandidateSymbols.Length == 0)
        {
            var (guess, _) = _at.Bind(name, info);
            _at.Edge(guess, EdgeKind.Mention, name, isInferred: true);
            return Codebase.None;
        }

        return FileScope.Found(info) is INamedTypeSymbol type ? Counted(type) : Codebase.None;
    }

    private int Counted(INamedTypeSymbol type)
    {
        _at.Facts.Names++;
        _at.Facts.NamesBound++;
        return _at.IdOf(type);
    }

    /// <summary>A property, field or event is used. The type that has it, if that is one of the codebase.</summary>
    private int Value(ISymbol symbol, SyntaxNode at)
    {
        var type = _at.IdOf(symbol.ContainingType);
        if (type == Codebase.None)
        {
            return Codebase.None;
        }

        _at.Edge(type, EdgeKind.Mention, at, isInferred: false);
        if (_at.Member != Codebase.None && symbol is IPropertySymbol && _at.MemberOf(symbol) is not Codebase.None and var member
            && (_at.Types.HasBody(member) || _at.Types.Members[member].IsAbstract))
        {
            _at.Site(type, member, at, CallFlags.Property, symbol);
        }

        return type;
    }
}
