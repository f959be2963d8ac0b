using Conway.Telemetry.Blocks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Conway.Telemetry.Scraping;

/// <summary><c>GET /metrics</c>: everything the node counts and everything services send, as Prometheus reads it.</summary>
internal sealed class MetricsPage(OwnFamilies families, ScrapeTable table)
{
    public const string Path = "/metrics";

    private const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private const string TextType = "text/plain; version=0.0.4; charset=utf-8";
    private const int FlushBytes = 64 * 1024;

    private static readonly Family TargetInfo = new("target", FamilyType.Info, "", "What the replicas of services say of themselves.");

    public async Task ServeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            await SayAsync(context, StatusCodes.Status405MethodNotAllowed, "Metrics are read with GET.");
            return;
        }

        if (request.Host.Host is not ("127.0.0.1" or "localhost" or "[::1]"))
        {
            await SayAsync(context, StatusCodes.Status403Forbidden, $"'{request.Host.Host}' is not a name of this machine's loopback; ask 127.0.0.1.");
            return;
        }

        var openMetrics = PrefersOpenMetrics(request.Headers.Accept);
        response.ContentType = openMetrics ? OpenMetricsType : TextType;
        response.Headers.Vary = "Accept";
        if (HttpMethods.IsGet(request.Method))
        {
            await WriteAsync(response.Body, openMetrics, context.RequestAborted);
        }
    }

    /// <summary>The whole page. Lines are gathered to pieces of <see cref="FlushBytes"/>, so that a slow reader holds no more than one.</summary>
    public async Task WriteAsync(Stream body, bool openMetrics, CancellationToken cancelled)
    {
        using var buffer = new ByteBuffer(2 * FlushBytes);
        using var text = new MetricsText(buffer, openMetrics);
        using var present = new PresentSeries();
        var (targets, taken) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));

        // First, so that what is over is not counted below.
        table.AddPresent(present, targets);
        present.Sort();
        foreach (var own in families.All())
        {
            taken.UnionWith(own.Family.SampleNames);
            text.Begin(own.Family);
            for (var row = 0; row < own.Rows; row++)
            {
                own.Write(text, row);
                await FlushAsync(text, body, FlushBytes, cancelled);
            }
        }

        taken.UnionWith(TargetInfo.SampleNames);
        if (targets.Count > 0)
        {
            WriteTargets(text, targets);
        }

        for (var at = 0; at < present.All.Length;)
        {
            var (end, head) = FamilyAt(present.All, at);
            if (!head.SampleNames.Any(taken.Contains))
            {
                taken.UnionWith(head.SampleNames);
                text.Begin(head);
                var last = "";
                for (var index = at; index < end; index++)
                {
                    var (shelf, series, _) = present.All[index];
                    if (series.Family.Type == head.Type && (series.Labels != last || index == at))
                    {
                        last = series.Labels;
                        lock (shelf.Gate)
                        {
                            text.Series(series);
                        }

                        await FlushAsync(text, body, FlushBytes, cancelled);
                    }
                }
            }

            at = end;
        }

        text.End();
        await FlushAsync(text, body, 0, cancelled);
    }

    /// <summary>Whether a client would rather have OpenMetrics. One that does not say gets the older format, which everything reads.</summary>
    public static bool PrefersOpenMetrics(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var wanted))
        {
            return false;
        }

        var best = wanted.Select(one => (one.Quality ?? 1, Is: IsOpenMetrics(one), Older: IsOlder(one))).Where(one => one.Item1 > 0 && (one.Is || one.Older))
            .OrderByDescending(one => one.Item1).FirstOrDefault();
        return best.Is;
    }

    private static bool IsOpenMetrics(MediaTypeHeaderValue one) =>
        one.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase)
        && (one.Parameters.FirstOrDefault(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.Value.Value?.Trim('"') ?? "1.0.0") is "1.0.0" or "0.0.1";

    private static bool IsOlder(MediaTypeHeaderValue one) => one.MediaType.Value is "text/plain" or "text/*" or "*/*";

    private static Task SayAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence + "\n", context.RequestAborted);
    }

    private static void WriteTargets(MetricsText text, List<string> targets)
    {
        targets.Sort(StringComparer.Ordinal);
        text.Begin(TargetInfo);
        for (var index = 0; index < targets.Count; index++)
        {
            if (index == 0 || targets[index] != targets[index - 1])
            {
                text.Number(TargetInfo, text.Ready(targets[index]), 1);
            }
        }
    }

    /// <summary>Where the family that begins at a place ends, and what all its series are said to be: services may use a name for different things; then the first one's meaning holds.</summary>
    private static (int End, Family Head) FamilyAt(ReadOnlySpan<PresentSeries.Entry> all, int begin)
    {
        var (end, first) = (begin, begin);
        for (; end < all.Length && all[end].Series.Family.Name == all[begin].Series.Family.Name; end++)
        {
            first = all[end].Place < all[first].Place ? end : first;
        }

        return (end, all[first].Series.Family);
    }

    private static async Task FlushAsync(MetricsText text, Stream body, int bytesMin, CancellationToken cancelled)
    {
        if (text.Output.Length > bytesMin)
        {
            await body.WriteAsync(text.Output.Memory, cancelled);
            text.Output.Clear();
        }
    }
}
