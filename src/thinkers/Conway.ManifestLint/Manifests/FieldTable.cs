namespace Conway.ManifestLint.Manifests;

/// <summary>The fields that the API knows of its own kinds.</summary>
/// <remarks>
/// Of a line that is not indented: the name of an object, and for kinds <c> = apps/v1 Deployment</c>. Of the line below it: its fields, each alone when anything may stand there,
/// as <c>spec:DeploymentSpec</c> when that object or a list of it does, and as <c>limits:Quantity*</c> when it is a map of them.
/// </remarks>
internal static class FieldTable
{
    private static readonly Lazy<Dictionary<string, ObjectFields>> Kinds = new(() => Read(Text()));

    /// <summary>What a kind has; null when the API's own kinds are not meant.</summary>
    public static ObjectFields? Of(KubeObject one) => Kinds.Value.GetValueOrDefault($"{(one.ApiVersion == "v1" ? KubeObject.Meant.GetValueOrDefault(one.Kind) ?? "v1" : one.ApiVersion)} {one.Kind}");

    /// <summary>The table as it ships.</summary>
    public static string Text()
    {
        using var stream = typeof(FieldTable).Assembly.GetManifestResourceStream("fields.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>By version and kind.</summary>
    public static Dictionary<string, ObjectFields> Read(string text)
    {
        var (kinds, objects, lines) = (new Dictionary<string, ObjectFields>(StringComparer.Ordinal), new Dictionary<string, ObjectFields>(StringComparer.Ordinal), text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (var line in lines.Where(l => l[0] != ' '))
        {
            var head = line.Split(" = ");
            var fields = objects[head[0]] = new ObjectFields(head[0]);
            foreach (var kind in head.Length > 1 ? head[1].Split(", ") : [])
            {
                kinds.Add(kind, fields);
            }
        }

        var at = "";
        foreach (var line in lines)
        {
            if (line[0] != ' ')
            {
                at = line.Split(' ')[0];
                continue;
            }

            foreach (var field in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var colon = field.IndexOf(':', StringComparison.Ordinal);
                objects[at].Fields.Add(colon < 0 ? field : field[..colon], colon < 0 ? default : (objects[field[(colon + 1)..].TrimEnd('*')], field[^1] == '*'));
            }
        }

        return kinds;
    }
}

/// <summary>The fields of an object of the API.</summary>
/// <param name="Name">As the API calls it: <c>PodSpec</c>.</param>
internal sealed record ObjectFields(string Name)
{
    /// <summary>What stands in each: null for anything; a map has it as each value.</summary>
    public Dictionary<string, (ObjectFields? Inside, bool IsMap)> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The field that was most likely meant; null when none is near.</summary>
    public string? Near(string word) =>
        Fields.Keys.FirstOrDefault(f => f.Equals(word, StringComparison.OrdinalIgnoreCase))
        ?? Fields.Keys.Select(f => (Field: f, Way: Way(f, word))).Where(f => f.Way <= Math.Max(1, Math.Min(f.Field.Length, word.Length) / 3)).OrderBy(f => f.Way).ThenBy(f => f.Field, StringComparer.Ordinal).FirstOrDefault().Field;

    // Letters that are put in, left out, exchanged, or turned round.
    private static int Way(string from, string to)
    {
        if (to.Length > 64)
        {
            return int.MaxValue;
        }

        var (before, last, row) = (new int[to.Length + 1], Enumerable.Range(0, to.Length + 1).ToArray(), new int[to.Length + 1]);
        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var differs = char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + differs);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[to.Length];
    }
}
