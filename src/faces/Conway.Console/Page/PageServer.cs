using Microsoft.AspNetCore.Http;

namespace Conway.Console.Page;

/// <summary>Answers everything that is not the API: a file of the page, else the page itself, which reads the rest of the address.</summary>
internal sealed class PageServer(EmbeddedPage page)
{
    private const string NotBuilt = """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="dark light"><title>The page has not been built</title>
        <h1>The console's page has not been built</h1>
        <p>This Conway was built without Node.js, so it carries the console's API and not its page. In the source folder, run
        <pre>eng/build console</pre>
        <p>and start the system again. Until then the terminal tells the same: <code>conway ps</code>, <code>conway logs</code>, <code>conway graph</code>.
        """;

    public async Task ServeAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            await Problems.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "Only to be read", "The page is read with GET; what changes something is under /api/v1.");
            return;
        }

        var path = http.Request.Path.Value!.TrimStart('/');
        var file = page.Find(path);
        if (file is null && path.StartsWith("assets/", StringComparison.Ordinal))
        {
            // A page of an older build asks for files that are gone; the index in their place would be read as a script.
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "No such file", "The page was built anew since it was loaded; load it again.");
            return;
        }

        file ??= page.Index;
        if (file is null)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.WriteAsync(NotBuilt, http.RequestAborted);
            return;
        }

        var headers = http.Response.Headers;
        headers.ETag = file.Tag;
        headers.CacheControl = file.Lasting ? "public, max-age=31536000, immutable" : "no-cache";
        if (http.Request.Headers.IfNoneMatch.Any(tags => tags!.Split(',').Any(tag => tag.Trim() == file.Tag || tag.Trim() == "*")))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = file.ContentType;
        http.Response.ContentLength = file.Bytes.Length;
        if (HttpMethods.IsGet(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(file.Bytes, http.RequestAborted);
        }
    }
}
