using Conway.Findings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Conway.Reader.Yaml;

/// <summary>Builds the tree of one document from parser events, within limits. One use, one thread.</summary>
internal sealed class TreeBuilder
{
    /// <summary>More levels than this are refused before they cost anything.</summary>
    public const int DepthMax = 64;

    /// <summary>More values than this in one file, aliases written out, are refused.</summary>
    public const int SizeMax = 200_000;

    private readonly SourceText _source;
    private readonly Parser _parser;
    private readonly Dictionary<string, Node?> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<(int Index, bool IsMap)> _openFlows = new();
    private readonly List<Finding> _findings = [];
    private readonly ReferenceMask? _mask;
    private int _size;

    private TreeBuilder(SourceText source, string text, ReferenceMask? mask)
    {
        _source = source;
        _mask = mask;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>Reads a text that has the same length and lines as the source.</summary>
    public static TreeResult Build(SourceText source, string text, ReferenceMask? mask)
    {
        var builder = new TreeBuilder(source, text, mask);
        try
        {
            return new TreeResult(builder.Document(), builder._findings, null);
        }
        catch (TooMuchException e)
        {
            return new TreeResult(null, builder._findings, new Failure(e.Index, e.Index, e.Message, [.. builder._openFlows], e.Rule));
        }
        catch (Exception e)
        {
            // The parser's own complaints, and the InvalidOperationException and others it has for odd input.
            var last = builder._parser.Current;
            var (start, end) = e is YamlException { } yaml ? ((int)yaml.Start.Index, (int)yaml.End.Index)
                : last is null ? (0, 0)
                : ((int)last.End.Index, (int)last.End.Index);
            return new TreeResult(null, builder._findings, new Failure(start, end, e is YamlException ? e.Message : "", [.. builder._openFlows], null) { LastGood = last is null ? 0 : (int)last.Start.Index });
        }
    }

    private Node? Document()
    {
        while (_parser.MoveNext() && _parser.Current is not DocumentStart)
        {
            // StreamStart, or StreamEnd when there is no document.
        }

        if (_parser.Current is not DocumentStart)
        {
            return null;
        }

        _parser.MoveNext();
        var root = Read(1);
        while (_parser.MoveNext())
        {
            if (_parser.Current is DocumentStart { } second)
            {
                _findings.Add(At(ReaderFindings.SecondDocument, second.Start, second.End, "A second document starts here; only the first is read.", "Remove the '---', or move what follows into a file of its own and name it under 'include'."));
                break;
            }
        }

        return root;
    }

    /// <summary>Reads the node that begins with the current event; leaves the parser at its last event.</summary>
    private Node Read(int depth)
    {
        var current = _parser.Current!;
        if (depth > DepthMax)
        {
            throw new TooMuchException(ReaderFindings.TooDeep, Index(current.Start), $"Here is level {depth}; at most {DepthMax} are read.");
        }

        if (++_size > SizeMax)
        {
            throw new TooMuchException(ReaderFindings.TooLarge, Index(current.Start), $"The file holds more than {SizeMax:N0} values.");
        }

        return current switch
        {
            AnchorAlias alias => Resolve(alias, depth),
            Scalar scalar => Anchored(scalar, ReadScalar(scalar)),
            SequenceStart start => ReadList(start, depth),
            MappingStart start => ReadMap(start, depth),
            _ => new ScalarNode(_source, Index(current.Start), Index(current.Start), "", true),
        };
    }

    private ScalarNode ReadScalar(Scalar scalar)
    {
        var isPlain = scalar.Style == ScalarStyle.Plain;
        if (!scalar.Tag.IsEmpty)
        {
            switch (scalar.Tag.Value)
            {
                case "!" or "tag:yaml.org,2002:str":
                    isPlain = false;
                    break;
                case "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null":
                    isPlain = true;
                    break;
                default:
                    IgnoreTag(scalar);
                    break;
            }
        }

        return new ScalarNode(_source, Index(scalar.Start), Index(scalar.End), _mask?.Unmask(scalar.Value) ?? scalar.Value, isPlain);
    }

    private Node ReadList(SequenceStart start, int depth)
    {
        Open(start, start.Style == SequenceStyle.Flow, isMap: false);
        var items = new List<Node>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            items.Add(Read(depth + 1));
        }

        var isFlow = start.Style == SequenceStyle.Flow;
        return Anchored(start, new ListNode(_source, Index(start.Start), Close(isFlow), isFlow, items));
    }

