using Conway.Supervision;

namespace Conway.Cli;

/// <summary>Shows, once for each failure, the lines that explain it: the compiler's own, or the last ones the process wrote.</summary>
public sealed class FailureExcerpts
{
    private const int LinesMax = 12;

    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);

    /// <param name="recentLines">The last lines of the replica with this number.</param>
    /// <returns>Nothing when there is no failure, or it was shown before.</returns>
    public IReadOnlyList<string> Of(Conway.Node.ServiceView service, Func<int, IReadOnlyList<string>> recentLines)
    {
        var lines = Lines(service, recentLines);
        var key = string.Join('\n', lines);
        if (_told.GetValueOrDefault(service.Name, "") == key)
        {
            return [];
        }

        _told[service.Name] = key;
        return lines.Count == 0 ? [] : [.. lines.Select(l => "    " + SafeText.OneLine(l)), $"    more: conway logs {service.Name}"];
    }

    private static IReadOnlyList<string> Lines(Conway.Node.ServiceView service, Func<int, IReadOnlyList<string>> recentLines)
    {
        if (service.Build.State == Conway.Node.BuildState.Failed)
        {
            return [.. service.Build.Lines.Take(LinesMax)];
        }

        return service.Replicas.FirstOrDefault(r => r.State == ReplicaState.Failed) is { } failed ? Telling(recentLines(failed.Number)) : [];
    }

    /// <summary>From the exception on, without the frames of a stack that are not the service's own; else the last lines.</summary>
    private static IReadOnlyList<string> Telling(IReadOnlyList<string> lines)
    {
        var start = lines.ToList().FindLastIndex(l => l.StartsWith("Unhandled exception", StringComparison.Ordinal));
        var rest = start < 0 ? lines.TakeLast(LinesMax) : lines.Skip(start).Where(l => !l.TrimStart().StartsWith("at System.", StringComparison.Ordinal) && !l.TrimStart().StartsWith("at Microsoft.", StringComparison.Ordinal));
        return [.. rest.Where(l => !string.IsNullOrWhiteSpace(l)).Take(LinesMax)];
    }
}
