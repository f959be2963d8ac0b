using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Conway.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Conway.Gateway;

/// <summary>Takes from a request what nobody outside may say, and sets it from what the gateway itself sees.</summary>
internal static class OutsideHeaders
{
    private static readonly string[] TrustedPrefixes = [WireHeaders.OwnPrefix, "x-forwarded-", "x-original-", "x-rewrite-", "x-envoy-"];
    private static readonly string[] TrustedNames = ["forwarded", "x-real-ip", "proxy"];

    /// <summary>Strips and sets. The id of the request is in <c>x-request-id</c> afterwards.</summary>
    internal static void Replace(HttpContext http)
    {
        var headers = http.Request.Headers;
        Strip(headers);
        var (host, client) = (http.Request.Host.Value ?? "", Text(http.Connection.RemoteIpAddress));
        headers["x-forwarded-for"] = client;
        headers["x-forwarded-proto"] = "http";
        headers["x-forwarded-host"] = host;
        headers["forwarded"] = $"for={Quoted(client)};host={Quoted(host)};proto=http";
        if (headers[WireHeaders.RequestId] is not { Count: 1 } id || !IsId(id[0]))
        {
            headers[WireHeaders.RequestId] = ActivityTraceId.CreateRandom().ToHexString();
        }
    }

    private static void Strip(IHeaderDictionary headers)
    {
        List<string>? doomed = null;
        foreach (var (name, _) in headers)
        {
            if (IsTrusted(name))
            {
                (doomed ??= []).Add(name);
            }
        }

        foreach (var name in doomed ?? [])
        {
            headers.Remove(name);
        }
    }

    // CGI and its heirs read "conway_caller" as "conway-caller": so do we when we strip.
    private static bool IsTrusted(string name)
    {
        var c = name[0] | 0x20;
        if (c is not ('c' or 'f' or 'p' or 'x'))
        {
            return false;
        }

        var plain = name.Contains('_', StringComparison.Ordinal) ? name.Replace('_', '-') : name;
        return Array.Exists(TrustedPrefixes, p => plain.StartsWith(p, StringComparison.OrdinalIgnoreCase))
            || Array.Exists(TrustedNames, n => plain.Equals(n, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsId(string? id) => id is { Length: > 0 and <= 128 } && !id.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static string Text(IPAddress? address) => address switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetwork } when address.Equals(IPAddress.Loopback) => "127.0.0.1",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ => address.ToString(),
    };

    // RFC 7239 §6: colons and brackets need quotes, and an IPv6 address needs brackets.
    private static string Quoted(string value) =>
        !value.Contains(':', StringComparison.Ordinal) ? value
        : IPAddress.TryParse(value, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"\"[{value}]\""
        : $"\"{value}\"";
}
