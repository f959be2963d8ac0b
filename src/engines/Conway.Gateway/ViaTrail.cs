using Conway.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Conway.Gateway;

/// <summary>The way a request has come, as <c>Via</c> tells it: <c>1.1 edge, 2 gateway-4f2a (Conway)</c>. Source: RFC 9110 §7.6.3.</summary>
internal sealed class ViaTrail
{
    private static readonly System.Buffers.SearchValues<char> TokenLetters =
        System.Buffers.SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly string _pseudonym;
    private readonly int _passesMax;
    private readonly string _http11;
    private readonly string _http10;
    private readonly string _http2;

    /// <param name="pseudonym">The name of this gateway in it; a token.</param>
    /// <param name="passesMax">How often a request may come through it.</param>
    /// <exception cref="ArgumentException">The name is no token.</exception>
    internal ViaTrail(string pseudonym, int passesMax)
    {
        if (pseudonym.Length == 0 || pseudonym.AsSpan().ContainsAnyExcept(TokenLetters))
        {
            throw new ArgumentException($"'{pseudonym}' cannot stand in Via: letters, digits and !#$%&'*+-.^_`|~ only.", nameof(pseudonym));
        }

        (_pseudonym, _passesMax) = (pseudonym, passesMax);
        (_http11, _http10, _http2) = ("1.1 " + pseudonym, "1.0 " + pseudonym, "2 " + pseudonym);
    }

    /// <summary>What is added for this hop: the protocol by which the request came, and who took it.</summary>
    internal string HopOf(HttpRequest request) => HttpProtocol.IsHttp11(request.Protocol) ? _http11 : HttpProtocol.IsHttp2(request.Protocol) ? _http2 : _http10;

    /// <summary>Refuses a request that has come through here before: whatever it leads to leads back here, and would for ever.</summary>
    internal Problem? Refusal(HttpRequest request)
    {
        var via = request.Headers.Via;
        return via.Count == 0 || Passes(via) < _passesMax ? null
            : new Problem(508, "loop-detected", "The request has come through this gateway before, as its Via tells: what its route leads to sends it back here. Let that call its target directly, or not copy Via into calls of its own.");
    }

    private int Passes(StringValues via)
    {
        var passes = 0;
        foreach (var line in via)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = EndOfHop(rest);
                if (IsOurs(rest[..end]))
                {
                    passes++;
                }

                rest = end == rest.Length ? [] : rest[(end + 1)..];
            }
        }

        return passes;
    }

    // Commas within a comment separate nothing; comments may hold comments and quoted characters.
    private static int EndOfHop(ReadOnlySpan<char> trail)
    {
        var depth = 0;
        for (var at = 0; at < trail.Length; at++)
        {
            switch (trail[at])
            {
                case '\\' when depth > 0:
                    at++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when depth > 0:
                    depth--;
                    break;
                case ',' when depth == 0:
                    return at;
            }
        }

        return trail.Length;
    }

    // "1.1 name", "HTTP/1.1 name (comment)": the second word is who took it.
    private bool IsOurs(ReadOnlySpan<char> hop)
    {
        hop = hop.Trim(" \t");
        var space = hop.IndexOfAny(' ', '\t');
        if (space < 0)
        {
            return false;
        }

        var by = hop[space..].TrimStart(" \t");
        var end = by.IndexOfAny(" \t(");
        return (end < 0 ? by : by[..end]).Equals(_pseudonym, StringComparison.OrdinalIgnoreCase);
    }
}
