using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Conway.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Conway.Gateway;

/// <summary>Keeps from upstreams what nobody outside may say, and tells them what the gateway itself sees.</summary>
internal sealed class OutsideHeaders : IRequestDress
{
    private static readonly string[] WithheldPrefixes = [WireHeaders.OwnPrefix, "x-forwarded-", "x-original-", "x-rewrite-", "x-envoy-"];
    private static readonly string[] WithheldNames = ["forwarded", "x-real-ip", "proxy", WireHeaders.RequestId, "traceparent", "tracestate"];

    private readonly string _host;
    private readonly string _client;
    private readonly string _forwarded;
    private readonly string _hop;

    internal OutsideHeaders(HttpRequest request, TraceContext trace, string hop)
    {
        _hop = hop;
        Trace = trace;
        _host = request.Host.Value ?? "";
        _client = Text(request.HttpContext.Connection.RemoteIpAddress);
        _forwarded = string.Concat("for=", Quoted(_client), ";host=", Quoted(_host), ";proto=http");
        RequestId = request.Headers[WireHeaders.RequestId] is { Count: 1 } id && IsId(id[0]) ? id[0]! : trace.Id;
    }

    /// <summary>The id that the client gave the request, if it can be used as one; else the trace's.</summary>
    internal string RequestId { get; }

    internal string Client => _client;

    internal TraceContext Trace { get; }

    // CGI and its heirs read "conway_caller" as "conway-caller": so do we when we withhold.
    public bool IsWithheld(string name)
    {
        if ((name[0] | 0x20) is not ('c' or 'f' or 'p' or 't' or 'x'))
        {
            return false;
        }

        var plain = name.Contains('_', StringComparison.Ordinal) ? name.Replace('_', '-') : name;
        foreach (var prefix in WithheldPrefixes)
        {
            if (plain.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var withheld in WithheldNames)
        {
            if (plain.Equals(withheld, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public void Add(Exchange exchange, HttpRequestHeaders headers)
    {
        // After what the client said of the way before: each hop adds itself at the end.
        headers.TryAddWithoutValidation("Via", _hop);
        headers.TryAddWithoutValidation("x-forwarded-for", _client);
        headers.TryAddWithoutValidation("x-forwarded-proto", "http");
        headers.TryAddWithoutValidation("x-forwarded-host", _host);
        headers.TryAddWithoutValidation("forwarded", _forwarded);
        headers.TryAddWithoutValidation(WireHeaders.RequestId, RequestId);
        headers.TryAddWithoutValidation("traceparent", Trace.Parent);
        if (Trace.State is { Length: > 0 } state)
        {
            headers.TryAddWithoutValidation("tracestate", state);
        }
    }

    private static bool IsId(string? id) => id is { Length: > 0 and <= 128 } && !id.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static string Text(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ => address.ToString(),
    };

    // RFC 7239 §6: colons and brackets need quotes, and an IPv6 address needs brackets.
    private static string Quoted(string value) =>
        !value.Contains(':', StringComparison.Ordinal) ? value
        : IPAddress.TryParse(value, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"\"[{value}]\""
        : $"\"{value}\"";
}
