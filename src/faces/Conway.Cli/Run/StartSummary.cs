using Conway.Findings;
using Conway.Model;

namespace Conway.Cli;

/// <summary>The last lines after a start: where to look, and three things to try with what will be seen. Pure.</summary>
public static class StartSummary
{
    /// <param name="model">The model that runs.</param>
    /// <param name="map">Where it was written, for "edit this line".</param>
    /// <param name="services">As they run now; process ids for "kill a replica".</param>
    /// <param name="gatewayUrl">Null when no route leads in.</param>
    /// <param name="consoleUrl">The console.</param>
    /// <param name="ink">Colours, if any.</param>
    public static IReadOnlyList<string> Lines(
        SystemModel model, SourceMap map, IReadOnlyList<(string Service, string Replica, int Pid)> services, string? gatewayUrl, string consoleUrl, Ink ink)
    {
        var lines = new List<string> { "" };
        if (gatewayUrl is not null)
        {
            lines.Add($"{ink.Strong("storefront")}  {ink.Accent(gatewayUrl)}");
        }

        lines.Add($"{ink.Strong("console   ")}  {ink.Accent(consoleUrl)}");
        var tries = new[] { KillOne(services), EditThis(model, map), BreakThis(model, map) }.Where(t => t is not null).Cast<Try>().ToArray();
        if (tries.Length > 0)
        {
            lines.Add("");
            lines.Add("Things to try, with the console open:");
            lines.AddRange(tries.SelectMany((t, i) => new[] { $"  {i + 1}. {t.Do}", ink.Dim($"     {t.See}") }));
        }

        lines.Add("");
        lines.Add("Ctrl-C stops everything.");
        return lines;
    }

    private sealed record Try(string Do, string See);

    /// <summary>A replica with a brother where there is one: then nobody outside notices.</summary>
    private static Try? KillOne(IReadOnlyList<(string Service, string Replica, int Pid)> services)
    {
        var groups = services.GroupBy(s => s.Service).ToArray();
        if (groups.FirstOrDefault(g => g.Count() > 1) is { } pair)
        {
            var one = pair.First();
            return new Try($"Kill a replica: kill -9 {one.Pid}", $"{one.Replica} is set aside, {pair.Skip(1).First().Replica} answers alone; it is back in seconds.");
        }

        return groups.FirstOrDefault() is { } single
            ? new Try($"Kill a replica: kill -9 {single.First().Pid}", $"{single.First().Replica} is started again, and its callers' retries and errors show on the graph.")
            : null;
    }

    private static Try? EditThis(SystemModel model, SourceMap map)
    {
        foreach (var (name, service) in model.Services.OrderByDescending(s => s.Value.Replicas))
        {
            if (map.Find($"services.{name}.replicas") is { } place)
            {
                return map.Texts.ContainsKey(place.File)
                    ? new Try($"Edit {place.File}:{place.Line}: {name} with replicas: {service.Replicas + 1}", $"One more {name} starts; nothing else restarts, and no request is dropped.")
                    : null;
            }
        }

        return null;
    }

    private static Try? BreakThis(SystemModel model, SourceMap map)
    {
        foreach (var (name, service) in model.Services)
        {
            if (service.Calls.Keys.FirstOrDefault() is { } callee && map.Find($"services.{name}.calls.{callee}") is { } place)
            {
                return new Try(
                    $"Break {place.File}:{place.Line}: misspell '{callee}' in the calls of {name}",
                    "The finding shows here and in the console; the last good model runs on.");
            }
        }

        return null;
    }
}
