namespace Conway.CodeFacts.Declared;

/// <summary>Members that stand for each other in a hierarchy.</summary>
internal static class Members
{
    /// <summary>The member of a type with the name, kind and number of parameters of another; <see cref="Codebase.None"/> when it has none.</summary>
    public static int Same(TypeTable types, int type, CodeMember like)
    {
        var (declared, parameters) = (types.Types[type], Parameters(like.Signature));
        for (var i = declared.FirstMember; i < declared.FirstMember + declared.MemberCount; i++)
        {
            var member = types.Members[i];
            if (member.Kind == like.Kind && member.Name == like.Name && Parameters(member.Signature) == parameters)
            {
                return i;
            }
        }

        return Codebase.None;
    }

    /// <summary>How many parameters a signature has; -1 for what takes none, such as a property.</summary>
    public static int Parameters(string signature)
    {
        var open = signature.IndexOf('(', StringComparison.Ordinal);

        // A tuple that is returned stands before the name.
        while (open >= 0 && (open == 0 || !char.IsLetterOrDigit(signature[open - 1])) && signature[Math.Max(0, open - 1)] is not ('>' or '_'))
        {
            var close = Close(signature, open);
            open = close < 0 ? -1 : signature.IndexOf('(', close);
        }

        if (open < 0)
        {
            return -1;
        }

        var (depth, count, any) = (0, 0, false);
        for (var i = open + 1; i < signature.Length; i++)
        {
            switch (signature[i])
            {
                case '(' or '<' or '[':
                    depth++;
                    break;
                case ')' when depth == 0:
                    return any ? count + 1 : 0;
                case ')' or '>' or ']':
                    depth--;
                    break;
                case ',' when depth == 0:
                    count++;
                    break;
                case not ' ':
                    any = true;
                    break;
            }
        }

        return count;
    }

    private static int Close(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }
}
