using System.Globalization;

namespace Conway.Registry.Checks;

/// <summary><c>host:port</c>, <c>[::1]:port</c>, and for gRPC <c>host:port/service</c>.</summary>
internal readonly record struct HostPort(string Host, int Port, string Service)
{
    public static bool TryParse(string text, out HostPort parsed)
    {
        parsed = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var service = slash < 0 ? "" : text[(slash + 1)..];
        var address = slash < 0 ? text : text[..slash];
        var colon = address.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            return false;
        var host = address[..colon];
        if (host.StartsWith('[') && host.EndsWith(']')) host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal)) return false;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) return false;
        parsed = new HostPort(host, port, service);
        return true;
    }

    /// <summary>As it stands in a URL.</summary>
    public string Authority => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
