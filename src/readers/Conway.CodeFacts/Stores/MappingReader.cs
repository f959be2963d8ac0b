using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Stores;

/// <summary>What is kept in a store, and how: contexts, sets, attributes and mappings of Entity Framework, old and new.</summary>
internal sealed class MappingReader
{
    /// <summary>Types that a mapping is written on; the last type argument is the entity.</summary>
    internal static readonly HashSet<string> Builders = new(StringComparer.Ordinal)
    {
        "EntityTypeBuilder", "OwnedNavigationBuilder", "EntityTypeConfiguration", "StructuralTypeConfiguration", "ComplexTypeConfiguration", "ClassMap", "ClassMapping", "SubclassMap",
    };

    /// <summary>Without one of these words a file maps nothing.</summary>
    private static readonly string[] Marks = ["ModelBuilder", "EntityTypeBuilder", "EntityTypeConfiguration", "NamingConvention", "ModelConfigurationBuilder", "OwnedNavigationBuilder", "GetCollection<", "ClassMap", "SubclassMap", "Mapper.Entity<", ".AddMongo"];

    private readonly FileScope _at;
    private readonly bool _maps;
    private readonly HashSet<(int Type, string Arguments)> _uses = [];
    private readonly ConventionReader _conventions;
    private StoreAccess _library = StoreAccess.EfCore;

    public MappingReader(FileScope at)
    {
        _at = at;
        var text = at.File.Tree!.GetText().ToString();
        _maps = Marks.Any(m => text.Contains(m, StringComparison.Ordinal));
        _conventions = new(at);
    }

    private StoreFacts Facts => _at.Facts.Stores;

    // --- declarations --------------------------------------------------------------------------------------------------------

    public void Type(BaseTypeDeclarationSyntax node)
    {
        if (node is not TypeDeclarationSyntax { BaseList: not null } || _at.Type == Codebase.None || _at.Declared(node) is not { } symbol)
        {
            return;
        }

        foreach (var from in symbol.Interfaces.Where(i => i.Name is "IEntityTypeConfiguration" && i.TypeArguments.Length == 1))
        {
            Configuration(from.TypeArguments[0], StoreAccess.EfCore, node);
        }

        for (var from = symbol.BaseType; from is not null; from = from.BaseType)
        {
            if (IsContext(from) is not StoreAccess.None and var access)
            {
                Facts.Contexts.Add(new(_at.Type, access, _at.File.PlaceOf(node.Identifier)));
                foreach (var (argument, i) in from.TypeArguments.Select((a, i) => (a, i)).Where(_ => from.Name.Contains("Identity", StringComparison.Ordinal)))
                {
                    if (_at.Meant(argument) is not Codebase.None and var id && !argument.TypeKind.Equals(TypeKind.Enum))
                    {
                        Facts.Sets.Add(new(_at.Type, id, IdentityTables.NameOf(i, from.TypeArguments.Length), access, _at.PlaceOf(node.BaseList)));
                        if (IdentityTables.AreNamedLast(node) && IdentityTables.NameOf(i, from.TypeArguments.Length) is { } table)
                        {
                            Add(id, MappingKind.LastTable, table, null, node: node, access: access);
                        }
                    }
                }

                break;
            }

            if (from.Name is "EntityTypeConfiguration" or "ClassMap" or "ClassMapping" or "SubclassMap" && from.TypeArguments.Length == 1)
            {
                Configuration(from.TypeArguments[0], from.Name is "EntityTypeConfiguration" ? StoreAccess.Ef6 : StoreAccess.NHibernate, node);
            }
        }
    }

    private void Configuration(ITypeSymbol of, StoreAccess access, BaseTypeDeclarationSyntax node)
    {
        _library = access;
        if (_at.Meant(of) is not Codebase.None and var entity)
        {
            Facts.Mappings.Add(new(entity, MappingKind.Configuration, null, null, _at.Type, _at.Type, access, _at.File.PlaceOf(node.Identifier)));
        }
    }

