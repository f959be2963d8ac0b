using System.Collections.Immutable;
using Conway.Registry.Sessions;

namespace Conway.Registry.World;

/// <summary>How nodes and service instances come and go, as pure edits of a draft. Registering the same again changes no index.</summary>
internal static class CatalogEdits
{
    public static Refusal? PutNode(this Draft draft, NodeRecord record)
    {
        var old = draft.Catalog.Node(record.Name);
        if (old is not null && old.Record.SameAs(record)) return null;
        if (old is null && draft.Catalog.Nodes.Count >= Limits.NodesMax) return Refusal.Full("nodes", Limits.NodesMax);
        record = record with { CreateIndex = old?.Record.CreateIndex ?? draft.Index, ModifyIndex = draft.Index };
        draft.SetNode((old ?? new NodeEntry(record, 0, 0)) with { Record = record, OwnIndex = draft.Index });
        draft.NodesChanged();
        return null;
    }

    public static void RemoveNode(this Draft draft, string name)
    {
        if (draft.Catalog.Node(name) is not { } node) return;
        foreach (var id in node.Services.Keys) draft.RemoveService(name, id);
        foreach (var id in node.Checks.Keys) draft.RemoveCheck(name, id);
        draft.EndSessionsOf(name, static _ => true);
        draft.Catalog = draft.Catalog with { Nodes = draft.Catalog.Nodes.Remove(name) };
        draft.NodesChanged();
        draft.Touch(Topics.Node(name));
    }

    public static Refusal? PutService(this Draft draft, ServiceRecord record)
    {
        if (draft.Catalog.Node(record.Node) is not { } node) return Refusal.Invalid($"Missing node registration for \"{record.Node}\"");
        var old = node.Services.GetValueOrDefault(record.Id);
        if (old is not null && old.Record.SameAs(record)) return null;
        if (old is null && draft.Catalog.ServiceCount >= Limits.ServicesMax) return Refusal.Full("services", Limits.ServicesMax);

        record = record with { CreateIndex = old?.Record.CreateIndex ?? draft.Index, ModifyIndex = draft.Index };
        var entry = (old ?? new ServiceEntry(record)) with { Record = record };
        draft.SetNode(node with { Services = node.Services.SetItem(record.Id, entry) });
        if (old is null) draft.Catalog = draft.Catalog with { ServiceCount = draft.Catalog.ServiceCount + 1 };
        if (old is not null) draft.DetachName(old.Record, stays: old.Record.Name == record.Name);
        draft.AttachName(record, old?.Record);
        return null;
    }

    public static void RemoveService(this Draft draft, string nodeName, string id)
    {
        if (draft.Catalog.Service(nodeName, id) is not { } service) return;
        foreach (var check in service.Checks.Keys) draft.RemoveCheck(nodeName, check);
        var node = draft.Catalog.Node(nodeName)!;
        draft.SetNode(node with { Services = node.Services.Remove(id) });
        draft.Catalog = draft.Catalog with { ServiceCount = draft.Catalog.ServiceCount - 1 };
        draft.DetachName(service.Record, stays: false);
    }

    public static void SetNode(this Draft draft, NodeEntry node)
    {
        draft.Catalog = draft.Catalog with { Nodes = draft.Catalog.Nodes.SetItem(node.Record.Name, node with { Index = draft.Index }) };
        draft.Touch(Topics.Node(node.Record.Name));
    }

    public static void NodesChanged(this Draft draft)
    {
        draft.Catalog = draft.Catalog with { NodesIndex = draft.Index };
        draft.Touch(Topics.Nodes);
    }

    /// <summary>Something about an instance changed that a caller of its name wants to know.</summary>
    public static void NameChanged(this Draft draft, string name)
    {
        var entry = draft.Catalog.Names[name];
        draft.Catalog = draft.Catalog with { Names = draft.Catalog.Names.SetItem(name, entry with { Index = draft.Index }) };
        draft.Touch(Topics.Service(name));
    }

    private static void AttachName(this Draft draft, ServiceRecord record, ServiceRecord? old)
    {
        var isNew = !draft.Catalog.Names.TryGetValue(record.Name, out var entry);
        entry ??= new NameEntry([], 0);
        var tags = Count(entry.TagCounts, record.Tags, +1);
        entry = entry with { Instances = entry.Instances.Add(new InstanceKey(record.Node, record.Id)), TagCounts = tags, Index = draft.Index };
        draft.Catalog = draft.Catalog with { Names = draft.Catalog.Names.SetItem(record.Name, entry) };
        draft.Touch(Topics.Service(record.Name));
        if (isNew || record.Tags.Any(tag => tags[tag] == 1) || (old is not null && old.Tags.Any(tag => !tags.ContainsKey(tag)))) draft.NamesChanged();
    }

    /// <param name="stays">The name itself is attached again in a moment, so it must not be seen to vanish.</param>
    private static void DetachName(this Draft draft, ServiceRecord record, bool stays)
    {
        var entry = draft.Catalog.Names[record.Name];
        var instances = entry.Instances.Remove(new InstanceKey(record.Node, record.Id));
        var tags = Count(entry.TagCounts, record.Tags, -1);
        draft.Touch(Topics.Service(record.Name));
        if (instances.IsEmpty && !stays)
        {
            draft.Catalog = draft.Catalog with { Names = draft.Catalog.Names.Remove(record.Name), ExtinctionIndex = draft.Index };
            draft.NamesChanged();
            return;
        }
        draft.Catalog = draft.Catalog with
        {
            Names = draft.Catalog.Names.SetItem(record.Name, entry with { Instances = instances, TagCounts = tags, Index = draft.Index }),
        };
        if (!stays && record.Tags.Any(tag => !tags.ContainsKey(tag))) draft.NamesChanged();
    }

    private static void NamesChanged(this Draft draft)
    {
        draft.Catalog = draft.Catalog with { NamesIndex = draft.Index };
        draft.Touch(Topics.Names);
    }

    private static ImmutableSortedDictionary<string, int> Count(ImmutableSortedDictionary<string, int> counts, ImmutableArray<string> tags, int by)
    {
        foreach (var tag in tags.Distinct(StringComparer.Ordinal))
        {
            var count = counts.GetValueOrDefault(tag) + by;
            counts = count > 0 ? counts.SetItem(tag, count) : counts.Remove(tag);
        }
        return counts;
    }
}
