namespace Conway.Cli;

/// <summary>The words of <c>new</c> and <c>add</c>: what is made, its names, and where.</summary>
/// <param name="Kind">One of those that the verb knows.</param>
/// <param name="Names">As many as the kind takes.</param>
/// <param name="Path">Null when none is given.</param>
internal sealed record ScaffoldWords(string Kind, IReadOnlyList<string> Names, string? Path)
{
    /// <summary>Null when the words are not understood; <paramref name="problem"/> says what is meant by which.</summary>
    /// <param name="verb">Which asks.</param>
    /// <param name="forms">What it can make, each with the names that it takes: <c>call FROM TO</c>.</param>
    public static ScaffoldWords? Of(string verb, IReadOnlyList<string> forms, string[] words, out string problem)
    {
        problem = "";
        var kinds = forms.Select(form => form.Split(' ')[0]).ToArray();
        if (words is not [var kind, .. var rest])
        {
            problem = $"what is to be made? 'conway {verb} KIND …', where KIND is one of: {string.Join(", ", kinds)}.";
            return null;
        }

        if (!kinds.Contains(kind))
        {
            problem = $"'{verb}' cannot make '{kind}'. {UsageProblem.Hint(kind, kinds, $"It makes: {string.Join(", ", kinds)}.")}";
            return null;
        }

        var form = forms[Array.IndexOf(kinds, kind)];
        var count = form.Count(c => c == ' ');

        // A route begins with a slash and is a name here; what is a path then is the last word only.
        var paths = rest.Skip(count).ToArray();
        if (rest.Length < count || paths.Length > 1 || (paths.Length == 1 && !Operands.IsPath(paths[0])))
        {
            problem = $"it is 'conway {verb} {form} [PATH]'.{(paths is [var extra, ..] ? $" There is no place for '{extra}'." : "")}";
            return null;
        }

        return new ScaffoldWords(kind, [.. rest.Take(count)], paths.FirstOrDefault());
    }
}
