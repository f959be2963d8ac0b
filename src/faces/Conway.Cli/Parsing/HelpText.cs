using System.CommandLine;

namespace Conway.Cli;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public static void WriteVerbs(TextWriter output, Ink ink)
    {
        output.WriteLine("conway: a microservices architect you can run");
        output.WriteLine();
        output.WriteLine($"{ink.Strong("Usage")}  conway VERB [PATH] [options]");
        foreach (var group in VerbCatalog.All.GroupBy(v => v.Group))
        {
            output.WriteLine();
            output.WriteLine(ink.Strong(group.Key));
            WriteColumns(output, group.Select(v => (v.Name, v.Summary)));
        }

        output.WriteLine();
        output.WriteLine(ink.Strong("Everywhere"));
        WriteColumns(output, Everywhere);
        output.WriteLine();
        output.WriteLine(ink.Strong("First steps"));
        WriteColumns(output, [("conway init", "describe the projects in this folder"), ("conway run", "start them, and open the console"), ("conway check", "see what an architect would say")]);
    }

    public static void WriteVerb(VerbEntry entry, TextWriter output, Ink ink)
    {
        var verb = entry.Create();
        var arguments = verb.Symbols.OfType<Argument>().ToArray();
        var options = verb.Symbols.OfType<Option>().ToArray();

        output.WriteLine($"conway {entry.Name}: {entry.Summary}");
        output.WriteLine();
        output.WriteLine($"{ink.Strong("Usage")}  conway {string.Join(' ', arguments.Select(Usage).Prepend(entry.Name))}{(options.Length > 0 ? " [options]" : "")}");
        output.WriteLine();
        if (arguments.Length > 0)
        {
            output.WriteLine(ink.Strong("Arguments"));
            WriteColumns(output, arguments.Select(a => (a.HelpName ?? a.Name, a.Description ?? "")));
            output.WriteLine();
        }

        output.WriteLine(ink.Strong("Options"));
        WriteColumns(output, options.Select(o => (Usage(o), o.Description ?? "")).Concat(Everywhere));
        output.WriteLine();
        output.WriteLine(ink.Strong("Examples"));
        WriteColumns(output, verb.Examples.Select(e => (e.Line, e.Does)));
    }

    private static readonly (string, string)[] Everywhere =
    [
        ("-h, --help", "Show this"),
        ("-q, --quiet", "No progress and notes on standard error"),
        ("    --no-color", "No colour; also NO_COLOR=1"),
    ];

    private static string Usage(Argument argument)
    {
        // Names that say how often by themselves: [PATH] [SERVICE...]
        var name = argument.HelpName ?? argument.Name;
        return argument.Arity.MinimumNumberOfValues > 0 || name.StartsWith('[') ? name : $"[{name}]";
    }

    private static string Usage(Option option)
    {
        var alias = option.Aliases.FirstOrDefault(a => a.Length == 2);
        var value = option.ValueType == typeof(bool) ? "" : $" {option.HelpName ?? "VALUE"}";
        return $"{(alias is null ? "    " : $"{alias}, ")}{option.Name}{value}";
    }

    private static void WriteColumns(TextWriter output, IEnumerable<(string Left, string Right)> rows)
    {
        var all = rows.ToArray();
        var width = Math.Min(34, all.Max(r => r.Left.Length));
        foreach (var (left, right) in all)
        {
            // What does not fit beside goes below, so that 80 columns are enough.
            var wraps = left.Length > width || 2 + width + 2 + right.Length > 80;
            output.WriteLine(wraps ? $"  {left}\n      {right}" : $"  {left.PadRight(width)}  {right}");
        }
    }
}
