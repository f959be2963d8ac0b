namespace Conway.Storming;

/// <summary>From a board to a proposal.</summary>
/// <remarks>Pure: the same board gives the same proposal, in the order of the board.</remarks>
public static class Stormer
{
    /// <summary>Reads the notes and proposes aggregates, contexts and a model.</summary>
    /// <param name="board">At most <see cref="Board.NotesMax"/> notes count.</param>
    public static StormProposal Propose(Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        var doubts = new List<string>();
        if (board.Notes.Count > Board.NotesMax)
        {
            doubts.Add($"Of {board.Notes.Count} notes the first {Board.NotesMax} are read.");
            board = board with { Notes = new(board.Notes.Take(Board.NotesMax)) };
        }

        var links = new BoardLinks(board);
        var aggregates = Aggregates(links);
        var contexts = ContextCut.Of(links, aggregates);
        var contextOf = contexts.SelectMany(c => c.Aggregates.Select(a => (a, c.Name))).ToDictionary(c => c.a, c => c.Name, StringComparer.Ordinal);
        doubts.AddRange(links.Doubts);
        var flows = Flows(links, contextOf, doubts);
        doubts.AddRange(links.Commands.Where(c => c.Events.Count == 0).Select(c => $"Nothing happens after '{c.Words}': no event stands behind it."));
        doubts.AddRange(links.Commands.Where(c => c.By is null).Select(c => $"Nobody issues '{c.Words}': no actor, policy or system stands before it."));
        doubts.AddRange(aggregates.Where(a => a.IsGuessed).Select(a => $"'{a.Name}' is taken from the words of {string.Join(", ", a.Commands.Concat(a.Events).Take(3).Select(w => $"'{w}'"))}; no note names it."));
        if (contexts.Count == 1 && aggregates.Count > 1)
        {
            doubts.Add("Everything hangs together in one context: no policy parts it. Look for what can happen later, and note it as a policy.");
        }

        return new StormProposal(aggregates, contexts, flows, links.Hotspots, [.. doubts.Distinct(StringComparer.Ordinal)], StormModel.Of(board, links, aggregates, contexts, flows));
    }

    private static IReadOnlyList<StormAggregate> Aggregates(BoardLinks links)
    {
        var seen = links.Commands.Select(c => (c.On, c.Index)).Concat(links.Events.Where(e => e.On is not null).Select(e => (On: e.On!, e.Index))).OrderBy(a => a.Index).Select(a => a.On)
            .Concat(links.Bare).Where(a => a.Length > 0).Distinct(StringComparer.Ordinal);
        return
        [
            .. seen.Select(a => new StormAggregate(
                a,
                [.. links.Commands.Where(c => c.On == a).Select(c => c.Words).Distinct(StringComparer.OrdinalIgnoreCase)],
                [.. links.Events.Where(e => e.On == a).Select(e => e.Words).Distinct(StringComparer.OrdinalIgnoreCase)],
                links.IsGuessed(a))),
        ];
    }

    private static IReadOnlyList<StormFlow> Flows(BoardLinks links, Dictionary<string, string> contextOf, List<string> doubts)
    {
        var found = new List<StormFlow>();
        foreach (var listener in links.Listeners)
        {
            foreach (var name in listener.After)
            {
                if (links.Events.FirstOrDefault(e => BoardLinks.Same(e.Words, name)) is not { } told)
                {
                    doubts.Add($"'{listener.Words}' waits for '{name}', which is not on the board.");
                    continue;
                }

                // A policy acts where its commands are taken; a read model is kept where what is decided by it is taken.
                foreach (var to in listener.Commands.Select(c => contextOf.GetValueOrDefault(c.On)).OfType<string>().Distinct(StringComparer.Ordinal))
                {
                    if (told.On is not null && contextOf.GetValueOrDefault(told.On) is { } from && from != to)
                    {
                        found.Add(new StormFlow(told.Words, from, to, listener.Words));
                    }
                }
            }

            if (listener.Commands.Count == 0 && listener.Kind == NoteKind.Policy)
            {
                doubts.Add($"Nothing follows from '{listener.Words}': no command stands behind it.");
            }
        }

        return [.. found.Distinct()];
    }
}
