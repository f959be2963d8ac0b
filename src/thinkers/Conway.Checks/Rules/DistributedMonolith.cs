using System.Globalization;
using Conway.Checks.Measuring;
using Conway.CodeFacts;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW3201: services that can only be changed, released and run together.</summary>
/// <remarks>A sum of signs: each gives one point, and two when it is strong. What could not be looked at gives none and is named, so that few points from
/// little knowledge do not look like health.</remarks>
public sealed class DistributedMonolith : ICheck
{
    private const TypeRoles Coupling = TypeRoles.Entity | TypeRoles.StoreContext | TypeRoles.Repository | TypeRoles.Handler | TypeRoles.Contract | TypeRoles.Event | TypeRoles.Request;

    public FindingRule Rule { get; } = new(
        "CW3201", Severity.Warning, "Distributed monolith",
        "It has the price of both: the network and the operation of many services, and the lockstep of one program.");

    public CheckInputs Uses => CheckInputs.Git | CheckInputs.Code;

    public string? Limits => "checks.monolith";

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var limits = subject.Limits.Monolith;
        if (subject.Model.Services.Count < limits.ServicesMin)
        {
            yield break;
        }

        var signs = new[] { Together(subject, limits), Calls(subject, limits), Stores(subject), Circle(subject, limits), Chain(subject, limits), Lockstep(subject, limits) };
        var points = signs.Sum(s => s.Points);
        if (points >= limits.Warning)
        {
            yield return new Finding
            {
                Rule = Rule,
                Weight = points >= limits.Error ? Severity.Error : null,
                ModelPath = "services",
                Message = $"The services hang together like one program ({points} points, {limits.Warning} are told): {string.Join("; ", signs.Where(s => s.Points > 0).Select(s => s.Says))}.{Unseen(signs)}",
                Mend = $"Begin with the heaviest sign: {signs.MaxBy(s => s.Points).Mend}",
                Measure = new Measure(points, limits.Warning, "points"),
                Evidence = [.. signs.Select(s => new Evidence(string.Create(CultureInfo.InvariantCulture, $"{s.Points} point{(s.Points == 1 ? "" : "s")}: {s.Says}")))],
            };
        }
    }

    private static Sign Together(CheckSubject subject, MonolithLimits limits)
    {
        if (subject.Git is null || subject.History.Lack(subject.Limits.Scatter.CommitsMin) is not null)
        {
            return Sign.Unseen("commits that go together");
        }

        var commits = subject.History.Commits;
        var share = (double)commits.Count(c => c.Services.Count > 1) / commits.Count;
        return new Sign(
            Points(share, limits.CoChange, limits.CoChangeStrong), $"{Spoken.Percent(Math.Round(share, 2))} of the commits change two services or more",
            "move what changes together into one service.");
    }

    private static Sign Calls(CheckSubject subject, MonolithLimits limits)
    {
        var calls = subject.Calls.Edges.Count(e => e.Caller != e.Callee);
        var events = subject.Events.Count;

        // Fewer links than a chain has: then most services stand alone, and the share says nothing.
        var share = calls + events < subject.Model.Services.Count - 1 ? 0 : (double)calls / (calls + events);
        return new Sign(
            Points(share, limits.Calls, limits.CallsStrong),
            share == 0 ? "there are few links between services" : $"{Spoken.Percent(Math.Round(share, 2))} of the links between services are calls",
            "let services keep what they need from the events of others instead of asking for it.");
    }

    private static Sign Stores(CheckSubject subject)
    {
        var shared = new SharedStore().Check(subject).Count();
        return new Sign(shared > 0 ? 2 : 0, shared > 0 ? $"{Spoken.Times(shared, "store")} shared between services (CW3101)" : "no store is shared", "give each table one owner.");
    }

    private static Sign Circle(CheckSubject subject, MonolithLimits limits)
    {
        var largest = subject.Calls.Components.All.Max(c => c.Count);
        var share = largest < 2 ? 0 : (double)largest / subject.Model.Services.Count;
        return new Sign(
            Points(share, limits.Circle, limits.CircleStrong), largest < 2 ? "no circle of calls" : $"one circle of calls holds {largest} of {subject.Model.Services.Count} services",
            "cut the circle (CW2101).");
    }

    private static Sign Chain(CheckSubject subject, MonolithLimits limits)
    {
        var longest = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var service in subject.Calls.Components.All.Reverse().SelectMany(c => c))
        {
            longest[service] = subject.Calls.From(service).Where(subject.Calls.IsForward).Select(e => longest[e.Callee] + 1).DefaultIfEmpty(0).Max();
        }

        var routed = subject.Model.Gateway.Routes.SelectMany(r => r.Answering()).Where(longest.ContainsKey).Distinct(StringComparer.Ordinal).ToArray();
        var entries = routed.Length > 0 ? routed : [.. subject.Calls.Services.Where(s => subject.Calls.To(s).Count == 0)];
        var median = Spread.Of(entries.Select(e => (double)longest[e])).Median;
        return new Sign(median >= limits.Chain ? 1 : 0, $"the median of the longest rows of calls is {Spoken.Number(median)}", "shorten the rows (CW2106).");
    }

    private static Sign Lockstep(CheckSubject subject, MonolithLimits limits)
    {
        if (subject.Code is null || subject.Sources.Services.Count < 2 || subject.Sources.Code.Types.All(t => t.Roles == TypeRoles.None))
        {
            return Sign.Unseen("libraries that services share");
        }

        var code = subject.Sources;
        var (library, users) = code.Services.SelectMany(s => code.SharedProjectsOf(s).Select(p => (Project: p, Service: s)))
            .Where(u => code.Code.Types.Any(t => t.Project == u.Project.Id && (t.Roles & Coupling) != 0))
            .GroupBy(u => u.Project.Name, StringComparer.Ordinal).Select(g => (g.Key, Users: g.Select(u => u.Service).Distinct().Count())).OrderByDescending(g => g.Users).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault();
        var share = (double)users / subject.Model.Services.Count;
        return new Sign(
            share >= limits.Lockstep.Fraction ? 1 : 0, users < 2 ? "no library with contracts or business in it is shared" : $"{users} of {subject.Model.Services.Count} services share the library '{library}'",
            "give each service its own copy of the contracts that it uses (CW3401).");
    }

    private static string Unseen(Sign[] signs) =>
        signs.Select(s => s.NotSeen).OfType<string>().ToArray() is { Length: > 0 } unseen ? $" Not looked at: {string.Join(", ", unseen)}." : "";

    private static int Points(double share, Percentage one, Percentage two) => share > two.Fraction ? 2 : share > one.Fraction ? 1 : 0;

    /// <summary>One sign.</summary>
    private readonly record struct Sign(int Points, string Says, string Mend)
    {
        /// <summary>Unset: it was looked at.</summary>
        public string? NotSeen { get; private init; }

        public static Sign Unseen(string what) => new(0, "", "") { NotSeen = what };
    }
}
