namespace Conway.Cli.Verbs;

/// <summary><c>conway start</c></summary>
internal sealed class StartVerb() : ActVerb("start", "healthy")
{
    public override IReadOnlyList<Example> Examples =>
    [
        new("conway start catalog", "start one service, and return when it is healthy"),
        new("conway start", "start everything that is stopped"),
    ];

    protected override bool Concerns(ServiceView service) => service.State is "stopped" or "failed";
}
