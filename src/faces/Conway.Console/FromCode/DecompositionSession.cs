using Conway.Console.Api;
using Conway.Decomposition;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Proposals;

namespace Conway.Console.FromCode;

/// <summary>A codebase that a person is cutting: the last good proposal, the file of constraints, and the edits that can be taken back.</summary>
/// <remarks>Safe for many requests at once: one after the other is answered, since a <see cref="Workbench"/> serves one at a time. The file is read anew before
/// each answer, so that edits by hand count, and are never overwritten. Faults that a person can mend are <see cref="DecompositionException"/>.</remarks>
public sealed class DecompositionSession : IDisposable
{
    private const int UndoMax = 1000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Workbench _bench;
    private readonly ConstraintStore _store;
    private readonly IReadOnlyList<Conway.Findings.Finding> _others;
    private readonly LinkedList<Edited> _undo = [];
    private Proposal _good;
    private ConstraintFile _file = ConstraintFile.Empty;
    private IReadOnlyList<Conway.Findings.Finding> _findings = [];
    private string _read = "";
    private string? _trouble;
    private bool _holds;
    private int _revision;

    private DecompositionSession(Workbench bench, ConstraintStore store, IReadOnlyList<Conway.Findings.Finding> others)
    {
        (_bench, _store, _others) = (bench, store, others);
        _good = _bench.Propose(ConstraintFile.Empty, store.Shown, _ending.Token);
        Take(_good, ConstraintFile.Empty);
    }

    /// <summary>An edit that can be taken back.</summary>
    /// <param name="Words">What it did: <c>pin Coupon -> pricing</c>.</param>
    /// <param name="Before">The lines that it took out.</param>
    /// <param name="After">The lines that it put in.</param>
    private sealed record Edited(string Words, IReadOnlyList<string> Before, IReadOnlyList<string> After);

    public string Name => _good.Code.Name;

    /// <summary>Makes the first proposal.</summary>
    /// <param name="bench">Nobody else may use it from now on.</param>
    /// <param name="constraintsPath">Absolute; the file is made with the first edit when it is not there.</param>
    /// <param name="constraintsShown">As a person named it.</param>
    /// <param name="others">What else was found, in the code or its history.</param>
    public static DecompositionSession Start(Workbench bench, string constraintsPath, string constraintsShown, IReadOnlyList<Conway.Findings.Finding> others)
    {
        var session = new DecompositionSession(bench, new ConstraintStore(constraintsPath, constraintsShown), others);
        session.Refresh();
        return session;
    }

    /// <summary>What is proposed, and what must hold.</summary>
    public Task<DecompositionOverview> OverviewAsync(CancellationToken cancel) => InTurnAsync(Overview, cancel);

    /// <summary>One cut; null when there is none of that id.</summary>
    public Task<DecompositionBoard?> FindBoardAsync(string id, CancellationToken cancel) =>
        InTurnAsync(() => _good.Find(id) is { } found ? new ShownCut(_good, found, _revision).Board() : null, cancel);

    /// <summary>Why a unit is where it is, and what each move of it would cost; null when there is no such cut or unit.</summary>
    public Task<DecompositionUnit?> FindUnitAsync(string id, int unit, CancellationToken cancel) => InTurnAsync(
        () => _good.Find(id) is { } found && unit >= 0 && unit < _good.Units.Count ? new ShownCut(_good, found, _revision).Unit(unit, service => _bench.PriceOf(found, unit, service)) : null,
        cancel);

    /// <summary>Everything between two services; null when there is no such cut or service.</summary>
    public Task<DecompositionBoundary?> FindBoundaryAsync(string id, string a, string b, CancellationToken cancel) =>
        InTurnAsync(() => _good.Find(id) is { } found ? new ShownCut(_good, found, _revision).Boundary(a, b) : null, cancel);

    /// <summary>Puts a unit into a service by a line of the file, and proposes again.</summary>
    public Task<DecompositionOverview> MoveAsync(DecompositionMove move, CancellationToken cancel) => InTurnAsync(
        () =>
        {
            if (move.Unit < 0 || move.Unit >= _good.Units.Count)
            {
                throw new DecompositionException($"There is no type or table with the number {move.Unit}.", isStale: true);
            }

            if (move.Service is { } service)
            {
                Check($"pin X -> {service}");
            }

            return Edit(file => MoveLines.Move(file, _good.Units, move.Unit, move.Service, _store.Shown));
        },
        cancel);

