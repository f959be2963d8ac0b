namespace Conway.Diagrams.Tests;

/// <summary>What each kind of diagram says of a model.</summary>
public sealed class ViewTests
{
    private static Picture Picture(string kind, string of = "", string model = Some.Hard) => (Picture)DiagramCatalog.Find(kind)!.Draw(Some.Model(model), null, of);

    private static IEnumerable<string> Arrows(Picture picture) => picture.Arrows.Select(arrow => $"{arrow.From} {arrow.Kind} {arrow.To} {arrow.Label}".TrimEnd());

    [Fact]
    public void The_system_context_names_users_the_system_and_what_it_needs()
    {
        Assert.Equal(
            ["journey:end Waits system uses", "system Waits broker:kafka publishes and consumes events", "system Waits broker:rabbitmq publishes and consumes events", "system Waits external:end takes \"money\" & <b>keeps</b> it", "system Waits secrets:vault reads secrets"],
            Arrows(Picture("context")));
        Assert.Equal(["client Waits system uses"], Arrows(Picture("context", model: "conway: 1\nsystem: x\nservices: { a: { command: ./a } }\ngateway: { routes: [{ path: \"/**\", to: a }] }\n")));
    }

    [Fact]
    public void Containers_stand_in_their_context_and_each_call_and_event_is_an_arrow()
    {
        var picture = Picture("containers");
        Assert.Equal("context:end", picture.Boxes.Single(box => box.Id == "service:end").Frame);
        Assert.Equal("system", picture.Boxes.Single(box => box.Id == "service:subgraph").Frame);
        Assert.Superset(
            new HashSet<string>
            {
                "service:end Waits service:graph gRPC, 2s, 3 attempts, required", "service:end Waits service:subgraph HTTP, no timeout", "service:end Sends service:graph Done", "service:subgraph Sends service:end Begun",
                "service:end Keeps store:end.data", "service:graph Waits external:end", "gateway Waits service:end GET,POST /x/**", "gateway Waits service:graph /**",
            },
            Arrows(picture).ToHashSet());
    }

    [Fact]
    public void Components_are_what_the_model_declares_in_the_service_and_everybody_around_stands_once()
    {
        var picture = Picture("components", "end");
        Assert.Equal(["REST API", "gRPC API", "end", "data", "Begun", "Done", "Sent", "end", "nightly", "end"], picture.Boxes.Where(box => box.Frame is not null).Select(box => box.Name));
        Assert.Equal(["gateway", "service:graph", "service:subgraph", "service:a234567890123456789012345678901234567890123456789012345678901"], picture.Boxes.Where(box => box.Frame is null).Select(box => box.Id));
        Assert.Contains("saga:end Waits service:graph reserve", Arrows(picture));
    }

    [Fact]
    public void The_context_map_has_the_patterns_and_what_is_missing_on_it()
    {
        Assert.Equal(
            ["context:end Mutual context:class partnership", "context:end Waits context:style anti-corruption layer", "context:style Sends context:end against the map"],
            Arrows(Picture("context-map")));
        Assert.Equal(["context:b Sends context:a not on the map"], Arrows(Picture("context-map", model: """
            conway: 1
            system: x
            contexts: { a: {}, b: {} }
            services:
              one: { context: a, command: ./a }
              two: { context: b, command: ./b, calls: [one] }
            """)));
    }

    [Fact]
    public void A_saga_is_done_in_order_and_undone_from_its_last_step_but_one()
    {
        var saga = (Sequence)DiagramCatalog.Find("saga")!.Draw(Some.Model(Some.Hard), null, "end");
        Assert.Equal(["end", "graph", "subgraph", "a234567890123456789012345678901234567890123456789012345678901"], saga.Takers);
        Assert.Equal(["1. reserve, within 5s", "2. charge", "3. write", "4. ship"], saga.Steps.OfType<Ask>().Select(ask => ask.Label));
        Assert.Equal(["undo 3. unwrite", "nothing undoes 2. charge", "undo 1. release"], saga.Steps.OfType<Block>().Single().Steps.Select(step => step is Ask ask ? ask.Label : ((Remark)step).Text));
    }

    [Fact]
    public void A_deployment_counts_replicas_and_names_environment_mesh_and_engines()
    {
        var picture = (Picture)DiagramCatalog.Find("deployment")!.Draw(Some.Model(Some.Hard), "production", "");
        Assert.Equal(["production", "services", "PostgreSQL", "SQLite"], picture.Frames.Select(frame => frame.Name));
        Assert.Equal(["0 replicas", "3 replicas", "1 replica", "1 replica"], picture.Boxes.Where(box => box.Kind == BoxKind.Service).Select(box => box.Lines.Single()));
        Assert.Equal("mesh istio", picture.Frames[1].Says);
    }

    [Fact]
    public void Data_stands_with_its_team_and_a_store_that_two_claim_is_told()
    {
        var picture = Picture("data");
        Assert.Equal(["graph", "people", "end", "graph"], picture.Frames.Select(frame => frame.Name));
        Assert.Equal(["table a_b", "table c d", "personal: a_b.email"], picture.Boxes[0].Lines);
        Assert.Equal(["store:end.data Mutual store:graph.data claimed by both"], Arrows(picture));
    }
}
