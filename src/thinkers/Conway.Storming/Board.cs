using Conway.Model;

namespace Conway.Storming;

/// <summary>A board of an event storming: its notes from left to right, which is the order of time.</summary>
public sealed record Board
{
    /// <summary>Most notes of one board.</summary>
    public const int NotesMax = 5_000;

    /// <summary>Name of the system.</summary>
    [Must, Matches("^[a-z][a-z0-9-]{0,62}$", "a name of lower-case letters, digits and -, starting with a letter"), About("Name of the system; the model gets it.", Example = "shop")]
    public string System { get; init; } = "";

    /// <summary>The notes, from left to right.</summary>
    [Must, About("The notes, from left to right.")]
    public ValueList<Note> Notes { get; init; } = [];
}

/// <summary>One note: what it is, and, where the order does not say it, what it belongs to.</summary>
[ExactlyOne(nameof(Event), nameof(Command), nameof(Actor), nameof(Policy), nameof(ReadModel), nameof(Aggregate), nameof(System), nameof(Hotspot))]
public sealed record Note
{
    [About("Something that happened, in the past tense (orange).", Example = "Order placed")]
    public string? Event { get; init; }

    [About("What somebody wants done (blue).", Example = "Place order")]
    public string? Command { get; init; }

    [About("A person who issues commands (small yellow).", Example = "Customer")]
    public string? Actor { get; init; }

    [About("What is done whenever something has happened (lilac).", Example = "Whenever an order is placed, ask for the money")]
    public string? Policy { get; init; }

    [About("What somebody looks at before deciding (green).", Example = "Order history")]
    public string? ReadModel { get; init; }

    [About("What takes commands, keeps its own rules, and tells events (large yellow).", Example = "Order")]
    public string? Aggregate { get; init; }

    [About("A system outside (pink).", Example = "Bank")]
    public string? System { get; init; }

    [About("A question or a quarrel (red).", Example = "What if the card has expired?")]
    public string? Hotspot { get; init; }

    [About("The aggregate that takes the command or tells the event.", Example = "Order", Unset = "the aggregate noted beside it, else the noun in its words")]
    public string? On { get; init; }

    [About("Who issues the command: an actor, policy or system.", Example = "Customer", Unset = "the nearest one noted before it, since the last event")]
    public string? By { get; init; }

    [About("The events that a policy waits for or a read model shows.", Example = "[Order placed]", Unset = "the last event before it")]
    public ValueList<string> After { get; init; } = [];

    [About("The bounded context that people drew around it; it holds for the whole aggregate.", Example = "ordering", Unset = "it is proposed")]
    public string? Context { get; init; }

    /// <summary>The kind of the note and its words; null when it has none.</summary>
    internal (NoteKind Kind, string Words)? What =>
        Event is { } e ? (NoteKind.Event, e) : Command is { } c ? (NoteKind.Command, c) : Actor is { } a ? (NoteKind.Actor, a) : Policy is { } p ? (NoteKind.Policy, p)
        : ReadModel is { } r ? (NoteKind.ReadModel, r) : Aggregate is { } g ? (NoteKind.Aggregate, g) : System is { } s ? (NoteKind.System, s)
        : Hotspot is { } h ? (NoteKind.Hotspot, h) : null;
}

/// <summary>The kinds of notes.</summary>
internal enum NoteKind
{
    Event,
    Command,
    Actor,
    Policy,
    ReadModel,
    Aggregate,
    System,
    Hotspot,
}
