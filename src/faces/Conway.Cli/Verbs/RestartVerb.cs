namespace Conway.Cli.Verbs;

/// <summary><c>conway restart</c></summary>
internal sealed class RestartVerb() : ActVerb("restart", "healthy")
{
    public override IReadOnlyList<Example> Examples =>
    [
        new("conway restart catalog orders", "restart two services"),
        new("conway restart", "restart all services, not the platform"),
    ];

    protected override bool Concerns(ServiceView service) => service.State != "stopped";
}
