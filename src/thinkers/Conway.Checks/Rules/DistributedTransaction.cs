using Conway.Checks.Observed;
using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.Findings;
using Conway.Observations;

namespace Conway.Checks.Rules;

/// <summary>CW3107: one request that changes things in several places, and nothing that undoes the half of it.</summary>
/// <remarks>By traffic: a request in which a service makes writing calls to two others, covered by no declared saga of its; or writes to its database and
/// publishes, without an outbox in between. Reads by POST (search, query, …) are told by the last part of their path.</remarks>
public sealed class DistributedTransaction : ICheck
{
    // One such request may be an accident of timing in the trace.
    private const int RequestsMin = 3;

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

    public CheckInputs NeedsOneOf => CheckInputs.Traces | CheckInputs.Code;

    public string? Lacks(CheckSubject subject) => EitherSource.Lack(
        subject, () => null, () => subject.Sources.Code.UseCases.Any(u => !u.Accesses.IsEmpty || !u.Publishes.IsEmpty) ? null : "No use case that writes or publishes was recognised in the source.");

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        (subject.Observed is null ? [] : ByTraffic(subject)).Concat(subject.Code is null ? [] : ByCode(subject));

    /// <summary>A use case that writes to its store and publishes, in a service that has no outbox; or one that begins a transaction over several stores.</summary>
    private IEnumerable<Finding> ByCode(CheckSubject subject)
    {
        var code = subject.Sources;
        var withOutbox = code.Services.Where(s => code.TypesOf(s).Any(t => t.Name.Contains("Outbox", StringComparison.OrdinalIgnoreCase))
            || code.ProjectsOf(s).Any(p => p.Packages.Any(n => n.Contains("Outbox", StringComparison.OrdinalIgnoreCase) || n is "Conway.Data" or "DotNetCore.CAP"))).ToHashSet(StringComparer.Ordinal);
        return from use in code.Code.UseCases
               let entry = code.Code.EntryPoints[use.EntryPoint]
               let service = code.ServiceOf(entry.Place)
               where service is not null && !withOutbox.Contains(service) && use.Publishes.Length > 0
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

    private IEnumerable<Finding> ByTraffic(CheckSubject subject)
    {
        var requests = subject.Traffic.Calls
            .Where(c => c.Request is { Operation.Length: > 0 } && subject.Model.Services.ContainsKey(c.Caller))
            .GroupBy(c => c.Request!.Value)
            .GroupBy(r => (r.Key.Service, r.Key.Operation))
            .OrderBy(o => o.Key.Service, StringComparer.Ordinal).ThenBy(o => o.Key.Operation, StringComparer.Ordinal);
        foreach (var operation in requests)
        {
            if ((Spread(subject, operation.Key, [.. operation]) ?? DualWrite(operation.Key, [.. operation])) is { } found)
            {
                yield return found;
            }
        }
    }

    private Finding? Spread(CheckSubject subject, (string Service, string Operation) at, IGrouping<RequestId, ObservedCall>[] requests)
    {
        var written = requests
            .Select(r => (Request: r.Key, Calls: r.Where(c => c is { IsData: false, IsMessage: false } && IsWrite(c)).DistinctBy(c => c.Callee).ToArray()))
            .Where(r => r.Calls.Length > 1)
            .ToArray();
        if (written.Length < RequestsMin)
        {
            return null;
        }

        var callees = written.SelectMany(r => r.Calls).Select(c => c.Callee).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var steps = subject.Model.Sagas.Values.Where(s => s.Owner == at.Service).SelectMany(s => s.Steps).Select(s => s.Call.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        return callees.All(steps.Contains) ? null : new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{at.Service}.calls",
            Subject = $"{at.Operation} of {at.Service}",
            Message = $"{at.Operation} of '{at.Service}' writes to {Spoken.Names(callees)} in one request ({Spoken.Times(written.Length, "request")}), and no saga says how it is undone.",
            Mend = $"Declare a saga of '{at.Service}' with what undoes each step, and let it run after the answer; or let one write and the others follow its event.",
            Measure = new Measure(callees.Length, 1, "written services"),
            Evidence = [.. written[0].Calls.Select(c => new Evidence($"{c.Caller} -> {c.Callee} {c.Operation} in trace {written[0].Request.Trace}"))],
        };
    }

    private Finding? DualWrite((string Service, string Operation) at, IGrouping<RequestId, ObservedCall>[] requests)
    {
        var both = requests.Where(r => r.Any(c => c.IsData && IsStatement(c)) && r.Any(c => c.Span.Side == SpanSide.Producer)
            && !r.Any(c => c.IsData && c.Operation.Contains("outbox", StringComparison.OrdinalIgnoreCase))).ToArray();
        if (both.Length < RequestsMin)
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

    private static bool IsStatement(ObservedCall call) => Statements.Any(s => call.Operation.StartsWith(s, StringComparison.OrdinalIgnoreCase));

    private static bool IsWrite(ObservedCall call)
    {
        var last = call.Operation[(call.Operation.LastIndexOf('/') + 1)..];
        return call.Protocol == "grpc" ? GrpcWrites.Any(w => last.StartsWith(w, StringComparison.Ordinal))
            : Writes.Any(w => call.Operation.StartsWith(w, StringComparison.Ordinal)) && !Reads.Contains(last);
    }
}
