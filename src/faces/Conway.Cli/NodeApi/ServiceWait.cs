namespace Conway.Cli;

/// <summary>Waits until services are as wanted, telling whom it waits for when that changes.</summary>
internal static class ServiceWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // How long a failure from before may still be shown after a new start was asked for.
    private static readonly TimeSpan OldFailureMax = TimeSpan.FromSeconds(2);

    /// <summary>0 when all are as wanted, 5 when one has failed for good, 6 when the time is over.</summary>
    /// <param name="node">The node to ask.</param>
    /// <param name="names">The services meant; none for all.</param>
    /// <param name="wanted"><c>healthy</c>, <c>running</c> or <c>stopped</c></param>
    /// <param name="timeout">How long.</param>
    /// <param name="terminal">Where progress goes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="before">How the services were before something was asked of them: the same processes, or the same failure, are not yet the answer.</param>
    public static async Task<ExitCode> UntilAsync(
        NodeClient node, IReadOnlyList<string> names, string wanted, TimeSpan timeout, Terminal terminal, CancellationToken cancellationToken,
        IReadOnlyList<ServiceView>? before = null)
    {
        var old = (before ?? []).ToDictionary(s => s.Name, StringComparer.Ordinal);
        var asked = terminal.Time.GetTimestamp();
        using var time = new CancellationTokenSource(timeout, terminal.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        var waiting = "";
        try
        {
            while (true)
            {
                var services = await node.ServicesAsync(both.Token);
                if (NodeVerb.Pick(services, names, terminal) is not { } picked)
                {
                    return ExitCode.Usage;
                }

                var left = picked.Where(s => !IsAs(s, wanted) || (wanted == "healthy" && KeepsProcess(s))).ToArray();
                if (left.Length == 0)
                {
                    return ExitCode.Ok;
                }

                if (wanted != "stopped" && left.FirstOrDefault(s => s.State == "failed" && !IsStillTheOldFailure(s)) is { } failed)
                {
                    var reason = failed.Replicas.Select(r => r.Reason).FirstOrDefault(r => r is not null) ?? failed.Build?.Lines.FirstOrDefault();
                    return terminal.Refuse(ExitCode.StartFailed, $"'{failed.Name}' has failed{(reason is null ? "" : $": {SafeText.OneLine(reason).TrimEnd('.')}")}. 'conway logs {failed.Name}' shows more.");
                }

                var now = string.Join(", ", left.Select(s => s.WaitingFor.Count > 0 ? $"{s.Name} ({s.State}, waits for {string.Join(" and ", s.WaitingFor)})" : $"{s.Name} ({s.State})"));
                if (now != waiting)
                {
                    terminal.Note($"waiting for {now}");
                    waiting = now;
                }

                await Task.Delay(Pause, terminal.Time, both.Token);
            }
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return terminal.Refuse(ExitCode.Timeout, $"after {Spans.Short(timeout)} not all are {wanted}: {(waiting.Length > 0 ? waiting : "the node did not answer")}.");
        }

        bool KeepsProcess(ServiceView service) =>
            old.TryGetValue(service.Name, out var was) && service.Replicas.Any(r => r.Pid is { } pid && was.Replicas.Any(o => o.Pid == pid));

        bool IsStillTheOldFailure(ServiceView service) =>
            old.TryGetValue(service.Name, out var was) && was.State == "failed" && terminal.Time.GetElapsedTime(asked) < OldFailureMax;
    }

    private static bool IsAs(ServiceView service, string wanted) => wanted switch
    {
        "healthy" => service.State == "healthy",
        "running" => service.Replicas.Count > 0 && service.Replicas.All(r => r.Pid is not null),
        _ => service.State == "stopped",
    };
}
