using Conway.CodeFacts.Stores;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Bodies;

/// <content>What runs more than once, and what is a member of its own.</content>
internal sealed partial class FileReader
{
    /// <summary>Methods that call their lambda once for each element.</summary>
    private static readonly HashSet<string> PerElement = new(StringComparer.Ordinal)
    {
        "Select", "SelectMany", "Where", "ForEach", "ForEachAsync", "ForAll", "For", "Any", "All", "Count", "Sum", "Min", "Max", "Average", "First", "FirstOrDefault",
        "Single", "SingleOrDefault", "Last", "LastOrDefault", "ToDictionary", "ToLookup", "GroupBy", "OrderBy", "OrderByDescending", "Aggregate", "ConvertAll", "SelectAsync", "Find", "RemoveAll",
    };

    private void Arguments(InvocationExpressionSyntax node, string name)
    {
        var mayRepeat = PerElement.Contains(name);
        bool? repeats = null;
        var isQuery = IsOfQuery(node, name);
        _at.Queries += isQuery ? 1 : 0;
        foreach (var argument in node.ArgumentList.Arguments)
        {
            if (mayRepeat && argument.Expression is AnonymousFunctionExpressionSyntax)
            {
                repeats ??= RunsForEach(node, name);
                _at.Loops += repeats.Value ? 1 : 0;
                Visit(argument);
                _at.Loops -= repeats.Value ? 1 : 0;
            }
            else
            {
                Visit(argument);
            }
        }

        _at.Queries -= isQuery ? 1 : 0;
    }

    /// <summary>Whether lambdas of this call run in a database. What is included is a join already.</summary>
    private bool IsOfQuery(InvocationExpressionSyntax node, string name) =>
        name is not ("Include" or "ThenInclude") && node.ArgumentList.Arguments.Any(a => a.Expression is LambdaExpressionSyntax)
        && FileScope.Found(_at.Symbol(node)) is IMethodSymbol { ContainingType.Name: "Queryable" or "EntityFrameworkQueryableExtensions" or "QueryableExtensions" };

    /// <summary>Whether lambdas of this call run in this process for each element; those of a database query run there, once.</summary>
    private bool RunsForEach(InvocationExpressionSyntax node, string name) =>
        FileScope.Found(_at.Symbol(node)) is IMethodSymbol method
            ? method.ContainingType?.Name is not ("Queryable" or "EntityFrameworkQueryableExtensions") && IsOfSequences(method)
            : name is "Select" or "SelectMany" or "ForEach" or "ForEachAsync";

    private static bool IsOfSequences(IMethodSymbol method) =>
        method.ContainingType is { Name: "Enumerable" or "List" or "Array" or "Parallel" or "ParallelEnumerable" or "AsyncEnumerable" }
        || method.Name is "ForEach" or "ForEachAsync" or "Select" or "SelectMany" or "SelectAsync";

    public override void VisitForEachStatement(ForEachStatementSyntax node)
    {
        Visit(node.Type);
        Visit(node.Expression);
        Repeated(node.Statement);
    }

    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        Visit(node.Variable);
        Visit(node.Expression);
        Repeated(node.Statement);
    }

    public override void VisitForStatement(ForStatementSyntax node)
    {
        Visit(node.Declaration);
        foreach (var initializer in node.Initializers)
        {
            Visit(initializer);
        }

        Repeated([node.Condition, node.Statement, .. node.Incrementors]);
    }

    public override void VisitWhileStatement(WhileStatementSyntax node) => Repeated(node.Condition, node.Statement);

    public override void VisitDoStatement(DoStatementSyntax node) => Repeated(node.Statement, node.Condition);

    private void Repeated(params ReadOnlySpan<SyntaxNode?> nodes)
    {
        _at.Loops++;
        foreach (var node in nodes)
        {
            Visit(node);
        }

        _at.Loops--;
    }

    public override void VisitQueryExpression(QueryExpressionSyntax node)
    {
        Visit(node.FromClause);
        var repeats = _at.TypeOf(node.FromClause.Expression) is { TypeKind: not TypeKind.Error } source
            && !AccessReader.IsQuery(source);
        var isQuery = !repeats && AccessReader.IsQuery(_at.TypeOf(node.FromClause.Expression));
        _at.Loops += repeats ? 1 : 0;
        _at.Queries += isQuery ? 1 : 0;
        Visit(node.Body);
        _at.Queries -= isQuery ? 1 : 0;
        _at.Loops -= repeats ? 1 : 0;
        _access.Query(node);
    }

    public override void VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => Lambda(node, () => base.VisitSimpleLambdaExpression(node));

    public override void VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => Lambda(node, () => base.VisitParenthesizedLambdaExpression(node));

    public override void VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => Lambda(node, () => base.VisitAnonymousMethodExpression(node));

    /// <summary>The lambda of an endpoint is a member of its own.</summary>
    private void Lambda(AnonymousFunctionExpressionSyntax node, Action inner)
    {
        if (_at.MemberAt(node.SpanStart) is not Codebase.None and var member && _at.Types.Members[member].Kind == CodeMemberKind.Lambda)
        {
            In(member, node, inner);
        }
        else
        {
            inner();
        }
    }
}
