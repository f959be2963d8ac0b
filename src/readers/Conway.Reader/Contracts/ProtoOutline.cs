using System.Text.RegularExpressions;

namespace Conway.Reader;

/// <summary>The calls, fields and values of a Protocol Buffers file. Fields are known by their numbers, as on the wire.</summary>
internal static partial class ProtoOutline
{
    public static Dictionary<string, ContractItem> Of(string text)
    {
        var items = new Dictionary<string, ContractItem>(StringComparer.Ordinal);
        var open = new List<string>();
        foreach (Match match in Statement().Matches(Comment().Replace(text, " ")))
        {
            var words = Blanks().Replace(match.Groups["words"].Value, " ").Trim();
            switch (match.Groups["end"].Value)
            {
                case "{":
                    Take(words, open, items);
                    open.Add(words);
                    break;
                case "}":
                    open.RemoveRange(Math.Max(0, open.Count - 1), Math.Min(1, open.Count));
                    break;
                default:
                    Take(words, open, items);
                    break;
            }

            if (items.Count > ContractReader.ItemsMax)
            {
                break;
            }
        }

        return items;
    }

    private static void Take(string words, List<string> open, Dictionary<string, ContractItem> items)
    {
        var kind = open.LastOrDefault(o => !o.StartsWith("oneof ", StringComparison.Ordinal)) ?? "";
        var within = string.Join('.', open.Where(o => o.StartsWith("message ", StringComparison.Ordinal) || o.StartsWith("enum ", StringComparison.Ordinal) || o.StartsWith("service ", StringComparison.Ordinal)).Select(o => o.Split(' ')[1]));
        if (Call().Match(words) is { Success: true } call && kind.StartsWith("service ", StringComparison.Ordinal))
        {
            items[$"rpc {within}/{call.Groups["name"].Value}"] = new ContractItem($"({Tight(call.Groups["asks"].Value)}) returns ({Tight(call.Groups["answers"].Value)})", false);
        }
        else if (Field().Match(words) is { Success: true } field && kind.StartsWith("message ", StringComparison.Ordinal))
        {
            items[$"message {within} field {field.Groups["number"].Value}"] = new ContractItem($"{Tight(field.Groups["type"].Value)} {field.Groups["name"].Value}", field.Groups["type"].Value.StartsWith("required ", StringComparison.Ordinal));
        }
        else if (Value().Match(words) is { Success: true } value && kind.StartsWith("enum ", StringComparison.Ordinal))
        {
            items[$"enum {within} value {value.Groups["number"].Value}"] = new ContractItem(value.Groups["name"].Value, false);
        }
    }

    private static string Tight(string text) => Blanks().Replace(text.Trim(), " ");

    // Texts first: what looks like a comment in one is none.
    [GeneratedRegex("""//[^\n]*|/\*(?:[^*]|\*[^/])*\*+/|"[^"\n]*"|'[^'\n]*'""", RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<words>[^{};]*)(?<end>[{};])", RegexOptions.NonBacktracking)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^rpc (?<name>\w+) ?\((?<asks>[^)]*)\) ?returns ?\((?<answers>[^)]*)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Call();

    [GeneratedRegex(@"^(?<type>(?:(?:repeated|optional|required) )?(?:map ?<[^>]*>|[\w.]+)) (?<name>\w+) ?= ?(?<number>\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex Field();

    [GeneratedRegex(@"^(?<name>\w+) ?= ?(?<number>-?(?:0x[0-9a-fA-F]+|\d+))", RegexOptions.NonBacktracking)]
    private static partial Regex Value();
}
