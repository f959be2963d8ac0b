using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Bodies;

/// <summary>Text that is the same whenever the program runs, though the language does not call it constant.</summary>
/// <remarks>Sums and interpolations of such texts, properties and fields that are set where they are declared and that nobody is likely to set
/// anew (<c>static string Prefix { get; set; } = "App";</c>), and parameters that are left at their default.</remarks>
internal static class KnownText
{
    private const int DepthMax = 64;

    /// <summary>The text, or null when it is known only while the program runs.</summary>
    public static string? Of(FileScope at, ExpressionSyntax? expression) => Of(at, expression, 0);

    private static string? Of(FileScope at, ExpressionSyntax? expression, int depth)
    {
        if (expression is null || depth > DepthMax)
        {
            return null;
        }

        if (at.ConstantText(expression) is { } constant)
        {
            return constant;
        }

        return expression switch
        {
            ParenthesizedExpressionSyntax inner => Of(at, inner.Expression, depth + 1),
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiven => Of(at, forgiven.Operand, depth + 1),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Of(at, sum.Left, depth + 1) is { } left && Of(at, sum.Right, depth + 1) is { } right ? left + right : null,
            InterpolatedStringExpressionSyntax interpolated => Interpolated(at, interpolated, depth),
            IdentifierNameSyntax or MemberAccessExpressionSyntax => Declared(FileScope.Found(at.Symbol(expression))),
            _ => null,
        };
    }

    private static string? Interpolated(FileScope at, InterpolatedStringExpressionSyntax interpolated, int depth)
    {
        var text = new StringBuilder();
        foreach (var part in interpolated.Contents)
        {
            switch (part)
            {
                case InterpolatedStringTextSyntax plain:
                    text.Append(plain.TextToken.ValueText);
                    break;
                case InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole when Of(at, hole.Expression, depth + 1) is { } known:
                    text.Append(known);
                    break;
                default:
                    return null;
            }
        }

        return text.ToString();
    }

    private static string? Declared(ISymbol? symbol) =>
        symbol switch
        {
            IParameterSymbol { HasExplicitDefaultValue: true, ExplicitDefaultValue: string text } => text,
            IPropertySymbol or IFieldSymbol when symbol.DeclaringSyntaxReferences is [var declared] => declared.GetSyntax() switch
            {
                PropertyDeclarationSyntax { ExpressionBody.Expression: { } body } => Literal(body),
                PropertyDeclarationSyntax { Initializer.Value: { } value } => Literal(value),
                VariableDeclaratorSyntax { Initializer.Value: { } value } => Literal(value),
                _ => null,
            },
            _ => null,
        };

    private static string? Literal(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal ? literal.Token.ValueText
        : expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty", Expression: PredefinedTypeSyntax or IdentifierNameSyntax { Identifier.ValueText: "String" } } ? ""
        : null;
}
