using System.Runtime.CompilerServices;
using Conway.CodeFacts.Sources;
using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Declared;

/// <summary>What a file declares, from its syntax alone.</summary>
internal sealed class DeclarationReader
{
    private const int SignatureMax = 400;

    private readonly SourceFile _file;
    private readonly int[] _codeBefore;
    private readonly bool _mayHoldEndpoints;
    private readonly List<DeclaredPart> _parts = [];

    private DeclarationReader(SourceFile file)
    {
        _file = file;
        var text = file.Tree!.GetText().ToString();
        _codeBefore = TextScan.Of(text).CodeBefore;
        _mayHoldEndpoints = EndpointLambda.MayStandIn(text);
    }

    /// <summary>Parts in the order of the text; a part stands before those nested in it.</summary>
    public static List<DeclaredPart> Read(SourceFile file)
    {
        var reader = new DeclarationReader(file);
        reader.Unit(file.Root);
        return reader._parts;
    }

    private void Unit(CompilationUnitSyntax unit)
    {
        var statements = unit.Members.OfType<GlobalStatementSyntax>().ToArray();
        if (statements.Length > 0)
        {
            var part = new DeclaredPart
            {
                FullName = "Program",
                Name = "Program",
                Namespace = "",
                Kind = CodeTypeKind.Class,
                Start = unit.SpanStart,
                Line = _file.LineOf(statements[0]),
                CodeLines = CodeLines(statements[0].SpanStart, statements[^1].Span.End),
                Outer = Codebase.None,
            };
            part.Members.Add(new()
            {
                Name = "<top>",
                Kind = CodeMemberKind.TopLevel,
                Start = unit.SpanStart,
                Line = part.Line,
                LastLine = _file.LineOf(statements[^1].Span.End),
                Signature = "",
                IsStatic = true,
                HasBody = true,
            });
            _parts.Add(part);
            if (_mayHoldEndpoints)
            {
                foreach (var statement in statements)
                {
                    Lambdas(statement, part);
                }
            }
        }

        Members(unit.Members, "", Codebase.None);
    }

