using Microsoft.AspNetCore.Http;

namespace Conway.Console.Access;

/// <summary>Stands before every request: judges it, turns a code into a cookie, and says with each answer what a browser may do with it.</summary>
internal sealed class Gate(Admission admission, OneTimeCodes codes, Sessions sessions, int port)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Cookies know no ports: two consoles on one machine must not overwrite each other's.</summary>
    private readonly string _cookie = $"conway-console-{port}";

    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        var request = http.Request;
        var api = request.Path.StartsWithSegments("/api");
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        if (request.Headers.Host.Count > 1 || request.Headers.Origin.Count > 1)
        {
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "Unclear request", "Host and Origin may be sent once.");
            return;
        }

        var verdict = admission.Judge(new(
            request.Headers.Host.ToString(), Single(request.Headers.Origin), Single(request.Headers["Sec-Fetch-Site"]),
            Single(request.Headers.Authorization), request.Cookies[_cookie], changes, api));
        switch (verdict)
        {
            case Verdict.WrongHost:
                await Problems.WriteAsync(http, StatusCodes.Status403Forbidden, "Wrong host", $"The console answers only as 127.0.0.1:{port} and localhost:{port}.");
                return;
            case Verdict.CrossSite:
                await Problems.WriteAsync(http, StatusCodes.Status403Forbidden, "Request from another page", "Only the console's own page may ask this with a cookie; programs send the token of .conway/node.json.");
                return;
            case Verdict.Unknown:
                headers.WWWAuthenticate = "Bearer";
                await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "Not let in", "Send the token of .conway/node.json as 'Authorization: Bearer TOKEN', or open the console with 'conway open'.");
                return;
        }

        if (!api && HttpMethods.IsGet(request.Method) && request.Query["code"] is [{ } code])
        {
            Exchange(http, code);
            return;
        }

        await next(http);
    }

    /// <summary>The code leaves the address whether it was good or not, so that it is in no history and no bookmark.</summary>
    private void Exchange(HttpContext http, string code)
    {
        if (codes.TryUse(code))
        {
            // Only the API's own path: nothing else on this host has a use for it.
            http.Response.Cookies.Append(_cookie, sessions.New(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/api/v1", IsEssential = true });
        }

        var rest = QueryString.Create(http.Request.Query.Where(one => one.Key != "code"));
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = StatusCodes.Status303SeeOther;

        // The host is left out and the path cannot begin with two slashes: the redirect always stays here.
        http.Response.Headers.Location = "/" + http.Request.Path.ToUriComponent().TrimStart('/', '\\') + rest.ToUriComponent();
    }

    private static string? Single(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();
}
