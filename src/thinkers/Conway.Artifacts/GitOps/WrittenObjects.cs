namespace Conway.Artifacts.GitOps;

/// <summary>What an object of a generated file is.</summary>
/// <param name="Group">Of its API; empty for the core.</param>
/// <param name="Namespace">Null for what belongs to the whole cluster.</param>
internal readonly record struct WrittenObject(string Group, string Kind, string Name, string? Namespace);

/// <summary>Reads what stands in generated files, so that nothing has to be listed twice.</summary>
internal static class WrittenObjects
{
    private const string ApiVersion = "apiVersion: ";
    private const string Kind = "kind: ";
    private const string Metadata = "metadata:";
    private const string Name = "  name: ";
    private const string Namespace = "  namespace: ";

    /// <summary>Objects in the order in which they stand. Their first lines have the form in which they are always written here.</summary>
    public static IEnumerable<WrittenObject> In(IEnumerable<ArtifactFile> files)
    {
        foreach (var file in files)
        {
            foreach (var document in Documents(file))
            {
                yield return document;
            }
        }
    }

    private static IEnumerable<WrittenObject> Documents(ArtifactFile file)
    {
        string? version = null, kind = null, name = null, space = null;
        var isMetadata = false;
        foreach (var text in file.Lines.Select(line => line.Text).Append("---"))
        {
            if (text == "---")
            {
                if (version is not null && kind is not null)
                {
                    yield return new WrittenObject(version.Contains('/', StringComparison.Ordinal) ? version[..version.IndexOf('/', StringComparison.Ordinal)] : "", kind, name ?? "", space);
                }

                (version, kind, name, space, isMetadata) = (null, null, null, null, false);
            }
            else if (text.StartsWith(ApiVersion, StringComparison.Ordinal))
            {
                version = Plain(text[ApiVersion.Length..]);
            }
            else if (text.StartsWith(Kind, StringComparison.Ordinal))
            {
                kind = Plain(text[Kind.Length..]);
            }
            else if (!text.StartsWith(' '))
            {
                isMetadata = text == Metadata;
            }
            else if (isMetadata && text.StartsWith(Name, StringComparison.Ordinal))
            {
                name = Plain(text[Name.Length..]);
            }
            else if (isMetadata && text.StartsWith(Namespace, StringComparison.Ordinal))
            {
                space = Plain(text[Namespace.Length..]);
            }
        }
    }

    // Names are quoted only when they would be read as a number or the like; none holds a character that is escaped.
    private static string Plain(string text) => text.Trim('"');
}
