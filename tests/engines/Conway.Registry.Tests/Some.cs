namespace Conway.Registry.Tests;

/// <summary>Builders with good defaults.</summary>
internal static class Some
{
    public static Instance Instance(string service, string? id = null, int port = 5001, InstanceHealth health = InstanceHealth.Passing, params string[] tags) => new()
    {
        ServiceName = service,
        InstanceId = id ?? service + "-1",
        Address = "127.0.0.1",
        Port = port,
        Health = health,
        Tags = [.. tags],
    };

    public static InstanceTable Table(params Instance[] instances) => new([.. instances]);
}
