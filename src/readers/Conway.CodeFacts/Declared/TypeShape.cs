using System.Collections.Immutable;

namespace Conway.CodeFacts.Declared;

/// <summary>A number that copies of a template have in common.</summary>
internal static class TypeShape
{
    // FNV-1a, 64 bits: the same on every machine, unlike string.GetHashCode.
    private const ulong Offset = 14695981039346656037, Prime = 1099511628211;

    public static ulong Of(CodeTypeKind kind, string name, ImmutableArray<CodeMember>.Builder members, int first, int count)
    {
        if (count == 0)
        {
            return 0;
        }

        var lines = new string[count];
        for (var i = 0; i < count; i++)
        {
            var member = members[first + i];

            // Its own name differs from copy to copy wherever it stands.
            lines[i] = $"{(int)member.Kind}:{member.Name}:{member.Signature}".Replace(name, "$", StringComparison.Ordinal);
        }

        Array.Sort(lines, StringComparer.Ordinal);
        var hash = (Offset ^ (ulong)kind) * Prime;
        foreach (var line in lines)
        {
            foreach (var sign in line)
            {
                hash = (hash ^ sign) * Prime;
            }

            hash = (hash ^ '\n') * Prime;
        }

        return hash;
    }
}
