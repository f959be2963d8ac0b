using Conway.Model;
using Conway.Reader;

namespace Conway.Diagrams.Tests;

/// <summary>Models to draw.</summary>
internal static class Some
{
    /// <summary>What has every kind of thing, and texts that every form could take for its own marks.</summary>
    public const string Hard = """
        conway: 1
        system: end
        description: "1. A \"system\" of <b>things</b> & more; #1 | `x` \\ 100% ~~no~~ ''q''\nand a second line"
        teams: { graph: {}, people: {} }
        capabilities: { sell: { value: money } }
        contexts:
          end: { kind: core, team: graph, capability: sell, description: "- a list? **bold** //slanted// __under__ --gone-- ==" , upstream: [{ context: class, as: partnership }, { context: style, as: anti-corruption-layer }] }
          class: { team: people }
          style: {}
        services:
          end:
            description: "[a](http://example.com) {x} 😀 日本語 <script>alert(1)</script> ]] -->"
            context: end
            command: node server.js
            replicas: 0
            api: { rest: openapi.json, grpc: x.proto, versions: [v1, v2] }
            owns: { end: { engine: postgresql, tables: [a_b, "c d"], pii: [a_b.email] }, data: {} }
            publishes: { Done: { topic: "t;t" }, Sent: {} }
            consumes: [Begun]
            calls: { graph: { timeout: 2s, retries: 2, required: true, protocol: grpc }, subgraph: {} }
          graph:
            context: class
            command: python3 main.py
            replicas: 3
            api: { grpc: y.proto }
            owns: { data: { tables: [t] } }
            consumes: [Done]
            uses: [end]
            calls: { subgraph: { timeout: 300ms } }
          subgraph:
            command: ./run
            publishes: { Begun: {} }
            calls: { end: { timeout: 1s } }
          a234567890123456789012345678901234567890123456789012345678901:
            context: style
            team: people
            command: java -jar x.jar
            calls: { end: { timeout: 1s } }
        jobs: { end: { service: end, schedule: "0 3 * * *" }, nightly: { service: end, schedule: "0 2 * * *", zone: Europe/Paris } }
        journeys:
          end: { description: "buys; \"all\" #1", steps: [{ get: "/x/**" }] }
        sagas:
          end:
            owner: end
            steps:
              - { call: graph.reserve, undo: graph.release, within: 5s }
              - { call: "subgraph.charge" }
              - { call: end.write, undo: end.unwrite }
              - { call: a234567890123456789012345678901234567890123456789012345678901.ship }
        gateway:
          routes:
            - { path: "/x/**", to: end, methods: [GET, POST] }
            - { path: "/**", to: graph }
        broker: { kafka: "broker:9092", rabbitmq: "amqp://me:secret@rabbit:5672" }
        secrets: { vault: "https://vault:8200" }
        externals: { end: { address: "https://end.example/a;b", description: "takes \"money\" & <b>keeps</b> it" } }
        mesh: istio
        """;

    public const string Smallest = """
        conway: 1
        system: one
        services: { one: { command: ./one } }
        """;

    /// <summary>A model from its text; its files are not looked for.</summary>
    public static SystemModel Model(string yaml) => ModelReader.Read(new MemoryFileTree(new Dictionary<string, string> { ["conway.yaml"] = yaml }), "conway.yaml", new ReadOptions()).Model;

    public static SystemModel Shop { get; } = ModelReader.Read(new DiskFileTree(Path.Combine(RepositoryFolder.Root, "samples", "shop")), "conway.yaml", new ReadOptions()).Model;

    /// <summary>Many services in several contexts, tied at random but always the same.</summary>
    public static SystemModel Large(int services, int seed)
    {
        var random = new Random(seed);
        var text = new System.Text.StringBuilder("conway: 1\nsystem: large\ncontexts: { c0: {}, c1: {}, c2: {}, c3: {}, c4: {}, c5: {} }\nservices:\n");
        for (var i = 0; i < services; i++)
        {
            var calls = string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(services)).Where(other => other != i).Distinct().Select(other => $"s{other}: {{ timeout: 300ms }}"));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  s{i}: {{ context: c{i % 6}, command: ./x, owns: [d{i}], calls: {{ {calls} }}, publishes: [E{i}], consumes: [E{random.Next(services)}] }}\n");
        }

        return Model(text.Append("gateway: { routes: [{ path: \"/**\", to: s0 }] }\n").ToString());
    }

    public static TheoryData<string> Names => ["hard", "smallest", "shop", "large"];

    public static SystemModel Named(string name) => name switch { "hard" => Model(Hard), "smallest" => Model(Smallest), "shop" => Shop, _ => Large(60, 1) };
}
