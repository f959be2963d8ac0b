using Conway.Findings;
using Conway.Reader.Binding;
using Conway.Reader.Composition;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader;

/// <summary>Reads documents other than the model: one file of YAML to a record that is described by the attributes of Conway.Model.</summary>
/// <remarks>What is told of a model's text, keys and values is told of theirs. Nothing is included and no variable is put in.</remarks>
public static class DocumentReader
{
    /// <summary>Reads the text of a file.</summary>
    /// <typeparam name="T">The record of the whole: a constructor without parameters, and <see cref="Model.AboutAttribute"/> on each property.</typeparam>
    /// <param name="file">Its name, as findings show it.</param>
    /// <param name="bytes">What is in it.</param>
    /// <param name="subject">How findings call the whole: <c>the plan</c>.</param>
    /// <returns>The best value that could be read, and all findings by place.</returns>
    public static DocumentResult<T> Read<T>(string file, ReadOnlySpan<byte> bytes, string subject)
        where T : class, new()
    {
        var read = ModelFile.Parse(file, bytes);
        var findings = new List<Finding>();
        var session = new BindSession(new MemoryFileTree(new Dictionary<string, string>()), Interpolation.None, findings);
        var value = new T();
        if (read.Root is MapNode map)
        {
            value = (T)Binder.Document(session, RecordShape.Of(typeof(T)), map, subject);
        }
        else if (read.Source.SetAside.Count == 0)
        {
            var isEmpty = read.Root is null or ScalarNode { IsNull: true };
            findings.Add(new Finding
            {
                Rule = isEmpty ? ReaderFindings.EmptyFile : ReaderFindings.WrongType,
                Message = isEmpty ? "The file says nothing." : BindSession.Sentence($"{subject} is a map of keys and values, and this is {read.Root!.Kind}."),
                Mend = "Give the file that was meant.",
                Place = isEmpty ? read.Source.Span(0, 1) : read.Root!.Span,
            });
        }

        var places = new SourceMap(session.Places, new Dictionary<string, string> { [file] = read.Source.Text });
        return new DocumentResult<T>(value, places, places.Place(read.Findings.Concat(findings).DistinctBy(f => (f.Place, f.Code, f.Message))));
    }
}

/// <summary>What was read of a document.</summary>
/// <param name="Value">As much as could be read.</param>
/// <param name="Map">Where each part of it is written.</param>
/// <param name="Findings">What is wrong with it, by place.</param>
public sealed record DocumentResult<T>(T Value, SourceMap Map, IReadOnlyList<Finding> Findings);
