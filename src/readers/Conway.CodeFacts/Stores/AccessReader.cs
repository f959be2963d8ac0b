using System.Text;
using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Sql;
using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Stores;

/// <summary>What a body reads from stores and writes to them.</summary>
/// <remarks>Whether a type is an entity is known only when all files were read; until then every object may be one.</remarks>
internal sealed class AccessReader(FileScope at)
{
    private const int PartsMax = 2_000;

    private static readonly HashSet<string> Writes = Words("Add AddAsync AddRange AddRangeAsync Update UpdateRange Remove RemoveRange Attach AttachRange AddOrUpdate");

    private static readonly HashSet<string> BulkWrites =
        Words("ExecuteUpdate ExecuteUpdateAsync ExecuteDelete ExecuteDeleteAsync UpdateFromQuery UpdateFromQueryAsync DeleteFromQuery DeleteFromQueryAsync BatchUpdate BatchUpdateAsync BatchDelete BatchDeleteAsync");

    private static readonly HashSet<string> CollectionChanges = Words("Add AddRange Remove RemoveAll RemoveAt RemoveRange Clear Insert");

    private static readonly HashSet<string> UnitOfWorkEnds = Words("Commit CommitAsync Complete CompleteAsync SaveEntitiesAsync SaveEntities Save SaveAsync SaveChanges SaveChangesAsync");

    private StoreFacts Facts => at.Facts.Stores;

    private static HashSet<string> Words(string words) => [.. words.Split(' ')];

    // --- sets ----------------------------------------------------------------------------------------------------------------

    /// <summary>A name that may stand for a set is met.</summary>
    public void Value(ExpressionSyntax node, string name)
    {
        if (at.Member != Codebase.None && at.Names.MayBeSet(name))
        {
            Set(node, at.TypeOf(node));
        }
    }

    private void Set(ExpressionSyntax node, ITypeSymbol? type)
    {
        if (MappingReader.IsSet(type) is not (StoreAccess.EfCore or StoreAccess.Ef6) || IsOfSetProperty())
        {
            return;
        }

        var via = MappingReader.IsSet(type);

        // A field that keeps the set reads nothing yet; what is done with the set itself is met there.
        var whole = node.Parent is MemberAccessExpressionSyntax { Name: var own } outer && own == node ? outer : node;
        if (whole.Parent is AssignmentExpressionSyntax assignment && assignment.Right == whole)
        {
            return;
        }

        var last = "";
        for (ExpressionSyntax step = whole; step.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == step; step = next)
        {
            if (step == whole && Writes.Contains(access.Name.Identifier.ValueText))
            {
                return;
            }

            last = access.Name.Identifier.ValueText;
        }

        if (!BulkWrites.Contains(last))
        {
            Add(at.SubjectOf(((INamedTypeSymbol)type!).TypeArguments[0]), AccessMode.Read, via, node);
        }
    }

    /// <summary>The property of a context that gives the set is not a use of it.</summary>
    private bool IsOfSetProperty() => at.Types.Members[at.Member] is { Kind: CodeMemberKind.Property, Signature: var signature } && signature.Contains("Set<", StringComparison.Ordinal);

    private void Add(Subject subject, AccessMode mode, StoreAccess via, SyntaxNode node, bool isInferred = false)
    {
        if (at.Member != Codebase.None && !subject.IsNothing)
        {
            Facts.Accesses.Add(new(at.NextOrder(), at.Member, subject, mode, via, at.PlaceOf(node), at.InLoop, isInferred));
        }
    }

    // --- calls ---------------------------------------------------------------------------------------------------------------

    public void Call(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        if (at.Member == Codebase.None)
        {
            return;
        }

        var called = name.Identifier.ValueText;
        if (called is "Set" && name is GenericNameSyntax)
        {
            Set(node, at.TypeOf(node));
        }
        else if (called is "Find" or "FindAsync" && name is GenericNameSyntax && IsContext(at.Method(node)?.ContainingType))
        {
            Add(at.SubjectOf(at.Method(node)!.TypeArguments.FirstOrDefault()), AccessMode.Read, StoreAccess.EfCore, name);
        }
        else if (Writes.Contains(called) || CollectionChanges.Contains(called))
        {
            Write(node, name);
        }
        else if (BulkWrites.Contains(called) && Names.Receiver(node) is { } query && FileScope.ElementOf(at.TypeOf(query)) is { } rows)
        {
            Add(at.SubjectOf(rows), AccessMode.Write, StoreAccess.EfCore, name);
        }
        else if (called is "Entry" && IsContext(at.Method(node)?.ContainingType) && Argument(node) is { } entry && IsChanged(node))
        {
            Add(at.SubjectOf(at.TypeOf(entry)), AccessMode.Write, StoreAccess.EfCore, name);
        }
        else if (called is "Include" or "ThenInclude")
        {
            Include(node, name);
        }
        else if (called is "Join" or "GroupJoin" or "LeftJoin" && Names.Receiver(node) is { } left && IsQuery(at.TypeOf(left)) && Argument(node) is { } right)
        {
            Together(FileScope.ElementOf(at.TypeOf(left)), FileScope.ElementOf(at.TypeOf(right)), StoreJoinKind.Join, name);
        }

        Transaction(node, called, name);
    }

