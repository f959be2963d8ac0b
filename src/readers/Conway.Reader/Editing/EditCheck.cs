using System.Text.Json;
using System.Text.Json.Nodes;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Editing;

/// <summary>Holds an edited text against what was asked for.</summary>
internal static class EditCheck
{
    /// <summary>Whether the new tree holds the change, and is otherwise the old one.</summary>
    public static bool Holds(Node before, Node? after, List<string> steps, Node value, Change change)
    {
        if (after is null)
        {
            return false;
        }

        var (old, made) = (Long(RecordShape.Root, Json(before)), Long(RecordShape.Root, Json(after)));
        switch (change)
        {
            case Change.Remove:
                Remove(old, steps);
                break;
            case Change.Append:
                Put(old, steps, Json(value), isAppend: true);
                break;
            default:
                Put(old, steps, Json(value), isAppend: false);
                break;
        }

        return JsonNode.DeepEquals(Pruned(Long(RecordShape.Root, old)), Pruned(made));
    }

    private static JsonNode? Json(Node node) => JsonNode.Parse(JsonForm.Of(node), documentOptions: new JsonDocumentOptions { MaxDepth = 2 * TreeBuilder.DepthMax });

    /// <summary>With every short form written out, since an edit may have had to do so.</summary>
    private static JsonNode? Long(Shape? shape, JsonNode? node)
    {
        switch (shape, node)
        {
            case (RecordShape { ShortForm: { } form }, JsonValue value):
                return new JsonObject { [form.Key] = value.DeepClone() };
            case (MapShape, JsonArray names) when names.All(n => n is JsonValue):
                return new JsonObject(names.Select(n => KeyValuePair.Create(n!.ToString(), (JsonNode?)null)));
            case (RecordShape record, JsonObject map):
                return new JsonObject(map.Select(e => KeyValuePair.Create(e.Key, Long(record.Property(e.Key)?.Shape, e.Value))));
            case (MapShape named, JsonObject map):
                return new JsonObject(map.Select(e => KeyValuePair.Create(e.Key, Long(named.Value, e.Value))));
            case (ListShape list, JsonArray items):
                return new JsonArray([.. items.Select(i => Long(list.Item, i))]);
            default:
                return node?.DeepClone();
        }
    }

    private static void Put(JsonNode? root, List<string> steps, JsonNode? value, bool isAppend)
    {
        var at = root!;
        foreach (var step in isAppend ? steps : steps.SkipLast(1))
        {
            at = Below(at, step, isAppend && ReferenceEquals(step, steps[^1]));
        }

        if (isAppend)
        {
            ((JsonArray)at).Add(value);
        }
        else if (EditPath.Index(steps[^1]) is { } index)
        {
            at.AsArray()[index] = value;
        }
        else
        {
            at.AsObject()[steps[^1]] = value;
        }
    }

    private static JsonNode Below(JsonNode at, string step, bool isList)
    {
        if (EditPath.Index(step) is { } index)
        {
            return at.AsArray()[index]!;
        }

        if (at.AsObject()[step] is not { } below)
        {
            at.AsObject()[step] = below = isList ? new JsonArray() : new JsonObject();
        }

        return below;
    }

    private static void Remove(JsonNode? root, List<string> steps)
    {
        var at = root!;
        foreach (var step in steps.SkipLast(1))
        {
            at = Below(at, step, isList: false);
        }

        if (EditPath.Index(steps[^1]) is { } index)
        {
            at.AsArray().RemoveAt(index);
        }
        else
        {
            at.AsObject().Remove(steps[^1]);
        }
    }

    /// <summary>A key with nothing, or with an empty map or list, says the same as a name alone.</summary>
    private static JsonNode? Pruned(JsonNode? node) =>
        node switch
        {
            JsonObject { Count: 0 } or JsonArray { Count: 0 } => null,
            JsonObject map => new JsonObject(map.Select(e => KeyValuePair.Create(e.Key, Pruned(e.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Pruned)]),
            _ => node?.DeepClone(),
        };
}
