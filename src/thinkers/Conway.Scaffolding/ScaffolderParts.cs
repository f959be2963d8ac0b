using Conway.Model;
using Conway.Scaffolding.Clients;
using Conway.Scaffolding.Making;

namespace Conway.Scaffolding;

public static partial class Scaffolder
{
    private const string Promise = "slo: { availability: 99.9%, latency: { p99: 250ms } }";

    private const int Listed = 20;

    /// <summary>A service that serves nothing yet, with its tests.</summary>
    /// <param name="name">Its name in the model.</param>
    /// <param name="isNode">In Node.js instead of C#.</param>
    /// <param name="context">The bounded context that it belongs to; null for none.</param>
    /// <param name="team">The team that owns it; null for that of its context, or the only one.</param>
    public static ScaffoldPlan Service(ScaffoldFacts facts, string name, bool isNode, string? context, string? team)
    {
        var model = facts.Model;
        if ((CodeName.Problem("a service", name) ?? Unknown("context", context, model.Contexts.Keys) ?? Unknown("team", team, model.Teams.Keys) ?? Alike(facts, name, isNode)) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        // Who else could be meant needs not be said.
        team ??= context is null && model.Teams.Count == 1 ? model.Teams.Keys.First() : null;
        var folder = isNode ? $"src/{name}" : $"src/{CodeName.Pascal(name)}";
        string?[] value =
        [
            context is null ? null : $"context: {context}",
            team is null ? null : $"team: {team}",
            isNode ? $"directory: {folder}\ncommand: node server.js\nhealth: /health/ready" : $"project: {folder}",
            $"api: {{ rest: {folder}/openapi.json, budget: 1s }}",
            Promise,
        ];
        var like = model.Services.FirstOrDefault(other => context is not null ? other.Value.Context == context : team is not null && other.Value.Team == team).Key;
        return new ScaffoldPlan
        {
            Files = isNode ? [.. NodeFiles.For(model.System, name)] : [.. SystemFiles.For(model.System, facts.LibraryVersion), .. ServiceFiles.For(model.System, name)],
            Edits = isNode ? [] : [.. SystemFiles.Versions(facts.LibraryVersion), .. ServiceFiles.InSolution(facts.Solution, name)],
            Model = [new ModelEdit($"services.{name}", string.Join('\n', value.OfType<string>())) { Near = like is null ? null : $"services.{like}" }],
            Libraries = isNode ? [] : [SystemFiles.Library],
            Next = [$"conway add api {name} NAME", "conway run"],
        };
    }

    /// <summary>A class library that services of one team share in their processes, with its tests. The model says nothing of it: it does not run.</summary>
    /// <param name="name">As a service would be called.</param>
    public static ScaffoldPlan Library(ScaffoldFacts facts, string name)
    {
        var isThere = facts.Read(LibraryFiles.ProjectOf(name)) is not null;
        var isService = facts.Model.Services.Keys.Any(other => CodeName.Pascal(other).Equals(CodeName.Pascal(name), StringComparison.OrdinalIgnoreCase));
        if ((CodeName.Problem("a library", name) ?? (isService || !isThere ? Alike(facts, name, isNode: false) ?? (isService ? $"there is a service '{name}' already. Choose another name." : null) : null)) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        return new ScaffoldPlan
        {
            Files = [.. SystemFiles.For(facts.Model.System, facts.LibraryVersion), .. LibraryFiles.For(facts.Model.System, name)],
            Edits = [.. SystemFiles.Versions(facts.LibraryVersion), .. ServiceFiles.InSolution(facts.Solution, name)],
            Libraries = [SystemFiles.Library],
            Next = [$"dotnet add src/SERVICE reference src/{CodeName.Pascal(name)}"],
        };
    }

    /// <summary>A resource that a service serves: its part of the contract, a folder of code, its tests.</summary>
    /// <param name="service">Of the model.</param>
    /// <param name="api">The resource, in the plural.</param>
    /// <param name="isRouted">Whether the gateway lets it be reached from outside.</param>
    public static ScaffoldPlan Api(ScaffoldFacts facts, string service, string api, bool isRouted)
    {
        var node = NodeFolder(facts, service);
        var (folder, tests) = (node ?? "", "");
        var noPlace = node is null ? Project(facts, service, out folder, out tests)
            : facts.IsThere($"{node}/{api}.js") ? $"{node}/{api}.js is there already, and require(\"./{api}\") means that. Choose another name."
            : facts.IsThere($"{node}/{api}") && !facts.IsThere($"{node}/{api}/index.js") ? $"{node}/{api} is there already and is no resource. Choose another name." : null;
        if ((CodeName.Problem("an API", api) ?? noPlace ?? OtherApi(facts, service, api, folder, "Methods", "gRPC")) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        var contract = facts.Model.Services[service].Api.Rest ?? $"{folder}/openapi.json";
        var isInMemory = node is not null && NodeStoreFiles.IsInMemory(facts.Read($"{node}/{api}/store.js"));
        var store = isInMemory ? null : facts.Model.Services[service].Owns.Keys.FirstOrDefault(one => facts.IsThere(node is null ? StoreFiles.DatabaseOf(folder, one) : NodeStoreFiles.DatabaseOf(node, one)));
        var words = ApiFiles.Words(facts.Model.System, service, api);
        words = store is null ? words : node is not null ? NodeStoreFiles.Words(words, store) : StoreFiles.Words(words, store, StoreFiles.EngineOf(facts.Read(StoreFiles.DatabaseOf(folder, store))));
        var route = $"/api/v1/{api}/**";
        var isOpen = facts.Model.Gateway.Routes.Any(one => one.To == service && (one.Path == route || one.Path == $"/api/v1/{api}"));
        return new ScaffoldPlan
        {
            Files =
            [
                .. contract == $"{folder}/openapi.json" ? [new NewFile(contract, Template.Text("service/openapi.json", words))] : Array.Empty<NewFile>(),
                .. node is null ? ApiFiles.For(words, folder, tests) : NodeFiles.ForApi(words, folder),
            ],
            Edits = [.. node is null ? ApiFiles.Edits(words, folder) : NodeFiles.ApiEdits(words, folder), .. ApiFiles.InContract(words, contract), .. store is null || node is not null ? Array.Empty<FileEdit>() : [StoreFiles.Step(words, folder)]],
            Model =
            [
                .. facts.Model.Services[service].Api.Rest is null ? [new ModelEdit($"services.{service}.api.rest", contract)] : Array.Empty<ModelEdit>(),
                .. isRouted && !isOpen ? [Route(route, service)] : Array.Empty<ModelEdit>(),
            ],
            Next = isRouted || isOpen ? ["conway run"] : [$"conway add route '{route}' {service}", "conway run"],
        };
    }

    /// <summary>A declared call, and, when the caller is C# and the callee has a contract that is read here, a typed client for it with its tests.</summary>
    /// <param name="caller">Of the model.</param>
    /// <param name="callee">Of the model.</param>
    /// <param name="api">Only for operations whose path has this segment, or of the service of this name; null for all.</param>
    /// <param name="timeout">How long one attempt may take; null for what the budgets of both leave.</param>
    /// <param name="isGrpc">By gRPC although the callee has operations in OpenAPI, too.</param>
    public static ScaffoldPlan Call(ScaffoldFacts facts, string caller, string callee, string? api, TimeSpan? timeout, bool isGrpc = false)
    {
        var services = facts.Model.Services;
        if ((NoService(facts, caller) ?? NoService(facts, callee) ?? (caller == callee ? $"'{caller}' cannot call itself; what is in one service is a call of a method." : null)) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        var limit = timeout ?? Limit(services[caller].Api.Budget, services[callee].Api.Budget);
        var text = services[callee].Api.Rest is { } rest ? facts.Read(rest) : null;
        var contract = text is null ? null : CallContract.Read(text);
        var isDeclared = services[caller].Calls.TryGetValue(callee, out var there) && there.Protocol == CallProtocol.Grpc;
        if (isGrpc || (services[callee].Api.Grpc is not null && (isDeclared || contract is null || contract.Apis().Count == 0)))
        {
            return GrpcCall(facts, caller, callee, api, limit);
        }

        var declared = new ModelEdit($"services.{caller}.calls.{callee}", $"{{ timeout: {UnitText.Format(limit)} }}");
        var operations = contract?.Operations(api, CodeName.Pascal(callee)) ?? [];
        if (api is not null && contract is not null && operations.Count == 0)
        {
            return ScaffoldPlan.No($"the contract of '{callee}' has no operation below '{api}'. {(contract.Apis() is { Count: > 0 } apis ? $"It has: {string.Join(", ", apis.Take(Listed))}." : "It has no operation at all.")}");
        }

        var node = NodeFolder(facts, caller);
        var (folder, tests) = (node ?? "", "");
        var noClient = node is null && Project(facts, caller, out folder, out tests) is not null ? $"'{caller}' is neither C# nor Node.js that this can add to: it finds the address in {Names.ToVariable(callee)}_URL"
            : contract is null ? $"'{callee}' has no contract in OpenAPI's JSON (api.rest): 'conway add api {callee} NAME' begins one"
            : operations.Count == 0 ? $"the contract of '{callee}' has no operation: 'conway add api {callee} NAME' adds some" : null;
        if (noClient is not null)
        {
            return new ScaffoldPlan { Model = [declared], Notes = [$"no client was written, since {noClient}."] };
        }

        if (node is not null)
        {
            return NodeRestCall(facts, caller, callee, node, contract!, operations, declared);
        }

        if (OtherClient(facts, folder, caller, callee, isGrpc: false) is { } other)
        {
            return ScaffoldPlan.No(other);
        }

        var words = new Dictionary<string, string>(ServiceFiles.Words(facts.Model.System, caller)) { ["callee"] = callee, ["Callee"] = CodeName.Pascal(callee) };
        return new ScaffoldPlan
        {
            Files = [.. new ClientText(contract!, operations, words).Files(folder, tests)],
            Edits =
            [
                new LineEdit($"{folder}/Program.cs", $"using {words["System"]}.{words["Service"]}.Calls.{words["Callee"]};", ["using "]) { OrFirst = true },
                new LineEdit($"{folder}/Program.cs", $"builder.AddConwayClient<{words["Callee"]}Client>(\"{callee}\");", ["builder.Add"]),
            ],
            Model = [declared],
            Next = ["conway run"],
        };
    }

    /// <summary>An event that a service publishes, with the schema of what it carries, and who handles it.</summary>
    /// <param name="name">In Pascal case: <c>OrderPlaced</c>.</param>
    /// <param name="consumers">Services that handle it.</param>
    public static ScaffoldPlan Event(ScaffoldFacts facts, string service, string name, IReadOnlyList<string> consumers)
    {
        if (!Names.IsEventName(name))
        {
            var meant = CodeName.Pascal(CodeName.Proposal(name));
            return ScaffoldPlan.No($"'{name}' cannot be the name of an event: letters and digits, beginning with a capital. Write '{(Names.IsEventName(meant) ? meant : "OrderPlaced")}'.");
        }

        if (consumers.Prepend(service).Select(one => NoService(facts, one)).FirstOrDefault(said => said is not null) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        if (facts.Model.Services.FirstOrDefault(other => other.Key != service && other.Value.Publishes.ContainsKey(name)).Key is { } publisher)
        {
            return ScaffoldPlan.No($"'{publisher}' publishes '{name}' already, and an event has one publisher. Give this one another name.");
        }

        var schema = $"schemas/{CodeName.Proposal(name)}.json";
        return new ScaffoldPlan
        {
            Files = [new NewFile(schema, Template.Text("event/schema.json", new Dictionary<string, string> { ["event"] = name }))],
            Model =
            [
                new ModelEdit($"services.{service}.publishes.{name}", $"{{ schema: {schema} }}"),
                .. consumers.Distinct().Where(one => !facts.Model.Services[one].Consumes.Contains(name)).Select(one => new ModelEdit($"services.{one}.consumes", name) { IsItem = true }),
            ],
        };
    }

    /// <summary>A way in from outside.</summary>
    /// <param name="path">As the gateway matches it: <c>/api/v1/orders/**</c>.</param>
    public static ScaffoldPlan RouteTo(ScaffoldFacts facts, string path, string service)
    {
        if (!path.StartsWith('/') || path.AsSpan().ContainsAny("\"\\ \t\r\n#?") || path.Length > 1024)
        {
            return ScaffoldPlan.No($"'{path}' is not the path of a route. Write it like '/api/v1/orders/**', in quotes, since a shell knows '*' too.");
        }

        if (NoService(facts, service) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        var there = facts.Model.Gateway.Routes.FirstOrDefault(route => route.Path == path);
        return there is not null && there.To != service
            ? ScaffoldPlan.No($"'{path}' leads to '{there.To}' already. Change that route in the model, or choose another path.")
            : new ScaffoldPlan { Model = there is null ? [Route(path, service)] : [] };
    }

    /// <summary>A flow over several services, each step with what undoes it.</summary>
    /// <param name="owner">The service that drives it.</param>
    /// <param name="steps">In order: an operation, and what undoes it or null.</param>
    public static ScaffoldPlan Saga(ScaffoldFacts facts, string name, string owner, IReadOnlyList<(string Call, string? Undo)> steps)
    {
        if ((CodeName.Plain("a saga", name) ?? NoService(facts, owner) ?? steps.SelectMany(step => new[] { step.Call, step.Undo }).OfType<string>().Select(Operation).FirstOrDefault(said => said is not null)) is { } problem)
        {
            return ScaffoldPlan.No(problem);
        }

        var lines = steps.Select(step => step.Undo is null ? $"  - {{ call: {step.Call} }}" : $"  - {{ call: {step.Call}, undo: {step.Undo} }}");
        return new ScaffoldPlan { Model = [new ModelEdit($"sagas.{name}", $"owner: {owner}\nsteps:\n{string.Join('\n', lines)}")] };

        string? Operation(string operation) =>
            operation.Split('.') is [var service, { Length: > 0 } call] && call.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? NoService(facts, service)
            : $"'{operation}' is not an operation. Write the service and what it does: inventory.reserve.";
    }

    private static ModelEdit Route(string path, string service) => new("gateway.routes", $"{{ path: \"{path}\", to: {service} }}") { IsItem = true };

    /// <summary>An attempt must end before the caller's own time is over, and need not take longer than the callee may.</summary>
    private static TimeSpan Limit(TimeSpan? caller, TimeSpan? callee)
    {
        var most = caller is { } own ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Floor(own.TotalMilliseconds * 0.8))) : TimeSpan.FromSeconds(1);
        return callee is { } theirs && theirs < most ? theirs : most;
    }

    private static string? NoService(ScaffoldFacts facts, string name) =>
        facts.Model.Services.ContainsKey(name) ? null : $"there is no service '{name}'. {(facts.Model.Services.Count == 0 ? "'conway new service NAME' makes one." : $"There are {string.Join(", ", facts.Model.Services.Keys.Take(Listed))}.")}";

    private static string? Unknown(string what, string? name, IEnumerable<string> names) =>
        name is null || names.Contains(name) ? null : $"there is no {what} '{name}' in the model. {(names.Any() ? $"There are {string.Join(", ", names.Take(Listed))}." : $"Write it under '{what}s:' first.")}";

    /// <summary>Whether every file of a service is there, as a template of <c>dotnet new</c> leaves them: nothing is filled then, and the model is told.</summary>
    private static bool IsMade(ScaffoldFacts facts, string name) => ServiceFiles.For(facts.Model.System, name).All(file => facts.IsThere(file.Path));

    /// <summary>Two services must not share a folder, on any file system; and a folder that is there for another reason is not filled.</summary>
    private static string? Alike(ScaffoldFacts facts, string name, bool isNode)
    {
        var folder = isNode ? name : CodeName.Pascal(name);
        if (facts.Model.Services.TryGetValue(name, out var there))
        {
            return (isNode ? there.Directory : there.Project) == $"src/{folder}" ? null : $"there is a service '{name}' already, {(there.Project ?? there.Directory) switch { null => "which a command starts", var place => $"in {place}" }}. Choose another name.";
        }

        return facts.Model.Services.Keys.FirstOrDefault(other => CodeName.Pascal(other).Equals(CodeName.Pascal(name), StringComparison.OrdinalIgnoreCase)) is { } other
            ? $"'{name}' would have the folder of '{other}', which is called the same in code. Choose another name."
            : facts.IsThere($"src/{folder}") && (isNode || !IsMade(facts, name)) ? $"src/{folder} is there already and belongs to no service of the model. Describe it there, or choose another name." : null;
    }

    /// <summary>The folder of a Node.js service that is built like the ones that are made here; null for any other.</summary>
    private static string? NodeFolder(ScaffoldFacts facts, string service) =>
        facts.Model.Services.TryGetValue(service, out var there) && there is { Project: null, Directory: { } folder } && facts.Read($"{folder.TrimEnd('/')}/app.js") is { } app && app.Contains("createRouter", StringComparison.Ordinal)
            ? folder.TrimEnd('/') : null;

    /// <summary>The folder of a service's C# project and that of its tests; otherwise why there is none.</summary>
    private static string? Project(ScaffoldFacts facts, string service, out string folder, out string tests)
    {
        (folder, tests) = ("", "");
        if (NoService(facts, service) is { } problem)
        {
            return problem;
        }

        if (facts.Model.Services[service].Project is not { } project)
        {
            return $"'{service}' is neither a .NET project nor in Node.js as 'conway new service' makes it, and only to these can be added. Write the operation by hand, and its part of the contract.";
        }

        folder = project.EndsWith(".csproj", StringComparison.Ordinal) ? project[..Math.Max(0, project.LastIndexOf('/'))] : project.TrimEnd('/');
        tests = $"tests/{CodeName.Pascal(service)}.Tests";
        return facts.Read($"{folder}/Program.cs") is null ? $"'{service}' has no {folder}/Program.cs, to which it would be added." : null;
    }
}
