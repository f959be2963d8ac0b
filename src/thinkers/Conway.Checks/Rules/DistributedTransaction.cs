using Conway.Checks.Observed;
using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.Findings;
using Conway.Observations;

namespace Conway.Checks.Rules;

/// <summary>CW3107: one request that changes things in several places, and nothing that undoes the half of it.</summary>
/// <remarks>By traffic: a request in which a service makes writing calls to two others, covered by no declared saga of its; or writes to its database and
/// publishes, without an outbox in between. Reads by POST (search, query, …) are told by the last part of their path. By code: the same, where the called services can be told by the
/// names of clients and hosts; and a transaction around two databases.</remarks>
public sealed class DistributedTransaction : ICheck
{
    private static readonly string[] Writes = ["POST ", "PUT ", "PATCH ", "DELETE "];
    private static readonly string[] GrpcWrites = ["Create", "Update", "Delete", "Add", "Remove", "Set", "Put", "Place", "Reserve", "Release", "Charge", "Pay", "Refund", "Cancel", "Book", "Ship", "Submit", "Register"];
    private static readonly string[] Statements = ["INSERT", "UPDATE", "DELETE", "MERGE", "UPSERT", "REPLACE"];
    private static readonly HashSet<string> Reads = new(["search", "query", "_search", "graphql", "validate", "quote", "preview", "calculate", "batch-get", "lookup"], StringComparer.OrdinalIgnoreCase);

    public FindingRule Rule { get; } = new(
        "CW3107", Severity.Warning, "Distributed transaction",
        "When the second write fails, the first stays: money is taken and nothing is sent, and nobody is told.")
    {
        Unless = "each of the writes can be repeated and something repeats them until all have happened",
    };

    public string? Limits => "checks.writes";

    public CheckInputs NeedsOneOf => CheckInputs.Traces | CheckInputs.Code;

    public string? Lacks(CheckSubject subject) => EitherSource.Lack(
        subject, () => null, () => subject.Sources.Code.UseCases.Any(u => !u.Accesses.IsEmpty || !u.Publishes.IsEmpty) || !subject.Sources.Code.OutboundCalls.IsEmpty ? null : "No use case that writes, publishes or calls was recognised in the source.");

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        (subject.Observed is null ? [] : ByTraffic(subject)).Concat(subject.Code is null ? [] : ByCode(subject).Concat(SpreadInCode(subject)).Concat(TwoPhases(subject)));

