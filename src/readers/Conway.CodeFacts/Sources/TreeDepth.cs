using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Sources;

/// <summary>How deeply a parsed file nests, counted without using the stack for it.</summary>
internal static class TreeDepth
{
    /// <summary>The binder, too, uses the stack for each level.</summary>
    public const int Max = 1000;

    public static bool IsTooDeep(SyntaxNode root)
    {
        // A level needs at least a character, so what is short cannot be deep.
        if (root.FullWidth() <= Max)
        {
            return false;
        }

        var left = new Stack<(SyntaxNode Node, int Depth)>([(root, 0)]);
        while (left.TryPop(out var next))
        {
            if (next.Depth > Max)
            {
                return true;
            }

            foreach (var child in next.Node.ChildNodes())
            {
                if (child.FullWidth() > Max - next.Depth)
                {
                    // a + b + c + … nests to the left, and is bound without recursion.
                    left.Push((child, next.Node is BinaryExpressionSyntax binary && binary.Left == child ? next.Depth : next.Depth + 1));
                }
            }
        }

        return false;
    }

    private static int FullWidth(this SyntaxNode node) => node.FullSpan.Length;
}
