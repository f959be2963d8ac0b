using System.Text;
using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.Reader.Yaml;

namespace Conway.Reader.Composition;

/// <summary>Puts variables of the environment in the place of <c>${env:X}</c> and <c>${env:X:-default}</c>.</summary>
/// <remarks><c>${secret:x}</c> stays as it is written, so that a secret is never in the model, a finding or a log; <c>${capture}</c> belongs to journeys.</remarks>
internal sealed partial class Interpolation(Func<string, string?>? getEnvironmentVariable, List<Finding> findings)
{
    private static readonly string[] Schemes = ["env", "secret"];

    /// <summary>Leaves everything as it is written, for documents in which <c>${…}</c> is text.</summary>
    public static Interpolation None { get; } = new(null, []) { IsOff = true };

    private bool IsOff { get; init; }

    /// <summary>The node with every variable in it replaced; the same node when there is none.</summary>
    public Node Resolve(Node node) =>
        node switch
        {
            ScalarNode scalar => Resolve(scalar),
            ListNode list when list.Items.Select(Resolve).ToList() is var items && !items.SequenceEqual(list.Items, ReferenceEqualityComparer.Instance) => list with { Items = items },
            MapNode map when map.Entries.Select(e => e with { Value = Resolve(e.Value) }).ToList() is var entries
                && !entries.Zip(map.Entries).All(e => ReferenceEquals(e.First.Value, e.Second.Value)) => map with { Entries = entries },
            _ => node,
        };

    public ScalarNode Resolve(ScalarNode scalar)
    {
        if (IsOff || !scalar.Text.Contains("${", StringComparison.Ordinal))
        {
            return scalar;
        }

        var text = new StringBuilder();
        var at = 0;
        foreach (Match match in Reference().Matches(scalar.Text))
        {
            text.Append(scalar.Text, at, match.Index - at).Append(Value(scalar, match));
            at = match.Index + match.Length;
        }

        text.Append(scalar.Text, at, scalar.Text.Length - at);
        var resolved = text.ToString();

        // "${env:PORT}" must be quoted between brackets, and is a number all the same.
        var isWhole = scalar.Text.StartsWith("${env:", StringComparison.Ordinal) && scalar.Text.IndexOf('}', StringComparison.Ordinal) == scalar.Text.Length - 1;
        return resolved == scalar.Text ? scalar : scalar with { Text = resolved, IsPlain = scalar.IsPlain || isWhole, IsResolved = true };
    }

    private string Value(ScalarNode scalar, Match match)
    {
        var body = match.Groups["body"].Value;
        if (!match.Groups["close"].Success)
        {
            // An open ${ is only ours to complain about when it says env or secret.
            if (Schemes.Any(s => body.StartsWith(s + ":", StringComparison.Ordinal)))
            {
                Complain(scalar, $"'${{{body}' has no closing brace.", $"Write '${{{body.TrimEnd()}}}'.");
            }

            return match.Value;
        }

        var colon = body.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return match.Value;
        }

        var (scheme, rest) = (body[..colon], body[(colon + 1)..]);
        switch (scheme)
        {
            case "env" when VariableName().Match(rest) is { Success: true } name:
                return Variable(scalar, match.Value, name);
            case "secret" when SecretName().IsMatch(rest):
                return match.Value;
            case "env":
                Complain(scalar, $"'{match.Value}' does not name a variable.", "Write ${env:NAME}, or ${env:NAME:-default}.");
                return match.Value;
            case "secret":
                Complain(scalar, $"'{match.Value}' does not name a secret.", "Write ${secret:name}.");
                return match.Value;
            default:
                var meant = DidYouMean.Closest(scheme, Schemes);
                Complain(scalar, $"'{match.Value}' starts with '{scheme}:', which means nothing here.", meant is null ? "Write ${env:NAME} or ${secret:name}; a capture of a journey has no colon." : $"Write '${{{meant}:{rest}}}'.");
                return match.Value;
        }
    }

    private string Variable(ScalarNode scalar, string written, Match name)
    {
        var variable = name.Groups["name"].Value;
        if (getEnvironmentVariable?.Invoke(variable) is { Length: > 0 } value)
        {
            return value;
        }

        if (name.Groups["default"].Success)
        {
            return name.Groups["default"].Value;
        }

        findings.Add(new Finding
        {
            Rule = ReaderFindings.VariableUnset,
            Message = $"The variable {variable} is not set.",
            Mend = $"Set {variable} before you start, or give a default: ${{env:{variable}:-…}}.",
            Place = scalar.Span,
        });
        return written;
    }

    private void Complain(ScalarNode scalar, string message, string mend) =>
        findings.Add(new Finding { Rule = ReaderFindings.BadReference, Message = message, Mend = mend, Place = scalar.Span });

    [GeneratedRegex(@"\$\{(?<body>[^{}]*)(?<close>\})?", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>.*))?\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_./-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();
}
