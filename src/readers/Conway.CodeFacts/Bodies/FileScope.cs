using System.Collections.Immutable;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Sources;
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

    public FileScope(Reading reading, SourceFile file, CancellationToken cancellation)
    {
        (_reading, File, _cancellation) = (reading, file, cancellation);
        _model = reading.Compilation.GetSemanticModel(file.Tree!, ignoreAccessibility: true);
        _guess = new(reading.Types, file.Root);
    }

    public SourceFile File { get; }

    public FileFacts Facts { get; } = new();

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

    /// <summary>The value of a constant expression, if it is text.</summary>
    public string? ConstantText(SyntaxNode node) => _model.GetConstantValue(node, _cancellation) is { HasValue: true, Value: string text } ? text : null;

    /// <summary>Id of the type that a symbol stands for, as this file's project means it.</summary>
    public int IdOf(ITypeSymbol? type) => Types.IdOf(type, File.Project);

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
            case not null and not IErrorTypeSymbol:
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

    // --- facts -------------------------------------------------------------------------------------------------------------

    public CodePlace PlaceOf(SyntaxNode node) => File.PlaceOf(node);

    public void Edge(int to, EdgeKind kind, SyntaxNode at, bool isInferred)
    {
        if (to != Codebase.None && to != Type && Type != Codebase.None)
        {
            Facts.Edges.Add(new(Type, to, kind, PlaceOf(at), isInferred));
        }
    }

    public void Site(int type, int member, SyntaxNode at, CallFlags flags)
    {
        if (Member != Codebase.None)
        {
            Facts.Calls.Add(new(Member, type, member, PlaceOf(at), flags | (InLoop ? CallFlags.InLoop : CallFlags.None)));
        }
    }

    public void Say(FindingRule rule, SyntaxNode node, string message, string mend) =>
        Facts.Findings.Add(new() { Rule = rule, Message = message, Mend = mend, Place = new(File.Path, File.LineOf(node), 1, 1) });
}
