using Conway.Checks.Sources;
using Conway.CodeFacts;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3101: two services that touch the same data behind each other's back.</summary>
/// <remarks>Three signs, the surest first: one store owned by two services, one connection string in the environment of two services,
/// the same tables named under two stores. One name in common (<c>lines</c>, <c>outbox</c>) is chance.</remarks>
public sealed class SharedStore : ICheck
{
    private const int TablesInCommonMin = 2;

    public FindingRule Rule { get; } = new(
        "CW3101", Severity.Warning, "Shared store",
        "Neither service can change its tables without the other, a slow query of one stops both, and the boundary between them is not one.");

    public CheckInputs Uses => CheckInputs.Traces | CheckInputs.Manifests | CheckInputs.Code;

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var services = subject.Model.Services;
        var stores = from service in services
                     from store in service.Value.Owns
                     select (Service: service.Key, Store: store.Key, store.Value.Tables);

        var withTables = stores.Where(s => s.Tables.Count >= TablesInCommonMin).ToArray();
        var byStore = from owned in stores
                      group owned by owned.Store into shared
                      let users = shared.Select(s => s.Service).ToArray()
                      where users.Length > 1
                      select Told($"services.{users[1]}.owns.{shared.Key}", $"The store '{shared.Key}' is owned by {Spoken.Names(users)}.", users);

        var byConnection = from service in services
                           from variable in service.Value.Environment
                           where IsConnection(variable.Value)
                           group (Service: service.Key, Variable: variable.Key) by variable.Value into shared
                           let users = shared.Select(s => s.Service).Distinct(StringComparer.Ordinal).ToArray()
                           where users.Length > 1
                           let second = shared.First(s => s.Service == users[1])
                           // The value is not told: it may hold a password.
                           select Told($"services.{second.Service}.environment.{second.Variable}", $"{Spoken.Names(users)} are given the same connection to a database ({second.Variable}).", users);

        var byTable = from one in withTables
                      from other in withTables
                      where string.CompareOrdinal(one.Service, other.Service) < 0 && one.Store != other.Store
                      let common = one.Tables.Intersect(other.Tables, StringComparer.Ordinal).ToArray()
                      where common.Length >= TablesInCommonMin
                      let users = new[] { one.Service, other.Service }
                      select Told(
                          $"services.{other.Service}.owns.{other.Store}.tables",
                          $"The tables {Spoken.Names(common)} are in the stores of {Spoken.Names(users)}: either they are shared, or it is not clear which copy is the truth.", users);

        return byStore.Concat(byConnection).Concat(byTable).Concat(ByTraffic(subject)).Concat(ByManifests(subject)).Concat(ByCode(subject)).Take(CheckSubject.FindingsPerRuleMax);
    }

    /// <summary>One database, known by name and address, that spans of two services talk to.</summary>
    private IEnumerable<Finding> ByTraffic(CheckSubject subject) =>
        subject.Observed is null ? []
        : from call in subject.Traffic.Calls
          where call is { IsData: true, Protocol: "sql" } && subject.Model.Services.ContainsKey(call.Caller)
          where call.Span.Address.Length > 0 || !UsualNames.Contains(call.Callee)
          group call by (call.Callee, call.Span.Address) into database
          let users = database.Select(c => c.Caller).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()
          where users.Length > 1
          select Told($"services.{users[1]}", $"{Spoken.Names(users)} talk to the same database, '{database.Key.Callee}'{(database.Key.Address.Length > 0 ? $" at {database.Key.Address}" : "")}.", users) with
          {
              Subject = $"database {database.Key.Callee}",
              Evidence = [.. database.DistinctBy(c => c.Caller).Select(c => new Evidence($"{c.Caller}: {c.Operation} in trace {c.Span.Trace}"))],
          };

    /// <summary>One connection string in the manifests of two services.</summary>
    private IEnumerable<Finding> ByManifests(CheckSubject subject) =>
        subject.Manifests is null ? []
        : from workload in subject.Manifests.Workloads
          let service = subject.WorkloadService(workload.Name)
          where service is not null
          from variable in workload.Environment
          where IsConnection(variable.Value)
          group (service, variable) by variable.Value into shared
          let users = shared.Select(s => s.service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()
          where users.Length > 1
          select Told($"services.{users[1]}", $"{Spoken.Names(users)} are deployed with the same connection to a database ({shared.First().variable.Name}).", users) with
          {
              Subject = $"deployed connection of {string.Join(", ", users)}",
              Evidence = [.. shared.Select(s => new Evidence($"{s.service}: {s.variable.Name}", s.variable.Place))],
          };

    /// <summary>A service that reads a table which the model gives to another one; one that writes it is CW3109.</summary>
    private IEnumerable<Finding> ByCode(CheckSubject subject) =>
        subject.Code is null ? []
        : from table in SeenCode.UsersOf(subject.Sources, AccessMode.Read)
          let owner = TableOwner.Of(subject.Model, table.Table)
          where owner is not null
          from user in table.Users
          where TableOwner.IsForeign(subject.Model, user.Service, owner)
          select Told($"services.{user.Service}", $"'{user.Service}' reads the table '{table.Table}' of '{owner}' in its source.", [owner, user.Service]) with
          {
              Subject = $"{user.Service} reads {table.Table}",
              Place = subject.Sources.Code.SpanOf(user.First),
              Evidence = [SeenCode.Evidence(subject.Sources.Code, user.First, $"{user.Service} reads '{table.Table}' ({Spoken.Times(user.Count, "place")})")],
          };

    private Finding Told(string path, string message, string[] users) => new()
    {
        Rule = Rule,
        ModelPath = path,
        Message = message,
        Mend = $"Let one of them own the data, and the {(users.Length > 2 ? "others" : "other")} ask it by a call or keep a copy from its events.",
    };

    // Server=db;Database=shop;…   Host=db;…   postgres://user@db/shop   Data Source=shop.db
    private static bool IsConnection(string value) =>
        ConnectionMarks.Any(mark => value.Contains(mark, StringComparison.OrdinalIgnoreCase));

    // What a database is called when nobody named it: the same name says nothing.
    private static readonly HashSet<string> UsualNames = new(["main", "postgres", "master", "mysql", "test", "public", "default"], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] ConnectionMarks =
        ["Server=", "Host=", "Data Source=", "postgres://", "postgresql://", "mysql://", "mongodb://", "mongodb+srv://", "sqlserver://"];
}
