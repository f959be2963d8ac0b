using Conway.Model;

namespace Conway.Storming;

/// <summary>What a board becomes.</summary>
/// <param name="Aggregates">In order of first appearance.</param>
/// <param name="Contexts">In order of first appearance.</param>
/// <param name="Flows">Events that one context tells and another hears.</param>
/// <param name="Hotspots">Questions that are open, each with the note before it.</param>
/// <param name="Doubts">What the board does not say or contradicts, as sentences, and what was assumed in its place.</param>
/// <param name="Model">The proposal as a model: a context and a service for each context, with its events.</param>
public sealed record StormProposal(
    IReadOnlyList<StormAggregate> Aggregates,
    IReadOnlyList<StormContext> Contexts,
    IReadOnlyList<StormFlow> Flows,
    IReadOnlyList<StormHotspot> Hotspots,
    IReadOnlyList<string> Doubts,
    SystemModel Model);

/// <summary>Something that takes commands, keeps its rules, and tells events.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Commands">In order of the board.</param>
/// <param name="Events">In order of the board.</param>
/// <param name="IsGuessed">No note names it: it is the noun in the words of its commands and events.</param>
public sealed record StormAggregate(string Name, IReadOnlyList<string> Commands, IReadOnlyList<string> Events, bool IsGuessed);

/// <summary>A proposed bounded context.</summary>
/// <param name="Name">As the model has it.</param>
/// <param name="Aggregates">Their names.</param>
/// <param name="Because">Why they are together, as clauses.</param>
/// <param name="IsDrawn">People drew it; nothing was proposed.</param>
public sealed record StormContext(string Name, IReadOnlyList<string> Aggregates, IReadOnlyList<string> Because, bool IsDrawn);

/// <summary>An event that crosses a border.</summary>
/// <param name="Event">As on the board.</param>
/// <param name="From">The context that tells it.</param>
/// <param name="To">The context that hears it.</param>
/// <param name="By">The policy or read model that waits for it.</param>
public sealed record StormFlow(string Event, string From, string To, string By);

/// <summary>An open question.</summary>
/// <param name="Question">As on the board.</param>
/// <param name="Beside">The note before it; empty at the beginning of the board.</param>
public sealed record StormHotspot(string Question, string Beside);
