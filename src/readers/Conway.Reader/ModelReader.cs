using Conway.Findings;
using Conway.Model;
using Conway.Reader.Binding;
using Conway.Reader.Composition;
using Conway.Reader.Rules;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader;

/// <summary>Reads a model: text to values, in five steps that never throw for what is written.</summary>
/// <remarks>
/// 1. Each file to a tree (YAML 1.2 core schema), setting aside what cannot be read.
/// 2. The trees of all included files to one.
/// 3. The settings of the chosen environment over it.
/// 4. The tree to records, by reflection over their attributes.
/// 5. What only the whole can tell: references, collisions, what is not honoured yet.
/// </remarks>
public static class ModelReader
{
    /// <param name="tree">The files of the system.</param>
    /// <param name="rootFile">The first file, <c>conway.yaml</c>.</param>
    public static ReadResult Read(IFileTree tree, string rootFile, ReadOptions options)
    {
        var files = new ModelFiles(tree, rootFile);
        if (!files.Read())
        {
            return new ReadResult(new SystemModel(), SourceMap.Empty, files.Findings, [.. files.Watched]);
        }

        var findings = new List<Finding>();
        var environments = new Environments(files, findings);
        var root = Join(files.Files, environments, findings);
        environments.TakeBeside();
        var overlay = new Overlay(findings);
        if (root is not null && options.Environment is { } name)
        {
            if (environments.Settings(name) is { } settings)
            {
                root = overlay.Apply(RecordShape.Root, root, settings);
            }
            else
            {
                findings.Add(environments.Unknown(name));
            }
        }

        var session = new BindSession(tree, new Interpolation(options.GetEnvironmentVariable, findings), findings) { Removed = overlay.Removed };
        var model = root is null ? new SystemModel() : (SystemModel)Binder.Root(session, root);
        BindOthers(session, environments, options.Environment, tree);
        if (root is not null)
        {
            FormatVersion.Check(session, model);
            References.Check(session, [.. files.Files.Select(f => f.Source)]);
            Variables.Check(session, model);
            Shares.Check(session, model);
        }

        return Placed(model, session, files, findings, environments);
    }

    private static MapNode? Join(IReadOnlyList<ModelFile> files, Environments environments, List<Finding> findings)
    {
        MapNode? whole = null;
        foreach (var file in files)
        {
            if (file.Root is not MapNode map)
            {
                NoMap(file, findings, isFirst: ReferenceEquals(file, files[0]));
                continue;
            }

            if (map.Find(Environments.Key) is { } entry)
            {
                environments.Take(entry);
            }

            var isFirst = ReferenceEquals(file, files[0]);
            map = map with { Entries = [.. map.Entries.Where(e => e.Key.Text != Environments.Key && (isFirst || e.Key.Text != "include"))] };
            whole = whole is null ? map : new Merge(findings, isOverlay: false).Maps(RecordShape.Root, whole, map);
        }

        return whole;
    }

    private static void NoMap(ModelFile file, List<Finding> findings, bool isFirst)
    {
        if (file.Source.SetAside.Count > 0)
        {
            return; // why there is nothing has been said
        }

        var isEmpty = file.Root is null or ScalarNode { IsNull: true };
        if (isEmpty && !isFirst)
        {
            return;
        }

        findings.Add(new Finding
        {
            Rule = isEmpty ? ReaderFindings.EmptyFile : ReaderFindings.WrongType,
            Message = isEmpty ? "The file says nothing." : $"A model is a map of keys and values, and this is {file.Root!.Kind}.",
            Mend = "Begin with 'conway: 1' and 'system: name'.",
            Place = isEmpty ? file.Source.Span(0, 1) : file.Root!.Span,
        });
    }

    /// <summary>Settings of environments that were not chosen are checked all the same, so that a mistake shows before the day they are needed.</summary>
    private static void BindOthers(BindSession session, Environments environments, string? chosen, IFileTree tree)
    {
        foreach (var entry in environments.Declared.Where(e => !Names.IsName(e.Key.Text)))
        {
            session.Findings.Add(Binder.BadName(entry.Key, isPascal: false));
        }

        foreach (var name in environments.Names.Where(n => n != chosen))
        {
            var part = new BindSession(tree, new Interpolation(null, []), session.Findings) { IsPartial = true };
            Binder.Root(part, environments.Settings(name)!);
            session.TakeReferences(part);
        }
    }

    private static ReadResult Placed(SystemModel model, BindSession session, ModelFiles files, List<Finding> findings, Environments environments)
    {
        var texts = files.Files.DistinctBy(f => f.Path).ToDictionary(f => f.Path, f => f.Source.Text, StringComparer.Ordinal);
        var map = new SourceMap(session.Places, texts);
        var distinct = files.Findings.Concat(findings).DistinctBy(f => (f.Place, f.Code, f.Message));
        return new ReadResult(model, map, map.Place(distinct), [.. files.Watched]) { Environments = [.. environments.Names] };
    }
}
