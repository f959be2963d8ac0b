namespace Conway.Scaffolding.Protos;

/// <summary>What a file of Protocol Buffers says, as far as callers and servers need it.</summary>
/// <param name="Path">Relative to the system's folder, for messages.</param>
/// <param name="Text">As it is written.</param>
internal sealed record ProtoFile(string Path, string Text)
{
    /// <summary>Empty for none.</summary>
    public string Package { get; init; } = "";

    /// <summary>The namespace of its messages in C#, as its option says; null when it does not say.</summary>
    public string? CSharpNamespace { get; init; }

    /// <summary>Where that option stands: from its first character to behind its semicolon. Without one, where it could be put in.</summary>
    public Range NamespacePlace { get; init; }

    public required IReadOnlyList<ProtoImport> Imports { get; init; }

    /// <summary>Messages and enums, nested ones too.</summary>
    public required IReadOnlyList<ProtoType> Types { get; init; }

    public required IReadOnlyList<ProtoMethod> Methods { get; init; }

    /// <summary>The same text, with messages in another namespace.</summary>
    public string In(string csharpNamespace)
    {
        var option = $"option csharp_namespace = \"{csharpNamespace}\";";
        return Text[..NamespacePlace.Start.Value] + (NamespacePlace.Start.Equals(NamespacePlace.End) ? "\n\n" + option : option) + Text[NamespacePlace.End.Value..];
    }
}

/// <param name="File">As it is written: <c>google/protobuf/empty.proto</c>.</param>
/// <param name="IsPublic">Who imports this file knows the types of that one, too.</param>
internal sealed record ProtoImport(string File, int Line, bool IsPublic);

/// <summary>A message or an enum.</summary>
/// <param name="Name">With package and what it is nested in: <c>demo.v1.Order.Line</c>.</param>
/// <param name="Scope">What of that is the package.</param>
internal sealed record ProtoType(string Name, string Scope, int Line)
{
    public bool IsEnum { get; init; }

    public IReadOnlyList<ProtoField> Fields { get; init; } = [];
}

/// <param name="Type">As it is written; of a map that of its values.</param>
/// <param name="IsPlain">One value: not repeated, no map, and in no oneof.</param>
internal sealed record ProtoField(string Name, string Type, int Line, bool IsPlain);

/// <param name="Service">With its package.</param>
/// <param name="Request">As it is written.</param>
/// <param name="Answer">As it is written.</param>
internal sealed record ProtoMethod(string Service, string Name, string Request, bool AsksMany, string Answer, bool AnswersMany, int Line)
{
    /// <summary>What is asked for by HTTP.</summary>
    public string Path => $"/{Service}/{Name}";
}

/// <summary>A file cannot be read. Never leaves this folder.</summary>
internal sealed class ProtoException(string message) : Exception(message);
