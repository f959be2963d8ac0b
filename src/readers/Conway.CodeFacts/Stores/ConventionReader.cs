using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Stores;

/// <summary>What a codebase maps by rules of its own: helpers for any entity, classes found by reflection, tables renamed at the end.</summary>
internal sealed class ConventionReader(FileScope at)
{
    private StoreFacts Facts => at.Facts.Stores;

    public void Call(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        var called = name.Identifier.ValueText;
        if (called == "SetTableName")
        {
            var argument = node.ArgumentList.ToString();
            if (argument.Contains("Snake", StringComparison.OrdinalIgnoreCase) || argument.Contains("Underscore", StringComparison.OrdinalIgnoreCase))
            {
                Global(MappingKind.SnakeTables, name);
            }
        }
        else if (called.Contains("SnakeCase", StringComparison.Ordinal) && Names.Receiver(node) is { } model && at.TypeOf(model)?.Name == "ModelBuilder")
        {
            Global(MappingKind.SnakeTables, name);
        }
        else if (called is "Entity" && name is not GenericNameSyntax)
        {
            Registered(node, name);
        }
        else if (called.StartsWith("AddMongo", StringComparison.Ordinal) && name is GenericNameSyntax { TypeArgumentList.Arguments: [var document, ..] }
            && node.ArgumentList.Arguments is [var first, ..] && KnownText.Of(at, first.Expression) is { Length: > 0 } collection && at.Meant(at.TypeOf(document)) is not Codebase.None and var kept)
        {
            // services.AddMongoRepository<Order, Guid>("orders")
            Facts.Mappings.Add(new(kept, MappingKind.Collection, collection, null, Codebase.None, at.Type, StoreAccess.Mongo, at.PlaceOf(name)));
        }
        else if (called is "Entity" or "GetCollection" && name is GenericNameSyntax { TypeArgumentList.Arguments: [.., var last] } && at.TypeOf(last) is ITypeParameterSymbol parameter)
        {
            Of(parameter, called == "Entity" ? MappingKind.Entity : MappingKind.Collection, node.ArgumentList.Arguments.FirstOrDefault()?.Expression, called == "Entity" ? StoreAccess.EfCore : StoreAccess.Mongo, name);
        }

        Given(node, name);
    }

    private void Global(MappingKind kind, SyntaxNode node) => Facts.Mappings.Add(new(Codebase.None, kind, null, null, Codebase.None, at.Type, StoreAccess.EfCore, at.PlaceOf(node)));

    /// <summary>The table of what a helper is given for a type parameter; false when the call is about something else.</summary>
    public bool OfParameter(InvocationExpressionSyntax node, ExpressionSyntax table, MappingKind kind, StoreAccess access)
    {
        if (Names.Receiver(node) is not { } receiver || at.TypeOf(receiver) is not INamedTypeSymbol { TypeArguments: [.., ITypeParameterSymbol parameter] } builder || !MappingReader.Builders.Contains(builder.Name))
        {
            return false;
        }

        Of(parameter, kind, table, access, node);
        return true;
    }

    /// <summary>A property of what a helper is given is kept as one value; false when the call is about something else.</summary>
    public bool Plain(InvocationExpressionSyntax node, string? property)
    {
        if (property is null || Names.Receiver(node) is not { } receiver || at.TypeOf(receiver) is not INamedTypeSymbol { TypeArguments: [.., ITypeParameterSymbol parameter] } builder || !MappingReader.Builders.Contains(builder.Name))
        {
            return false;
        }

        if (at.Member != Codebase.None)
        {
            Facts.GenericMappings.Add(new(at.Member, Subject.Of(parameter), MappingKind.Ignore, property, Codebase.None, StoreAccess.EfCore, at.PlaceOf(node)));
        }

        return true;
    }

    private void Of(ITypeParameterSymbol parameter, MappingKind kind, ExpressionSyntax? table, StoreAccess access, SyntaxNode node)
    {
        var subject = Subject.Of(parameter);
        var text = kind == MappingKind.Entity ? null : KnownText.Of(at, table);
        if (subject.OfMethod && at.Member != Codebase.None)
        {
            var ordinal = text is null && table is not null && kind != MappingKind.Entity && at.Symbol(table).Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol } name ? name.Ordinal : Codebase.None;
            Facts.GenericMappings.Add(new(at.Member, subject, kind, text, ordinal, access, at.PlaceOf(node)));
        }
        else if (subject.IsParameter && access == StoreAccess.Mongo)
        {
            Facts.GenericSets.Add(new(at.Type, subject, text, access, at.PlaceOf(node)));
        }
    }

    /// <summary>A generic method of the codebase is called: it may map what it is given.</summary>
    private void Given(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        if (!at.Names.MayBeMethod(name.Identifier.ValueText) || at.Method(node) is not { TypeArguments.Length: > 0 } method || at.MemberOf(method) is not (not Codebase.None and var member))
        {
            return;
        }

        // Of an extension the first parameter stands before the dot.
        var shift = method.ReducedFrom is null ? 0 : 1;
        var texts = new string?[method.Parameters.Length + shift];
        foreach (var (argument, i) in node.ArgumentList.Arguments.Select((a, i) => (a, i)))
        {
            var ordinal = argument.NameColon is { } named ? method.Parameters.FirstOrDefault(p => p.Name == named.Name.Identifier.ValueText)?.Ordinal ?? -1 : i;
            if (ordinal >= 0 && ordinal + shift < texts.Length)
            {
                texts[ordinal + shift] = KnownText.Of(at, argument.Expression);
            }
        }

        Facts.MappingCalls.Add(new(member, at.Member, at.Type, at.SubjectsOf(method.TypeArguments), [.. texts], at.PlaceOf(name)));
    }

    /// <summary>modelBuilder.Entity(type) for each type that derives from a base: the base is named in the same method.</summary>
    private void Registered(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        if (node.ArgumentList.Arguments is not [{ Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } argument, ..] || at.TypeOf(argument.Expression) is not { Name: "Type" or "TypeInfo" }
            || node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
        {
            return;
        }

        foreach (var asked in method.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            var of = Names.Called(asked)?.Identifier.ValueText switch
            {
                "IsSubclassOf" or "IsAssignableTo" => asked.ArgumentList.Arguments.FirstOrDefault()?.Expression,
                "IsAssignableFrom" => Names.Receiver(asked),
                _ => null,
            };
            if (of is TypeOfExpressionSyntax type && at.Meant(at.TypeOf(type.Type)) is not Codebase.None and var basis)
            {
                Facts.RegisteredBases.Add(new(basis, at.Type, at.PlaceOf(name)));
            }
        }
    }
}