    /// <summary>Adds, removes or replaces a line of the file, and proposes again.</summary>
    public Task<DecompositionOverview> EditAsync(DecompositionEdit edit, CancellationToken cancel) => InTurnAsync(
        () =>
        {
            if (edit.Add is { } added)
            {
                Check(added);
            }

            return Edit(file =>
            {
                if (edit.Remove is { } line)
                {
                    if (line.Number < 1 || line.Number > file.Lines.Length || file.Lines[line.Number - 1].Written != line.Text)
                    {
                        throw new DecompositionException($"Line {line.Number} of '{_store.Shown}' is no longer '{line.Text}': the file was edited meanwhile. Look at it again.", isStale: true);
                    }

                    return file.Splice(line.Number, 1, edit.Add is null ? [] : [edit.Add.Trim()], _store.Shown);
                }

                return string.IsNullOrWhiteSpace(edit.Add) ? file : file.Splice(file.Lines.Length + 1, 0, [edit.Add.Trim()], _store.Shown);
            });
        },
        cancel);

    /// <summary>Takes the last edit back, and proposes again.</summary>
    public Task<DecompositionOverview> UndoAsync(CancellationToken cancel) => InTurnAsync(
        () =>
        {
            if (_undo.Last is not { Value: var last } node)
            {
                throw new DecompositionException("There is nothing to take back.", isStale: true);
            }

            var file = _store.Read();
            var at = file.Lines.Length + 1;
            foreach (var line in last.After)
            {
                if (file.Lines.LastOrDefault(l => l.Written == line) is not { } there)
                {
                    _undo.Remove(node);
                    throw new DecompositionException($"'{line}' is no longer in '{_store.Shown}', so nothing was taken back.", isStale: true);
                }

                (file, at) = (file.Splice(there.Number, 1, [], _store.Shown), there.Number);
            }

            _store.Write(file.Splice(at, 0, last.Before, _store.Shown));
            _undo.Remove(node);
            return Overview();
        },
        cancel);

    /// <summary>Ends a proposal that is being made.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    /// <summary>What cannot be understood is not written.</summary>
    private static void Check(string line)
    {
        if (line.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw new DecompositionException("A line is one line.");
        }

        if (ConstraintFile.Parse(line, "").Findings is [var wrong, ..])
        {
            throw new DecompositionException($"{wrong.Message} {wrong.Mend}");
        }
    }

    private async Task<T> InTurnAsync<T>(Func<T> answer, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _ending.Token);
        await _turn.WaitAsync(either.Token);
        try
        {
            // What was begun is ended, whoever waits: a file that was written has its proposal.
            return await Task.Run(
                () =>
                {
                    Refresh();
                    return answer();
                },
                CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    private DecompositionOverview Edit(Func<ConstraintFile, ConstraintFile> change)
    {
        var before = _store.Read();
        var after = change(before);
        if (after.ToString() == before.ToString())
        {
            return Overview();
        }

        _store.Write(after);
        var (gone, come) = (before.Lines.Select(l => l.Written).ToList(), new List<string>());
        foreach (var line in after.Lines)
        {
            if (!gone.Remove(line.Written))
            {
                come.Add(line.Written);
            }
        }

        _undo.AddLast(new Edited(come.Count > 0 ? come[^1] : $"without {string.Join(", ", gone)}", gone, come));
        if (_undo.Count > UndoMax)
        {
            _undo.RemoveFirst();
        }

        return Overview();
    }

    /// <summary>Reads the file, and proposes again when it says something else.</summary>
    private void Refresh()
    {
        try
        {
            var file = _store.Read();
            _trouble = null;
            var text = file.ToString();
            if (text == _read)
            {
                return;
            }

            var proposal = _bench.Propose(file, _store.Shown, _ending.Token);
            _read = text;
            Take(proposal, file);
        }
        catch (DecompositionException unreadable)
        {
            _trouble = unreadable.Message;
        }
    }

    private void Take(Proposal proposal, ConstraintFile file)
    {
        (_file, _findings, _revision) = (file, [.. proposal.Findings.Concat(proposal.Code.Findings).Concat(_others).DistinctBy(f => (f.Code, f.Place, f.Message))], _revision + 1);
        _holds = !proposal.Alternatives.IsEmpty || proposal.Findings.All(f => f.Rule != DecompositionFindings.Contradiction);
        _good = _holds ? proposal : _good;
    }

    private DecompositionOverview Overview()
    {
        Refresh();
        return ShownProposal.Of(_good, _revision, _file, _store.Shown, _findings, _holds, _undo.Last?.Value.Words, _trouble);
    }
}
