using System.Globalization;
using System.Text.Json;
using Conway.CodeFacts;
using Conway.CodeFacts.Traces;

namespace Conway.Cli;

/// <summary>What traces said of a codebase, for people and for programs: how much was read, what of it fits, and what does not. Pure.</summary>
internal static class CutTraffic
{
    /// <summary>In a few sentences, one fact each.</summary>
    public static IEnumerable<string> Sentences(SeenTraffic seen, Codebase code)
    {
        var from = seen.Services.Length == 0 ? "" : $" of {string.Join(", ", seen.Services.Take(3))}{(seen.Services.Length > 3 ? " and others" : "")}";
        yield return $"{Count(seen.Spans, "span")}{from} in {seen.File}: {Count(seen.Requests, "request")}, {CutText.Number(seen.Below + seen.BelowUnmatched)} below them{(seen.Orphans > 0 ? $", {CutText.Number(seen.Orphans)} whose request is not in the file" : "")}.";
        yield return $"{CutText.Number(seen.Matched)} of {Count(seen.Requests, "request")} ({CutText.Percent(Share(seen.Matched, seen.Requests))}) {(seen.Matched == 1 ? "is" : "are")} of {CutText.Number(seen.UseCases.Length)} of {CutText.Count(code.UseCases.Length, "use case")} ({CutText.Percent(Share(seen.UseCases.Length, code.UseCases.Length))}).";
        if (seen.Unmatched.Length > 0)
        {
            const int shown = 4;
            yield return $"Not matched: {string.Join(", ", seen.Unmatched.Take(shown).Select(u => $"{CutText.Number(u.Requests)} × {u.Name}"))}{(seen.Unmatched.Length > shown ? ", …" : "")}.";
        }

        yield return seen.UseCases.Length == 0
            ? "Prices are as without traces: each use case counts the same."
            : "Prices count each use case by its requests and one more, so that what did not run counts once.";
    }

    /// <summary>Most frequent first.</summary>
    public static IEnumerable<(SeenUseCase Seen, EntryPoint Entry)> Busiest(SeenTraffic seen, Codebase code) =>
        seen.UseCases.OrderByDescending(u => u.Requests).ThenBy(u => u.UseCase).Select(u => (u, code.EntryPoints[code.UseCases[u.UseCase].EntryPoint]));

    public static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    /// <summary><c>1.4 ms</c>, <c>230 ms</c>, <c>12 s</c></summary>
    public static string Duration(double ms) =>
        ms >= 10_000 ? string.Create(CultureInfo.InvariantCulture, $"{ms / 1000:0} s") : ms >= 100 ? string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms") : string.Create(CultureInfo.InvariantCulture, $"{ms:0.0} ms");

    /// <summary>The key <c>traffic</c> of the document; null without traces.</summary>
    public static void Write(Utf8JsonWriter json, SeenTraffic? seen, Codebase code)
    {
        if (seen is null)
        {
            json.WriteNull("traffic");
            return;
        }

        json.WriteStartObject("traffic");
        json.WriteString("file", seen.File);
        json.WriteNumber("spans", seen.Spans);
        json.WriteNumber("requests", seen.Requests);
        json.WriteNumber("matched", seen.Matched);
        json.WriteNumber("below", seen.Below);
        json.WriteNumber("belowUnmatched", seen.BelowUnmatched);
        json.WriteNumber("orphans", seen.Orphans);
        json.WriteNumber("useCasesSeen", seen.UseCases.Length);
        json.WriteStrings("services", seen.Services);
        json.WriteStartArray("unmatched");
        foreach (var (name, requests) in seen.Unmatched)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("requests", requests);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("useCases");
        foreach (var (useCase, entry) in Busiest(seen, code))
        {
            json.WriteStartObject();
            json.WriteString("name", entry.Name);
            json.WriteString("kind", CutWords.Key(entry.Kind));
            CutJson.WritePlace(json, code, entry.Place);
            json.WriteNumber("requests", useCase.Requests);
            json.WriteShare("durationP50Ms", useCase.DurationP50Ms);
            json.WriteShare("durationP95Ms", useCase.DurationP95Ms);
            json.WriteNumber("callsP50", useCase.CallsP50);
            json.WriteNumber("callsP95", useCase.CallsP95);
            json.WriteStrings("reads", useCase.Accesses.Where(a => a.Mode == AccessMode.Read).Select(a => code.Tables[a.Table].ToString()));
            json.WriteStrings("writes", useCase.Accesses.Where(a => a.Mode == AccessMode.Write).Select(a => code.Tables[a.Table].ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Count(long count, string one) => $"{CutText.Number(count)} {one}{(count == 1 ? "" : "s")}";
}