    private static StoreAccess IsContext(INamedTypeSymbol type) =>
        type.Name is "DbContext" or "ObjectContext" && type.ContainingNamespace?.ToDisplayString().StartsWith("System.Data", StringComparison.Ordinal) == true ? StoreAccess.Ef6
        : type.Name.EndsWith("DbContext", StringComparison.Ordinal) && (type.TypeKind == TypeKind.Error || type.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.", StringComparison.Ordinal) == true)
            ? StoreAccess.EfCore
        : StoreAccess.None;

    /// <summary>Says which library a set belongs to; none for another type.</summary>
    public static StoreAccess IsSet(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1, Name: "DbSet" or "IDbSet" or "ObjectSet" or "IMongoCollection" } set
            ? set.Name == "IMongoCollection" ? StoreAccess.Mongo : (set.ContainingNamespace?.ToDisplayString() is { } space && space.StartsWith("System.Data", StringComparison.Ordinal) ? StoreAccess.Ef6 : StoreAccess.EfCore)
            : StoreAccess.None;

    public void Property(TypeSyntax? type, SyntaxNode node, string name, bool isField, SyntaxList<AttributeListSyntax> attributes)
    {
        if (type is null or PredefinedTypeSyntax || _at.Type == Codebase.None || (Names.Simple(type) != "IMongoCollection" && !type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(n => _at.Names.MayBeType(n.Identifier.ValueText))))
        {
            return;
        }

        var symbol = _at.TypeOf(type);
        if (symbol is INamedTypeSymbol { TypeArguments.Length: 1 } set && IsSet(set) is not StoreAccess.None and var access)
        {
            if (set.TypeArguments[0] is ITypeParameterSymbol && access == StoreAccess.Mongo)
            {
                Facts.GenericSets.Add(new(_at.Type, _at.SubjectOf(set.TypeArguments[0]), null, access, _at.PlaceOf(node)));
            }
            else if (_at.Meant(set.TypeArguments[0]) is not Codebase.None and var entity)
            {
                Facts.Sets.Add(new(_at.Type, entity, isField || (access == StoreAccess.Mongo && name is "Collection" or "DbSet" or "Items" or "Documents") ? null : name, access, _at.PlaceOf(node)));
            }

            return;
        }

        var element = FileScope.ElementOf(symbol);
        var of = _at.IdOf(element ?? FileScope.NotNull(symbol));
        if (of != Codebase.None)
        {
            var said = attributes.SelectMany(l => l.Attributes).ToArray();
            var key = said.FirstOrDefault(a => Names.OfAttribute(a) == "ForeignKey");
            Facts.Properties.Add(new(_at.Type, name, of, element is not null, isField, said.Any(a => Names.OfAttribute(a) is "NotMapped" or "Ignore" or "BsonIgnore" or "Computed"),
                key is null ? null : Text(key.ArgumentList?.Arguments.FirstOrDefault()?.Expression), _at.PlaceOf(node)));
        }
    }

    /// <summary>A member may say under which name its class keeps things.</summary>
    public void Named(SyntaxToken identifier, ExpressionSyntax? value)
    {
        if (value is not null && _at.Type != Codebase.None && identifier.ValueText is "CollectionName" or "GetCollectionName" or "TableName" or "GetTableName" && Text(value) is { Length: > 0 } name)
        {
            Facts.Names.Add(new(_at.Type, name, _at.File.PlaceOf(identifier)));
        }
    }

    /// <summary>A generic type of the codebase is given types: it may keep them.</summary>
    public void Used(int type, GenericNameSyntax written)
    {
        if (type == Codebase.None || !written.TypeArgumentList.Arguments.Any(a => Names.Last(a) is { } last && _at.Names.MayBeType(last.Identifier.ValueText)))
        {
            return;
        }

        int[] given = [.. written.TypeArgumentList.Arguments.Select(a => Names.Last(a) is { } last && _at.Names.MayBeType(last.Identifier.ValueText) ? _at.Meant(_at.TypeOf(a)) : Codebase.None)];
        if (given.Any(g => g != Codebase.None))
        {
            var arguments = string.Join(',', given);
            if (_uses.Add((type, arguments)))
            {
                Facts.GenericUses.Add(new(type, arguments, _at.PlaceOf(written)));
            }
        }
    }

    public void Attribute(AttributeSyntax node)
    {
        if (_at.Type == Codebase.None || node.Parent?.Parent is not TypeDeclarationSyntax)
        {
            return;
        }

        switch (Names.OfAttribute(node))
        {
            case "Table" when Argument(node, 0, "Name") is { } name:
                var (schema, table) = name.Split('.') is [var first, var second] ? (first, second) : (Named(node, "Schema"), name);
                Add(_at.Type, MappingKind.TableAttribute, table, schema, node: node);
                break;
            case "Owned" or "ComplexType":
                Add(_at.Type, MappingKind.Value, null, null, node: node);
                break;
            case "NotMapped":
                Add(_at.Type, MappingKind.Ignore, null, null, node: node);
                break;
        }
    }

    private string? Argument(AttributeSyntax node, int index, string name) =>
        node.ArgumentList?.Arguments.Where(a => a.NameEquals is null).ElementAtOrDefault(index) is { } argument ? Text(argument.Expression) : Named(node, name);

    private string? Named(AttributeSyntax node, string name) =>
        Text(node.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name)?.Expression);

