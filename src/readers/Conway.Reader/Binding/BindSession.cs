using Conway.Findings;
using Conway.Reader.Composition;
using Conway.Reader.Yaml;

namespace Conway.Reader.Binding;

/// <summary>What one binding gathers on its way. One owner.</summary>
internal sealed class BindSession(IFileTree tree, Interpolation interpolation, List<Finding> findings)
{
    private readonly Dictionary<string, HashSet<string>> _declared = new(StringComparer.Ordinal);
    private readonly List<Reference> _references = [];

    public IFileTree Tree { get; } = tree;

    public Interpolation Interpolation { get; } = interpolation;

    public List<Finding> Findings { get; } = findings;

    /// <summary>Settings of an environment by themselves, in which nothing is required.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Names that the chosen environment removed.</summary>
    public IReadOnlySet<string> Removed { get; init; } = new HashSet<string>();

    /// <summary>Model path to the place of its key or item.</summary>
    public Dictionary<string, SourceSpan> Places { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<Reference> References => _references;

    public IEnumerable<string> Declared(string kind) => _declared.GetValueOrDefault(kind) ?? Enumerable.Empty<string>();

    public bool IsDeclared(string kind, string name) => _declared.TryGetValue(kind, out var names) && names.Contains(name);

    public void Declare(string kind, string name)
    {
        if (!_declared.TryGetValue(kind, out var names))
        {
            _declared[kind] = names = new HashSet<string>(StringComparer.Ordinal);
        }

        names.Add(name);
    }

    public void Refer(Reference reference) => _references.Add(reference);

    /// <summary>Takes over the references of settings that were bound by themselves; what they declare counts for them alone.</summary>
    public void TakeReferences(BindSession part)
    {
        _references.AddRange(part._references.Where(r => !part.IsDeclared(r.DeclaredKind, r.DeclaredName)));
    }

    public void Report(FindingRule rule, Node at, string path, string message, string mend) => Report(rule, at.Span, path, message, mend);

    public void Report(FindingRule rule, SourceSpan place, string path, string message, string mend) =>
        Findings.Add(new Finding { Rule = rule, Message = Sentence(message), Mend = mend, Place = place, ModelPath = path });

    /// <summary>With a capital: subjects such as <c>item 1 of 'routes'</c> also stand inside sentences.</summary>
    public static string Sentence(string message) => char.ToUpperInvariant(message[0]) + message[1..];
}

/// <summary>A name that must be declared somewhere.</summary>
internal sealed record Reference(string Kind, string Text, string Path, SourceSpan Place)
{
    /// <summary>The value came from a variable, so it may be a secret and is never shown.</summary>
    public bool IsHidden { get; init; }

    /// <summary>An operation is declared when its service is.</summary>
    public string DeclaredKind => Kind == "operation" ? "service" : Kind;

    public string DeclaredName => Kind == "operation" && Text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Text[..dot] : Text;
}
