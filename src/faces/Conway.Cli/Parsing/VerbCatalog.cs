using Conway.Cli.Verbs;

namespace Conway.Cli;

/// <summary>All verbs, in the order of the help: the visible list.</summary>
internal static class VerbCatalog
{
    public static IReadOnlyList<VerbEntry> All { get; } =
    [
        new("init", "Write a first conway.yaml for the projects in a folder", "Describe", static () => new InitVerb()),
        new("new", "Make a system that runs, or a service", "Describe", static () => new NewVerb()),
        new("add", "Add an API, a call, an event, a store, a route or a saga", "Describe", static () => new AddVerb()),
        new("check", "Tell what is wrong or unwise in the model", "Describe", static () => new CheckVerb()),
        new("review", "Tell what a change does to the architecture, and who decides", "Describe", static () => new ReviewVerb()),
        new("graph", "Show who calls whom", "Describe", static () => new GraphVerb()),
        new("diagram", "Draw the system: C4, context map, sagas, deployment, data", "Describe", static () => new DiagramVerb()),
        new("impact", "Tell what breaks when a service does not answer", "Describe", static () => new ImpactVerb()),
        new("adr", "List architecture decisions, and begin one", "Describe", static () => new AdrVerb()),
        new("explain", "Explain a finding, a key of the model, or a part of the machine", "Describe", static () => new ExplainVerb()),
        new("decompose", "Propose how to cut a codebase into services", "Describe", static () => new DecomposeVerb()),
        new("migrate", "Plan how a monolith becomes services, step by step", "Describe", static () => new MigrateVerb()),
        new("mcp", "Serve these tools to an AI assistant", "Describe", static () => new McpVerb()),
        new("storm", "Propose aggregates and contexts from an event-storming board", "Describe", static () => new StormVerb()),
        new("schema", "Print the JSON Schema of the model", "Describe", static () => new SchemaVerb()),

        new("plan", "Tell what an environment takes, and what is missing", "Deploy", static () => new PlanVerb()),
        new("generate", "Write what production needs: images, compose, Kubernetes", "Deploy", static () => new GenerateVerb()),
        new("lint", "Tell what is wrong or unwise in Kubernetes manifests", "Deploy", static () => new LintVerb()),
        new("why", "Tell why a generated line is as it is", "Deploy", static () => new WhyVerb()),

        new("run", "Build and start the whole system", "Run", static () => new RunVerb()),
        new("ps", "List the replicas of the running system", "Run", static () => new PsVerb()),
        new("wait", "Wait until services are healthy", "Run", static () => new WaitVerb()),
        new("logs", "Print and follow logs", "Run", static () => new LogsVerb()),
        new("describe", "Show everything about a service", "Run", static () => new DescribeVerb()),
        new("start", "Start services", "Run", static () => new StartVerb()),
        new("stop", "Stop services, or the whole system", "Run", static () => new StopVerb()),
        new("restart", "Restart services", "Run", static () => new RestartVerb()),
        new("open", "Open the console or the storefront in a browser", "Run", static () => new OpenVerb()),

        new("doctor", "Look at what a run needs on this machine", "Help", static () => new DoctorVerb()),
        new("completion", "Print a completion script for bash, zsh or fish", "Help", static () => new CompletionVerb()),
        new("version", "Print the version", "Help", static () => new VersionVerb()),
    ];

    public static VerbEntry? Find(string name) => All.FirstOrDefault(v => v.Name == name);
}