    private void Members(SyntaxList<MemberDeclarationSyntax> members, string space, int outer)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax inner:
                    RuntimeHelpers.EnsureSufficientExecutionStack();
                    Members(inner.Members, space.Length == 0 ? Clean(inner.Name) : $"{space}.{Clean(inner.Name)}", Codebase.None);
                    break;
                case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax when member is not ExtensionBlockDeclarationSyntax:
                    Type(member, space, outer);
                    break;
            }
        }
    }

    private static string Clean(NameSyntax name) => string.Concat(name.ToString().Where(c => !char.IsWhiteSpace(c) && c != '@'));

    private void Type(MemberDeclarationSyntax node, string space, int outer)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var identifier = node is DelegateDeclarationSyntax d ? d.Identifier : ((BaseTypeDeclarationSyntax)node).Identifier;
        var arity = (node is DelegateDeclarationSyntax e ? e.TypeParameterList : (node as TypeDeclarationSyntax)?.TypeParameterList)?.Parameters.Count ?? 0;
        var name = identifier.ValueText;
        var around = outer == Codebase.None ? space : _parts[outer].FullName;
        var part = new DeclaredPart
        {
            FullName = (around.Length == 0 ? name : $"{around}.{name}") + (arity == 0 ? "" : $"`{arity}"),
            Name = name,
            Namespace = space,
            Kind = KindOf(node),
            Start = node.SpanStart,
            Line = _file.LineOf(identifier.SpanStart),
            CodeLines = CodeLines(node.SpanStart, node.Span.End),
            Outer = outer,
            IsPublic = Has(node, SyntaxKind.PublicKeyword),
            IsAbstract = Has(node, SyntaxKind.AbstractKeyword) || node is InterfaceDeclarationSyntax,
            IsStatic = Has(node, SyntaxKind.StaticKeyword),
        };
        var index = _parts.Count;
        _parts.Add(part);
        switch (node)
        {
            case EnumDeclarationSyntax values:
                foreach (var value in values.Members)
                {
                    Add(part, value, value.Identifier, value.Identifier.ValueText, CodeMemberKind.EnumValue, "", hasBody: false);
                }

                break;
            case TypeDeclarationSyntax type:
                Parameters(part, type);
                OfType(part, type);
                Members(type.Members, space, index);
                break;
        }
    }

    /// <summary>Parameters behind the name of a type: a constructor, and of a record its properties.</summary>
    private void Parameters(DeclaredPart part, TypeDeclarationSyntax type)
    {
        if (type.ParameterList is not { } list)
        {
            return;
        }

        Add(part, type, type.Identifier, ".ctor", CodeMemberKind.Constructor, type.Identifier.ValueText + Shown(list), hasBody: true, isPublic: true);
        foreach (var parameter in type is RecordDeclarationSyntax ? list.Parameters : default)
        {
            Add(part, parameter, parameter.Identifier, parameter.Identifier.ValueText, CodeMemberKind.Property, $"{Shown(parameter.Type)} {parameter.Identifier.ValueText}", hasBody: false, isPublic: true);
        }

        part.IsMutable |= type is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: (int)SyntaxKind.StructKeyword } && !Has(type, SyntaxKind.ReadOnlyKeyword);
    }

    private void OfType(DeclaredPart part, TypeDeclarationSyntax type)
    {
        foreach (var member in type.Members)
        {
            switch (member)
            {
                case ExtensionBlockDeclarationSyntax block:
                    OfType(part, block);
                    break;
                case BaseFieldDeclarationSyntax field:
                    Fields(part, field, type);
                    break;
                case BasePropertyDeclarationSyntax property:
                    Property(part, property, type);
                    break;
                case BaseMethodDeclarationSyntax method:
                    Method(part, method, type);
                    break;
            }
        }
    }

    private void Fields(DeclaredPart part, BaseFieldDeclarationSyntax field, TypeDeclarationSyntax type)
    {
        var isConstant = Has(field, SyntaxKind.ConstKeyword);
        part.IsMutable |= field is FieldDeclarationSyntax && !isConstant && !Has(field, SyntaxKind.ReadOnlyKeyword) && !Has(field, SyntaxKind.StaticKeyword);
        foreach (var variable in field.Declaration.Variables)
        {
            Add(part, variable, variable.Identifier, variable.Identifier.ValueText, field is FieldDeclarationSyntax ? CodeMemberKind.Field : CodeMemberKind.Event,
                $"{Shown(field.Declaration.Type)} {variable.Identifier.ValueText}", hasBody: variable.Initializer is not null, IsPublicIn(field, type), Has(field, SyntaxKind.StaticKeyword) || isConstant);
        }
    }

    private void Property(DeclaredPart part, BasePropertyDeclarationSyntax property, TypeDeclarationSyntax type)
    {
        var (identifier, name, kind) = property switch
        {
            PropertyDeclarationSyntax p => (p.Identifier, p.Identifier.ValueText, CodeMemberKind.Property),
            EventDeclarationSyntax e => (e.Identifier, e.Identifier.ValueText, CodeMemberKind.Event),
            IndexerDeclarationSyntax i => (i.ThisKeyword, "this[]", CodeMemberKind.Property),
            _ => (property.GetFirstToken(), "?", CodeMemberKind.Property),
        };
        var accessors = property.AccessorList?.Accessors ?? default;
        var expression = (property as PropertyDeclarationSyntax)?.ExpressionBody ?? (property as IndexerDeclarationSyntax)?.ExpressionBody;
        part.IsMutable |= type is not InterfaceDeclarationSyntax && !Has(property, SyntaxKind.StaticKeyword) && accessors.Any(a => a.IsKind(SyntaxKind.SetAccessorDeclaration));
        Add(part, property, identifier, name, kind, $"{Shown(property.Type)} {name}",
            hasBody: expression is not null || accessors.Any(a => a.Body is not null || a.ExpressionBody is not null),
            IsPublicIn(property, type), Has(property, SyntaxKind.StaticKeyword), Has(property, SyntaxKind.AbstractKeyword) || type is InterfaceDeclarationSyntax);
        if (_mayHoldEndpoints)
        {
            Lambdas(property, part);
        }
    }

    private void Method(DeclaredPart part, BaseMethodDeclarationSyntax method, TypeDeclarationSyntax type)
    {
        var isStatic = Has(method, SyntaxKind.StaticKeyword);
        var (identifier, name, kind, returned) = method switch
        {
            MethodDeclarationSyntax m => (m.Identifier, m.Identifier.ValueText, CodeMemberKind.Method, m.ReturnType),
            ConstructorDeclarationSyntax c => (c.Identifier, isStatic ? ".cctor" : ".ctor", CodeMemberKind.Constructor, null),
            DestructorDeclarationSyntax f => (f.Identifier, "Finalize", CodeMemberKind.Method, null),
            OperatorDeclarationSyntax o => (o.OperatorToken, "operator " + o.OperatorToken.Text, CodeMemberKind.Operator, o.ReturnType),
            ConversionOperatorDeclarationSyntax v => (v.OperatorKeyword, "operator " + Shown(v.Type), CodeMemberKind.Operator, (TypeSyntax?)v.Type),
            _ => (method.GetFirstToken(), "?", CodeMemberKind.Method, null),
        };
        var parameters = (method as MethodDeclarationSyntax)?.TypeParameterList?.ToString() ?? "";
        var shown = kind == CodeMemberKind.Constructor ? part.Name : name;
        Add(part, method, identifier, name, kind, $"{(returned is null ? "" : Shown(returned) + " ")}{shown}{parameters}{Shown(method.ParameterList)}",
            hasBody: method.Body is not null || method.ExpressionBody is not null, IsPublicIn(method, type), isStatic,
            Has(method, SyntaxKind.AbstractKeyword) || (type is InterfaceDeclarationSyntax && method.Body is null && method.ExpressionBody is null));
        if (_mayHoldEndpoints)
        {
            Lambdas(method, part);
        }
    }

    private void Lambdas(SyntaxNode within, DeclaredPart part)
    {
        foreach (var endpoint in EndpointLambda.In(within))
        {
            Add(part, endpoint.Body, endpoint.Body.GetFirstToken(), endpoint.Name, CodeMemberKind.Lambda, "", hasBody: true, isStatic: true);
        }
    }

    private void Add(DeclaredPart part, SyntaxNode node, SyntaxToken identifier, string name, CodeMemberKind kind, string signature, bool hasBody,
        bool isPublic = false, bool isStatic = false, bool isAbstract = false)
    {
        var text = Names.OneLine(signature);
        part.Members.Add(new()
        {
            Name = name,
            Kind = kind,
            Start = node.SpanStart,
            Line = _file.LineOf(identifier.SpanStart),
            LastLine = _file.LineOf(Math.Max(node.SpanStart, node.Span.End - 1)),
            Signature = text.Length > SignatureMax ? text[..SignatureMax] + "…" : text,
            IsPublic = isPublic || kind == CodeMemberKind.EnumValue,
            IsStatic = isStatic,
            IsAbstract = isAbstract,
            HasBody = hasBody,
        });
    }

    private static bool IsPublicIn(MemberDeclarationSyntax member, TypeDeclarationSyntax type) =>
        Has(member, SyntaxKind.PublicKeyword) || (type is InterfaceDeclarationSyntax && !Has(member, SyntaxKind.PrivateKeyword));

    private static string Shown(BaseParameterListSyntax list) =>
        "(" + string.Join(", ", list.Parameters.Select(p => $"{(p.Modifiers.Count > 0 ? p.Modifiers.ToString() + " " : "")}{Shown(p.Type)} {p.Identifier.ValueText}".Trim())) + ")";

    private static string Shown(TypeSyntax? type) => type?.ToString() ?? "";

    private static bool Has(MemberDeclarationSyntax member, SyntaxKind modifier) => member.Modifiers.Any(modifier);

    private int CodeLines(int from, int to) =>
        _codeBefore[Math.Min(_file.LineOf(Math.Max(from, to - 1)), _codeBefore.Length - 1)] - _codeBefore[Math.Min(_file.LineOf(from) - 1, _codeBefore.Length - 1)];

    private static CodeTypeKind KindOf(MemberDeclarationSyntax node) =>
        node switch
        {
            RecordDeclarationSyntax record => record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword) ? CodeTypeKind.RecordStruct : CodeTypeKind.Record,
            StructDeclarationSyntax => CodeTypeKind.Struct,
            InterfaceDeclarationSyntax => CodeTypeKind.Interface,
            EnumDeclarationSyntax => CodeTypeKind.Enum,
            DelegateDeclarationSyntax => CodeTypeKind.Delegate,
            _ => CodeTypeKind.Class,
        };
}
