using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Migration.Plans;

namespace Conway.Migration.Planning;

/// <summary>Tells what of a cut is no service: nothing comes in there from outside, and nothing is stored. Over a network it would only be slower.</summary>
internal static class Libraries
{
    /// <summary>The cut without them; their types belong to no service.</summary>
    public static (MigrationSubject Subject, ImmutableArray<PlanLibrary> Libraries) Apart(MigrationSubject subject)
    {
        var code = subject.Code;
        var serving = code.EntryPoints.Where(e => e.Kind != EntryPointKind.Program).Select(e => subject.ServiceOfType[e.Type])
            .Concat(code.Tables.Select(t => subject.ServiceOfTable[t.Id])).ToHashSet();
        var numbers = new Dictionary<int, int> { [MigrationSubject.None] = MigrationSubject.None };
        var kept = new List<CutService>();
        var libraries = ImmutableArray.CreateBuilder<PlanLibrary>();
        for (var service = 0; service < subject.Services.Length; service++)
        {
            numbers[service] = serving.Contains(service) ? kept.Count : MigrationSubject.None;
            if (serving.Contains(service))
            {
                kept.Add(subject.Services[service]);
            }
            else
            {
                var callers = code.Calls.Where(c => subject.ServiceOfType[c.ToType] == service).Select(c => subject.ServiceOfType[code.Members[c.From].Type]).Where(s => s != service && s != MigrationSubject.None);
                libraries.Add(new PlanLibrary { Name = subject.Services[service].Name, CodeLines = subject.Services[service].CodeLines, UsedBy = [.. callers.Distinct().Order().Select(subject.NameOf)] });
            }
        }

        return (subject with
        {
            Services = [.. kept],
            ServiceOfType = [.. subject.ServiceOfType.Select(s => numbers[s])],
            ServiceOfTable = [.. subject.ServiceOfTable.Select(s => numbers[s])],
            Transactions = [.. subject.Transactions.Select(t => t with { Steps = [.. t.Steps.Select(s => s with { Service = numbers[s.Service] })] })],
        }, libraries.ToImmutable());
    }
}