    private Node ReadMap(MappingStart start, int depth)
    {
        Open(start, start.Style == MappingStyle.Flow, isMap: true);
        var entries = new List<MapEntry>();
        var lines = new Dictionary<string, ScalarNode>(StringComparer.Ordinal);
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var key = Read(depth + 1);
            _parser.MoveNext();
            var value = Read(depth + 1);
            if (key is not ScalarNode name)
            {
                _findings.Add(new Finding { Rule = ReaderFindings.KeyNotText, Message = $"A key must be text, and this is {key.Kind}.", Mend = "Write a word as key; a value that starts with { or [ must be quoted to be text.", Place = key.Span });
            }
            else if (lines.TryGetValue(name.Text, out var first))
            {
                _findings.Add(new Finding { Rule = ReaderFindings.DuplicateKey, Message = $"'{name.Text}' is written twice in this map; the first is on line {first.Span.Line}.", Mend = "Keep one of the two, or join them.", Place = name.Span });
            }
            else
            {
                lines.Add(name.Text, name);
                entries.Add(new MapEntry(name, value));
            }
        }

        var isFlow = start.Style == MappingStyle.Flow;
        return Anchored(start, new MapNode(_source, Index(start.Start), Close(isFlow), isFlow, entries));
    }

    private Node Resolve(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node) || node is null)
        {
            var isOpen = _anchors.ContainsKey(alias.Value.Value);
            _findings.Add(At(ReaderFindings.UnknownAnchor, alias.Start, alias.End,
                isOpen ? $"'*{alias.Value.Value}' stands inside the very value that it is an alias of." : $"'*{alias.Value.Value}' is an alias, but no '&{alias.Value.Value}' comes before it.",
                isOpen ? "Write the value out." : $"Mark the value with '&{alias.Value.Value}' where it is first written, or quote the text if it is meant to start with *."));
            return new ScalarNode(_source, Index(alias.Start), Index(alias.End), "", true);
        }

        _size += node.Size;
        return _size > SizeMax ? throw new TooMuchException(ReaderFindings.AliasBomb, Index(alias.Start), $"With '*{alias.Value.Value}' written out the file holds more than {SizeMax:N0} values.")
            : depth + node.Depth > DepthMax ? throw new TooMuchException(ReaderFindings.TooDeep, Index(alias.Start), $"With '*{alias.Value.Value}' written out there are more than {DepthMax} levels.")
            : node;
    }

    private void Open(NodeEvent start, bool isFlow, bool isMap)
    {
        if (isFlow)
        {
            _openFlows.Push((Index(start.Start), isMap));
        }

        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = null; // known, but not whole until it is closed
        }

        if (!start.Tag.IsEmpty && start.Tag.Value is not ("tag:yaml.org,2002:map" or "tag:yaml.org,2002:seq" or "!"))
        {
            IgnoreTag(start);
        }
    }

    private int Close(bool isFlow)
    {
        if (isFlow)
        {
            _openFlows.Pop();
            return Index(_parser.Current!.Start) + 1;
        }

        return Index(_parser.Current!.Start);
    }

    private Node Anchored(NodeEvent start, Node node)
    {
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    private void IgnoreTag(NodeEvent at) =>
        _findings.Add(At(ReaderFindings.UnknownTag, at.Start, at.End, $"The tag '{at.Tag.Value}' means nothing in a model.", "Remove the tag; quote the value if it is text that starts with '!'."));

    private Finding At(FindingRule rule, Mark start, Mark end, string message, string mend) =>
        new() { Rule = rule, Message = message, Mend = mend, Place = _source.Span(Index(start), Index(end)) };

    private static int Index(Mark mark) => (int)mark.Index;

    private sealed class TooMuchException(FindingRule rule, int index, string message) : Exception(message)
    {
        public FindingRule Rule { get; } = rule;

        public int Index { get; } = index;
    }
}

/// <summary>What came of one attempt at reading.</summary>
/// <param name="Root">Null when the text was empty or could not be read.</param>
internal sealed record TreeResult(Node? Root, IReadOnlyList<Finding> Findings, Failure? Failure);

/// <summary>Why and where reading stopped.</summary>
/// <param name="Start">Where the piece that could not be read begins.</param>
/// <param name="End">Where the parser gave up.</param>
/// <param name="Complaint">The parser's words; empty when it had none.</param>
/// <param name="OpenFlows">Brackets that were open, innermost first.</param>
/// <param name="Limit">The limit that was passed; null for wrong text.</param>
internal sealed record Failure(int Start, int End, string Complaint, IReadOnlyList<(int Index, bool IsMap)> OpenFlows, FindingRule? Limit)
{
    /// <summary>Where the last piece that could be read begins.</summary>
    public int LastGood { get; init; }
}
