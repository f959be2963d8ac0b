using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Entries;
using Conway.CodeFacts.Outward;
using Conway.CodeFacts.Stores;
using Conway.Findings;

namespace Conway.CodeFacts.Bodies;

/// <summary>What one file says. One owner while it is read; afterwards it is only looked at.</summary>
internal sealed class FileFacts
{
    public List<EdgeUse> Edges { get; } = [];

    public List<CallDetail> Calls { get; } = [];

    public List<BaseFact> Bases { get; } = [];

    public EntryFacts Entries { get; } = new();

    public OutwardFacts Outward { get; } = new();

    public StoreFacts Stores { get; } = new();

    public List<Finding> Findings { get; } = [];

    public int Names { get; set; }

    public int NamesBound { get; set; }

    public int NamesInferred { get; set; }

    public int CallsSeen { get; set; }

    public int CallsBound { get; set; }

    public int CallsInferred { get; set; }
}

/// <summary>One occurrence of an edge.</summary>
internal readonly record struct EdgeUse(int From, int To, EdgeKind Kind, CodePlace Place, bool IsInferred);
