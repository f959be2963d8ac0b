namespace Conway.Supervision;

/// <summary>What of the node's own environment a service does not get.</summary>
internal static class ProcessEnvironment
{
    /// <summary>Settings of the node's own .NET host and builds, which would change how a service runs, and proxies for loopback traffic.</summary>
    public static IReadOnlyList<string> NotInherited { get; } =
    [
        "MSBUILDDISABLENODEREUSE", "MSBUILDNODEHANDSHAKESALT", "UseSharedCompilation", "DOTNET_CLI_USE_MSBUILD_SERVER",
        "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH",
        "DOTNET_TieredPGO", "DOTNET_TieredCompilation", "DOTNET_gcServer",
        "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "HTTP_PORTS", "CONWAY_INSTANCE",
        "OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL",
    ];
}
