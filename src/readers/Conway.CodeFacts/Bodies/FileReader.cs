using Conway.CodeFacts.Entries;
using Conway.CodeFacts.Outward;
using Conway.CodeFacts.Sources;
using Conway.CodeFacts.Stores;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Bodies;

/// <summary>Walks one file: which type uses which, and who calls whom.</summary>
/// <remarks>Declarations are met here, what stands in bodies in the other part of the class.</remarks>
internal sealed partial class FileReader : CSharpSyntaxWalker
{
    private readonly FileScope _at;
    private readonly MappingReader _mapping;
    private readonly AccessReader _access;
    private readonly OtherStoreReader _others;
    private readonly EntryReader _entries;
    private readonly OutwardReader _outward;

    private FileReader(FileScope at) => (_at, _mapping, _access, _others, _entries, _outward) = (at, new(at), new(at), new(at), new(at), new(at));

    public static FileFacts Read(Reading reading, SourceFile file, CancellationToken cancellation)
    {
        var at = new FileScope(reading, file, cancellation);
        try
        {
            new FileReader(at).Unit(file.Root);
        }
        catch (InsufficientExecutionStackException)
        {
            at.Say(CodeFindings.TooNested, file.Root, $"'{file.Path}' nests more deeply than anybody writes.", "Look whether a tool wrote it; if so, leave it out of the project.");
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            // The compiler is made for code that has its packages; on other code it has thrown before.
            at.Say(CodeFindings.CompilerFailed, file.Root, $"The compiler gave up on '{file.Path}': {e.GetType().Name}.", "Keep in mind that calls from this file are missing.");
        }

        return at.Facts;
    }

    private void Unit(CompilationUnitSyntax unit)
    {
        foreach (var list in unit.AttributeLists)
        {
            Visit(list);
        }

        if (unit.Members.OfType<GlobalStatementSyntax>().Any())
        {
            _at.Type = _at.TypeAt(unit.SpanStart);
            In(_at.MemberAt(unit.SpanStart), unit, () =>
            {
                foreach (var statement in unit.Members.OfType<GlobalStatementSyntax>())
                {
                    Visit(statement);
                }
            });
            _at.Type = Codebase.None;
        }

        foreach (var member in unit.Members.Where(m => m is not GlobalStatementSyntax))
        {
            Visit(member);
        }
    }

    public override void VisitUsingDirective(UsingDirectiveSyntax node)
    {
        // A directive uses nothing by itself.
    }

    public override void VisitNamespaceDeclaration(NamespaceDeclarationSyntax node) => Visit(node.Members);

    public override void VisitFileScopedNamespaceDeclaration(FileScopedNamespaceDeclarationSyntax node) => Visit(node.Members);

    public override void VisitClassDeclaration(ClassDeclarationSyntax node) => Type(node);

    public override void VisitRecordDeclaration(RecordDeclarationSyntax node) => Type(node);

    public override void VisitStructDeclaration(StructDeclarationSyntax node) => Type(node);

    public override void VisitInterfaceDeclaration(InterfaceDeclarationSyntax node) => Type(node);

    public override void VisitEnumDeclaration(EnumDeclarationSyntax node) => Type(node);

    public override void VisitDelegateDeclaration(DelegateDeclarationSyntax node)
    {
        var outer = _at.Type;
        _at.Type = _at.TypeAt(node.SpanStart);
        Visit(node.AttributeLists);
        UseType(node.ReturnType, EdgeKind.Signature);
        Parameters(node.ParameterList);
        _at.Type = outer;
    }

    public override void VisitExtensionBlockDeclaration(ExtensionBlockDeclarationSyntax node)
    {
        Parameters(node.ParameterList);
        Visit(node.Members);
    }

    private void Type(BaseTypeDeclarationSyntax node)
    {
        var (outerType, outerMember, outerLoops) = (_at.Type, _at.Member, _at.Loops);
        (_at.Type, _at.Member, _at.Loops) = (_at.TypeAt(node.SpanStart), Codebase.None, 0);
        Visit(node.AttributeLists);
        _mapping.Type(node);
        var constructor = node is TypeDeclarationSyntax { ParameterList: not null } ? _at.MemberAt(node.SpanStart) : Codebase.None;
        foreach (var entry in node.BaseList?.Types ?? default)
        {
            UseType(entry.Type, EdgeKind.Base, EdgeKind.Mention);
            _at.Base(entry.Type);
            if (entry is PrimaryConstructorBaseTypeSyntax { ArgumentList: { } arguments })
            {
                In(constructor, entry, () => Visit(arguments));
            }
        }

        if (node is TypeDeclarationSyntax type)
        {
            Parameters(type.ParameterList);
            foreach (var parameter in type is RecordDeclarationSyntax ? type.ParameterList?.Parameters ?? default : default)
            {
                _mapping.Property(parameter.Type, parameter, parameter.Identifier.ValueText, isField: false, parameter.AttributeLists);
            }

            Visit(type.ConstraintClauses);
            Visit(type.Members);
        }
        else if (node is EnumDeclarationSyntax values)
        {
            foreach (var value in values.Members)
            {
                Visit(value);
            }
        }

        (_at.Type, _at.Member, _at.Loops) = (outerType, outerMember, outerLoops);
    }