    // --- fluent mappings -----------------------------------------------------------------------------------------------------

    public void Call(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        if (!_maps || _at.Type == Codebase.None)
        {
            return;
        }

        _conventions.Call(node, name);
        switch (name.Identifier.ValueText)
        {
            case "ToTable":
                Table(node, MappingKind.Table);
                break;
            case "ToView":
                Table(node, MappingKind.View);
                break;
            case "ToCollection" or "ToContainer":
                Table(node, MappingKind.Collection);
                break;
            case "Table" when Names.Receiver(node) is null:
                Table(node, MappingKind.Table);
                break;
            case "GetCollection" when Argument(node, 0) is { } collection && Text(collection) is { Length: > 0 } documents && Names.Receiver(node) is { } database && _at.TypeOf(database)?.Name is null or "" or "IMongoDatabase":
                Add(TypeArgument(node, name), MappingKind.Collection, documents, null, node: node, access: StoreAccess.Mongo);
                break;
            case "Entity" when name is GenericNameSyntax && Argument(node, 0) is { } first && Text(first) is { Length: > 0 } own && _at.Method(node) is var mapper && (mapper is null || _at.IdOf(mapper.ContainingType) != Codebase.None):
                // A mapper of one's own: Mapper.Entity<Series>("Series")
                Add(TypeArgument(node, name), MappingKind.Table, own, null, node: node, access: StoreAccess.Dapper);
                break;
            case "Entity":
                Add(TypeArgument(node, name), MappingKind.Entity, null, null, node: node);
                break;
            case "OwnsOne" or "OwnsMany":
                Navigation(node, name, name.Identifier.ValueText == "OwnsOne" || IsOneColumn(node) ? MappingKind.OwnsOne : MappingKind.OwnsMany);
                break;
            case "HasOne" or "HasRequired" or "HasOptional":
                Navigation(node, name, MappingKind.Reference);
                break;
            case "HasMany":
                Navigation(node, name, Next(node) == "WithMany" ? MappingKind.ManyToMany : MappingKind.Many);
                break;
            case "UsingEntity":
                UsingEntity(node, name);
                break;
            case "ComplexProperty" when Subject(node) is not Codebase.None and var entity:
                Add(Selected(node, name).Type, MappingKind.Value, null, null, other: entity, node: node);
                break;
            case "ComplexProperties" or "Owned" or "ComplexType":
                Add(TypeArgument(node, name), MappingKind.Value, null, null, node: node);
                break;
            case "Property" when Argument(node, 0) is LambdaExpressionSyntax && _conventions.Plain(node, Selected(node, name).Property):
                break;
            case "Property" when Subject(node) is not Codebase.None and var entity && Selected(node, name).Property is { } property:
                Add(entity, MappingKind.Ignore, property, null, node: node);
                break;
            case "Properties" when TypeArgument(node, name) is not Codebase.None and var converted:
                Add(converted, MappingKind.Ignore, null, null, node: node);
                break;
            case "Ignore":
                if (TypeArgument(node, name) is not Codebase.None and var ignored)
                {
                    Add(ignored, MappingKind.Ignore, null, null, node: node);
                }
                else if (Subject(node) is not Codebase.None and var entity)
                {
                    Add(entity, MappingKind.Ignore, Selected(node, name).Property, null, node: node);
                }

                break;
            case "HasKey" when Subject(node) is not Codebase.None and var entity:
                Add(entity, MappingKind.Key, null, null, node: node);
                break;
            case "HasDefaultSchema" when Text(Argument(node, 0)) is { } schema:
                Add(Codebase.None, MappingKind.Schema, schema, null, node: node);
                break;
            case "HasValue":
                Add(TypeArgument(node, name), MappingKind.Derived, null, null, node: node);
                break;
            case "HasBaseType" when Subject(node) is not Codebase.None and var entity:
                Add(entity, MappingKind.Derived, null, null, node: node);
                break;
            case "UseTpcMappingStrategy" or "MapInheritedProperties" when Subject(node) is not Codebase.None and var entity:
                Add(entity, MappingKind.OwnTables, null, null, node: node);
                break;
            case "ApplyConfiguration" when Argument(node, 0) is { } configuration && _at.IdOf(_at.TypeOf(configuration)) is not Codebase.None and var by:
                Add(Codebase.None, MappingKind.ApplyOne, null, null, other: by, node: node);
                break;
            case "Add" when Argument(node, 0) is ObjectCreationExpressionSyntax created && Names.Receiver(node) is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Configurations" }
                && _at.IdOf(_at.TypeOf(created)) is not Codebase.None and var old:
                Add(Codebase.None, MappingKind.ApplyOne, null, null, other: old, node: node);
                break;
            case "ApplyConfigurationsFromAssembly" or "AddFromAssembly":
                var marker = node.ArgumentList.DescendantNodes().OfType<TypeOfExpressionSyntax>().FirstOrDefault();
                Add(Codebase.None, MappingKind.ApplyAll, null, null, other: marker is null ? _at.Type : _at.IdOf(_at.TypeOf(marker.Type)), node: node);
                break;
            case "UseSnakeCaseNamingConvention":
                Add(Codebase.None, MappingKind.SnakeCase, null, null, node: node);
                break;
            case ['T', 'o', .., 'T', 'a', 'b', 'l', 'e'] when _at.Method(node) is null:
                // An extension of a package that names the table, and does more.
                Table(node, MappingKind.Table);
                break;
        }
    }

