using System.Collections.Immutable;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Sources;
using Conway.CodeFacts.Stores;
using Conway.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Bodies;

/// <summary>Where a walk through a file stands, what a node means there, and where facts go.</summary>
/// <remarks>One owner: the walk.</remarks>
internal sealed class FileScope
{
    private readonly Reading _reading;
    private readonly SemanticModel _model;
    private readonly NameGuess _guess;
    private readonly CancellationToken _cancellation;
    private int _order;

    public FileScope(Reading reading, SourceFile file, CancellationToken cancellation)
    {
        (_reading, File, _cancellation) = (reading, file, cancellation);
        _model = reading.Compilation.GetSemanticModel(file.Tree!, ignoreAccessibility: true);
        _guess = new(reading.Types, file.Root);
    }

    public SourceFile File { get; }

    public FileFacts Facts { get; } = new();

    /// <summary>The next place among everything that the file does.</summary>
    public int NextOrder() => _order++;

    public NameIndex Names => _reading.Names;

    public TypeTable Types => _reading.Types;

    /// <summary>Id of the type around the walk; <see cref="Codebase.None"/> outside of types.</summary>
    public int Type { get; set; } = Codebase.None;

    /// <summary>Id of the member whose body is walked; <see cref="Codebase.None"/> outside of bodies.</summary>
    public int Member { get; set; } = Codebase.None;

    /// <summary>Loops around the walk within the member.</summary>
    public int Loops { get; set; }

    public bool InLoop => Loops > 0;

    /// <summary>The namespace around the walk.</summary>
    public string Space => Type == Codebase.None ? "" : Types.Types[Type].Namespace;

    // --- what a node means -------------------------------------------------------------------------------------------------

    public SymbolInfo Symbol(SyntaxNode node) => _model.GetSymbolInfo(node, _cancellation);

    /// <summary>The type of an expression; null when that is not known at all.</summary>
    public ITypeSymbol? TypeOf(SyntaxNode node) => _model.GetTypeInfo(node, _cancellation).Type;

    /// <summary>The symbol of a type that is declared here.</summary>
    public INamedTypeSymbol? Declared(BaseTypeDeclarationSyntax node) => _model.GetDeclaredSymbol(node, _cancellation);

    /// <summary>The symbol of the type around a node.</summary>
    public INamedTypeSymbol? DeclaringSymbol(SyntaxNode node) => node.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>() is { } type ? Declared(type) : null;

    /// <summary>What a sequence holds: of an array, of anything that can be enumerated; null for text and what is no sequence.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol? type) =>
        type switch
        {
            null or { SpecialType: SpecialType.System_String } => null,
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol
            {
                SpecialType: SpecialType.None or SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_Generic_IList_T
                or SpecialType.System_Collections_Generic_ICollection_T or SpecialType.System_Collections_Generic_IReadOnlyList_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T
            } named =>
                named.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T ? named.TypeArguments[0]
                : named.AllInterfaces.FirstOrDefault(i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0],
            _ => null,
        };

    /// <summary>Without the question mark of a value type.</summary>
    public static ITypeSymbol? NotNull(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } ? inner : type;

    /// <summary>The value of a constant expression, if it is text.</summary>
    public string? ConstantText(SyntaxNode node) => _model.GetConstantValue(node, _cancellation) is { HasValue: true, Value: string text } ? text : null;

    /// <summary>Id of the type that a symbol stands for, as this file's project means it.</summary>
    public int IdOf(ITypeSymbol? type) => Types.IdOf(type, File.Project);

    /// <summary>The same; where the compiler could not bind the type, the one that its name can only mean.</summary>
    public int Meant(ITypeSymbol? type) => type is IErrorTypeSymbol { Name.Length: > 0 } error ? Guess(error.Name, error.Arity) : IdOf(type);

    public int MemberOf(ISymbol symbol) => Types.MemberOf(symbol, File.Project);

    public int TypeAt(int start) => Types.TypeAt(File.Index, start);

    public int MemberAt(int start) => Types.MemberAt(File.Index, start);

    /// <summary>The symbol, or the first of those that nearly fit.</summary>
    public static ISymbol? Found(SymbolInfo info) => info.Symbol ?? (info.CandidateSymbols.IsDefaultOrEmpty ? null : info.CandidateSymbols[0]);

    /// <summary>Of overloads that do not quite fit, the one with the right number of arguments; they all are of the type that is called.</summary>
    public static ISymbol? Closest(ImmutableArray<ISymbol> candidates, int arguments) =>
        candidates.IsDefaultOrEmpty ? null
        : candidates.FirstOrDefault(c => c is IMethodSymbol method && method.Parameters.Length == arguments, candidates[0]);

    /// <summary>The called method, bound or nearly so.</summary>
    public IMethodSymbol? Method(InvocationExpressionSyntax node) =>
        Symbol(node) is var info && (info.Symbol ?? Closest(info.CandidateSymbols, node.ArgumentList.Arguments.Count)) is IMethodSymbol method ? method : null;

