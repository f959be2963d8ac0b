using System.Text;
using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>Lines of C#, indented by themselves.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private readonly SortedSet<string> _usings = new(StringComparer.Ordinal);
    private int _depth;

    public void Using(string @namespace) => _usings.Add(@namespace);

    /// <summary>Its simple name; the using is added.</summary>
    public string Name(PlannedType type)
    {
        if (type.Outer is null)
            _usings.Add(type.Namespace);
        return type.Name;
    }

    public void Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', 4 * _depth).Append(line);
        _text.Append('\n');
    }

    public void Open(string head)
    {
        Line(head);
        Line("{");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Line("}");
    }

    public string ToFile(PlannedType type)
    {
        _usings.Remove(type.Namespace);
        var head = string.Concat(_usings.Select(u => $"using {u};\n"));
        return $"{head}{(head.Length > 0 ? "\n" : "")}namespace {type.Namespace};\n\n{_text}";
    }
}
