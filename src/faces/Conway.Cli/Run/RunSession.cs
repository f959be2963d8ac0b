using Conway.Node;

namespace Conway.Cli;

/// <summary>A run in the foreground: follows the node's events until it has stopped.</summary>
internal sealed class RunSession(NodeHost node, RunView view, Terminal terminal, TimeSpan timeout)
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(200);

    private readonly NodeSubscription _events = node.Subscribe();
    private RunScreenState _state = new() { System = node.Plan.System, StartedAt = node.StartedAt };
    private bool _wasHealthy;
    private bool _lateTold;
    private readonly FailureExcerpts _excerpts = new();
    private DateTimeOffset _builtAt = node.StartedAt;

    /// <summary>Shows what happens. The token asks the node to stop; the session ends when it has.</summary>
    /// <returns>True when everything had been healthy.</returns>
    public async Task<bool> FollowAsync(CancellationToken stop)
    {
        foreach (var service in node.Services)
        {
            Take(RunServices.Of(service));
        }

        Task? stopping = null;
        while (true)
        {
            while (_events.Events.TryRead(out var what))
            {
                Take(what);
            }

            if (stopping is null)
            {
                TellMilestones();
            }

            view.Draw(_state);
            if (_events.Events.Completion.IsCompleted)
            {
                break;
            }

            if (stop.IsCancellationRequested && stopping is null)
            {
                view.Say("stopping; Ctrl-C again ends everything at once");
                stopping = node.StopAsync(terminal.Kill);
            }

            await NextAsync(stopping is null ? stop : CancellationToken.None);
        }

        await (stopping ?? node.Stopped);
        _events.Dispose();
        view.End();
        view.Say("stopped; nothing is left running");
        return _wasHealthy;
    }

    /// <summary>The next event, the next frame, or the wish to stop.</summary>
    private async Task NextAsync(CancellationToken stop)
    {
        using var frame = CancellationTokenSource.CreateLinkedTokenSource(stop);
        frame.CancelAfter(FrameTime);
        try
        {
            await _events.Events.WaitToReadAsync(frame.Token);
        }
        catch (OperationCanceledException)
        {
            // A frame without news: the times on the screen go on.
        }
    }

    private void Take(NodeEvent what)
    {
        switch (what)
        {
            case NodeEvent.ServiceChanged { Service: var service }:
                Take(RunServices.Of(service));
                view.Print(_excerpts.Of(service, number => node.RecentLines(service.Name, number)));
                break;
            case NodeEvent.Notice { Text: var text }: view.Say(text); break;
            case NodeEvent.BuildLine line when BuildProgress.Of(line.Service, line.Text) is { } news: view.Doing(news); break;
            case NodeEvent.SourceChanged { Service: var service, Phase: var phase, Detail: var detail }: view.Say($"{service} {phase} {detail}"); break;
            case NodeEvent.ModelChanged change: TakeModel(change); break;
            case NodeEvent.FindingsChanged { Findings: var findings } when findings.Any(f => f.Severity == Conway.Findings.Severity.Error):
                view.Print(FindingsReport.Lines(findings.Where(f => f.Severity == Conway.Findings.Severity.Error), terminal));
                break;
        }
    }

    private void TakeModel(NodeEvent.ModelChanged change)
    {
        view.Say(change.Accepted ? $"model revision {change.Revision} taken over" : "the changed model has errors; the last good one stays");
        foreach (var line in change.Changed)
        {
            view.Say(line);
        }
    }

    private void Take(RunService service)
    {
        var before = _state.Services.FirstOrDefault(s => s.Name == service.Name);
        view.Changed(before, service);
        _state = _state.With(service, terminal.Time.GetUtcNow());
    }

    private void TellMilestones()
    {
        var now = terminal.Time.GetUtcNow();
        var took = now - node.StartedAt;
        if (_state.Services.Any(s => s.State == "building"))
        {
            _builtAt = now; // builds do not count against the time limit
        }

        if (!_wasHealthy && _state.AllHealthy)
        {
            _wasHealthy = true;
            view.Print([AllHealthy.Say(_state.Services.Count, took), .. Summary()]);
        }
        else if (!_wasHealthy && !_lateTold && now - _builtAt > timeout)
        {
            _lateTold = true;
            view.Say($"after {Spans.Short(timeout)} not all are healthy: {string.Join(", ", _state.Services.Where(s => s.State != "healthy").Select(s => $"{s.Name} ({s.State})"))}; going on");
        }
    }

    private IReadOnlyList<string> Summary()
    {
        var system = node.System;
        var processes = node.Services.SelectMany(s => s.Replicas.Where(r => r.Pid is not null).Select(r => (s.Name, r.Name, r.Pid!.Value))).ToArray();
        var entry = node.SystemModel.Gateway.Routes.Count > 0 ? system.GatewayUrl : null;
        return StartSummary.Lines(node.SystemModel, node.SourceMap, processes, entry, system.ConsoleUrl, terminal.Ink);
    }
}