    private void Visit<TNode>(SyntaxList<TNode> nodes)
        where TNode : SyntaxNode
    {
        foreach (var node in nodes)
        {
            Visit(node);
        }
    }

    private void Parameters(BaseParameterListSyntax? list)
    {
        foreach (var parameter in list?.Parameters ?? default)
        {
            Visit(parameter.AttributeLists);
            UseType(parameter.Type, EdgeKind.Signature);
            Visit(parameter.Default);
        }
    }

    public override void VisitFieldDeclaration(FieldDeclarationSyntax node) => Fields(node);

    public override void VisitEventFieldDeclaration(EventFieldDeclarationSyntax node) => Fields(node);

    private void Fields(BaseFieldDeclarationSyntax node)
    {
        Visit(node.AttributeLists);
        UseType(node.Declaration.Type, EdgeKind.Field);
        foreach (var variable in node.Declaration.Variables)
        {
            _mapping.Property(node.Declaration.Type, variable, variable.Identifier.ValueText, isField: true, node.AttributeLists);
            In(_at.MemberAt(variable.SpanStart), variable, () => Visit(variable.Initializer));
        }
    }

    public override void VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        _mapping.Property(node.Type, node, node.Identifier.ValueText, isField: false, node.AttributeLists);
        _mapping.Named(node.Identifier, node.ExpressionBody?.Expression ?? node.Initializer?.Value);
        Property(node, () =>
        {
            Visit(node.ExpressionBody);
            Visit(node.Initializer);
        });
    }

    public override void VisitIndexerDeclaration(IndexerDeclarationSyntax node)
    {
        Parameters(node.ParameterList);
        Property(node, () => Visit(node.ExpressionBody));
    }

    public override void VisitEventDeclaration(EventDeclarationSyntax node) => Property(node, () => { });

    private void Property(BasePropertyDeclarationSyntax node, Action rest)
    {
        Visit(node.AttributeLists);
        UseType(node.Type, EdgeKind.Field);
        In(_at.MemberAt(node.SpanStart), node, () =>
        {
            Visit(node.AccessorList);
            rest();
        });
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        _mapping.Named(node.Identifier, node.ExpressionBody?.Expression ?? (node.Body?.Statements is [ReturnStatementSyntax { Expression: { } returned }] ? returned : null));
        UseType(node.ReturnType, EdgeKind.Signature);
        Visit(node.ConstraintClauses);
        Method(node);
    }

    public override void VisitConstructorDeclaration(ConstructorDeclarationSyntax node) => Method(node);

    public override void VisitDestructorDeclaration(DestructorDeclarationSyntax node) => Method(node);

    public override void VisitOperatorDeclaration(OperatorDeclarationSyntax node)
    {
        UseType(node.ReturnType, EdgeKind.Signature);
        Method(node);
    }

    public override void VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node)
    {
        UseType(node.Type, EdgeKind.Signature);
        Method(node);
    }

    private void Method(BaseMethodDeclarationSyntax node)
    {
        Visit(node.AttributeLists);
        Parameters(node.ParameterList);
        In(_at.MemberAt(node.SpanStart), node, () =>
        {
            Visit((node as ConstructorDeclarationSyntax)?.Initializer);
            Visit(node.Body);
            Visit(node.ExpressionBody);
        });
    }

    /// <summary>Looks into a body as part of a member. What a tool wrote is declared, but its bodies say nothing.</summary>
    private void In(int member, SyntaxNode node, Action body)
    {
        if (_at.File.Kind == CodeFileKind.Generated)
        {
            return;
        }

        var (outerMember, outerLoops) = (_at.Member, _at.Loops);
        (_at.Member, _at.Loops) = (member, 0);
        try
        {
            body();
        }
        catch (InsufficientExecutionStackException)
        {
            _at.Say(CodeFindings.TooNested, node, "What stands here nests more deeply than anybody writes.", "Look whether a tool wrote it; if so, leave it out of the project.");
        }

        (_at.Member, _at.Loops) = (outerMember, outerLoops);
    }
}
