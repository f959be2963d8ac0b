using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Declared;

/// <summary>The lambda that handles an endpoint is a member of its own, so that each endpoint has its own use case.</summary>
/// <param name="Body">The lambda.</param>
/// <param name="Name">Verb and pattern as written: <c>GET /orders/{id}</c>.</param>
internal readonly record struct EndpointLambda(AnonymousFunctionExpressionSyntax Body, string Name)
{
    /// <summary>What maps an endpoint, with its HTTP method.</summary>
    public static IReadOnlyDictionary<string, string> Verbs { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MapGet"] = "GET",
        ["MapPost"] = "POST",
        ["MapPut"] = "PUT",
        ["MapDelete"] = "DELETE",
        ["MapPatch"] = "PATCH",
        ["MapMethods"] = "*",
        ["Map"] = "*",
        ["MapFallback"] = "*",
    };

    /// <summary>A quick look at the text, so that most files are not searched.</summary>
    public static bool MayStandIn(string text) =>
        text.Contains(".Map", StringComparison.Ordinal) && Verbs.Keys.Any(v => text.Contains("." + v + "(", StringComparison.Ordinal));

    /// <summary>Lambdas of endpoints in the order of the text.</summary>
    public static IEnumerable<EndpointLambda> In(SyntaxNode node)
    {
        foreach (var call in node.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.ArgumentList.Arguments.Count >= 2 && Names.Called(call)?.Identifier.ValueText is { } name && Verbs.TryGetValue(name, out var verb)
                && Handler(call) is AnonymousFunctionExpressionSyntax lambda)
            {
                var pattern = call.ArgumentList.Arguments[0].Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text ? text.Token.ValueText : "?";
                yield return new(lambda, $"{verb} {pattern}");
            }
        }
    }

    /// <summary>The handler is the last argument, behind the pattern and perhaps the methods.</summary>
    public static ExpressionSyntax? Handler(InvocationExpressionSyntax call)
    {
        var handler = call.ArgumentList.Arguments is { Count: >= 2 } arguments ? arguments[^1].Expression : null;
        while (handler is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            handler = handler is ParenthesizedExpressionSyntax inner ? inner.Expression : ((CastExpressionSyntax)handler).Expression;
        }

        return handler;
    }
}
