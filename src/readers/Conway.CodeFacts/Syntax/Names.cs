using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Syntax;

/// <summary>Names as written.</summary>
internal static class Names
{
    /// <summary>The last name of a type as written, without namespace and type arguments: <c>DbSet</c> of <c>Ef.DbSet&lt;Order&gt;?</c>; empty when there is none.</summary>
    public static string Simple(TypeSyntax? type) => Last(type)?.Identifier.ValueText ?? "";

    /// <summary>The last name of a type as written, with its type arguments if it has some.</summary>
    public static SimpleNameSyntax? Last(TypeSyntax? type) =>
        type switch
        {
            SimpleNameSyntax name => name,
            QualifiedNameSyntax qualified => qualified.Right,
            AliasQualifiedNameSyntax alias => alias.Name,
            NullableTypeSyntax nullable => Last(nullable.ElementType),
            _ => null,
        };

    /// <summary>The name of an attribute without its suffix: <c>Table</c> of <c>[TableAttribute("x")]</c>.</summary>
    public static string OfAttribute(AttributeSyntax attribute)
    {
        var name = Simple(attribute.Name);
        return name.Length > 9 && name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^9] : name;
    }

    /// <summary>What is called: <c>Add</c> of <c>db.Orders.Add(x)</c> and of <c>db?.Add(x)</c>; null for calls of anything but a name.</summary>
    public static SimpleNameSyntax? Called(InvocationExpressionSyntax call) =>
        call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            SimpleNameSyntax name => name,
            _ => null,
        };

    /// <summary>What a call is made on: <c>db.Orders</c> of <c>db.Orders.Add(x)</c>; null for calls of an own method.</summary>
    public static ExpressionSyntax? Receiver(InvocationExpressionSyntax call) =>
        call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax binding => Conditional(binding),
            _ => null,
        };

    /// <summary>What stands before the question mark: <c>db</c> of <c>db?.Orders</c>.</summary>
    private static ExpressionSyntax? Conditional(MemberBindingExpressionSyntax binding)
    {
        for (var node = binding.Parent; node is not null; node = node.Parent)
        {
            if (node is ConditionalAccessExpressionSyntax access)
            {
                return access.Expression;
            }

            if (node is StatementSyntax)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Text on one line, blanks run together.</summary>
    public static string OneLine(string text)
    {
        if (text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0 && !text.Contains("  ", StringComparison.Ordinal))
        {
            return text;
        }

        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