    /// <summary>Whether what is owned in numbers is kept as JSON within its owner.</summary>
    private static bool IsOneColumn(InvocationExpressionSyntax node) =>
        Next(node) == "ToJson" || node.ArgumentList.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(c => Names.Called(c)?.Identifier.ValueText == "ToJson");

    private void Table(InvocationExpressionSyntax node, MappingKind kind)
    {
        if (Argument(node, 0) is not ({ } first and not AnonymousFunctionExpressionSyntax))
        {
            return;
        }

        if (_conventions.OfParameter(node, first, kind, _library))
        {
            return;
        }

        if (Subject(node) is not Codebase.None and var entity && Text(first) is { Length: > 0 } table)
        {
            var schema = Argument(node, 1) is { } second and not AnonymousFunctionExpressionSyntax ? Text(second) : null;
            (schema, table) = schema is null && table.Split('.') is [{ Length: > 0 } before, { Length: > 0 } after] ? (before, after) : (schema, table);
            Add(entity, kind, table, schema, node: node);
        }
    }

    private void Navigation(InvocationExpressionSyntax node, SimpleNameSyntax name, MappingKind kind)
    {
        if (Subject(node) is not Codebase.None and var entity && Selected(node, name) is { Type: not Codebase.None } to)
        {
            Add(entity, kind, to.Property, kind is MappingKind.Reference or MappingKind.Many ? ForeignKey(node) : null, other: to.Type, node: node);
        }
    }

    private void UsingEntity(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        if (TypeArgument(node, name) is not Codebase.None and var join)
        {
            Add(join, MappingKind.Entity, null, null, node: node);
        }
    }

