using Conway.Findings;

namespace Conway.Reader.Yaml;

/// <summary>A value as it was written. Immutable; an alias is the very node that it stands for.</summary>
/// <param name="Source">The file it was written in.</param>
/// <param name="Start">Index of its first character, its tag or anchor included.</param>
/// <param name="End">Index after its last character; for a block collection the start of what follows it.</param>
internal abstract record Node(SourceText Source, int Start, int End)
{
    /// <summary>Nodes in it, itself included.</summary>
    public abstract int Size { get; }

    /// <summary>Levels in it, itself included.</summary>
    public abstract int Depth { get; }

    /// <summary>What to underline.</summary>
    public virtual SourceSpan Span => Source.Span(Start, End);

    /// <summary>What the value is, in words: <c>a list</c>.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value.</summary>
/// <param name="Text">Without quotes and escapes.</param>
/// <param name="IsPlain">Written without quotes, so that it may be a number, true, or nothing.</param>
internal sealed record ScalarNode(SourceText Source, int Start, int End, string Text, bool IsPlain) : Node(Source, Start, End)
{
    /// <summary>The text came, in part, from a variable of the environment, so it may be a secret and is never shown.</summary>
    public bool IsResolved { get; init; }

    /// <summary>The text as it may be shown.</summary>
    public string Shown => IsResolved ? "${env:…}" : Text.Length <= 60 ? Text : Text[..57] + "…";

    public override int Size => 1;

    public override int Depth => 1;

    public override string Kind => IsNull ? "nothing" : CoreSchema.KindOf(this);

    /// <summary>YAML 1.2 core: <c>null</c>, <c>~</c>, or nothing at all.</summary>
    public bool IsNull => IsPlain && (Text is "" or "~" or "null" or "Null" or "NULL");
}

/// <summary>A list.</summary>
internal sealed record ListNode(SourceText Source, int Start, int End, bool IsFlow, IReadOnlyList<Node> Items) : Node(Source, Start, End)
{
    public override int Size { get; } = 1 + Items.Sum(i => i.Size);

    public override int Depth { get; } = 1 + (Items.Count == 0 ? 0 : Items.Max(i => i.Depth));

    public override SourceSpan Span => IsFlow || Items.Count == 0 ? Source.Span(Start, Start + 1) : Items[0].Span;

    public override string Kind => "a list";
}

/// <summary>A map. Keys are unique.</summary>
internal sealed record MapNode(SourceText Source, int Start, int End, bool IsFlow, IReadOnlyList<MapEntry> Entries) : Node(Source, Start, End)
{
    public override int Size { get; } = 1 + Entries.Sum(e => 1 + e.Value.Size);

    public override int Depth { get; } = 1 + (Entries.Count == 0 ? 0 : Entries.Max(e => e.Value.Depth));

    public override SourceSpan Span => IsFlow || Entries.Count == 0 ? Source.Span(Start, Start + 1) : Entries[0].Key.Span;

    public override string Kind => "a map";

    public MapEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key.Text == key);
}

/// <summary>A key and its value.</summary>
internal sealed record MapEntry(ScalarNode Key, Node Value);