    private void Write(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        var method = at.Method(node);
        if (Writes.Contains(name.Identifier.ValueText) && MappingReader.IsSet(method?.ContainingType) is not StoreAccess.None and var via)
        {
            Add(at.SubjectOf(method!.ContainingType.TypeArguments[0]), AccessMode.Write, via, name);
        }
        else if (Writes.Contains(name.Identifier.ValueText) && IsContext(method?.ContainingType))
        {
            foreach (var argument in node.ArgumentList.Arguments)
            {
                var type = at.TypeOf(argument.Expression);
                Add(at.SubjectOf(FileScope.ElementOf(type) ?? type), AccessMode.Write, StoreAccess.EfCore, name);
            }
        }
        else if (CollectionChanges.Contains(name.Identifier.ValueText) && Names.Receiver(node) is { } receiver && Changed(receiver) is { } changed)
        {
            // order.Lines.Add(…): the object that has the collection, and what the collection holds.
            if (at.IdOf(FileScope.ElementOf(at.TypeOf(receiver))) is not Codebase.None and var element)
            {
                Facts.Changes.Add(new(at.NextOrder(), at.Member, changed.Owner, element, changed.Property, at.PlaceOf(name), at.InLoop, changed.IsInferred));
            }
        }
    }

    private static bool IsContext(ITypeSymbol? type)
    {
        for (var of = type; of is not null; of = of.BaseType)
        {
            if (of.Name is "DbContext" or "ObjectContext")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Entry(x).State = …, Entry(x).CurrentValues.SetValues(…)</summary>
    private static bool IsChanged(InvocationExpressionSyntax node) =>
        node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var next } access && (next is "CurrentValues" || (next is "State" && access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access));

    private void Include(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        if (at.Method(node) is not { } method || at.IdOf(method.ContainingType) != Codebase.None)
        {
            return;
        }

        var from = Names.Receiver(node) is { } receiver ? at.TypeOf(receiver) : null;
        if (Argument(node) is LambdaExpressionSyntax && method.TypeArguments.Length >= 2)
        {
            // ThenInclude goes on from what was included last.
            var left = method.TypeArguments.Length >= 3 ? method.TypeArguments[1] : method.TypeArguments[0];
            var to = method.TypeArguments[^1];
            Together(left, FileScope.ElementOf(to) ?? to, StoreJoinKind.Include, name);
        }
        else if (Argument(node) is { } argument && at.ConstantText(argument) is { } path && FileScope.ElementOf(from) is { } of)
        {
            Facts.Joins.Add(new(at.NextOrder(), at.Member, at.SubjectOf(of), Subject.Nothing, StoreJoinKind.Include, StoreAccess.EfCore, path, at.PlaceOf(name), at.InLoop));
        }
    }

    private void Together(ITypeSymbol? left, ITypeSymbol? right, StoreJoinKind kind, SyntaxNode node)
    {
        var (from, to) = (at.SubjectOf(left), at.SubjectOf(right));
        if (from.IsType && to.IsType && at.Member != Codebase.None)
        {
            Facts.Joins.Add(new(at.NextOrder(), at.Member, from, to, kind, StoreAccess.EfCore, null, at.PlaceOf(node), at.InLoop));
        }
    }

    private static ExpressionSyntax? Argument(InvocationExpressionSyntax node) => node.ArgumentList.Arguments.FirstOrDefault()?.Expression;

    public static bool IsQuery(ITypeSymbol? type) => type is not null && (type.Name == "IQueryable" || type.AllInterfaces.Any(i => i.Name == "IQueryable"));

    // --- queries -------------------------------------------------------------------------------------------------------------

    /// <summary>A query in words: what it begins with and what it joins.</summary>
    public void Query(QueryExpressionSyntax node)
    {
        if (at.Member == Codebase.None || at.TypeOf(node.FromClause.Expression) is not { } source || !IsQuery(source))
        {
            return;
        }

        for (var body = node.Body; body is not null; body = body.Continuation?.Body)
        {
            foreach (var clause in body.Clauses)
            {
                switch (clause)
                {
                    case JoinClauseSyntax join:
                        Together(FileScope.ElementOf(source), FileScope.ElementOf(at.TypeOf(join.InExpression)), StoreJoinKind.Join, join);
                        break;
                    case FromClauseSyntax from when IsQuery(at.TypeOf(from.Expression)):
                        Together(FileScope.ElementOf(source), FileScope.ElementOf(at.TypeOf(from.Expression)), StoreJoinKind.Join, from);
                        break;
                }
            }
        }
    }

    /// <summary>A property of an object is read in a query: it may lead to another table.</summary>
    public void Navigation(ExpressionSyntax? left, IPropertySymbol property, SyntaxNode node)
    {
        if (left is not null && !property.IsStatic && at.TypeOf(left) is { } from)
        {
            Together(from, FileScope.ElementOf(property.Type) ?? property.Type, StoreJoinKind.Navigation, node);
        }
    }

    // --- changes -------------------------------------------------------------------------------------------------------------

    /// <summary>Something is assigned: a write, if it belongs to an entity.</summary>
    public void Assigned(ExpressionSyntax target)
    {
        if (at.Member != Codebase.None && Changed(target) is { } changed)
        {
            Facts.Changes.Add(new(at.NextOrder(), at.Member, changed.Owner, Codebase.None, changed.Property, at.PlaceOf(target), at.InLoop, changed.IsInferred));
        }
    }

    /// <summary>The object whose property or field an expression names; null when it is not one, or was made here and nobody knows it yet.</summary>
    private (int Owner, string Property, bool IsInferred)? Changed(ExpressionSyntax target)
    {
        var (name, left) = target switch
        {
            MemberAccessExpressionSyntax access => (access.Name, access.Expression is ThisExpressionSyntax or BaseExpressionSyntax ? null : access.Expression),
            IdentifierNameSyntax identifier => (identifier, null),
            _ => (default(SimpleNameSyntax), null),
        };
        var symbol = name is not null && at.Names.MayBeValue(name.Identifier.ValueText) ? FileScope.Found(at.Symbol(target)) : null;
        if (name is null || symbol is not (IPropertySymbol or IFieldSymbol) || symbol.IsStatic)
        {
            return null;
        }

        if (left is null)
        {
            // The own object; while it is made, nobody has stored it.
            return at.Type == Codebase.None || at.Types.Members[at.Member].Kind == CodeMemberKind.Constructor || at.IdOf(symbol.ContainingType) == Codebase.None ? null : (at.Type, name.Identifier.ValueText, true);
        }

        var owner = at.IdOf(FileScope.NotNull(at.TypeOf(left)));
        var root = left;
        while (root is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            root = root switch
            {
                MemberAccessExpressionSyntax further => further.Expression,
                ElementAccessExpressionSyntax element => element.Expression,
                _ => ((PostfixUnaryExpressionSyntax)root).Operand,
            };
        }

        var origin = Origin(root);
        return owner == Codebase.None || origin is ObjectOrigin.New ? null : (owner, name.Identifier.ValueText, origin is not ObjectOrigin.Loaded);
    }

    private enum ObjectOrigin
    {
        Unknown,
        New,
        Loaded,
    }

    /// <summary>Where the object of a local comes from.</summary>
    private ObjectOrigin Origin(ExpressionSyntax root)
    {
        if (root is not IdentifierNameSyntax || FileScope.Found(at.Symbol(root)) is not ILocalSymbol local || local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not { } declaration)
        {
            return ObjectOrigin.Unknown;
        }

        return declaration switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var value } => Origin(value, 0),
            ForEachStatementSyntax each => Origin(each.Expression, 0) is ObjectOrigin.Loaded ? ObjectOrigin.Loaded : ObjectOrigin.Unknown,
            _ => ObjectOrigin.Unknown,
        };
    }

    private ObjectOrigin Origin(SyntaxNode value, int depth) =>
        depth > 20 ? ObjectOrigin.Unknown : value switch
        {
            BaseObjectCreationExpressionSyntax => ObjectOrigin.New,
            AwaitExpressionSyntax awaited => Origin(awaited.Expression, depth + 1),
            ParenthesizedExpressionSyntax inner => Origin(inner.Expression, depth + 1),
            PostfixUnaryExpressionSyntax forgiving => Origin(forgiving.Operand, depth + 1),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => Origin(either.Left, depth + 1),
            IdentifierNameSyntax name when FileScope.Found(at.Symbol(name)) is ILocalSymbol => Origin((ExpressionSyntax)name),
            InvocationExpressionSyntax call => at.Method(call)?.ContainingType is { } of && (MappingReader.IsSet(of) is not StoreAccess.None || IsContext(of)
                || of.Name is "EntityFrameworkQueryableExtensions" or "Queryable" or "QueryableExtensions" || (Names.Receiver(call) is { } receiver && IsQuery(at.TypeOf(receiver))))
                ? ObjectOrigin.Loaded : ObjectOrigin.Unknown,
            _ => ObjectOrigin.Unknown,
        };

    // --- SQL -----------------------------------------------------------------------------------------------------------------

    /// <summary>Text stands in the code: a literal, one with holes, or a sum of both.</summary>
    public void Text(ExpressionSyntax node)
    {
        if (node.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } || node.FirstAncestorOrSelf<AttributeSyntax>() is not null)
        {
            return; // a part of a sum is read with the whole
        }

        var first = First(node);
        if (first is null || !SqlLook.MayBe(first))
        {
            return;
        }

        var text = Whole(node);
        if (SqlReader.Read(text).Count > 0)
        {
            Facts.Sql.Add(new(at.NextOrder(), at.Member, text, at.PlaceOf(node), at.InLoop));
        }
    }

    /// <summary>What the text begins with, with enough of it to tell SQL from a sentence.</summary>
    private string? First(ExpressionSyntax node)
    {
        var left = node;
        while (left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
        {
            left = sum.Left;
        }

        return left switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } or InterpolatedStringExpressionSyntax => left == node ? Part(left) : Whole(node),
            _ => null,
        };
    }

    private string Whole(ExpressionSyntax node)
    {
        var parts = new Stack<ExpressionSyntax>();
        var left = node;
        for (; left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum; left = sum.Left)
        {
            parts.Push(sum.Right);
        }

        parts.Push(left);
        var text = new StringBuilder();
        foreach (var part in parts.Take(PartsMax))
        {
            text.Append(Part(part));
        }

        return text.ToString();
    }

    private string Part(ExpressionSyntax node) =>
        node switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => literal.Token.ValueText,
            InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.Select(c =>
                c is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : at.ConstantText(((InterpolationSyntax)c).Expression) ?? SqlLexer.Hole)),
            _ => at.ConstantText(node) ?? SqlLexer.Hole,
        };

    // --- transactions --------------------------------------------------------------------------------------------------------

    private void Transaction(InvocationExpressionSyntax node, string called, SimpleNameSyntax name)
    {
        switch (called)
        {
            case "SaveChanges" or "SaveChangesAsync" or "SubmitChanges" when Names.Receiver(node) is not BaseExpressionSyntax:
                var of = at.Method(node)?.ContainingType;
                Transaction(of is null || IsContext(of) || at.IdOf(of) == Codebase.None ? TransactionKind.Save : TransactionKind.UnitOfWork, name);
                break;
            case "BeginTransaction" or "BeginTransactionAsync" when at.IdOf(at.Method(node)?.ContainingType) == Codebase.None:
                Transaction(TransactionKind.Begin, name);
                break;
            default:
                if (UnitOfWorkEnds.Contains(called) && Names.Receiver(node) is { } receiver && at.TypeOf(receiver)?.Name is { } unit && unit.Contains("UnitOfWork", StringComparison.Ordinal))
                {
                    Transaction(TransactionKind.UnitOfWork, name);
                }

                break;
        }
    }

    public void Created(ObjectCreationExpressionSyntax node)
    {
        if (Names.Simple(node.Type) is "TransactionScope")
        {
            Transaction(TransactionKind.Scope, node);
        }
    }

    public void Attribute(AttributeSyntax node)
    {
        if (at.Member == Codebase.None && Names.OfAttribute(node) is "Transactional" or "UnitOfWork" or "Transaction" && node.Parent?.Parent is MethodDeclarationSyntax method
            && at.MemberAt(method.SpanStart) is not Codebase.None and var member)
        {
            Facts.Transactions.Add(new(member, TransactionKind.Ambient, at.PlaceOf(node)));
        }
    }

    private void Transaction(TransactionKind kind, SyntaxNode node)
    {
        if (at.Member != Codebase.None)
        {
            Facts.Transactions.Add(new(at.Member, kind, at.PlaceOf(node)));
        }
    }
}
