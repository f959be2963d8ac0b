using System.Text;
using System.Text.RegularExpressions;
using Conway.CodeFacts;

namespace Conway.Migration.Pieces;

/// <summary>Reads signatures as the facts write them, and tells which types can cross a network.</summary>
internal sealed partial class Signatures(Codebase code)
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "bool", "byte", "sbyte", "char", "decimal", "double", "float", "int", "uint", "long", "ulong", "short", "ushort", "string", "void", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Uri",
        "String", "Int32", "Int64", "Boolean", "Decimal", "Double", "Task", "ValueTask", "List", "IList", "IReadOnlyList", "IEnumerable", "ICollection", "IReadOnlyCollection", "Dictionary", "IDictionary", "IReadOnlyDictionary",
        "HashSet", "ISet", "KeyValuePair", "Nullable", "CancellationToken",
    };

    // The facts have names without the @ that the source needs.
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false",
        "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private",
        "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked",
        "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    private static readonly string[] Modifiers = ["ref", "out", "this", "in", "scoped"];

    private readonly ILookup<string, CodeType> _types = code.Types.Where(t => !t.FullName.Contains('`', StringComparison.Ordinal)).ToLookup(t => t.Name, StringComparer.Ordinal);

    public Codebase Code => code;

    /// <summary>The member, waited for and with a cancellation; null when it cannot cross, and why.</summary>
    public (string Result, string Name, string Parameters, string Arguments)? Parse(string signature, Crossing crossing, out string problem)
    {
        problem = "it is generic, or no method";
        if (Method().Match(Simple(signature)) is not { Success: true } match)
        {
            return null;
        }

        var (parameters, arguments) = (new List<string>(), new List<string>());
        foreach (var written in Split(match.Groups["parameters"].Value))
        {
            var parameter = written.Split('=')[0].Trim();
            parameter = parameter.StartsWith("params ", StringComparison.Ordinal) ? parameter["params ".Length..] : parameter;
            var space = parameter.LastIndexOf(' ');
            if (space < 0 || parameter[0] == '[' || Modifiers.Contains(parameter.Split(' ')[0]))
            {
                problem = $"the parameter '{parameter}' hands back or changes what is given";
                return null;
            }

            var (type, name) = (parameter[..space].Trim(), parameter[(space + 1)..]);
            if (type is "CancellationToken")
            {
                continue;
            }

            if (Cannot(type, crossing) is { } other)
            {
                problem = $"the type {other} is no data";
                return null;
            }

            name = Escaped(name);
            parameters.Add($"{type} {name}");
            arguments.Add(name);
        }

        var result = match.Groups["result"].Value.Trim();
        if (Cannot(result, crossing) is { } unknown)
        {
            problem = $"the type {unknown} is no data";
            return null;
        }

        var token = Unused("cancellation", arguments);
        result = result == "void" ? "Task" : result.StartsWith("Task", StringComparison.Ordinal) || result.StartsWith("ValueTask", StringComparison.Ordinal) ? result : $"Task<{result}>";
        crossing.Keep();
        return (result, match.Groups["name"].Value, string.Join(", ", [.. parameters, $"CancellationToken {token}"]), string.Join(", ", [.. arguments, token]));
    }

    /// <summary>A part of a type that cannot cross; null when all can. Those of the codebase are noted.</summary>
    public string? Cannot(string type, Crossing crossing)
    {
        if (type.Contains('*', StringComparison.Ordinal) || type.Contains('(', StringComparison.Ordinal))
        {
            return type;
        }

        foreach (Match word in Word().Matches(type))
        {
            var isGeneric = word.Index + word.Length < type.Length && type[word.Index + word.Length] == '<';
            if (!Known.Contains(word.Value) && (isGeneric || !crossing.TryAdd(word.Value)))
            {
                return word.Value;
            }
        }

        return null;
    }

    /// <summary>The one type of the codebase that a name means; null when there is none, or several.</summary>
    public CodeType? Find(string name) => _types[name].Take(2).ToArray() is [var only] ? only : null;

    /// <summary>A name as the source must write it.</summary>
    public static string Escaped(string name) => Keywords.Contains(name) ? "@" + name : name;

    /// <summary>Without namespaces and outer types: in the contract each type stands by itself.</summary>
    public static string Simple(string type) => Qualifier().Replace(type, "");

    /// <summary>Parts between commas that no bracket holds.</summary>
    public static IEnumerable<string> Split(string list)
    {
        var (depth, part) = (0, new StringBuilder());
        foreach (var c in list)
        {
            depth += c is '<' or '(' or '[' ? 1 : c is '>' or ')' or ']' ? -1 : 0;
            if (c == ',' && depth == 0)
            {
                yield return part.ToString().Trim();
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        if (part.ToString().Trim() is { Length: > 0 } last)
        {
            yield return last;
        }
    }

    private static string Unused(string name, List<string> taken)
    {
        while (taken.Contains(name))
        {
            name += "Token";
        }

        return name;
    }

    [GeneratedRegex(@"^(?<result>[^()]+?)\s+(?<name>@?[A-Za-z_][A-Za-z0-9_]*)\((?<parameters>.*)\)$")]
    private static partial Regex Method();

    [GeneratedRegex(@"(?:global::)?(?:[A-Za-z_][A-Za-z0-9_]*\.)+(?=[A-Za-z_])")]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"@?[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
