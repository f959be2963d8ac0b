using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Conway.CodeFacts.Stores;

/// <summary>What is read or written, as far as one body tells: a type of the codebase, or a type parameter around the body.</summary>
/// <param name="Type">Id of the type; <see cref="Codebase.None"/> for a type parameter.</param>
/// <param name="Parameter">Which type parameter.</param>
/// <param name="OfMethod">It is the method's, not the type's.</param>
internal readonly record struct Subject(int Type, int Parameter, bool OfMethod)
{
    public static Subject Nothing { get; } = new(Codebase.None, Codebase.None, false);

    public bool IsType => Type != Codebase.None;

    public bool IsParameter => Parameter != Codebase.None;

    public bool IsNothing => !IsType && !IsParameter;

    public static Subject Of(int type) => new(type, Codebase.None, false);

    public static Subject Of(ITypeParameterSymbol parameter) =>
        parameter.TypeParameterKind is TypeParameterKind.Type or TypeParameterKind.Method ? new(Codebase.None, parameter.Ordinal, parameter.TypeParameterKind == TypeParameterKind.Method) : Nothing;

    /// <summary>With type parameters replaced by what a call gives for them.</summary>
    public Subject Given(ImmutableArray<Subject> ofType, ImmutableArray<Subject> ofMethod) =>
        !IsParameter ? this
        : OfMethod ? (Parameter < ofMethod.Length ? ofMethod[Parameter] : Nothing)
        : Parameter < ofType.Length ? ofType[Parameter] : Nothing;
}
