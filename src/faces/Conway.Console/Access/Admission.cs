using System.Security.Cryptography;
using System.Text;

namespace Conway.Console.Access;

/// <summary>What a request is allowed.</summary>
internal enum Verdict
{
    /// <summary>Go on.</summary>
    Admitted,

    /// <summary>It named another host than ours: a foreign name that was made to point at this machine (DNS rebinding).</summary>
    WrongHost,

    /// <summary>Another page on this or another site sent it.</summary>
    CrossSite,

    /// <summary>Neither token nor cookie.</summary>
    Unknown,
}

/// <summary>What of a request decides.</summary>
internal readonly record struct Asking(string Host, string? Origin, string? FetchSite, string? Authorization, string? Cookie, bool Changes, bool Api);

/// <summary>Who may call. Decides and does nothing else.</summary>
/// <remarks>The console can start and stop processes, so every request is judged, whatever the method. A cookie alone would not do: cookies know
/// no ports, and to a browser every service on this machine is the same site. Therefore a browser's request that changes something must also carry
/// our own origin, and one that its browser marks as coming from elsewhere is refused.
/// Sources: RFC 6454 (origin), RFC 6265bis (SameSite), W3C Fetch Metadata.</remarks>
internal sealed class Admission
{
    private readonly string[] _hosts;
    private readonly string[] _origins;
    private readonly byte[] _token;
    private readonly Sessions _sessions;

    public Admission(int port, string token, Sessions sessions)
    {
        _hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];
        _origins = [.. _hosts.Select(host => $"http://{host}")];
        _token = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        _sessions = sessions;
    }

    public Verdict Judge(Asking asking)
    {
        if (!_hosts.Contains(asking.Host, StringComparer.OrdinalIgnoreCase))
        {
            return Verdict.WrongHost;
        }

        if (asking.Origin is { } origin && !_origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return Verdict.CrossSite;
        }

        // The page itself holds no secret, and a link from anywhere may lead to it; what it then asks for is judged again.
        if (!asking.Api)
        {
            return Verdict.Admitted;
        }

        if (asking.FetchSite is { } site && site is not ("same-origin" or "none"))
        {
            return Verdict.CrossSite;
        }

        if (IsToken(asking.Authorization))
        {
            return Verdict.Admitted;
        }

        if (!_sessions.Knows(asking.Cookie))
        {
            return Verdict.Unknown;
        }

        return asking.Changes && asking.Origin is null ? Verdict.CrossSite : Verdict.Admitted;
    }

    private bool IsToken(string? authorization)
    {
        const string Scheme = "Bearer ";
        return authorization is not null
            && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())), _token);
    }
}
