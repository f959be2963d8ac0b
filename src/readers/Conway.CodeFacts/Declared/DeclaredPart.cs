namespace Conway.CodeFacts.Declared;

/// <summary>One declaration of a type in one file: the whole type, or a part of a partial one.</summary>
internal sealed class DeclaredPart
{
    public required string FullName { get; init; }

    public required string Name { get; init; }

    public required string Namespace { get; init; }

    public required CodeTypeKind Kind { get; init; }

    /// <summary>Where the declaration begins: how the compiler's symbols are told apart.</summary>
    public required int Start { get; init; }

    public required int Line { get; init; }

    public required int CodeLines { get; init; }

    /// <summary>Place of the part around it in the same file's list; -1 when it is not nested.</summary>
    public required int Outer { get; init; }

    public bool IsPublic { get; init; }

    public bool IsAbstract { get; init; }

    public bool IsStatic { get; init; }

    public bool IsMutable { get; set; }

    public List<DeclaredMember> Members { get; } = [];

    /// <summary>Given when all files are known.</summary>
    public int Type { get; set; } = Codebase.None;
}

/// <summary>One member of a part.</summary>
internal sealed class DeclaredMember
{
    public required string Name { get; init; }

    public required CodeMemberKind Kind { get; init; }

    public required int Start { get; init; }

    public required int Line { get; init; }

    public required int LastLine { get; init; }

    public required string Signature { get; init; }

    public bool IsPublic { get; init; }

    public bool IsStatic { get; init; }

    public bool IsAbstract { get; init; }

    /// <summary>There are statements or an expression to look into.</summary>
    public bool HasBody { get; init; }

    /// <summary>Given when all files are known.</summary>
    public int Id { get; set; } = Codebase.None;
}
