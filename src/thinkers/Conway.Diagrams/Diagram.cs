namespace Conway.Diagrams;

/// <summary>What is drawn, before it is known in which language.</summary>
/// <param name="Key">Name of its file: <c>containers</c>, <c>component-orders</c>. Lower-case letters, digits and <c>-</c>.</param>
/// <param name="Title">Heading: <c>shop: containers</c>.</param>
public abstract record Diagram(string Key, string Title)
{
    /// <summary>What is made of it, whichever it is.</summary>
    public T Match<T>(Func<Picture, T> picture, Func<Sequence, T> sequence) => this switch
    {
        Picture one => picture(one),
        Sequence one => sequence(one),
        _ => throw new InvalidOperationException($"{GetType().Name} is neither a picture nor a sequence"),
    };
}

/// <summary>Boxes in frames, and arrows between boxes.</summary>
/// <param name="Key">Name of its file.</param>
/// <param name="Title">Heading.</param>
/// <param name="Frames">Each after the one it stands in.</param>
/// <param name="Boxes">In the order of the model.</param>
/// <param name="Arrows">Between boxes that are there, never from a box to itself.</param>
public sealed record Picture(string Key, string Title, IReadOnlyList<Frame> Frames, IReadOnlyList<Box> Boxes, IReadOnlyList<Arrow> Arrows) : Diagram(Key, Title);

/// <summary>A border around boxes and other frames.</summary>
/// <param name="Id">Unique in the diagram, among boxes too: <c>context:ordering</c>.</param>
/// <param name="Name">Heading.</param>
/// <param name="Says">What kind of border it is: <c>context</c>. May be empty.</param>
/// <param name="Parent">The frame it stands in; null for none.</param>
public sealed record Frame(string Id, string Name, string Says, string? Parent);

/// <summary>One thing.</summary>
/// <param name="Id">Unique in the diagram: <c>service:orders</c>.</param>
/// <param name="Name">As in the model.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Says">Its kind and technology in a few words: <c>service, .NET project</c>.</param>
/// <param name="Lines">More, a line each.</param>
/// <param name="Frame">The frame it stands in; null for none.</param>
public sealed record Box(string Id, string Name, BoxKind Kind, string Says, IReadOnlyList<string> Lines, string? Frame);

/// <summary>What a box stands for; forms give each a shape.</summary>
public enum BoxKind
{
    /// <summary>Somebody outside.</summary>
    Person,

    /// <summary>The system as a whole.</summary>
    System,

    /// <summary>A system of others.</summary>
    External,

    /// <summary>The way in.</summary>
    Gateway,

    /// <summary>A service.</summary>
    Service,

    /// <summary>Something that keeps data.</summary>
    Store,

    /// <summary>A part of a service: an interface, a handler, a job, a saga.</summary>
    Part,

    /// <summary>A bounded context.</summary>
    Context,
}

/// <summary>From one box to another.</summary>
/// <param name="From">Id of a box.</param>
/// <param name="To">Id of another.</param>
/// <param name="Label">A few words; may be empty.</param>
/// <param name="Kind">How it is drawn.</param>
public sealed record Arrow(string From, string To, string Label, ArrowKind Kind);

/// <summary>What an arrow means.</summary>
public enum ArrowKind
{
    /// <summary>The one waits for the other's answer, or depends on it.</summary>
    Waits,

    /// <summary>A message; nobody waits.</summary>
    Sends,

    /// <summary>The one keeps its data in the other. Drawn without a head.</summary>
    Keeps,

    /// <summary>Both depend on each other.</summary>
    Mutual,
}

/// <summary>Who asks whom, in order.</summary>
/// <param name="Key">Name of its file.</param>
/// <param name="Title">Heading.</param>
/// <param name="Takers">Who takes part, from left to right: names of services.</param>
/// <param name="Steps">In order.</param>
public sealed record Sequence(string Key, string Title, IReadOnlyList<string> Takers, IReadOnlyList<SequenceStep> Steps) : Diagram(Key, Title);

/// <summary>A line of a sequence.</summary>
public abstract record SequenceStep;

/// <summary>One asks another, and is answered.</summary>
/// <param name="From">Who asks.</param>
/// <param name="To">Who is asked; may be the same.</param>
/// <param name="Label">What: <c>1. reserve, within 5s</c>.</param>
public sealed record Ask(string From, string To, string Label) : SequenceStep;

/// <summary>A remark over one who takes part.</summary>
public sealed record Remark(string Over, string Text) : SequenceStep;

/// <summary>Steps that are done only in a case.</summary>
/// <param name="Case">When.</param>
/// <param name="Steps">What then; never a block again.</param>
public sealed record Block(string Case, IReadOnlyList<SequenceStep> Steps) : SequenceStep;
