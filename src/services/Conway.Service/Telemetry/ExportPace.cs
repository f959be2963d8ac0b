namespace Conway.Service.Telemetry;

/// <summary>How often telemetry leaves. Quicker than the SDK's own defaults (5 s, 60 s), because somebody watches; the SDK's variables win.</summary>
internal static class ExportPace
{
    public const int BatchDefault = 500;
    public const int MetricsDefault = 5_000;

    public static int Milliseconds(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var asked) && asked > 0 ? asked : otherwise;
}
