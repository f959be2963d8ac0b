using Conway.Lowering;

namespace Conway.Node;

/// <content>Takes changes of files over.</content>
public sealed partial class NodeHost
{
    private async Task WatchAsync()
    {
        var cancel = _ending.Token;
        try
        {
            await _starting.ConfigureAwait(false);
            _ = KeepWarmAsync(cancel);
            while (!cancel.IsCancellationRequested)
            {
                using var watch = new SourceWatch(FoldersToWatch());
                foreach (var problem in watch.Problems)
                {
                    _events.Publish(new NodeEvent.Notice(problem));
                }

                // What changed before the watch stood is not told by it, so look once.
                _fleet.InputsMoved += watch.Wake;
                try
                {
                    if (!await CatchUpAsync(cancel).ConfigureAwait(false))
                    {
                        await WatchAsync_Until(watch, cancel).ConfigureAwait(false);
                    }
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
                {
                    // A full disk, no free port; what runs goes on, and the next change tries again.
                    _events.Publish(new NodeEvent.Notice($"a change was not taken over: {e.Message}"));
                    await Task.Delay(TimeSpan.FromSeconds(1), _options.Clock, cancel).ConfigureAwait(false);
                }
                finally
                {
                    _fleet.InputsMoved -= watch.Wake;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private IEnumerable<string> FoldersToWatch() => _fleet.Units.SelectMany(u => u.Inputs.Folders).Concat(_model.WatchedFolders(_options.Folder));

    private async Task KeepWarmAsync(CancellationToken cancel)
    {
        try
        {
            while (System.State == SystemState.Starting)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), _options.Clock, cancel).ConfigureAwait(false);
            }

            await _fleet.KeepWarmAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    /// <returns>Whether the plan changed, and with it perhaps what is to be watched.</returns>
    private async Task<bool> CatchUpAsync(CancellationToken cancel)
    {
        var since = _options.Clock.GetTimestamp();
        if (_model.DiffersFromDisk(_options.Folder) && await TakeOverModelAsync(since, cancel).ConfigureAwait(false))
        {
            return true;
        }

        _ = TakeOverSourcesAsync(_fleet.Units, since, cancel);
        return false;
    }

    /// <summary>Works until the folders to watch are others.</summary>
    private async Task WatchAsync_Until(SourceWatch watch, CancellationToken cancel)
    {
        while (true)
        {
            if (!watch.Covers(FoldersToWatch()))
            {
                return;
            }

            var (files, since) = await watch.NextAsync(_options.Clock, cancel).ConfigureAwait(false);
            if (_model.IsTouchedBy(files, _options.Folder) && await TakeOverModelAsync(since, cancel).ConfigureAwait(false))
            {
                return;
            }

            var touched = _fleet.Units.Where(u => files.Any(f => u.Inputs.Contains(f) || u.Inputs.Folders.Contains(f))).ToArray();
            if (touched.Length > 0)
            {
                // Not awaited: the next burst may be about another service, and this one may take its time.
                _ = TakeOverSourcesAsync(touched, since, cancel);
            }
        }
    }

    private async Task TakeOverSourcesAsync(IReadOnlyList<ServiceUnit> touched, long since, CancellationToken cancel)
    {
        try
        {
            await _fleet.TakeOverSourcesAsync(touched, since, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
        catch (IOException e)
        {
            // A full or read-only disk; what runs goes on, and the next change tries again.
            _events.Publish(new NodeEvent.Notice($"a change was not taken over: {e.Message}"));
        }
    }

    /// <returns>Whether the plan changed.</returns>
    private async Task<bool> TakeOverModelAsync(long since, CancellationToken cancel)
    {
        var next = LoadedModel.Load(_options);
        if (next.IsBroken)
        {
            _model.Refuse(next);
            TellFindings();
            _events.Publish(new NodeEvent.ModelChanged(_model.Revision, false, []));
            return false;
        }

        var (plan, findings) = NodeStarter.Lower(next, _options, Plan.Run, _ports, _databases.Holding(NodeStarter.PortsOf(Plan, _model.Current.Model, _options)));
        if (findings.Any(StoreFindings.Forbids))
        {
            _model.Refuse(next with { Findings = [.. next.Findings, .. findings] });
            TellFindings();
            _events.Publish(new NodeEvent.ModelChanged(_model.Revision, false, []));
            return false;
        }

        // Before anything is told, so that a service never starts without what it is told of.
        await _databases.ApplyAsync(plan.Postgres, cancel).ConfigureAwait(false);
        var difference = PlanDifference.Between(Plan, plan);
        _model.Accept(next, findings, !difference.IsEmpty);
        _journeys.Apply(plan.Journeys);
        TellFindings();
        _events.Publish(new NodeEvent.ModelChanged(_model.Revision, true, difference.Describe()));
        if (difference.IsEmpty)
        {
            return false;
        }

        await _fleet.ApplyAsync(plan, difference, since, cancel).ConfigureAwait(false);
        return true;
    }
}