    /// <summary>A request whose handling calls two other services to write, as far as it can be told which they are.</summary>
    private IEnumerable<Finding> SpreadInCode(CheckSubject subject)
    {
        var code = subject.Sources;
        var calls = code.Code.OutboundCalls.Where(c => c.Member != Codebase.None && IsWrite(c)).ToLookup(c => c.Member);
        return from use in code.Code.UseCases
               let entry = code.Code.EntryPoints[use.EntryPoint]

               // What is begun by a message or a clock is repeated by whoever begins it.
               where entry.Kind is EntryPointKind.Controller or EntryPointKind.MinimalApi or EntryPointKind.Page or EntryPointKind.Grpc or EntryPointKind.Hub or EntryPointKind.Soap
               let service = code.ServiceOf(entry.Place)
               where service is not null
               let written = use.Members.SelectMany(m => calls[m]).Select(c => (Call: c, Callee: CalledService.Of(subject.Model, code, service, c))).Where(c => c.Callee is not null).DistinctBy(c => c.Callee).OrderBy(c => c.Callee, StringComparer.Ordinal).ToArray()
               where written.Length > subject.Limits.Writes.Services
               let steps = StepsOf(subject, service)
               where !written.All(w => steps.Contains(w.Callee!))
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{service}.calls",
                   Subject = $"{entry.Name} of {service} calls",
                   Place = code.Code.SpanOf(entry.Place),
                   Message = $"{entry.Name} of '{service}' writes to {Spoken.Names(written.Select(w => w.Callee!))} in its source, and no saga says how it is undone.",
                   Mend = Undone(service),
                   Measure = new Measure(written.Length, subject.Limits.Writes.Services, "written services"),
                   Evidence = [.. written.Take(Finding.EvidenceMax).Select(w => SeenCode.Evidence(code.Code, w.Call.Place, $"{service} -> {w.Callee} {w.Call.Method} {w.Call.Target}".TrimEnd()))],
               };
    }

    /// <summary>A transaction that is put around writes to two databases.</summary>
    private IEnumerable<Finding> TwoPhases(CheckSubject subject)
    {
        var code = subject.Sources;
        var scopes = code.Code.Transactions.Where(t => t.Kind == TransactionKind.Scope).GroupBy(t => t.Member).ToDictionary(g => g.Key, g => g.First());
        return from use in code.Code.UseCases
               let scope = use.Members.Select(scopes.GetValueOrDefault).FirstOrDefault(t => t is not null)
               where scope is not null
               let entry = code.Code.EntryPoints[use.EntryPoint]
               let service = code.ServiceOf(entry.Place)
               where service is not null
               let written = use.Accesses.Where(a => a is { Mode: AccessMode.Write, IsInferred: false }).Select(a => (Access: a, Context: code.OnlyContextOf(a.Table))).Where(w => w.Context is not null).DistinctBy(w => w.Context).ToArray()
               where written.Length > 1
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{service}",
                   Subject = $"{entry.Name} of {service} in two phases",
                   Place = code.Code.SpanOf(scope.Place),
                   Message = $"{entry.Name} of '{service}' puts its writes to {Spoken.Names(written.Select(w => w.Context!.Name))} into one transaction: a commit in two phases.",
                   Mend = "Write to one of them, with a message in an outbox table, and let the other follow the message.",
                   Measure = new Measure(written.Length, 1, "stores in a transaction"),
                   Evidence = [.. written.Take(Finding.EvidenceMax).Select(w => SeenCode.Evidence(code.Code, w.Access.Place, $"writes '{code.Code.Tables[w.Access.Table]}' by {w.Context!.Name}"))],
               };
    }

    /// <summary>A use case that writes to its store and publishes, in a service that has no outbox; or one that begins a transaction over several stores.</summary>
    private IEnumerable<Finding> ByCode(CheckSubject subject)
    {
        var code = subject.Sources;
        var withOutbox = code.Services.Where(s => HasOutbox(code, s)).ToHashSet(StringComparer.Ordinal);
        return from use in code.Code.UseCases
               let entry = code.Code.EntryPoints[use.EntryPoint]
               let service = code.ServiceOf(entry.Place)

               // What a program does as it starts is done again at the next start.
               where service is not null && entry.Kind != EntryPointKind.Program && !withOutbox.Contains(service) && use.Publishes.Length > 0
               let write = use.Accesses.FirstOrDefault(a => a.Mode == AccessMode.Write && !a.IsInferred)
               where write != default
               let message = code.Code.Types[use.Publishes[0]].Name
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{service}",
                   Subject = $"{entry.Name} of {service} publishes",
                   Place = code.Code.SpanOf(entry.Place),
                   Message = $"{entry.Name} of '{service}' writes to '{code.Code.Tables[write.Table]}' and publishes {message}, and '{service}' has no outbox.",
                   Mend = $"Write {message} into an outbox table in the same transaction, and publish from there.",
                   Measure = new Measure(2, 1, "places written"),
                   Evidence = [SeenCode.Evidence(code.Code, write.Place, $"writes '{code.Code.Tables[write.Table]}'")],
               };
    }

    /// <summary>Its own, or one in a library that it uses.</summary>
    private static bool HasOutbox(ServiceCode code, string service)
    {
        var shared = code.SharedProjectsOf(service);
        var libraries = shared.Select(p => p.Id).ToHashSet();
        return code.TypesOf(service).Concat(code.Code.Types.Where(t => libraries.Contains(t.Project))).Any(t => Plumbing.IsOutbox(t.Name))
            || code.ProjectsOf(service).Concat(shared).Any(p => p.Packages.Any(n => n.Contains("Outbox", StringComparison.OrdinalIgnoreCase) || n is "Conway.Data" or "DotNetCore.CAP"));
    }

    private IEnumerable<Finding> ByTraffic(CheckSubject subject)
    {
        var requests = subject.Traffic.Calls
            .Where(c => c.Request is { Operation.Length: > 0 } && subject.Model.Services.ContainsKey(c.Caller))
            .GroupBy(c => c.Request!.Value)
            .GroupBy(r => (r.Key.Service, r.Key.Operation))
            .OrderBy(o => o.Key.Service, StringComparer.Ordinal).ThenBy(o => o.Key.Operation, StringComparer.Ordinal);
        foreach (var operation in requests)
        {
            if ((Spread(subject, operation.Key, [.. operation]) ?? DualWrite(subject, operation.Key, [.. operation])) is { } found)
            {
                yield return found;
            }
        }
    }

    private Finding? Spread(CheckSubject subject, (string Service, string Operation) at, IGrouping<RequestId, ObservedCall>[] requests)
    {
        var written = requests
            .Select(r => (Request: r.Key, Calls: r.Where(c => c is { IsData: false, IsMessage: false } && IsWrite(c)).DistinctBy(c => c.Callee).ToArray()))
            .Where(r => r.Calls.Length > subject.Limits.Writes.Services)
            .ToArray();
        if (written.Length < subject.Limits.Writes.SeenMin)
        {
            return null;
        }

        var callees = written.SelectMany(r => r.Calls).Select(c => c.Callee).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return callees.All(StepsOf(subject, at.Service).Contains) ? null : new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{at.Service}.calls",
            Subject = $"{at.Operation} of {at.Service}",
            Message = $"{at.Operation} of '{at.Service}' writes to {Spoken.Names(callees)} in one request ({Spoken.Times(written.Length, "request")}), and no saga says how it is undone.",
            Mend = Undone(at.Service),
            Measure = new Measure(callees.Length, subject.Limits.Writes.Services, "written services"),
            Evidence = [.. written[0].Calls.Select(c => new Evidence($"{c.Caller} -> {c.Callee} {c.Operation} in trace {written[0].Request.Trace}"))],
        };
    }

    private Finding? DualWrite(CheckSubject subject, (string Service, string Operation) at, IGrouping<RequestId, ObservedCall>[] requests)
    {
        var both = requests.Where(r => r.Any(c => c.IsData && IsStatement(c)) && r.Any(c => c.Span.Side == SpanSide.Producer)
            && !r.Any(c => c.IsData && c.Operation.Contains("outbox", StringComparison.OrdinalIgnoreCase))).ToArray();
        if (both.Length < subject.Limits.Writes.SeenMin)
        {
            return null;
        }

        var (write, publish) = (both[0].First(c => c.IsData && IsStatement(c)), both[0].First(c => c.Span.Side == SpanSide.Producer));
        return new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{at.Service}.publishes",
            Subject = $"{at.Operation} of {at.Service} publishes",
            Message = $"{at.Operation} of '{at.Service}' writes to '{write.Callee}' and publishes {publish.Operation} in the same request, with no outbox in between ({Spoken.Times(both.Length, "request")}).",
            Mend = $"Write the message into an outbox table in the transaction that changes '{write.Callee}', and publish from there.",
            Measure = new Measure(2, 1, "places written"),
            Evidence = [new Evidence($"{write.Operation} in trace {both[0].Key.Trace}"), new Evidence($"{publish.Operation} by {publish.Protocol} in trace {both[0].Key.Trace}")],
        };
    }

    private static string Undone(string service) =>
        $"Declare a saga of '{service}' with what undoes each step, and let it run after the answer; or let one write and the others follow its event.";

    private static HashSet<string> StepsOf(CheckSubject subject, string service) =>
        subject.Model.Sagas.Values.Where(s => s.Owner == service).SelectMany(s => s.Steps).Select(s => s.Call.Split('.')[0]).ToHashSet(StringComparer.Ordinal);

    private static bool IsWrite(OutboundCall call) =>
        call.Kind is OutboundKind.Http or OutboundKind.Declared && call.Method is "POST" or "PUT" or "PATCH" or "DELETE"
        && !Reads.Contains((call.Target ?? "").TrimEnd('/').Split('?')[0].Split('/')[^1]);

    private static bool IsStatement(ObservedCall call) => Statements.Any(s => call.Operation.StartsWith(s, StringComparison.OrdinalIgnoreCase));

    private static bool IsWrite(ObservedCall call)
    {
        var last = call.Operation[(call.Operation.LastIndexOf('/') + 1)..];
        return call.Protocol == "grpc" ? GrpcWrites.Any(w => last.StartsWith(w, StringComparison.Ordinal))
            : Writes.Any(w => call.Operation.StartsWith(w, StringComparison.Ordinal)) && !Reads.Contains(last);
    }
}
