using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW6103: more kinds of technology than the system needs.</summary>
/// <remarks>By the model: engines of stores and brokers. Services with the tag <c>polyglot</c> are meant to differ and are left out.</remarks>
public sealed class TooManyStandards : ICheck
{
    private const string Exempt = "polyglot";

    public FindingRule Rule { get; } = new(
        "CW6103", Severity.Warning, "Too many kinds of technology",
        "Each has to be learnt, secured, upgraded, backed up and understood at night; nobody can do that well for all.")
    {
        Unless = "each is there for a property that the others lack, and somebody knows it well",
    };

    public string? Limits => "checks.kinds";

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var perTen = subject.Limits.Kinds.PerTen;
        var services = subject.Model.Services.Where(s => !s.Value.Tags.Contains(Exempt)).ToArray();
        var allowed = Math.Max(perTen, (int)Math.Ceiling(perTen * services.Length / 10.0));
        var usual = subject.Model.Database == "postgresql" ? StoreEngine.Postgresql : StoreEngine.Sqlite;
        var engines = services.SelectMany(s => s.Value.Owns.Select(o => (Engine: o.Value.Engine ?? usual, Path: $"services.{s.Key}.owns.{o.Key}"))).GroupBy(e => e.Engine).ToArray();
        if (engines.Length > allowed)
        {
            var rarest = engines.OrderBy(e => e.Count()).ThenBy(e => e.Key).First();
            yield return new Finding
            {
                Rule = Rule,
                ModelPath = rarest.First().Path,
                Subject = "engines of stores",
                Message = $"{engines.Length} kinds of stores for {services.Length} services: {string.Join(", ", engines.OrderByDescending(e => e.Count()).ThenBy(e => e.Key).Select(e => $"{Word(e.Key)} ({e.Count()})"))}.",
                Mend = $"Agree on {allowed}; begin with {Word(rarest.Key)}, which is used least. A service that is meant to differ gets the tag {Exempt}.",
                Measure = new Measure(engines.Length, allowed, "kinds of stores"),
            };
        }
    }

    private static string Word(StoreEngine engine) => engine == StoreEngine.EventStore ? "event-store" : engine.ToString().ToLowerInvariant();
}
