namespace Conway.Registry.Checks;

/// <summary>Passing when a connection can be made.</summary>
internal sealed class TcpProbe(CheckDefinition definition) : Probe
{
    public override async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        await using var stream = await ConnectAsync(definition, [], cancellation);
        return new ProbeResult(InstanceHealth.Passing, $"TCP connect {definition.Target}: Success");
    }
}
