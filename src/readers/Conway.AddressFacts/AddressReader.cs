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
        var isConfiguration = SourceTexts.IsConfiguration(file);
        foreach (var written in Comments.Blanked(file, text).Split('\n'))
        {
            number++;
            var line = written.Length > LineMax ? "" : written;
            if (isConfiguration)
            {
                foreach (Match launch in OfLaunch().Matches(line))
                {
                    foreach (Match port in Port().Matches(launch.Groups["urls"].Value))
                    {
                        yield return new AddressMention(AddressKind.Listens, port.Value, new SourceSpan(file, number, launch.Groups["urls"].Index + port.Index + 1, port.Length));
                    }
                }

                line = OfLaunch().Replace(line, own => new string(' ', own.Length));
            }

            foreach (var match in isConfiguration ? Shape().Matches(line).Concat(Bare().Matches(line)) : Shape().Matches(line))
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

    // "applicationUrl": "https://localhost:7100;http://localhost:5100" and "launchUrl", which opens a browser
    [GeneratedRegex("""
        "(?:applicationUrl|launchUrl)" \s* : \s* "(?<urls>[^"]*)"
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OfLaunch();

    [GeneratedRegex(@"(?<=:)[0-9]{2,5}(?=[/;]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Port();

    // "CustomerApi": "customers:5100", in configuration only: elsewhere it may be anything
    [GeneratedRegex("""
        (?<= : \s* " ) (?<host> [A-Za-z] [A-Za-z0-9-]{0,62} (?: \. [A-Za-z0-9-]{1,63} ){0,5} : [0-9]{2,5} ) (?= " )
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Bare();

    // UseUrls("http://…"), app.Run("http://…"), server.listen("http://…"), ASPNETCORE_URLS
    [GeneratedRegex(@"(?:UseUrls|\bRun(?:Async)?|[Ll]isten\w*|\bUrls\.Add|_URLS|\b[Bb]ind\w*|\b[Ss]erve)\b[^;()]{0,60}\(?[^;()]{0,60}$", RegexOptions.CultureInvariant)]
    private static partial Regex Listening();

    // new URL(request.url, "http://x")
    [GeneratedRegex(@"new (?:URL|Uri)\([^)]*,\s*[""'`]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Resolving();
}
