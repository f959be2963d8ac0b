namespace Conway.CodeFacts.Outward;

/// <summary>Tells addresses that a program can call from names that only look like one.</summary>
internal static class Addresses
{
    private static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase) { "http", "https", "amqp", "amqps", "ws", "wss", "redis", "rediss", "mongodb", "tcp", "net.tcp", "nats", "kafka", "ftp", "sftp", "smtp", "ldap" };

    /// <summary>Hosts whose addresses are names of formats and documents.</summary>
    private static readonly string[] Names = ["schemas.", "www.w3.org", "tempuri.org", "xmlns.", "purl.org", "json-schema.org", "tools.ietf.org", "docs.", "learn.microsoft.com", "aka.ms", "go.microsoft.com", "www.rfc-editor.org", "datatracker.ietf.org", "opensource.org", "spdx.org"];

    /// <summary>Host and port of an address; null for any other text.</summary>
    public static string? HostOf(string text)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon is < 2 or > 8 || !Schemes.Contains(text[..colon]))
        {
            return null;
        }

        var rest = text.AsSpan(colon + 3);
        var end = rest.IndexOfAny("/?#, ;");
        var host = (end < 0 ? rest : rest[..end]).ToString();
        host = host[(host.LastIndexOf('@') + 1)..];
        return host.Length == 0 || host.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']' or '_')) || !host.Any(char.IsAsciiLetterOrDigit)
            || Names.Any(n => host.StartsWith(n, StringComparison.OrdinalIgnoreCase)) ? null : host;
    }
}
