namespace Conway.Model;

/// <summary>The way in from outside.</summary>
public sealed record Gateway
{
    [About("Port it listens on; the next free one when it is taken.", Min = "1", Max = "65535")]
    public int Port { get; init; } = 8080;

    [About("What is reachable, and who answers. The most specific match wins, whatever the order.")]
    public ValueList<Route> Routes { get; init; } = [];
}

/// <summary>One way from outside to a service.</summary>
public sealed record Route
{
    [Matches("^/", "a path that starts with /"), About("Path to match: exact /a/b, everything below with /**, one segment with *.", Example = "/api/orders/**")]
    public string Path { get; init; } = "/**";

    [About("Host to match; *.example.com matches every name below.", Unset = "every host")]
    public string? Host { get; init; }

    [Matches("^[A-Z]+$", "a method in capitals"), About("Methods to match.", Example = "[GET, HEAD]", Unset = "every method")]
    public ValueList<string> Methods { get; init; } = [];

    [About("Headers to match exactly.", Example = "{ X-Version: v2 }")]
    public NameMap<string> Headers { get; init; } = NameMap<string>.Empty;

    [About("Query parameters to match exactly.", Example = "{ preview: \"1\" }")]
    public NameMap<string> Query { get; init; } = NameMap<string>.Empty;

    [Must, Refers("service"), About("The service that answers.", Example = "orders")]
    public string To { get; init; } = "";

    [Refers("service"), NotHonouredYet("every request goes to the service in 'to'"), About("Shares of the requests that other services answer; what is left goes to 'to'.", Example = "{ catalog-next: 10% }")]
    public NameMap<Percentage> Split { get; init; } = NameMap<Percentage>.Empty;

    [Matches("^/", "a path that starts with /"), About("Path to ask the service for: the matched prefix is replaced; the rest stays.", Example = "/orders", Unset = "the path as it came")]
    public string? Rewrite { get; init; }

    [About("How long one attempt may take.", Min = "1ms", Max = "10m", Unset = "the service's budget, else 30s")]
    public TimeSpan? Timeout { get; init; }

    [About("Extra attempts after the first; only for requests that may be repeated.", Min = "0", Max = "10")]
    public int Retries { get; init; }

    [NotHonouredYet("everybody may call the route"), About("Who may use it.")]
    public RouteAuth? Auth { get; init; }

    [NotHonouredYet("nothing is limited"), About("How often it may be used.")]
    public RouteLimit? Limit { get; init; }

    /// <summary>The services that answer: the one in <c>to</c> first, then those that it is split with.</summary>
    public IEnumerable<string> Answering() => Split.Keys.Prepend(To).Distinct(StringComparer.Ordinal);
}

/// <summary>Who may use a route.</summary>
public sealed record RouteAuth
{
    [About("Scopes that a token must hold.", Example = "[orders.write]")]
    public ValueList<string> Scopes { get; init; } = [];
}

/// <summary>How often a route may be used.</summary>
[ShortForm(nameof(Rate))]
public sealed record RouteLimit
{
    [Must, About("Requests per time.", Example = "100/s")]
    public Rate Rate { get; init; }

    [AnyOf("client", "key", "tenant", "all"), About("Who has a quota of his own: client, key, tenant, or all together.")]
    public string Per { get; init; } = "client";
}

/// <summary>Rules for the whole system.</summary>
public sealed record Policies
{
    [NotHonouredYet("traffic between services is not encrypted on this machine"), About("Mutual TLS between services.")]
    public MtlsMode Mtls { get; init; } = MtlsMode.Off;

    [NotHonouredYet("every service may call every other"), About("Only declared calls are allowed.")]
    public bool DefaultDeny { get; init; }

    [About("Personal data.")]
    public PiiPolicy Pii { get; init; } = new();
}

/// <summary>Mutual TLS between services.</summary>
public enum MtlsMode
{
    [About("No TLS.")]
    Off,

    [About("TLS where both sides can.")]
    Permissive,

    [About("TLS or nothing.")]
    Strict,
}

/// <summary>What is done with personal data.</summary>
public sealed record PiiPolicy
{
    [NotHonouredYet("services mask by their own settings"), About("Kinds of data masked in logs and traces.", Example = "[email, phone]")]
    public ValueList<string> Mask { get; init; } = [];
}