    /// <summary>What a name in the place of a type stands for: bound, else guessed.</summary>
    public (int Type, bool IsInferred) Bind(SimpleNameSyntax name, SymbolInfo info)
    {
        Facts.Names++;
        switch (info.Symbol ?? (info.CandidateSymbols.Length == 1 ? info.CandidateSymbols[0] : null))
        {
            case INamedTypeSymbol { TypeKind: not TypeKind.Error } type:
                Facts.NamesBound++;
                return (IdOf(type), false);
            case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor:
                Facts.NamesBound++;
                return (IdOf(constructor.ContainingType), false);
            case not null and not IErrorTypeSymbol and not INamespaceSymbol: // a namespace of a project that this one does not see may have the name of a type
                Facts.NamesBound++;
                return (Codebase.None, false);
        }

        // Two namespaces in force have the name: the nearest project decides.
        var candidates = info.CandidateSymbols.Select(s => IdOf(s as ITypeSymbol ?? s.ContainingType)).Where(id => id != Codebase.None).Distinct().ToArray();
        var guess = candidates.Length == 1 ? candidates[0]
            : candidates.FirstOrDefault(id => Types.Types[id].Project == File.Project, Codebase.None) is not Codebase.None and var near ? near
            : Guess(name.Identifier.ValueText, name.Arity);
        Facts.NamesInferred += guess == Codebase.None ? 0 : 1;
        return (guess, true);
    }

    /// <summary>The type of the codebase that an unbound name means, if only one can be meant.</summary>
    public int Guess(string name, int arity) => _guess.Find(name, arity, Space);

    /// <summary>Id of a method of a type by its name; <see cref="Codebase.None"/> when it has none.</summary>
    public int MemberNamed(int type, string name)
    {
        var declared = Types.Types[type];
        for (var i = declared.FirstMember; i < declared.FirstMember + declared.MemberCount; i++)
        {
            if (Types.Members[i] is { Kind: CodeMemberKind.Method } member && member.Name == name)
            {
                return i;
            }
        }

        return Codebase.None;
    }

    /// <summary>What stands for a type in a fact: a type of the codebase, or a type parameter around the walk.</summary>
    public Subject SubjectOf(ITypeSymbol? type) =>
        type switch
        {
            ITypeParameterSymbol parameter => Subject.Of(parameter),
            IErrorTypeSymbol { Name.Length: > 0 } error => Subject.Of(Guess(error.Name, error.Arity)),
            not null => Subject.Of(IdOf(NotNull(type))),
            null => Subject.Nothing,
        };

    public ImmutableArray<Subject> SubjectsOf(ImmutableArray<ITypeSymbol> types) => types.IsDefaultOrEmpty ? [] : [.. types.Select(SubjectOf)];

    // --- facts -------------------------------------------------------------------------------------------------------------

    public CodePlace PlaceOf(SyntaxNode node) => File.PlaceOf(node);

    public void Edge(int to, EdgeKind kind, SyntaxNode at, bool isInferred)
    {
        if (to != Codebase.None && to != Type && Type != Codebase.None)
        {
            Facts.Edges.Add(new(Type, to, kind, PlaceOf(at), isInferred));
        }
    }

    public void Base(TypeSyntax type)
    {
        if (Type == Codebase.None || Syntax.Names.Last(type) is not { } name)
        {
            return;
        }

        var symbol = TypeOf(type) as INamedTypeSymbol;
        Facts.Bases.Add(new(Type, symbol is null ? Codebase.None : SubjectOf(symbol).Type, name.Identifier.ValueText, SubjectsOf(symbol?.TypeArguments ?? []), PlaceOf(type)));
    }

    public void Site(int type, int member, SyntaxNode at, CallFlags flags, ISymbol? called = null)
    {
        if (Member != Codebase.None)
        {
            var (receiver, onSelf) = Receiver(at, called, flags);
            Facts.Calls.Add(new(
                NextOrder(), new(Member, type, member, PlaceOf(at), flags | (InLoop ? CallFlags.InLoop : CallFlags.None)), receiver, onSelf,
                SubjectsOf(called?.ContainingType?.TypeArguments ?? []), SubjectsOf((called as IMethodSymbol)?.TypeArguments ?? [])));
        }
    }

    /// <summary>Queries of a database around the walk: what stands in them runs there.</summary>
    public int Queries { get; set; }

    /// <summary>The static type before the dot, or that the own object is called.</summary>
    private (int Type, bool OnSelf) Receiver(SyntaxNode at, ISymbol? called, CallFlags flags)
    {
        if (called is null or { IsStatic: true } || (flags & CallFlags.New) != 0)
        {
            return (Codebase.None, false);
        }

        return at.Parent switch
        {
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax } => (Codebase.None, true),
            MemberAccessExpressionSyntax access when access.Name == at => (SubjectOf(TypeOf(access.Expression)).Type, false),
            MemberBindingExpressionSyntax => (Codebase.None, false),
            _ => (Codebase.None, at is SimpleNameSyntax),
        };
    }

    public void Say(FindingRule rule, SyntaxNode node, string message, string mend) =>
        Facts.Findings.Add(new() { Rule = rule, Message = message, Mend = mend, Place = new(File.Path, File.LineOf(node), 1, 1) });
}