    /// <summary>The property that a lambda or a text selects, and the type behind it: <c>Lines</c> and OrderLine of <c>HasMany(o => o.Lines)</c>.</summary>
    private (string? Property, int Type) Selected(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        var explicitly = TypeArgument(node, name);
        switch (Argument(node, 0))
        {
            case LambdaExpressionSyntax { Body: ExpressionSyntax body }:
                var bare = Bare(body);
                var property = bare is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : null;
                var type = _at.TypeOf(bare);
                return (property, explicitly != Codebase.None ? explicitly : _at.Meant(FileScope.ElementOf(type) ?? FileScope.NotNull(type)));
            case { } argument when Text(argument) is { } text:
                return (text, explicitly);
            default:
                return (null, explicitly);
        }
    }

    private static ExpressionSyntax Bare(ExpressionSyntax expression) =>
        expression switch
        {
            CastExpressionSyntax cast => Bare(cast.Expression),
            ParenthesizedExpressionSyntax inner => Bare(inner.Expression),
            PostfixUnaryExpressionSyntax forgiving => Bare(forgiving.Operand),
            _ => expression,
        };

    /// <summary>The key that is named further on in the same chain of calls.</summary>
    private string? ForeignKey(InvocationExpressionSyntax node)
    {
        for (var at = node; at.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access; at = next)
        {
            if (access.Name.Identifier.ValueText is "HasForeignKey")
            {
                return Argument(next, 0) switch
                {
                    LambdaExpressionSyntax { Body: ExpressionSyntax body } => Bare(body) is MemberAccessExpressionSyntax key ? key.Name.Identifier.ValueText : null,
                    { } text => Text(text),
                    null => null,
                };
            }
        }

        return null;
    }

    private static string? Next(InvocationExpressionSyntax node) => (node.Parent as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;

    /// <summary>The entity that a call of a mapping is about, by the type of what stands before it; further left where something unknown comes between.</summary>
    private int Subject(InvocationExpressionSyntax node)
    {
        // In a configuration of the old style the mapping is written on the own object.
        var left = Names.Receiver(node);
        if (left is null)
        {
            return _at.DeclaringSymbol(node) is { } own ? OfBuilder(own) : Codebase.None;
        }

        for (var (receiver, steps) = (left, 0); receiver is not null && steps < 100; steps++)
        {
            for (var type = _at.TypeOf(receiver) as INamedTypeSymbol; type is not null and not IErrorTypeSymbol; type = type.BaseType)
            {
                if (OfBuilder(type) is not Codebase.None and var entity)
                {
                    return entity;
                }

                // A builder of something else, such as a property: the chain is not about the entity any more.
                if (type.ContainingNamespace?.ToDisplayString() == "Microsoft.EntityFrameworkCore.Metadata.Builders")
                {
                    return Codebase.None;
                }
            }

            receiver = receiver is InvocationExpressionSyntax before ? Names.Receiver(before) : null;
        }

        return Codebase.None;
    }

    private int OfBuilder(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (Builders.Contains(at.Name) && at.TypeArguments.Length > 0)
            {
                return _at.Meant(at.TypeArguments[^1]);
            }
        }

        return Codebase.None;
    }

    private int TypeArgument(InvocationExpressionSyntax node, SimpleNameSyntax name) =>
        name is GenericNameSyntax { TypeArgumentList.Arguments: [.., var last] } ? _at.Meant(_at.TypeOf(last))
        : Argument(node, 0) is TypeOfExpressionSyntax of ? _at.Meant(_at.TypeOf(of.Type))
        : Codebase.None;

    private static ExpressionSyntax? Argument(InvocationExpressionSyntax node, int index) => node.ArgumentList.Arguments.ElementAtOrDefault(index)?.Expression;

    private string? Text(ExpressionSyntax? expression) => KnownText.Of(_at, expression);

    private void Add(int entity, MappingKind kind, string? text, string? schema, SyntaxNode node, int other = Codebase.None, StoreAccess access = StoreAccess.None)
    {
        var isGlobal = kind is MappingKind.Schema or MappingKind.ApplyOne or MappingKind.ApplyAll or MappingKind.SnakeCase or MappingKind.SnakeTables;
        if (entity != Codebase.None || isGlobal)
        {
            Facts.Mappings.Add(new(entity, kind, text, schema, other, _at.Type, access != StoreAccess.None ? access : _library, _at.PlaceOf((node as InvocationExpressionSyntax) is { } call && Names.Called(call) is { } name ? name : node)));
        }
    }
}
