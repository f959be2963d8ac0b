using Conway.Checks.Own;
using Conway.Findings;
using Conway.Model;
using Conway.Observations;

namespace Conway.Checks.AsCode;

/// <summary>Rules of an architecture written in C#, for a team's own tests.</summary>
/// <remarks>
/// <code>
/// var services = Architecture.Of(model).Services;
/// services.InContext("web").MustNotDependOn(services.Tagged("secret")).Because("card data must not reach the web").Check();
/// </code>
/// The same rules can be written in the model, under <c>rules</c>; this form is for what needs code. A set that holds no service breaks every rule it is in,
/// so that no rule is kept by a misspelt name. Immutable.</remarks>
public sealed class Architecture
{
    private Architecture(CheckSubject subject)
    {
        Subject = subject;
        Dependencies = Dependency.Of(subject);
        Services = new ServiceSet(this, [.. subject.Model.Services.Keys], "every service");
    }

    /// <summary>All services of the model.</summary>
    public ServiceSet Services { get; }

    internal CheckSubject Subject { get; }

    internal IReadOnlyList<Dependency> Dependencies { get; }

    /// <param name="model">The system.</param>
    /// <param name="observed">Calls that were seen count like declared ones. Unset: only what is declared counts.</param>
    public static Architecture Of(SystemModel model, ObservedRun? observed = null) => new(new CheckSubject(model) { Observed = observed });
}

/// <summary>Some of the services, and what they must and must not do.</summary>
public sealed class ServiceSet
{
    private readonly Architecture _architecture;
    private readonly HashSet<string> _names;

    internal ServiceSet(Architecture architecture, IReadOnlyList<string> names, string says)
    {
        _architecture = architecture;
        Names = names;
        _names = names.ToHashSet(StringComparer.Ordinal);
        Says = says;
    }

    /// <summary>In order of declaration.</summary>
    public IReadOnlyList<string> Names { get; }

    internal string Says { get; }

    /// <summary>Those of a name; <c>*</c> stands for any text.</summary>
    public ServiceSet Named(string like) => Only((name, _) => Selection.IsLike(name, like), $"name '{like}'");

    /// <summary>Those of a context.</summary>
    public ServiceSet InContext(string context) => Only((_, service) => service.Context == context, $"context '{context}'");

    /// <summary>Those that a team owns, by themselves or by their context.</summary>
    public ServiceSet OfTeam(string team) => Only((_, service) => _architecture.Subject.OwnerOf(service) == team, $"team '{team}'");

    /// <summary>Those with a tag.</summary>
    public ServiceSet Tagged(string tag) => Only((_, service) => service.Tags.Contains(tag), $"tag '{tag}'");

    /// <summary>Those for which a condition holds.</summary>
    /// <param name="holds">Given name and service.</param>
    /// <param name="says">The condition in words, for messages.</param>
    public ServiceSet Where(Func<string, Service, bool> holds, string says) => Only(holds, says);

    /// <summary>All others.</summary>
    public ServiceSet Except(ServiceSet others) => Only((name, _) => !others._names.Contains(name), $"not {others.Says}");

    /// <summary>None of these depends on one of those.</summary>
    public Verdict MustNotDependOn(ServiceSet others, DependencyKind kind = DependencyKind.Calls) => Judge(
        others, from d in _architecture.Dependencies
                where d.Is(kind) && _names.Contains(d.From) && others._names.Contains(d.To)
                select Told(d.ModelPath, $"{d.From} on {d.To}", $"{d.Says}, and {Says} must not depend on {others.Says}."));

    /// <summary>These depend on those and on each other, and on nothing else.</summary>
    public Verdict MayDependOnlyOn(ServiceSet others, DependencyKind kind = DependencyKind.Calls) => Judge(
        others, from d in _architecture.Dependencies
                where d.Is(kind) && _names.Contains(d.From) && !others._names.Contains(d.To) && !_names.Contains(d.To)
                select Told(d.ModelPath, $"{d.From} on {d.To}", $"{d.Says}, and {Says} may depend on {others.Says} only."));

    /// <summary>Each of these depends on one of those.</summary>
    public Verdict MustDependOn(ServiceSet others, DependencyKind kind = DependencyKind.Calls) => Judge(
        others, from name in Names
                where !others._names.Contains(name) && !_architecture.Dependencies.Any(d => d.Is(kind) && d.From == name && others._names.Contains(d.To))
                select Told($"services.{name}", name, $"'{name}' depends on none of {others.Says}, and {Says} must."));

    /// <summary>A condition holds for each of these.</summary>
    /// <param name="holds">Given name and service.</param>
    /// <param name="says">What each must, in words: <c>have a goal</c>.</param>
    public Verdict Must(Func<string, Service, bool> holds, string says) => Judge(
        this, from name in Names
              where !holds(name, _architecture.Subject.Model.Services[name])
              select Told($"services.{name}", name, $"'{name}' does not {says}, and {Says} must."));

    /// <summary>Each of these is called like this; <c>*</c> stands for any text.</summary>
    public Verdict MustBeNamed(string like) => Must((name, _) => Selection.IsLike(name, like), $"have a name like {like}");

    private ServiceSet Only(Func<string, Service, bool> holds, string says) => new(
        _architecture, [.. Names.Where(n => holds(n, _architecture.Subject.Model.Services[n]))], Says == "every service" ? says : $"{Says} and {says}");

    private Verdict Judge(ServiceSet others, IEnumerable<Finding> broken) => new([.. new[] { this, others }.Where(s => s.Names.Count == 0).Select(Nothing).DistinctBy(f => f.Message), .. broken]);

    private static Finding Nothing(ServiceSet set) => new()
    {
        Rule = new Rules.RuleOfNothing().Rule,
        Message = $"No service has {set.Says}, so the rule is about nothing.",
        Mend = "Mend the names of the rule.",
    };

    private static Finding Told(string path, string about, string message) => new()
    {
        Rule = Verdict.Broken,
        ModelPath = path,
        Subject = about,
        Message = message,
        Mend = "Change the system, or the rule.",
    };
}

/// <summary>What breaks a rule.</summary>
/// <param name="Findings">Nothing when the rule is kept.</param>
public sealed record Verdict(IReadOnlyList<Finding> Findings)
{
    internal static FindingRule Broken { get; } = new("CW9000", Severity.Error, "Rule of a test", "Somebody decided otherwise, and wrote a test for it.");

    private string? Reason { get; init; }

    /// <summary>Whether the rule is kept.</summary>
    public bool Holds => Findings.Count == 0;

    /// <summary>Why there is the rule, for the message.</summary>
    public Verdict Because(string reason) => this with { Reason = reason };

    /// <summary>Ends the test when the rule is broken.</summary>
    /// <exception cref="ArchitectureException">It is; the message names everything that breaks it.</exception>
    public void Check()
    {
        if (!Holds)
        {
            throw new ArchitectureException($"{string.Join('\n', Findings.Select(f => f.Message))}{(Reason is null ? "" : $"\nbecause {Reason}")}");
        }
    }
}

/// <summary>A rule of an architecture is broken.</summary>
public sealed class ArchitectureException(string message) : Exception(message);
