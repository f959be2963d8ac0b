using System.Text.RegularExpressions;
using Conway.Findings;

namespace Conway.AddressFacts;

/// <summary>Texts of source to values.</summary>
/// <remarks>Pure; never throws for what is written. Comments do not count. An address counts at the beginning of a text only: elsewhere it is told to somebody
/// (a log, a help page) and not called.</remarks>
public static partial class AddressReader
{
    /// <summary>Most places that are kept.</summary>
    public const int MentionsMax = 20_000;

    // A line of thousands of signs was written by a tool.
    private const int LineMax = 4_000;

    /// <param name="files">Names relative to the folder, and texts. Walked once; only one text is held at a time.</param>
    public static SourceAddresses Read(IEnumerable<(string File, string Text)> files)
    {
        var names = new List<string>();
        var mentions = new List<AddressMention>();
        var isCut = false;
        foreach (var (file, text) in files)
        {
            names.Add(file);
            foreach (var mention in Of(file, text))
            {
                if (mentions.Count == MentionsMax)
                {
                    isCut = true;
                    break;
                }

                mentions.Add(mention);
            }
        }

        return new SourceAddresses
        {
            Files = [.. names.Order(StringComparer.Ordinal)],
            Mentions = [.. mentions.OrderBy(m => m.Place).ThenBy(m => m.Kind)],
            IsCut = isCut,
        };
    }

    private static IEnumerable<AddressMention> Of(string file, string text)
    {
        var number = 0;
        foreach (var line in Comments.Blanked(file, text).Split('\n'))
        {
            number++;
            foreach (Match match in Shape().Matches(line.Length > LineMax ? "" : line))
            {
                var (kind, group) = match.Groups["variable"] is { Success: true } variable ? (AddressKind.Variable, variable)
                    : match.Groups["host"] is { Success: true } host ? (match.Value.Contains("+http", StringComparison.Ordinal) ? AddressKind.Client : AddressKind.Host, host)
                    : match.Groups["client"] is { Success: true } client ? (AddressKind.Client, client)
                    : (AddressKind.Composed, match.Groups["composed"]);
                if (kind != AddressKind.Host || !IsOwn(line, match.Index))
                {
                    yield return new AddressMention(kind, kind == AddressKind.Composed ? "" : group.Value, new SourceSpan(file, number, group.Index + 1, group.Length));
                }
            }
        }
    }

    /// <summary>Where a program itself listens, and the address against which a relative one is resolved, are nobody else's.</summary>
    private static bool IsOwn(string line, int at) => Listening().IsMatch(line.AsSpan(0, at)) || Resolving().IsMatch(line.AsSpan(0, at));

    [GeneratedRegex("""
        (?<![A-Za-z0-9_]) (?<variable> [A-Z][A-Z0-9]* (?: _[A-Z0-9]+ )* ) _URL (?![A-Za-z0-9_])
        | (?<= ["'`] ) (?: https? | https\+http | http\+https | wss? | grpcs? | amqps? | kafka | nats | tcp ) :// (?: [^\s/@"'`$\{]{1,200} @ )?
          (?<host> [A-Za-z0-9] [A-Za-z0-9.-]{0,252} (?: : [0-9]{1,5} )? (?![A-Za-z0-9.$\{-]) )
        | AddConwayClient < [^>\r\n]{1,200} > \( \s* " (?<client> [A-Za-z][A-Za-z0-9-]{0,100} ) "
        | (?<= ["'`}] ) (?<composed> _URL ) (?= ["'`] )
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Shape();

    // UseUrls("http://…"), app.Run("http://…"), server.listen("http://…"), ASPNETCORE_URLS
    [GeneratedRegex(@"(?:UseUrls|\bRun(?:Async)?|[Ll]isten\w*|\bUrls\.Add|_URLS|\b[Bb]ind\w*|\b[Ss]erve)\b[^;()]{0,60}\(?[^;()]{0,60}$", RegexOptions.CultureInvariant)]
    private static partial Regex Listening();

    // new URL(request.url, "http://x")
    [GeneratedRegex(@"new (?:URL|Uri)\([^)]*,\s*[""'`]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Resolving();
}
