using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Bodies;

/// <content>What is assigned, and text.</content>
internal sealed partial class FileReader
{
    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        base.VisitAssignmentExpression(node);
        if (node.Parent is not InitializerExpressionSyntax)
        {
            _access.Assigned(node.Left);
        }
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        base.VisitPrefixUnaryExpression(node);
        if (node.RawKind is (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression)
        {
            _access.Assigned(node.Operand);
        }
    }

    public override void VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node)
    {
        base.VisitPostfixUnaryExpression(node);
        if (node.RawKind is (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression)
        {
            _access.Assigned(node.Operand);
        }
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        if (node.RawKind == (int)SyntaxKind.StringLiteralExpression)
        {
            _access.Text(node);
            _outward.Text(node.Token.ValueText, node);
        }
    }

    public override void VisitElementAccessExpression(ElementAccessExpressionSyntax node)
    {
        base.VisitElementAccessExpression(node);
        _outward.Element(node);
    }

    public override void VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
        base.VisitInterpolatedStringExpression(node);
        _access.Text(node);
        if (node.Contents is [InterpolatedStringTextSyntax first, ..])
        {
            _outward.Text(node.Contents.Count == 1 ? first.TextToken.ValueText : first.TextToken.ValueText + "{}", node);
        }
    }

    /// <summary>A sum is walked from left to right without recursion: programs put together texts of thousands of parts.</summary>
    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        if (node.RawKind != (int)SyntaxKind.AddExpression)
        {
            base.VisitBinaryExpression(node);
            return;
        }

        var parts = new Stack<ExpressionSyntax>();
        ExpressionSyntax left = node;
        for (; left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum; left = sum.Left)
        {
            parts.Push(sum.Right);
        }

        Visit(left);
        while (parts.TryPop(out var part))
        {
            Visit(part);
        }

        _access.Text(node);
    }
}
