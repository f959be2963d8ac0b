using Conway.Diagrams;

namespace Conway.Cli;

/// <summary>All tools of the assistant's, in the order in which one asks: the visible list.</summary>
/// <remarks>Each is a verb of the command line, so that an assistant and a person are told the same. None writes a file of the user's, starts or stops anything.</remarks>
internal static class McpTools
{
    private static readonly McpParameter System = new("path", "string", "Folder of the system, or its conway.yaml, within the folder that is served; that folder by default");
    private static readonly McpParameter Environment = new("environment", "string", "Name of an environment whose overlay counts");
    private static readonly McpParameter Code = new("path", "string", "Folder with C# source, within the folder that is served; that folder by default");

    public static IReadOnlyList<McpTool> All { get; } =
    [
        new("describe_system", "Describe the system",
            "What a system consists of, as its model declares it: services by bounded context with team, technology, replicas, calls, stores, events and routes. Ask this first.",
            [System, Environment], static (given, _, terminal, _) => McpDescription.WriteAsync(given.Text("path") ?? ".", given.Text("environment"), terminal)),
        new("check", "Check the architecture",
            "What is wrong or unwise: findings with code, place, reason and the cheapest fix. Looks at the model, and on request at source, git history and deployment manifests too.",
            [System, Environment, new("with", "array", "What else to look at") { OneOf = SystemInputs.Words }],
            static (given, _, terminal, cancellation) => Run(terminal, cancellation, "check", Path(given), Environ(given), given.Texts("with").Count > 0 ? ["--with", string.Join(',', given.Texts("with"))] : [], ["--fail-on", "none"])),
        new("explain", "Explain a finding or a key",
            "What a finding's code (CW2104), a key of the model (services.*.calls) or a part of the machine (gateway, mesh) means, why it matters and how to mend it.",
            [new("topic", "string", "A code, a key, or gateway or mesh", IsRequired: true) { IsName = true }, System],
            static (given, _, terminal, cancellation) => Run(terminal, cancellation, "explain", HasModel(given, terminal) ? Path(given) : [], Word(given.Text("topic")!))),
        new("what_breaks_if", "What breaks without a service",
            "What fails and what works with less when one service does not answer: services with the chain of calls, routes, journeys, sagas, events.",
            [new("service", "string", "Name of the service", IsRequired: true) { IsName = true }, System, Environment],
            static (given, _, terminal, cancellation) => Run(terminal, cancellation, "impact", Path(given), Word(given.Text("service")!), Environ(given))),
        new("review", "Review a change",
            "What a range of git changes in the architecture, classified, with what it costs and who decides.",
            [new("range", "string", "BASE..HEAD, BASE...HEAD for the merge base, or BASE alone against the working tree", IsRequired: true), System],
            static (given, _, terminal, cancellation) => Run(terminal, cancellation, "review", Word(given.Text("range")!), Path(given), ["-o", "markdown"])),
        new("draw", "Draw a diagram",
            "The system as a diagram in text: C4 levels, context map, a saga, deployment, data ownership.",
            [
                new("kind", "string", "What to draw", IsRequired: true) { OneOf = [.. DiagramCatalog.All.Select(kind => kind.Name)] },
                new("of", "string", "The service of components, or the saga") { IsName = true }, new("form", "string", "Language; mermaid by default") { OneOf = [.. DiagramForms.All.Select(form => form.Name)] }, System, Environment,
            ],
            static (given, _, terminal, cancellation) => Run(terminal, cancellation, "diagram", Path(given), Word(given.Text("kind")!), given.Text("of") is { } of ? Word(of) : [], ["-o", given.Text("form") ?? "mermaid"], Environ(given))),
        new("decompose", "Propose services of a monolith",
            "Reads C# without building it and proposes how to cut it into services: services with their types and tables, the price of the cut, distributed transactions, contested types, other cuts. Takes up to a minute on a large codebase.",
            [Code, new("alternative", "string", "Another cut than the recommended one: coarse, medium, fine, data-first, …"), new("git", "boolean", "Look at what changed together, too")],
            static (given, cuts, terminal, cancellation) => cuts.ProposeAsync(given, terminal, cancellation)),
        new("explain_type", "Explain where a type belongs",
            "Why a type goes into its service, how close the decision is, what pulls it where, and what moving it would cost.",
            [new("type", "string", "Name of a type, as far as it takes to tell it from others", IsRequired: true), Code, new("alternative", "string", "In this cut instead of the recommended one")],
            static (given, cuts, terminal, cancellation) => cuts.ExplainAsync(given, terminal, cancellation)),
        new("propose_boundary", "Try a service of one's own choice",
            "What a boundary would cost: the cut with these types in a service of their own, beside the cut without that wish.",
            [
                new("service", "string", "Name of the service", IsRequired: true), new("types", "array", "Types that belong to it: names, with * and ? as in the constraints file", IsRequired: true), Code,
                new("alternative", "string", "In this cut instead of the recommended one"),
            ],
            static (given, cuts, terminal, cancellation) => cuts.BoundaryAsync(given, terminal, cancellation)),
    ];

    /// <summary>A line as a person would type it, in the folder that is served.</summary>
    private static Task<ExitCode> Run(Terminal terminal, CancellationToken cancellationToken, string verb, params string[][] words) =>
        CommandLine.RunAsync([verb, .. words.SelectMany(one => one)], terminal, cancellationToken);

    // A path is told from a name by its form. Without one the model is in the folder that is served, and not searched for above it.
    private static string[] Path(McpArguments given) => given.Text("path") is { } path ? [Operands.IsPath(path) ? path : $"./{path}"] : ["."];

    private static string[] Environ(McpArguments given) => given.Text("environment") is { } name ? ["--environment", name] : [];

    // What a key means is told without a model, too.
    private static bool HasModel(McpArguments given, Terminal terminal) => given.Text("path") is not null || File.Exists(global::System.IO.Path.Combine(terminal.CurrentFolder, ModelLocation.DefaultFile));

    // What an assistant writes is a name, never an option.
    private static string[] Word(string word) => [word.TrimStart('-')];
}
