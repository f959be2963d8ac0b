using System.Globalization;
using Conway.Diagrams.Views;
using Conway.Model;

namespace Conway.Diagrams.Forms;

/// <summary>The model part of a workspace: people, the system with its services and stores, what is outside, who speaks with whom, and where it runs.</summary>
internal sealed class StructurizrModel(SystemModel model, string? environment, FormIds ids, StructurizrText text, IReadOnlyList<Diagram> diagrams)
{
    // Two relations between the same two elements must differ in what they say.
    private readonly HashSet<(string From, string To, string Says)> _said = [];
    private readonly IReadOnlyList<Picture> _components = [.. diagrams.OfType<Picture>().Where(picture => picture.Key.StartsWith("components-", StringComparison.Ordinal))];

    public void Write()
    {
        var users = Declared.Users(model).ToArray();
        var outside = Declared.Outside(model).ToArray();
        var routes = Declared.Routes(model).ToArray();
        foreach (var user in users)
        {
            text.Line($"{ids.Of(user.Id)} = person {Structurizr.Quoted(user.Name)} {Said(user)}");
        }

        System(routes.Length > 0);
        // Names of people and systems are unique in the model; what belongs to others may be called as the system is.
        var named = users.Select(user => user.Name).Append(model.System).ToHashSet(StringComparer.Ordinal);
        foreach (var (box, _) in outside)
        {
            text.Line($"{ids.Of(box.Id)} = softwareSystem {Structurizr.Quoted(named.Add(box.Name) ? box.Name : $"{box.Name} ({box.Says})")} {Said(box)} \"External\"");
        }

        ContextMap();
        foreach (var user in users)
        {
            Relate(user.Id, routes.Length > 0 ? Declared.Gateway : Declared.System, "uses", ArrowKind.Waits);
        }

        Relations(routes, outside);
        if (diagrams.Any(diagram => diagram.Key == "deployment"))
        {
            Deployment(routes.Length > 0, outside);
        }
    }

    private void System(bool hasGateway)
    {
        text.Open($"{ids.Of(Declared.System)} = softwareSystem {Structurizr.Quoted(model.System)} {Structurizr.Quoted(model.Description ?? "")}");
        if (hasGateway)
        {
            text.Line($"{ids.Of(Declared.Gateway)} = container \"gateway\" \"The way in.\" \"HTTP\" \"Gateway\"");
        }

        var known = model.Contexts.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var context in model.Contexts.Keys.Where(context => model.Services.Values.Any(service => service.Context == context)))
        {
            text.Open($"group {Structurizr.Quoted(context)}");
            Containers(service => service.Context == context);
            text.Close();
        }

