using System.Text.RegularExpressions;
using Conway.CodeFacts;
using Conway.Decomposition;
using Conway.Decomposition.Costs;

namespace Conway.Cli;

/// <summary>What of a cut runs beside requests, as far as the source shows it: jobs with their schedules, sagas with their steps, events with their topics. Pure.</summary>
internal static partial class CutFlows
{
    /// <summary>Work that a schedule starts.</summary>
    /// <param name="Service">Whose it is.</param>
    /// <param name="Entry">What is started.</param>
    /// <param name="Cron">Five fields; null when the code shows no such schedule.</param>
    public sealed record Job(int Service, EntryPoint Entry, string? Cron);

    /// <summary>A use case that writes in several services.</summary>
    /// <param name="Owner">The service where it begins.</param>
    /// <param name="Entry">How it begins.</param>
    /// <param name="Steps">In the order of its writes.</param>
    public sealed record Flow(int Owner, EntryPoint Entry, IReadOnlyList<FlowStep> Steps);

    /// <param name="Service">Who does it.</param>
    /// <param name="Member">The member that writes first in it; null when that is not known.</param>
    /// <param name="Tables">What it writes.</param>
    public sealed record FlowStep(int Service, string? Member, IReadOnlyList<string> Tables);

    /// <summary>A topic between services.</summary>
    /// <param name="Name">The message's type, or else the topic.</param>
    /// <param name="Topic">As written.</param>
    /// <param name="From">Who sends from most places.</param>
    /// <param name="To">Who takes, without who sends.</param>
    public sealed record TopicEvent(string Name, string Topic, int From, IReadOnlyList<int> To);

    /// <summary>In the order of entry points.</summary>
    public static IEnumerable<Job> Jobs(CutView view) =>
        from entry in view.Code.EntryPoints
        where entry.Kind is EntryPointKind.Job or EntryPointKind.Hosted
        let service = view.Alternative.Cut[view.Proposal.Units.OfType(entry.Type)]
        where service != Partition.None
        select new Job(service, entry, CronOf(entry.Schedule));

    /// <summary>One for each use case whose transaction the cut parts, in their order.</summary>
    public static IEnumerable<Flow> Sagas(CutView view)
    {
        var (code, units, placements) = (view.Code, view.Proposal.Units, view.Alternative.Placements);
        var writers = code.Accesses.Where(a => a.Mode == AccessMode.Write).GroupBy(a => (a.Place, a.Table)).ToDictionary(g => g.Key, g => g.First().Member);
        foreach (var useCase in code.UseCases)
        {
            var steps = Saga.Of(code, units, unit => placements[unit].Shared is null ? placements[unit].Service : Partition.None, useCase);
            if (steps.Length == 0)
            {
                continue;
            }

            var entry = code.EntryPoints[useCase.EntryPoint];
            var owner = view.Alternative.Cut[units.OfType(entry.Type)];
            var writes = new Queue<UseCaseAccess>(useCase.Accesses.Where(a => a.Mode == AccessMode.Write));
            var found = new List<FlowStep>();
            foreach (var step in steps)
            {
                // The first write of the step; those before it that belong to no service, or to the step before, are passed over.
                UseCaseAccess? first = null;
                while (first is null && writes.TryDequeue(out var write))
                {
                    first = placements[units.OfTable(write.Table)] is { Shared: null } placed && placed.Service == step.Service ? write : null;
                }

                found.Add(new(step.Service, first is { } at && writers.TryGetValue((at.Place, at.Table), out var member) ? code.Members[member].Name : null, step.Tables));
            }

            yield return new Flow(owner == Partition.None ? steps[0].Service : owner, entry, found);
        }
    }

    /// <summary>Topics that one service sends to and another takes from, ordinal.</summary>
    public static IEnumerable<TopicEvent> Topics(CutView view)
    {
        var (code, cut) = (view.Code, view.Alternative.Cut);
        foreach (var topic in code.Topics.Where(t => t.Topic is not null).GroupBy(t => t.Topic!).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var from = topic.Where(t => t.IsSent).GroupBy(ServiceOf).Where(g => g.Key != Partition.None).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault()?.Key ?? Partition.None;
            int[] to = [.. topic.Where(t => !t.IsSent).Select(ServiceOf).Where(s => s != Partition.None && s != from).Distinct().Order()];
            if (from != Partition.None && to.Length > 0)
            {
                yield return new TopicEvent(topic.FirstOrDefault(t => t.Message != Codebase.None) is { } typed ? code.Types[typed.Message].Name : Pascal(topic.Key), topic.Key, from, to);
            }
        }

        int ServiceOf(TopicUse use) => cut[view.Proposal.Units.OfType(code.Members[use.Member].Type)];
    }

    /// <summary>Five fields as they stand in the code, or as Hangfire defines its names for them.</summary>
    internal static string? CronOf(string? schedule) => schedule switch
    {
        null => null,
        "Cron.Minutely()" or "Cron.Minutely" => "* * * * *",
        "Cron.Hourly()" or "Cron.Hourly" => "0 * * * *",
        "Cron.Daily()" or "Cron.Daily" => "0 0 * * *",
        "Cron.Weekly()" or "Cron.Weekly" => "0 0 * * 1",
        "Cron.Monthly()" or "Cron.Monthly" => "0 0 1 * *",
        "Cron.Yearly()" or "Cron.Yearly" => "0 0 1 1 *",
        _ => Cron().IsMatch(schedule) ? schedule : null,
    };

    private static string Pascal(string topic) =>
        string.Concat(string.Concat(topic.Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    [GeneratedRegex(@"^(\*|[0-9?*][0-9*/,?LW#-]*)( (\*|[0-9?*][0-9*/,?LW#-]*)){2}( [0-9A-Z*/,?#-]+)( [0-9A-Z*/,?L#-]+)$")]
    private static partial Regex Cron();
}
