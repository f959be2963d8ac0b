namespace Conway.Storming;

/// <summary>A command with what belongs to it.</summary>
/// <param name="By">Who issues it; null when nobody does.</param>
/// <param name="ByKind">What that is.</param>
/// <param name="Index">Its place on the board.</param>
internal sealed record LinkedCommand(string Words, string On, string? By, NoteKind? ByKind, int Index)
{
    public List<LinkedEvent> Events { get; } = [];
}

/// <summary>An event with who tells it.</summary>
/// <param name="On">The aggregate; null when a system outside tells it.</param>
/// <param name="System">The system outside; null when an aggregate tells it.</param>
internal sealed record LinkedEvent(string Words, string? On, string? System, int Index);

/// <summary>A policy or read model, with the events it waits for and the commands that follow from it.</summary>
internal sealed record LinkedListener(string Words, NoteKind Kind, IReadOnlyList<string> After, int Index)
{
    public List<LinkedCommand> Commands { get; } = [];
}

/// <summary>Who issues, takes, tells and hears what: as the notes say it, else as their order has it.</summary>
/// <remarks>Read from left to right, as people stand before a board: actor or policy, command, aggregate, event, and on.</remarks>
internal sealed class BoardLinks
{
    private readonly Dictionary<string, string> _spelt = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _noted = new(StringComparer.OrdinalIgnoreCase);

    public BoardLinks(Board board)
    {
        foreach (var note in board.Notes)
        {
            foreach (var name in new[] { note.Aggregate, note.On }.OfType<string>())
            {
                _noted.Add(Spelt(name));
            }
        }

        Read(board.Notes);
    }

    public List<LinkedCommand> Commands { get; } = [];

    public List<LinkedEvent> Events { get; } = [];

    public List<LinkedListener> Listeners { get; } = [];

    public List<StormHotspot> Hotspots { get; } = [];

    public List<string> Doubts { get; } = [];

    /// <summary>Aggregate to the context that people drew around it.</summary>
    public Dictionary<string, string> Drawn { get; } = new(StringComparer.Ordinal);

    /// <summary>Aggregates that are noted without anything that belongs to them.</summary>
    public List<string> Bare { get; } = [];

    public bool IsGuessed(string aggregate) => !_noted.Contains(aggregate);

    private void Read(IReadOnlyList<Note> notes)
    {
        (string Words, NoteKind Kind)? issuer = null;
        LinkedCommand? command = null;
        LinkedListener? listener = null;
        string? aggregate = null, system = null, lastEvent = null;
        for (var i = 0; i < notes.Count; i++)
        {
            var note = notes[i];
            if (note.What is not { } what)
            {
                continue;
            }

            switch (what.Kind)
            {
                case NoteKind.Actor:
                    (issuer, listener) = ((what.Words, what.Kind), null);
                    (command, aggregate, system) = (null, null, null);
                    break;
                case NoteKind.System:
                    system = what.Words;
                    break;
                case NoteKind.Aggregate:
                    aggregate = Spelt(what.Words);
                    system = null;
                    Draw(aggregate, note.Context);
                    Bare.Add(aggregate);
                    break;
                case NoteKind.Policy or NoteKind.ReadModel:
                    listener = Listen(note, what, lastEvent, i);
                    issuer = what.Kind == NoteKind.Policy ? (what.Words, what.Kind) : issuer;
                    (command, aggregate, system) = (null, null, null);
                    break;
                case NoteKind.Command:
                    var on = Spelt(note.On ?? NextAggregate(notes, i) ?? Nouns.OfCommand(what.Words));
                    var by = note.By is { } named ? (named, KindOf(notes, named)) : issuer is { } near ? (near.Words, (NoteKind?)near.Kind) : (system, system is null ? null : NoteKind.System);
                    command = new LinkedCommand(what.Words, on, by.Item1, by.Item2, i);
                    (note.By is { } policy ? Listeners.LastOrDefault(l => Same(l.Words, policy)) : listener)?.Commands.Add(command);
                    Commands.Add(command);
                    Draw(on, note.Context);
                    (aggregate, system) = (null, null);
                    break;
                case NoteKind.Event:
                    Tell(note, what.Words, command, aggregate, system, i);
                    lastEvent = what.Words;
                    (issuer, listener, system) = (null, null, null);
                    break;
                default:
                    Hotspots.Add(new StormHotspot(what.Words, i == 0 ? "" : notes[i - 1].What?.Words ?? ""));
                    break;
            }
        }
    }

    private LinkedListener Listen(Note note, (NoteKind Kind, string Words) what, string? lastEvent, int index)
    {
        var after = note.After.Count > 0 ? [.. note.After] : lastEvent is null ? Array.Empty<string>() : [lastEvent];
        if (after.Length == 0)
        {
            Doubts.Add($"'{what.Words}' waits for no event: none is noted before it.");
        }

        var listener = new LinkedListener(what.Words, what.Kind, after, index);
        Listeners.Add(listener);
        return listener;
    }

    private void Tell(Note note, string words, LinkedCommand? command, string? aggregate, string? system, int index)
    {
        if (Events.Any(e => Same(e.Words, words)))
        {
            Doubts.Add($"'{words}' is noted twice; it counts as one event.");
        }

        // A system that is noted right before an event, without an aggregate between, is who tells it.
        var isOutside = note.On is null && aggregate is null && system is not null;
        var on = isOutside ? null : Spelt(note.On ?? aggregate ?? command?.On ?? Nouns.OfEvent(words));
        var told = new LinkedEvent(words, on, isOutside ? system : null, index);
        Events.Add(told);
        command?.Events.Add(told);
        if (on is not null)
        {
            Draw(on, note.Context);
        }

        if (command is null && !isOutside)
        {
            Doubts.Add($"Nothing on the board causes '{words}': no command stands before it.");
        }
    }

    private void Draw(string aggregate, string? context)
    {
        if (context is not null && !Drawn.TryAdd(aggregate, context) && !Same(Drawn[aggregate], context))
        {
            Doubts.Add($"'{aggregate}' is drawn in '{Drawn[aggregate]}' and in '{context}'; the first counts.");
        }
    }

    /// <summary>The aggregate that is noted between a command and its event.</summary>
    private static string? NextAggregate(IReadOnlyList<Note> notes, int at)
    {
        for (var i = at + 1; i < notes.Count && notes[i].What is { Kind: NoteKind.Aggregate or NoteKind.System or NoteKind.Hotspot } what; i++)
        {
            if (what.Kind == NoteKind.Aggregate)
            {
                return what.Words;
            }
        }

        return null;
    }

    private static NoteKind? KindOf(IReadOnlyList<Note> notes, string name) =>
        notes.Select(n => n.What).FirstOrDefault(w => w is { } what && what.Kind is NoteKind.Actor or NoteKind.Policy or NoteKind.System && Same(w!.Value.Words, name))?.Kind;

    /// <summary>One spelling for one thing: case and an s at the end make no other aggregate.</summary>
    private string Spelt(string name)
    {
        var clean = name.Trim();
        var key = clean.Length > 3 && clean.EndsWith('s') && !clean.EndsWith("ss", StringComparison.OrdinalIgnoreCase) ? clean[..^1] : clean;
        return _spelt.TryGetValue(key, out var known) ? known : _spelt[key] = clean.Length == 0 ? "Unnamed" : char.ToUpperInvariant(clean[0]) + clean[1..];
    }

    public static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
