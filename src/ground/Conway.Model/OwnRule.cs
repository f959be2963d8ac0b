namespace Conway.Model;

/// <summary>A rule that a team has made for its own system.</summary>
[ExactlyOne(nameof(Forbid), nameof(Require), nameof(Only), nameof(Layers), nameof(Named))]
public sealed record OwnRule
{
    [Must, Matches("^CW9[1-9][0-9]{2}$", "a code of your own, CW9100 to CW9999"), About("Its code, for baselines and suppressions; never used for another rule.", Example = "CW9101")]
    public string Code { get; init; } = "";

    [Must, About("What goes wrong if nobody keeps it, in a sentence.", Example = "card data must not reach the storefront")]
    public string Because { get; init; } = "";

    [About("What a breach of it weighs.")]
    public RuleWeight Weight { get; init; } = RuleWeight.Warning;

    [About("No service of the one kind may depend on one of the other.", Example = "{ from: { context: web }, to: { context: billing } }")]
    public DependencyRule? Forbid { get; init; }

    [About("Each service of the one kind must depend on one of the other.", Example = "{ from: { tag: public }, to: audit }")]
    public DependencyRule? Require { get; init; }

    [About("Services of the one kind may depend on nothing but the other (and on each other).", Example = "{ from: { tag: web }, to: { tag: api } }")]
    public DependencyRule? Only { get; init; }

    [About("Tags, uppermost first: a service may depend on its own layer and on those below.", Example = "[web, domain, data]")]
    public ValueList<string> Layers { get; init; } = [];

    [About("How services of a kind are called.", Example = "{ services: { tag: gateway }, like: \"*-gateway\" }")]
    public NamingRule? Named { get; init; }
}

/// <summary>What a breach of a rule weighs.</summary>
public enum RuleWeight
{
    [About("Good to know.")]
    Info,

    [About("Works today and will hurt.")]
    Warning,

    [About("Wrong; check fails.")]
    Error,
}

/// <summary>Who may or must depend on whom.</summary>
public sealed record DependencyRule
{
    [Must, About("Which services depend.", Example = "{ context: web }")]
    public ServiceSelection From { get; init; } = new();

    [Must, About("Which services are depended on.", Example = "{ context: billing }")]
    public ServiceSelection To { get; init; } = new();

    [About("By what.")]
    public DependencyKind By { get; init; } = DependencyKind.Calls;
}

/// <summary>By what a service depends on another.</summary>
public enum DependencyKind
{
    [About("It calls it, as declared or, with --observed, as seen.")]
    Calls,

    [About("It consumes its events.")]
    Events,

    [About("Either.")]
    Any,
}

/// <summary>Some of the services: those for which everything that is said here holds.</summary>
[ShortForm(nameof(Name))]
public sealed record ServiceSelection
{
    [About("By name; * stands for any text.", Example = "\"*-gateway\"")]
    public string? Name { get; init; }

    [Refers("context"), About("In this context.", Example = "billing")]
    public string? Context { get; init; }

    [Refers("team"), About("Owned by this team.", Example = "checkout")]
    public string? Team { get; init; }

    [About("With this tag.", Example = "critical")]
    public string? Tag { get; init; }
}

/// <summary>How services are called.</summary>
public sealed record NamingRule
{
    [About("Which services.", Unset = "all")]
    public ServiceSelection Services { get; init; } = new();

    [Must, About("What their names are like; * stands for any text.", Example = "\"*-gateway\"")]
    public string Like { get; init; } = "*";
}
