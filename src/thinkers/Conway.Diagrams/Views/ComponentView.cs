using Conway.Model;

namespace Conway.Diagrams.Views;

/// <summary>C4, level 3: what a service consists of, as far as the model declares it, and whom it speaks with.</summary>
internal static class ComponentView
{
    public static Diagram Of(SystemModel model, string? environment, string name)
    {
        var service = model.Services[name];
        var frame = Declared.ServiceId(name);
        var boxes = new List<Box>();
        var arrows = new List<Arrow>();

        // Callers and callees are tied to an interface, since a declared call does not say which part makes it.
        var interfaces = Interfaces(service, frame).ToArray();
        boxes.AddRange(interfaces);
        var first = interfaces[0].Id;
        foreach (var routes in Declared.Routes(model).Where(route => route.To == frame))
        {
            boxes.Add(Declared.GatewayBox(model, null));
            arrows.Add(routes with { To = first });
        }

        foreach (var call in Declared.Calls(model))
        {
            if (call.To == frame)
            {
                arrows.Add(call with { To = call.Label.StartsWith("gRPC", StringComparison.Ordinal) ? interfaces[^1].Id : first });
            }
            else if (call.From == frame)
            {
                arrows.Add(call with { From = first });
            }
        }

        foreach (var (store, about) in service.Owns)
        {
            boxes.Add(Declared.Store(model, name, store, about, frame));
            arrows.Add(new Arrow(first, Declared.StoreId(name, store), "", ArrowKind.Keeps));
        }

        Messages(model, name, service, frame, boxes, arrows);
        foreach (var (job, about) in model.Jobs.Where(job => job.Value.Service == name))
        {
            boxes.Add(new Box($"job:{job}", job, BoxKind.Part, "job", [about.When()], frame));
        }

        foreach (var (saga, about) in model.Sagas.Where(saga => saga.Value.Owner == name))
        {
            boxes.Add(new Box($"saga:{saga}", saga, BoxKind.Part, "saga", [], frame));
            arrows.AddRange(about.Steps.Select(Operation.Of).Where(step => step.Service != name && model.Services.ContainsKey(step.Service)).GroupBy(step => step.Service, StringComparer.Ordinal)
                .Select(steps => new Arrow($"saga:{saga}", Declared.ServiceId(steps.Key), string.Join(", ", steps.Select(step => step.Name)), ArrowKind.Waits)));
        }

        // Everybody named by an arrow stands outside, once, in the order of the model.
        var named = arrows.SelectMany(arrow => new[] { arrow.From, arrow.To }).ToHashSet(StringComparer.Ordinal);
        boxes.AddRange(model.Services.Where(other => other.Key != name && named.Contains(Declared.ServiceId(other.Key))).Select(other => Declared.Service(other.Key, other.Value, null)));
        return new Picture($"components-{name}", $"{model.System}: components of {name}", [new Frame(frame, name, $"service, {Declared.Technology(service)}", null)], boxes, arrows);
    }

    private static IEnumerable<Box> Interfaces(Service service, string frame)
    {
        IReadOnlyList<string> versions = service.Api.Versions.Count > 0 ? [$"versions {string.Join(", ", service.Api.Versions)}"] : [];
        if (service.Api.Rest is { } rest)
        {
            yield return new Box("api:rest", "REST API", BoxKind.Part, "OpenAPI", [rest, .. versions], frame);
        }

        if (service.Api.Grpc is { } grpc)
        {
            yield return new Box("api:grpc", "gRPC API", BoxKind.Part, "Protocol Buffers", [grpc], frame);
        }

        if (service.Api.Rest is null && service.Api.Grpc is null)
        {
            yield return new Box("api", "API", BoxKind.Part, "no contract is declared", versions, frame);
        }
    }

    private static void Messages(SystemModel model, string name, Service service, string frame, List<Box> boxes, List<Arrow> arrows)
    {
        foreach (var consumed in service.Consumes)
        {
            boxes.Add(new Box($"on:{consumed}", consumed, BoxKind.Part, "handler of an event", [], frame));
            arrows.AddRange(model.Services.Where(other => other.Key != name && other.Value.Publishes.ContainsKey(consumed))
                .Select(other => new Arrow(Declared.ServiceId(other.Key), $"on:{consumed}", consumed, ArrowKind.Sends)));
        }

        foreach (var (published, about) in service.Publishes)
        {
            boxes.Add(new Box($"event:{published}", published, BoxKind.Part, "published event", [$"topic {about.Topic ?? name}"], frame));
            arrows.AddRange(model.Services.Where(other => other.Key != name && other.Value.Consumes.Contains(published))
                .Select(other => new Arrow($"event:{published}", Declared.ServiceId(other.Key), published, ArrowKind.Sends)));
        }
    }
}