        Containers(service => service.Context is not { } context || !known.Contains(context));
        text.Close();
    }

    private void Containers(Func<Service, bool> which)
    {
        foreach (var (name, service) in model.Services.Where(one => which(one.Value)))
        {
            var head = $"{ids.Of(Declared.ServiceId(name))} = container {Structurizr.Quoted(name)} {Structurizr.Quoted(service.Description ?? "")} {Structurizr.Quoted(Declared.Technology(service))} \"Service\"";
            if (_components.FirstOrDefault(picture => picture.Key == $"components-{name}") is { } inside)
            {
                text.Open(head);
                var named = new HashSet<string>(StringComparer.Ordinal);
                foreach (var part in inside.Boxes.Where(box => box.Frame is not null && box.Kind == BoxKind.Part))
                {
                    // Names of components are unique in their container; a job may be called as a saga is.
                    var shown = named.Add(part.Name) ? part.Name : $"{part.Name} ({part.Says})";
                    text.Line($"{ids.Of(part.Id + "@" + name)} = component {Structurizr.Quoted(shown)} {Structurizr.Quoted(string.Join("; ", part.Lines))} {Structurizr.Quoted(part.Says)} \"Part\"");
                }

                text.Close();
            }
            else
            {
                text.Line(head);
            }

            foreach (var (store, about) in service.Owns)
            {
                // Names of containers are unique in their system; those of stores only in their service.
                var shown = model.Services.ContainsKey(store) || model.Services.Count(other => other.Value.Owns.ContainsKey(store)) > 1 ? $"{name}.{store}" : store;
                text.Line($"{ids.Of(Declared.StoreId(name, store))} = container {Structurizr.Quoted(shown)} {Structurizr.Quoted(DataOf(about))} {Structurizr.Quoted(Declared.Engine(model, about))} \"Store\"");
            }
        }
    }

    private void ContextMap()
    {
        if (diagrams.OfType<Picture>().FirstOrDefault(picture => picture.Key == "context-map") is not { } map)
        {
            return;
        }

        foreach (var box in map.Boxes)
        {
            text.Line($"{ids.Of(box.Id)} = element {Structurizr.Quoted(box.Name)} {Structurizr.Quoted(box.Says)} {Structurizr.Quoted(string.Join("; ", box.Lines))} \"Context\"");
        }

        foreach (var arrow in map.Arrows)
        {
            Relate(arrow.From, arrow.To, arrow.Label, arrow.Kind);
        }
    }

    private void Relations(IReadOnlyList<Arrow> routes, IReadOnlyList<(Box Box, string Why)> outside)
    {
        var stores = model.Services.SelectMany(one => one.Value.Owns.Keys.Select(store => new Arrow(Declared.ServiceId(one.Key), Declared.StoreId(one.Key, store), "keeps its data in", ArrowKind.Keeps)));
        foreach (var arrow in routes.Concat(Declared.Calls(model)).Concat(Declared.Events(model)).Concat(stores))
        {
            Relate(arrow.From, arrow.To, arrow.Label, arrow.Kind);
        }

        foreach (var (box, why) in outside)
        {
            Relate(Declared.System, box.Id, why, ArrowKind.Waits);
        }

        // A dynamic view shows relations of the model only, so steps of sagas over calls that nobody declared are among them.
        var related = Declared.Calls(model).Select(call => (call.From, call.To)).ToHashSet();
        foreach (var ask in diagrams.OfType<Sequence>().SelectMany(sequence => sequence.Steps.Concat(sequence.Steps.OfType<Block>().SelectMany(block => block.Steps))).OfType<Ask>()
            .Where(ask => ask.From != ask.To && model.Services.ContainsKey(ask.From) && model.Services.ContainsKey(ask.To)))
        {
            if (related.Add((Declared.ServiceId(ask.From), Declared.ServiceId(ask.To))))
            {
                Relate(Declared.ServiceId(ask.From), Declared.ServiceId(ask.To), "a step of a saga", ArrowKind.Waits);
            }
        }

        foreach (var picture in _components)
        {
            Inside(picture, picture.Key["components-".Length..]);
        }
    }

    private void Inside(Picture picture, string service)
    {
        var parts = picture.Boxes.Where(box => box.Frame is not null && box.Kind == BoxKind.Part).Select(box => box.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var arrow in picture.Arrows.Where(arrow => parts.Contains(arrow.From) || parts.Contains(arrow.To)))
        {
            Relate(Of(arrow.From), Of(arrow.To), arrow.Label.Length > 0 ? arrow.Label : "keeps its data in", arrow.Kind);
        }

        string Of(string id) => parts.Contains(id) ? $"{id}@{service}" : id;
    }

    private void Deployment(bool hasGateway, IReadOnlyList<(Box Box, string Why)> outside)
    {
        text.Open($"deploymentEnvironment {Structurizr.Quoted(Structurizr.EnvironmentName(environment))}");
        if (hasGateway)
        {
            Node("gateway", "HTTP", 1, [ids.Of(Declared.Gateway)]);
        }

        foreach (var (name, service) in model.Services)
        {
            Node(name, Declared.Technology(service), service.Replicas, [ids.Of(Declared.ServiceId(name))]);
        }

        var stores = model.Services.SelectMany(one => one.Value.Owns.Select(store => (Id: ids.Of(Declared.StoreId(one.Key, store.Key)), Engine: Declared.Engine(model, store.Value))));
        foreach (var engine in stores.GroupBy(store => store.Engine, StringComparer.Ordinal))
        {
            Node(engine.Key, "engine", 1, [.. engine.Select(store => store.Id)]);
        }

        foreach (var (box, _) in outside)
        {
            text.Open($"deploymentNode {Structurizr.Quoted(box.Name)} {Structurizr.Quoted(string.Join("; ", box.Lines))} {Structurizr.Quoted(box.Says)}");
            text.Line($"softwareSystemInstance {ids.Of(box.Id)}");
            text.Close();
        }

        text.Close();
    }

    private void Node(string name, string technology, int instances, IReadOnlyList<string> containers)
    {
        // Instances of a node are counted from 1; what has no replicas is told in its description.
        text.Open(string.Create(CultureInfo.InvariantCulture, $"deploymentNode {Structurizr.Quoted(name)} {Structurizr.Quoted(instances == 0 ? "no replicas" : "")} {Structurizr.Quoted(technology)} \"\" {Math.Max(1, instances)}"));
        foreach (var container in containers)
        {
            text.Line($"containerInstance {container}");
        }

        text.Close();
    }

    private void Relate(string from, string to, string says, ArrowKind kind)
    {
        if (_said.Add((from, to, says)))
        {
            text.Line($"{ids.Of(from)} -> {ids.Of(to)} {Structurizr.Quoted(says)} \"\" \"{kind}\"");
        }
    }

    private static string Said(Box box) => Structurizr.Quoted(string.Join("; ", new[] { box.Says }.Concat(box.Lines).Where(line => line.Length > 0)));

    private static string DataOf(Store store) => string.Join("; ", new[]
    {
        store.Tables.Count > 0 ? $"tables {string.Join(", ", store.Tables)}" : "",
        store.Pii.Count > 0 ? $"personal: {string.Join(", ", store.Pii)}" : "",
    }.Where(part => part.Length > 0));
}
